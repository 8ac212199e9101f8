import json
from pathlib import Path

import pytest

from ledger import __version__
from ledger.core.errors import LedgerError
from ledger.host import paths, settings_file, tokens


def test_doctor_is_content_with_a_healthy_ledger(program, imported):
    code, out, _ = program("doctor", "--json")
    assert code == 0
    assert json.loads(out)["ok"]


def test_a_ledger_that_others_could_read_is_closed_to_them_again(program, imported):
    ledger = next(imported.rglob("ledger.db"))
    ledger.chmod(0o644)
    assert program("doctor")[0] == 0
    assert ledger.stat().st_mode & 0o077 == 0


def test_doctor_notices_a_stray_open_file_beside_the_ledger(program, imported):
    stray = next(imported.rglob("ledger.db")).parent / "copy.db"
    stray.write_text("")
    stray.chmod(0o644)
    code, out, _ = program("doctor")
    assert code == 1
    assert "chmod" in out


def checks(program):
    """Return the exit code and what the doctor says of each thing, by its name."""
    code, out, _ = program("doctor", "--json")
    report = json.loads(out)
    assert report["version"] == __version__
    assert report["ok"] is (code == 0)
    return code, {check["check"]: (check["ok"], check["detail"]) for check in report["checks"]}


def test_every_check_has_a_name_and_says_what_it_found(program, imported):
    code, findings = checks(program)
    assert code == 0
    assert findings["ledger"] == (True, str(paths.ledger_path()))
    assert findings["interactions"] == (True, "3")
    assert findings["settings"] == (True, "fine")
    assert findings["token tables"] == (True, "bundled, hashes match")
    assert findings["source claude-code"][0]


def test_a_ledger_with_something_wrong_is_told(program, imported, monkeypatch):
    monkeypatch.setattr("ledger.store.store.Store.check", lambda _: ["one is twice", "one lost"])
    code, findings = checks(program)
    assert (code, findings["ledger"]) == (1, (False, "one is twice; one lost"))


def test_settings_that_cannot_be_used_are_told(program):
    settings_file.settings_path().parent.mkdir(parents=True, exist_ok=True)
    settings_file.settings_path().write_text('{"theme": "pink"}')
    code, findings = checks(program)
    assert code == 1
    assert not findings["settings"][0]


def test_token_tables_that_are_not_ours_are_told(program, monkeypatch):
    def refuse():
        raise LedgerError("A token table was changed.", "Install again.")

    monkeypatch.setattr(tokens, "check", refuse)
    code, findings = checks(program)
    assert code == 1
    assert findings["token tables"] == (False, "A token table was changed. Install again.")


def test_a_file_that_goes_while_the_doctor_looks_is_no_problem(program, imported, monkeypatch):
    listing = Path.iterdir

    def with_one_that_has_gone(folder):
        yield from listing(folder)
        yield folder / "gone.db-wal"

    monkeypatch.setattr(Path, "iterdir", with_one_that_has_gone)
    code, findings = checks(program)
    assert (code, findings["permissions"]) == (0, (True, "only you can read the ledger"))


@pytest.mark.parametrize("mark", ["ok", "LOOK"])
def test_people_see_at_the_beginning_of_a_line_whether_to_look(program, imported, mark):
    if mark == "LOOK":
        (paths.data_dir() / "copy").touch(0o644)
    _, out, _ = program("doctor")
    [line] = [line for line in out.splitlines() if " permissions: " in line]
    assert line.startswith(mark)
