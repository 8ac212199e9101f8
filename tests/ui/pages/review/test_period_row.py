from datetime import date

import pytest

from ledger.core.errors import LedgerError
from ledger.flows.filters.periods import HALF_YEAR
from ledger.ui.pages.review.period_row import PeriodRow, last_quarters, quarter_of, standing
from ledger.ui.widgets.period_popup import PeriodPopup
from tests.ui.pages.review.reviewing import TODAY, today


@pytest.fixture
def row(qtbot):
    widget = PeriodRow(today)
    qtbot.addWidget(widget)
    widget.show()
    return widget


def test_the_last_quarters_are_offered_and_the_one_that_is_over_is_usual(row):
    assert list(row.quarters) == ["2026-Q4", "2026-Q3", "2026-Q2"]
    assert row.usual() == row.usual(date(2026, 9, 30)) == "2026-Q3"
    assert row.usual(date(2026, 10, 1)) == "2026-Q4"  # the one that is over would be empty
    assert last_quarters(date(2026, 2, 1)) == ["2026-Q1", "2025-Q4", "2025-Q3"]
    assert quarter_of(date(2026, 12, 31)) == "2026-Q4"


def test_a_quarter_is_one_click(qtbot, row):
    with qtbot.waitSignal(row.chosen) as blocker:
        row.quarters["2026-Q2"].click()
    assert blocker.args == ["2026-Q2"]


def test_what_is_shown_is_marked(row):
    row.show_period("2026-Q3", "1 Jul – 30 Sep 2026")
    assert row.quarters["2026-Q3"].property("set") == "true"
    assert row.other.property("set") == "false"
    row.show_period("2026-01-01..2026-06-30", "1 Jan – 30 Jun 2026")
    assert row.quarters["2026-Q3"].property("set") == "false"
    assert row.other.property("set") == "true"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("quarter", "2026-Q4"),
        ("last-quarter", "2026-Q3"),
        ("review", "2026-01-01..2026-06-30"),
        ("2026-07-01..2026-09-30", "2026-Q3"),
        ("7d", "2026-09-29..2026-10-05"),
        ("2026-07", "2026-07-01..2026-07-31"),
    ],
)
def test_other_days_stand_still(text, meant):
    assert standing(text, TODAY, HALF_YEAR) == meant


def test_all_time_is_no_review_and_whoever_begins_says_so(qtbot, row):
    with pytest.raises(LedgerError):
        standing("all", TODAY, HALF_YEAR)
    with qtbot.waitSignal(row.chosen) as blocker:
        row._on_other("all")
    assert blocker.args == ["all"]


def test_the_menu_opens_and_chooses(qtbot, row):
    row.use(3, 1)
    row.other.click()
    popup = row.other.findChild(PeriodPopup)
    with qtbot.waitSignal(row.chosen) as blocker:
        popup.chosen.emit("review")
    popup.close()
    assert blocker.args == ["2026-Q3"]
