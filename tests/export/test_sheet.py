import csv
from io import StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.export.sheet import COMMANDING, Column, Kind, Sheet, csv_text, guard_formula


def test_a_sheet_is_as_long_as_its_columns():
    assert len(Sheet((Column("a", Kind.TEXT, ["x", None]),))) == 2
    assert len(Sheet(())) == 0


ODD = st.text(st.sampled_from("=+-@\t\r\n|%\"',;a1 \u202e＝"), max_size=12) | st.text(max_size=20)


def cells(data: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(data.decode("utf-8"), newline="")))


@settings(max_examples=200)
@given(st.lists(ODD, min_size=2, max_size=2))
def test_no_cell_of_text_is_a_formula(texts):
    head, row = cells(csv_text(("a", "b"), [texts]))
    assert head == ["a", "b"]
    assert len(row) == 2
    for cell in row:
        assert not cell.startswith(COMMANDING)
        assert "\n" not in cell
        assert "\r" not in cell


@pytest.mark.long
def test_no_cell_of_twenty_thousand_files_is_a_formula():
    trials = 0

    @settings(max_examples=20_000, deadline=None)
    @given(st.lists(ODD, min_size=1, max_size=3))
    def files(texts):
        nonlocal trials
        trials += 1
        [_, row] = cells(csv_text(["x"] * len(texts), [texts]))
        assert not [cell for cell in row if cell.startswith(COMMANDING)]

    files()
    print(f"{trials} files of cells")
    assert trials >= 10_000  # Hypothesis leaves out what it has drawn before


def test_numbers_stay_numbers():
    data = csv_text(("a", "b", "c", "d", "e"), [(-3, 0.25, None, True, 1e16)])
    assert data == b"a,b,c,d,e\r\n-3,0.25,,true,10000000000000000\r\n"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "|x", "%0", "＝1"])
def test_a_command_is_led_by_an_apostrophe(text):
    assert guard_formula(text) == f"'{text}"


def test_ordinary_words_stay_as_they_are():
    assert guard_formula("Project A") == "Project A"
