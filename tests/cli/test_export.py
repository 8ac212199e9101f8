import csv
import json
from io import StringIO

import pytest

from ledger.host import paths
from tests.cli.printed import listed, objects
from tests.making import claude_log

PERIOD = ("--period", "2026-05-01..2026-07-31")


@pytest.fixture
def tagged(program, scratch_home):
    """A ledger of 120 interactions, most of them tagged; the home folder."""
    claude_log(scratch_home, "s1", 120)
    assert program("import")[0] == 0
    ids = [row["id"] for row in listed(program)]
    program("tag", *ids[:80], "kept")
    program("tag", *ids[80:100], "thrown-away")
    return scratch_home


@pytest.mark.parametrize("form", ["md", "html", "pdf", "docx", "csv", "json"])
def test_a_review_is_written_in_every_format(program, tagged, tmp_path, form):
    out = tmp_path / f"review.{form}"
    code, out_text, _ = program(
        "export", "review", *PERIOD, "--format", form, "--out", str(out), "--json"
    )
    [value] = objects(out_text)
    assert code == 0
    assert (value["format"], value["bytes"]) == (form, out.stat().st_size)
    assert out.stat().st_mode & 0o777 == 0o600


def test_claims_cite_interactions_that_show_finds_again(program, tagged, tmp_path):
    cited = listed(program)[0]["id"]
    claims = tmp_path / "claims.json"
    claims.write_text(json.dumps({"claims": [{"did": "a", "outcome": "b", "evidence": [cited]}]}))
    out = tmp_path / "review.md"
    assert program("export", "review", *PERIOD, "--out", str(out), "--claims", str(claims))[0] == 0
    assert "E-001" in out.read_text()
    assert cited not in out.read_text()
    assert objects(program("show", "E-001", "--json")[1])[0]["id"] == cited


def test_words_are_kept_but_what_was_let_in_is_asked_for_again(program, tagged, tmp_path):
    claims = tmp_path / "claims.json"
    claims.write_text(json.dumps({"claims": [{"did": "Moved it", "outcome": "b"}]}))
    first, second = tmp_path / "1.md", tmp_path / "2.md"
    program("export", "review", *PERIOD, "--out", str(first), "--claims", str(claims),
            "--include", "project-names", "--include", "money")  # fmt: skip
    program("export", "review", *PERIOD, "--out", str(second))
    assert "At my wish this file also holds the real names of my projects" not in second.read_text()
    assert "Moved it" in second.read_text()
    assert "the real names of my projects" in first.read_text()


def test_a_name_in_a_claim_is_refused_and_can_be_let_through(program, tagged, tmp_path):
    claims = tmp_path / "claims.json"
    claims.write_text(json.dumps({"claims": [{"did": "Built atlas", "outcome": "b"}]}))
    ask = ("export", "review", *PERIOD, "--claims", str(claims), "--out", str(tmp_path / "r.md"))
    code, _, complaint = program(*ask)
    assert code == 1
    assert "in claim 1" in complaint
    assert "--include project-names" in complaint
    assert not (tmp_path / "r.md").exists()
    assert program(*ask, "--allow", "atlas")[0] == 0


def test_nothing_is_replaced_unasked(program, tagged, tmp_path):
    out = tmp_path / "review.md"
    out.write_text("mine")
    code, _, complaint = program("export", "review", *PERIOD, "--out", str(out))
    assert (code, out.read_text()) == (1, "mine")
    assert "--replace" in complaint
    assert program("export", "review", *PERIOD, "--out", str(out), "--replace")[0] == 0


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        (("--period", "2020-Q1"), "Nothing was logged"),
        (("--period", "soon"), "not a time"),
        ((*PERIOD, "--claims", "nowhere.json"), "cannot be read"),
    ],
)
def test_what_cannot_be_made_is_told(program, tagged, tmp_path, more, sentence):
    code, _, complaint = program("export", "review", *more, "--out", str(tmp_path / "x"))
    assert code == 1
    assert sentence in complaint
    assert list(tmp_path.glob("x*")) == []


def test_untagged_work_makes_no_review(program, imported, tmp_path):
    code, _, complaint = program("export", "review", *PERIOD, "--out", str(tmp_path / "x"))
    assert code == 1
    assert "thrown away" in complaint


def test_rows_are_written_and_can_be_narrowed(program, tagged, tmp_path):
    out = tmp_path / "rows.csv"
    assert program("export", "rows", "--out", str(out), "--tag", "thrown-away")[0] == 0
    head, *rows = csv.reader(StringIO(out.read_text(), newline=""))
    assert head[0] == "week"
    assert len(rows) == 20
    assert {row[head.index("tag")] for row in rows} == {"thrown-away"}
    code, _, complaint = program(
        "export", "rows", "--out", str(tmp_path / "n"), "--until", "2020-01-01"
    )
    assert (code, (tmp_path / "n").exists()) == (1, False)
    assert "no such interaction" in complaint


@pytest.mark.parametrize("form", ["json", "parquet"])
def test_rows_have_other_formats(program, tagged, tmp_path, form):
    out = tmp_path / "rows"
    program("export", "rows", "--format", form, "--out", str(out), "--include", "totals")
    assert out.read_bytes()[:4] in (b"PAR1", b'{"we')


def test_candidates_are_what_was_kept(program, tagged):
    found = objects(program("export", "candidates", *PERIOD, "--json")[1])
    kept = {row["id"] for row in listed(program, "--tag", "kept")}
    assert {cited["interaction"] for cited in found} <= kept
    assert len(found) == 20
    assert "WHY" in program("export", "candidates", *PERIOD)[1]


def test_the_log_tells_what_left(program, tagged, tmp_path):
    program("export", "rows", "--out", str(tmp_path / "rows.csv"))
    [line] = objects(program("export", "log", "--json")[1])
    assert line["what"] == "rows (csv)"
    assert "tag" in line["fields"]
    assert "rows (csv)" in program("export", "log")[1]


def test_the_ledger_itself_is_never_written_over(program, tagged):
    code, _, error = program(
        "export", "review", *PERIOD, "--out", str(paths.ledger_path()), "--replace"
    )
    assert code == 1
    assert "the ledger itself" in error
    assert len(listed(program)) == 120
