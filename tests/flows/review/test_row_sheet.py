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
    made = make_sheet(frame, frame.select(Filter(**narrowed)), include, UTC)
    return {column.name: list(column.values) for column in made.columns}


def test_a_row_has_figures_tag_and_kind_and_no_word_of_its_own():
    made = table(a_frame())
    assert list(made) == [
        *("week", "tool", "model", "project", "tag", "intent", "kind"),
        *("requests", "requests_unknown", "token_equivalents", "basis"),
    ]
    assert {len(values) for values in made.values()} == {240}
    assert made["week"][0] == "2026-06-29"
    assert set(made["project"]) == {"Project A", "Project B", "No project"}
    assert set(made["model"]) == {"claude-opus-4-5", "gpt-5.1-codex", "other"}
    assert made["tag"][:5] == ["kept", "kept", "kept", "edited", "thrown-away"]
    assert made["basis"][0] == "counted"


def test_sizes_are_rounded_until_totals_are_asked_for():
    rows = [replace(row, uses=(replace(row.uses[0], te=104_729 * 20),)) for row in ledger_rows()]
    assert table(frame_of(rows))["token_equivalents"][0] == 100_000
    full = table(frame_of(rows), Include.TOTALS)
    assert full["token_equivalents"][0] == 104_729
    assert full["input"][:2] == [1000, 1001]


def test_times_ids_names_and_labels_come_when_asked_for():
    made = table(
        a_frame(), Include.TIMES, Include.PROJECT_NAMES, Include.MODEL_NAMES, Include.LABELS
    )
    assert made["time"][0] == "2026-07-01T09:00:00+00:00"
    assert made["id"][0] == f"{1000:016x}"
    assert "heron" in made["project"]
    assert "inhouse-secret-7b" in made["model"]
    assert made["labels"][:2] == ["Kranich", ""]


def test_unknown_is_a_gap_and_never_nothing():
    rows = ledger_rows(1)
    rows[0] = replace(rows[0], uses=(replace(rows[0].uses[0], unknown=2),))
    rows[1] = replace(rows[1], uses=())
    rows[2] = replace(rows[2], uses=(replace(rows[2].uses[0], low=1),))
    made = table(frame_of(rows), Include.TOTALS)
    assert made["token_equivalents"][:2] == [None, None]
    assert made["input"][:2] == [None, None]
    assert made["basis"] == ["unknown", "unknown", "estimated"]
    assert made["model"][1] is None


@settings(max_examples=25)
@given(ledgers(least=1))
def test_no_ledger_is_too_odd_for_any_format(rows):
    frame = frame_of(rows)
    made = make_sheet(frame, frame.select(), tuple(Include), UTC)
    assert len(made) == len(rows)
    for form in FORMATS:
        ready(made, form, "", (), ())


@pytest.mark.parametrize("form", FORMATS)
def test_rows_of_a_ledger_pass_and_leaking_ones_do_not(form):
    frame = a_frame()
    words = words_to_hide(frame, WHO, ())
    assert ready(make_sheet(frame, frame.select(), (), UTC), form, "", (), words).data
    open_sheet = make_sheet(frame, frame.select(), (Include.PROJECT_NAMES,), UTC)
    with pytest.raises(LeakError, match="heron"):
        ready(open_sheet, form, "", (), words)


def test_fields_are_written_down():
    frame = a_frame()
    made = make_sheet(frame, frame.select(), (Include.TOTALS,), UTC)
    assert {"week", "tag", "totals"} <= set(ready(made, "csv", "", (Include.TOTALS,), ()).fields)
    assert "untagged" in own_words()
