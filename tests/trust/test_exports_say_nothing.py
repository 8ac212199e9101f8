"""No word of the ledger leaves with a review or with rows, in no format and in no coding."""

import random
import re
import string
import time
from dataclasses import replace
from datetime import UTC, date
from functools import cache
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from ledger.core.report import Period
from ledger.export import row_formats
from ledger.export.finished import Text, texts
from ledger.flows.review import exporting, row_sheet
from ledger.flows.review.building import review
from ledger.flows.review.leaks import leaks, words_to_hide
from ledger.flows.review.recipe import Recipe
from ledger.host.whoami import Identity
from ledger.metrics.frame import Frame
from ledger.store.store import Store
from tests.metrics.rows import frame as frame_of
from tests.reviews import QUARTER, a_report, ledger_rows
from tests.trust import planted
from tests.trust.codings import carried, codings

PERIOD = Period(name="2026-06", first=date(2026, 5, 20), last=date(2026, 6, 30))
LONG_S = 420
NUMBER = re.compile(rb"104[ ,.']?(?:\xe2\x80\xaf)?729")
MOMENT = re.compile(rb"\d{1,2}:\d{2}(?!\d)|T\d{6}")
PROJECT, LABEL, MODEL = "Kormoranprojekt", "Sperberlabel", "milan-intern-9b"
WHO = Identity(users=("Adelheid",), hosts=("rechenkiste",), home="/home/adelheid")


def a_word(seed: int) -> str:
    rng = random.Random(seed)
    return "".join(rng.choice(string.ascii_letters) for _ in range(rng.randint(12, 20)))


def exports(path: Path) -> dict[str, bytes]:
    """Return every file that a ledger gives when nothing more is asked for."""
    with Store.open(path) as store:
        frame = Frame.of(store.columns())
        found = store.evidence.survivals(frame.id.tolist())
    looks = [one for some in found.values() for one in some]
    report = review(frame, PERIOD, Recipe(period="2026-06"), zone=UTC, survivals=looks)
    made = {form: exporting.rendered(report, form) for form in exporting.FORMATS}
    sheet = row_sheet.make_sheet(frame, frame.select(), (), UTC)
    return made | {f"rows {form}": row_formats.render(sheet, form) for form in row_formats.FORMATS}


def hits(source: Path, folder: Path, seed: int) -> list[str]:
    """Return what a ledger full of one word lets out."""
    word, path = a_word(seed), folder / f"{seed}.db"
    planted.plant(source, path, word)
    found = [
        f"{form}: {coding}"
        for form, data in exports(path).items()
        for coding in carried(data, word)
    ]
    for left in folder.glob(f"{seed}.db*"):
        left.unlink()
    return found


@pytest.fixture(scope="module")
def source(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("planted") / "ledger.db"
    planted.ledger(path)
    return path


def test_the_word_is_in_every_text_of_the_ledger(source, tmp_path):
    held = planted.plant(source, tmp_path / "one.db", "Kanarienvogel")
    import sqlite3

    with sqlite3.connect(tmp_path / "one.db") as raw:
        assert set(planted.text_columns(raw)) == set(held)
    assert len(held) > 20


def test_there_are_more_than_twenty_codings():
    assert len(codings("Kanarienvogel")) > 20
    assert len(set(codings("Kanarienvogel").values())) > 20


@pytest.mark.parametrize("seed", range(20))
def test_nothing_of_a_ledger_is_in_what_leaves(source, tmp_path, seed):
    assert hits(source, tmp_path, seed) == []


def test_no_odd_number_and_no_moment_leaves(source):
    for form, data in exports(source).items():
        for text in texts(data):
            if not text.is_noise and form != "docx":
                assert not NUMBER.search(text.text.encode()), form
        if form in ("md", "csv", "json", "rows csv", "rows json"):
            assert not MOMENT.search(data), form


@pytest.mark.long
def test_nothing_of_two_thousand_ledgers_is_in_what_leaves(source, tmp_path):
    end, trials = time.monotonic() + LONG_S, 0
    while trials < 2_000 and time.monotonic() < end:
        assert hits(source, tmp_path, 1_000 + trials) == []
        trials += 1
    print(f"{trials} ledgers, {len(exporting.FORMATS) + len(row_formats.FORMATS)} formats each")
    assert trials >= 200


@pytest.mark.parametrize("form", exporting.FORMATS)
def test_other_names_give_the_same_bytes(form):
    made = ledger_rows()
    renamed = [
        replace(
            row,
            project=row.project and f"/x/{row.project[::-1].replace('/', '')}",
            labels=frozenset("y" for _ in row.labels),
            session=row.session + 77,
        )
        for row in made
    ]
    first, second = (exporting.rendered(a_report(frame_of(one)), form) for one in (made, renamed))
    assert first == second


# Twelve exporters that give something away: what they write, given the honest file.
def _in_a_zip(data: bytes, name: str, text: str) -> bytes:
    out = BytesIO(data)
    with ZipFile(out, "a") as file:
        file.writestr(name, text)
    return out.getvalue()


def _in_a_pdf(data: bytes, text: bytes) -> bytes:
    return data.replace(b"trailer\n<<", b"trailer\n<< /Info << /Author (" + text + b") >>")


@cache
def _coded(word: str, coding: str) -> bytes:
    return codings(word)[coding]


LEAKY = {
    "a project in a heading": ("md", PROJECT, lambda d: d + f"## {PROJECT}\n".encode()),
    "a project as author of the PDF": ("pdf", PROJECT, lambda d: _in_a_pdf(d, PROJECT.encode())),
    "a user in the metadata of the DOCX": (
        "docx", "Adelheid", lambda d: _in_a_zip(d, "docProps/core.xml", "<a>Adelheid</a>")),
    "a project as a name inside the DOCX": (
        "docx", PROJECT, lambda d: _in_a_zip(d, f"word/{PROJECT}.xml", "")),
    "a label in a comment": ("html", LABEL, lambda d: d + f"<!-- {LABEL} -->".encode()),
    "a private model": ("json", MODEL, lambda d: d.replace(b'"other"', f'"{MODEL}"'.encode())),
    "a host in a cell": ("csv", "rechenkiste", lambda d: d + b"rechenkiste,1\r\n"),
    "a home folder": ("md", "adelheid", lambda d: d + b"/home/adelheid/x\n"),
    "a project in base64": ("html", PROJECT, lambda d: d + _coded(PROJECT, "base64 at 1")),
    "a hash of a project": ("json", PROJECT, lambda d: d + _coded(PROJECT, "sha256")),
    "a project in UTF-16": ("pdf", PROJECT, lambda d: d + _coded(PROJECT, "utf-16-be")),
    "a label backwards": ("docx", LABEL, lambda d: _in_a_zip(d, "x", LABEL[::-1])),
}  # fmt: skip
CODED = {"a project in base64", "a hash of a project", "a label backwards"}


def _named_frame() -> Frame:
    made = [
        replace(
            row,
            project=f"/srv/{PROJECT}",
            labels=frozenset((LABEL,)),
            uses=(replace(row.uses[0], model=MODEL),),
        )
        for row in ledger_rows()
    ]
    return frame_of(made)


def test_there_are_twelve_leaky_exporters():
    assert len(LEAKY) == 12


@pytest.mark.parametrize("name", LEAKY)
def test_a_leaky_exporter_is_caught(name):
    form, word, leaky = LEAKY[name]
    frame = _named_frame()
    honest = exporting.rendered(a_report(frame), form)
    data = leaky(honest)
    assert carried(honest, word) == []
    assert carried(data, word) != []
    sought = words_to_hide(frame, WHO, ())
    own = exporting.own_words(QUARTER, form)
    assert leaks(texts(honest), (), sought, own) == ()
    if name not in CODED:  # what somebody coded on purpose only the tests look for
        assert leaks(texts(data), (), sought, own) != ()


def test_an_honest_word_is_no_leak():
    assert leaks([Text("What became of it")], (), words_to_hide(_named_frame(), WHO, ()), "") == ()
