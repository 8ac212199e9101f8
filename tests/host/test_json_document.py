import json
import stat

import pytest

from ledger.core.errors import LedgerError, TeamError
from ledger.host import json_document
from ledger.host.json_document import JsonDocument, as_table, save_bytes, to_json


def decode(document):
    return tuple(int(number) for number in as_table(document)["numbers"])


def encode(numbers):
    return to_json({"version": 1, "numbers": list(numbers)})


NUMBERS = JsonDocument(
    noun="The numbers", decode=decode, encode=encode, empty=(), version=1, error=TeamError
)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "numbers.json"


def test_what_was_saved_is_loaded_and_only_this_person_can_read_it(path):
    NUMBERS.save(path, (3, 1))
    assert NUMBERS.load(path) == (3, 1)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_no_file_is_what_the_document_calls_empty(path):
    assert NUMBERS.load(path) == ()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{", "numbers.json is no JSON"),
        ("", "numbers.json is no JSON"),
        ("\xff", "numbers.json is no JSON"),
        ("[" * 100_000, "numbers.json is no JSON"),
        ("[]", "numbers.json is damaged"),
        ("{}", "numbers.json is damaged"),
        ('{"numbers": 7}', "numbers.json is damaged"),
        ('{"numbers": ["x"]}', "numbers.json is damaged"),
        ('{"version": 2}', "a newer version of Signal Ledger wrote numbers.json"),
        ('{"version": "x"}', "a newer version of Signal Ledger wrote numbers.json"),
    ],
)
def test_what_cannot_be_understood_is_told_with_the_reason(path, text, reason):
    path.write_text(text, encoding="latin-1")
    with pytest.raises(TeamError) as refused:
        NUMBERS.load(path)
    assert refused.value.title == f"The numbers were not read: {reason}."


def test_the_hint_names_the_file(path):
    path.write_text("{")
    with pytest.raises(TeamError) as refused:
        NUMBERS.load(path)
    assert refused.value.hint == f"Mend it or move it away: {path}."


def test_a_document_without_versions_asks_for_none(path):
    path.write_text('{"version": 2, "numbers": [1]}')
    free = JsonDocument(noun="The numbers", decode=decode, encode=encode, empty=())
    assert free.load(path) == (1,)


def test_a_file_without_end_is_not_read(path):
    with path.open("wb") as file:
        file.truncate(5 << 20)
    with pytest.raises(TeamError, match="too large"):
        NUMBERS.load(path)


def test_a_file_of_the_largest_size_is_read(path, monkeypatch):
    NUMBERS.save(path, (1,))
    monkeypatch.setattr(json_document, "LARGEST_BYTES", path.stat().st_size)
    assert NUMBERS.load(path) == (1,)
    monkeypatch.setattr(json_document, "LARGEST_BYTES", path.stat().st_size - 1)
    with pytest.raises(TeamError, match="too large"):
        NUMBERS.load(path)


def test_a_folder_in_place_of_the_file_is_told(path):
    path.mkdir()
    with pytest.raises(TeamError, match="were not read: Is a directory"):
        NUMBERS.load(path)
    with pytest.raises(TeamError, match="were not saved: Is a directory"):
        NUMBERS.save(path, ())


def test_a_folder_that_takes_nothing_is_told(tmp_path):
    folder = tmp_path / "gone"
    with pytest.raises(LedgerError) as refused:
        save_bytes(folder / "x.json", b"", "The numbers")
    assert refused.value.title == "The numbers were not saved: No such file or directory."
    assert refused.value.hint == f"Check the space and the permissions of {folder}."


def test_a_document_may_give_hints_of_its_own(path):
    path.mkdir()
    own = JsonDocument(
        noun="The numbers", decode=decode, encode=encode, empty=(),
        hint="Restore {path}.", save_hint="Nothing was sealed.",
    )  # fmt: skip
    with pytest.raises(LedgerError) as refused:
        own.load(path)
    assert refused.value.hint == f"Restore {path}."
    with pytest.raises(LedgerError) as refused:
        own.save(path, ())
    assert refused.value.hint == "Nothing was sealed."


def test_keys_stand_in_order_and_the_text_ends_with_a_line_break():
    assert to_json({"b": "ß", "a": 1}) == b'{\n "a": 1,\n "b": "\\u00df"\n}\n'
    assert json.loads(to_json({"a": 1}, indent=2)) == {"a": 1}
