import json

from ledger.host import export_log, paths
from tests.cli.printed import listed


def test_what_is_dumped_is_restored_in_another_home(program, imported, tmp_path, monkeypatch):
    identity = listed(program)[0]["id"]
    program("tag", identity, "kept")
    before = listed(program)
    summary = json.loads(program("dump", "--out", str(tmp_path / "all.jsonl"), "--json")[1])
    assert summary["rows"] > 10
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "elsewhere"))
    back = json.loads(program("restore", str(tmp_path / "all.jsonl"), "--json")[1])
    assert (back["rows"], back["problems"]) == (summary["rows"], [])
    assert listed(program) == before
    program("dump", "--out", str(tmp_path / "again.jsonl"))
    assert (tmp_path / "again.jsonl").read_bytes() == (tmp_path / "all.jsonl").read_bytes()


def test_only_its_owner_can_read_a_dump(program, imported, tmp_path):
    program("dump", "--out", str(tmp_path / "all.jsonl"))
    assert (tmp_path / "all.jsonl").stat().st_mode & 0o777 == 0o600
    assert [export.what for export in export_log.exports()] == ["dump"]


def test_a_file_is_replaced_only_when_asked(program, imported, tmp_path):
    (tmp_path / "all.jsonl").write_text("mine")
    code, _, error = program("dump", "--out", str(tmp_path / "all.jsonl"))
    assert (code, (tmp_path / "all.jsonl").read_text()) == (1, "mine")
    assert "exists already" in error
    assert program("dump", "--out", str(tmp_path / "all.jsonl"), "--replace")[0] == 0


def test_a_ledger_with_content_is_left_alone(program, imported, tmp_path):
    program("dump", "--out", str(tmp_path / "all.jsonl"))
    code, _, error = program("restore", str(tmp_path / "all.jsonl"))
    assert code == 1
    assert "not empty" in error
    assert len(listed(program)) == 3


def test_a_dump_that_breaks_off_leaves_no_file(program, imported, tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("ledger.store.dump.write", full)
    code, _, error = program("dump", "--out", str(tmp_path / "all.jsonl"))
    assert code == 1
    assert "could not be written: No space left" in error
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_not_there_is_told(program, tmp_path):
    code, _, error = program("restore", str(tmp_path / "none.jsonl"))
    assert code == 1
    assert "could not be read" in error
    assert not paths.ledger_path().exists()


def test_what_was_wrong_before_is_told_and_restored_all_the_same(
    program, imported, tmp_path, monkeypatch
):
    program("dump", "--out", str(tmp_path / "all.jsonl"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "elsewhere"))
    monkeypatch.setattr("ledger.store.store.Store.check", lambda _: ["one is twice"])
    code, out, error = program("restore", str(tmp_path / "all.jsonl"))
    assert code == 0
    assert "Restored" in out
    assert "As in the ledger that was dumped: one is twice" in error


def test_the_ledger_itself_is_never_written_over(program, imported):
    for name in ("", "-wal"):
        place = paths.ledger_path().with_name(paths.ledger_path().name + name)
        code, _, error = program("dump", "--out", str(place), "--replace")
        assert code == 1
        assert "the ledger itself" in error
    assert len(listed(program)) == 3
