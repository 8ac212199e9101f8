import json

import pytest

from ledger.core.errors import LedgerError
from ledger.host import export_log
from ledger.host.export_log import Exported

CARD = Exported(1_000, "team card", "2026-Q3", ("blocks", "te"))


def test_what_was_exported_is_read_back_oldest_first():
    later = CARD._replace(time_ms=2_000, what="review")
    assert export_log.exports() == ()
    export_log.note(CARD)
    export_log.note(later)
    assert export_log.exports() == (CARD, later)


def test_only_its_owner_can_read_it():
    export_log.note(CARD)
    assert export_log.export_log_path().stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("line", [b"{", b"[]", b"null", b'{"what": 1}', b"\xff", b""])
def test_a_damaged_line_hides_no_other(line):
    export_log.note(CARD)
    with export_log.export_log_path().open("ab") as file:
        file.write(line + b"\n")
    export_log.note(CARD)
    assert export_log.exports() == (CARD, CARD)


def test_an_export_that_cannot_be_written_down_is_an_error(tmp_path):
    with pytest.raises(LedgerError, match="nothing was exported"):
        export_log.note(CARD, tmp_path / "nowhere" / "exports.jsonl")


def test_a_line_is_plain_json():
    export_log.note(CARD)
    (line,) = export_log.export_log_path().read_text().splitlines()
    assert json.loads(line)["fields"] == ["blocks", "te"]
