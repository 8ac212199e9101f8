from dataclasses import replace
from datetime import UTC

import pytest
from hypothesis import given, settings

from ledger.core.filters import Filter
from ledger.core.report import Include
from ledger.export.row_formats import FORMATS
from ledger.flows.review.leaks import LeakError, words_to_hide
from ledger.flows.review.row_sheet import make_sheet, own_words, ready
from ledger.host.whoami import Identity
from tests.metrics.rows import frame as frame_of
from tests.metrics.rows import ledgers
from tests.reviews import a_frame, ledger_rows

WHO = Identity(users=("ada",), hosts=("engine-7",), home="/home/ada")


def table(frame, *include, **narrowed) -> dict[str, list]:
    sheet = make_sheet(frame, frame.select(Filter(**narrowed)), include, UTC)
    return {column.name: list(column.values) for column in sheet.columns}


def test_a_row_has_figures_tag_and_kind_and_no_word_of_its_own():
    columns = table(a_frame())
    assert list(columns) == [
        *("week", "tool", "model", "project", "tag", "intent", "kind"),
        *("requests", "requests_unknown", "token_equivalents", "basis"),
    ]
    assert {len(values) for values in columns.values()} == {240}
    assert columns["week"][0] == "2026-06-29"
    assert set(columns["project"]) == {"Project A", "Project B", "No project"}
    assert set(columns["model"]) == {"claude-opus-4-5", "gpt-5.1-codex", "other"}
    assert columns["tag"][:5] == ["kept", "kept", "kept", "edited", "thrown-away"]
    assert columns["basis"][0] == "counted"


def test_sizes_are_rounded_until_totals_are_asked_for():
    rows = [replace(row, uses=(replace(row.uses[0], te=104_729 * 20),)) for row in ledger_rows()]
    assert table(frame_of(rows))["token_equivalents"][0] == 100_000
    full = table(frame_of(rows), Include.TOTALS)
    assert full["token_equivalents"][0] == 104_729
    assert full["input"][:2] == [1000, 1001]


def test_times_ids_names_and_labels_come_when_asked_for():
    columns = table(
        a_frame(), Include.TIMES, Include.PROJECT_NAMES, Include.MODEL_NAMES, Include.LABELS
    )
    assert columns["time"][0] == "2026-07-01T09:00:00+00:00"
    assert columns["id"][0] == f"{1000:016x}"
    assert "heron" in columns["project"]
    assert "inhouse-secret-7b" in columns["model"]
    assert columns["labels"][:2] == ["Kranich", ""]


def test_unknown_is_a_gap_and_never_nothing():
    rows = ledger_rows(1)
    rows[0] = replace(rows[0], uses=(replace(rows[0].uses[0], unknown=2),))
    rows[1] = replace(rows[1], uses=())
    rows[2] = replace(rows[2], uses=(replace(rows[2].uses[0], low=1),))
    columns = table(frame_of(rows), Include.TOTALS)
    assert columns["token_equivalents"][:2] == [None, None]
    assert columns["input"][:2] == [None, None]
    assert columns["basis"] == ["unknown", "unknown", "estimated"]
    assert columns["model"][1] is None


@settings(max_examples=25)
@given(ledgers(least=1))
def test_no_ledger_is_too_odd_for_any_format(rows):
    frame = frame_of(rows)
    sheet = make_sheet(frame, frame.select(), tuple(Include), UTC)
    assert len(sheet) == len(rows)
    for form in FORMATS:
        ready(sheet, form, "", (), ())


@pytest.mark.parametrize("form", FORMATS)
def test_rows_of_a_ledger_pass_and_leaking_ones_do_not(form):
    frame = a_frame()
    hidden = words_to_hide(frame, WHO, ())
    assert ready(make_sheet(frame, frame.select(), (), UTC), form, "", (), hidden).data
    open_sheet = make_sheet(frame, frame.select(), (Include.PROJECT_NAMES,), UTC)
    with pytest.raises(LeakError, match="heron"):
        ready(open_sheet, form, "", (), hidden)


def test_fields_are_written_down():
    frame = a_frame()
    sheet = make_sheet(frame, frame.select(), (Include.TOTALS,), UTC)
    assert {"week", "tag", "totals"} <= set(ready(sheet, "csv", "", (Include.TOTALS,), ()).fields)
    assert "untagged" in own_words()
