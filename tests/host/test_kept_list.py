import json
import stat

import pytest

from ledger.core.errors import LedgerError
from ledger.host.kept_list import load, save


def test_a_list_comes_back_as_it_was_written(tmp_path):
    path = tmp_path / "ledger.views.json"
    items = [{"name": "Größe", "words": "tag:kept"}, {"name": "b", "words": ""}]
    save(path, "views", items)
    assert load(path, "views") == items
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_no_file_is_an_empty_list(tmp_path):
    assert load(tmp_path / "none.json", "views") == []


def test_other_things_in_the_file_stay(tmp_path):
    path = tmp_path / "x.json"
    path.write_text('{"more": 7, "views": [{"name": "a"}, 3]}')
    assert load(path, "views") == [{"name": "a"}]
    save(path, "views", [])
    assert json.loads(path.read_text()) == {"more": 7, "version": 1, "views": []}


@pytest.mark.parametrize(
    "text", ["{", "[]", '{"views": 7}', '{"version": 2}', '{"version": "x"}', "[" * 100_000, "\xff"]
)
def test_what_cannot_be_understood_is_told_and_never_written_over(tmp_path, text):
    path = tmp_path / "x.json"
    path.write_text(text, encoding="latin-1")
    with pytest.raises(LedgerError):
        load(path, "views")
    if "views" not in text:
        with pytest.raises(LedgerError):
            save(path, "views", [])
        assert path.read_text(encoding="latin-1") == text


def test_a_file_without_end_is_not_read(tmp_path):
    path = tmp_path / "x.json"
    with path.open("wb") as file:
        file.truncate(5 << 20)
    with pytest.raises(LedgerError, match="too large"):
        load(path, "views")


def test_a_folder_that_takes_nothing_is_told(tmp_path):
    with pytest.raises(LedgerError, match="were not saved"):
        save(tmp_path / "gone" / "x.json", "views", [])


def test_a_folder_in_place_of_the_file_is_told(tmp_path):
    path = tmp_path / "x.json"
    path.mkdir()
    with pytest.raises(LedgerError, match="was not read"):
        load(path, "views")
