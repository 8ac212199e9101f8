from ledger.export.sheet import Column, Kind, Sheet


def test_a_sheet_is_as_long_as_its_columns():
    assert len(Sheet((Column("a", Kind.TEXT, ["x", None]),))) == 2
    assert len(Sheet(())) == 0
