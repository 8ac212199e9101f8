from dataclasses import replace

import pytest

from ledger.core.errors import LedgerError
from ledger.core.report import Claim, Include, RoundedEstimate, Words
from ledger.flows.review import exporting
from ledger.flows.review.exporting import FORMATS, own_words, ready, rendered, save
from ledger.flows.review.leaks import LeakError, words_to_hide
from ledger.flows.review.recipe import Recipe, read
from ledger.host import documents, export_log
from ledger.host.whoami import Identity
from tests.reviews import CLAIMS, QUARTER, a_frame, a_report

WHO = Identity(users=("ada",), hosts=("engine-7",), home="/home/ada")
MAGIC = {
    "md": b"# ",
    "html": b"<!DOCTYPE html>",
    "pdf": b"%PDF",
    "docx": b"PK",
    "csv": b"week,",
    "json": b"{",
}


def hidden_words(*include: Include):
    return words_to_hide(a_frame(), WHO, include)


@pytest.mark.parametrize("form", FORMATS)
def test_the_preview_is_the_file_and_both_repeat(form, tmp_path):
    file = ready(a_report(), form, hidden_words())
    assert file.data.startswith(MAGIC[form])
    save(file, tmp_path / "out", 1)
    assert (
        (tmp_path / "out").read_bytes() == file.data == ready(a_report(), form, hidden_words()).data
    )
    assert (tmp_path / "out").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_the_export_is_written_down_with_its_fields(tmp_path):
    report = a_report(include=frozenset((Include.TOTALS,)))
    save(ready(report, "md", hidden_words()), tmp_path / "out", 77)
    [line] = export_log.exports()
    assert (line.time_ms, line.what, line.period) == (77, "review (md)", "2026-Q3")
    assert {"totals", "trend", "my words: claims"} <= set(line.fields)


def test_the_recipe_is_kept_for_the_next_time(tmp_path):
    recipe = Recipe(period="2026-Q3", words=CLAIMS)
    save(ready(a_report(), "md", hidden_words()), tmp_path / "out", 1, recipe)
    assert read(documents.recipe("2026-Q3")) == recipe


@pytest.mark.parametrize("form", ["md", "pdf"])
@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("I rebuilt heron", "heron"),
        ("ask ada@example.org", "e-mail"),
        ("ask Ada", "user name"),
        ("on engine-7", "this computer"),
        ("the Kranich work", "labels"),
        ("in /home/ada/clients/heron", "path"),
        ("token ghp_aB3dE6gH9jK2mN5pQ8sT1vW4xY7zA0cD3fG6", "GitHub token"),
    ],
)
def test_a_claim_that_names_somebody_is_refused_with_its_place(form, text, what):
    report = a_report(words=Words(claims=(Claim(did=text, outcome="x"),)))
    with pytest.raises(LeakError, match=what) as refused:
        ready(report, form, hidden_words())
    assert "in claim 1" in refused.value.title
    assert refused.value.hint


def test_what_is_asked_for_may_stand():
    include = frozenset((Include.PROJECT_NAMES,))
    report = a_report(words=Words(claims=(Claim(did="heron", outcome="x"),)), include=include)
    data = ready(report, "md", hidden_words(*include)).data
    assert b"| heron |" in data


@pytest.mark.parametrize("form", FORMATS)
def test_a_project_called_like_a_word_of_ours_refuses_nothing(form):
    hidden = tuple(
        hidden_words()[0]._replace(word=w) for w in ("work", "tokens", "Codex", "2026", "interval")
    )
    assert ready(a_report(words=Words()), form, hidden)


def test_a_machine_that_leaks_is_stopped(monkeypatch):
    monkeypatch.setattr(exporting, "rendered", lambda report, form: b"# Review of heron\n")
    # The program's own words come from a report without a ledger, so they hold no name.
    monkeypatch.setattr(exporting, "own_words", lambda period, form: "Review of")
    with pytest.raises(LeakError, match="heron"):
        ready(a_report(words=Words()), "md", hidden_words())


def test_a_report_without_its_losses_does_not_leave():
    report = a_report()
    fates = tuple(
        replace(fate, share=RoundedEstimate()) if fate.tag == "thrown away" else fate
        for fate in report.outcome.fates
    )
    for broken in ((), fates):
        with pytest.raises(LedgerError, match="thrown away"):
            ready(replace(report, outcome=replace(report.outcome, fates=broken)), "md", ())


def test_a_place_that_cannot_be_written_is_told(tmp_path):
    with pytest.raises(LedgerError, match="not written"):
        save(ready(a_report(), "md", ()), tmp_path / "no" / "out", 1)


def test_a_disk_that_refuses_the_log_lets_nothing_out(tmp_path, monkeypatch):
    def full(export):
        raise LedgerError("The export could not be written down.")

    monkeypatch.setattr(export_log, "note", full)
    with pytest.raises(LedgerError):
        save(ready(a_report(), "md", ()), tmp_path / "out", 1)
    assert not (tmp_path / "out").exists()


def test_a_format_that_is_none_is_a_bug():
    with pytest.raises(ValueError, match="xls"):
        rendered(a_report(), "xls")


def test_own_words_are_those_of_the_format():
    assert "What became of it" in own_words(QUARTER, "md")
    assert "word/document.xml" in own_words(QUARTER, "docx")
    assert "heron" not in "".join(own_words(QUARTER, form) for form in FORMATS)
