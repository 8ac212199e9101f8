import json

import pytest

from ledger.export.row_formats import FORMATS, render
from ledger.export.sheet import Column, Kind, Sheet

SHEET = Sheet(
    (
        Column("tag", Kind.TEXT, ["kept", "=1+1", None]),
        Column("n", Kind.WHOLE, [1, None, -3]),
        Column("x", Kind.NUMBER, [0.5, 2.0, None]),
    )
)


def test_csv_has_a_head_and_guarded_cells():
    assert render(SHEET, "csv") == b"tag,n,x\r\nkept,1,0.5\r\n'=1+1,,2\r\n,-3,\r\n"


def test_json_has_an_object_per_line():
    lines = [json.loads(line) for line in render(SHEET, "json").splitlines()]
    assert lines[1] == {"tag": "=1+1", "n": None, "x": 2.0}


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_repeats_its_bytes(form):
    assert render(SHEET, form) == render(SHEET, form)


def test_a_format_that_is_none_is_a_bug():
    with pytest.raises(ValueError, match="xlsx"):
        render(SHEET, "xlsx")
