import pytest
from PySide6.QtWidgets import QAbstractButton

from ledger.core.report import Include, Words
from ledger.flows.review.exporting import FORMATS
from ledger.flows.review.file_preview import ROW_FORMS, Preview
from ledger.flows.review.leaks import Leak
from ledger.ui.pages.review.save_bar import CLEAN, FORM_WORDS, SaveBar


@pytest.fixture
def bar(qtbot):
    widget = SaveBar()
    qtbot.addWidget(widget)
    widget.show()
    return widget


def ways(bar):
    return {button.accessibleName(): button for button in bar._ways.findChildren(QAbstractButton)}


def test_every_form_can_be_chosen(bar):
    forms = [*FORMATS, *ROW_FORMS]
    assert list(FORM_WORDS) == forms
    assert [bar.forms.itemData(row) for row in range(bar.forms.count())] == forms


def test_until_it_was_looked_through_nothing_can_be_saved(bar, begun):
    assert not bar.save.isEnabled()
    bar.show_preview(begun())
    assert bar.save.isEnabled()
    assert bar.status.full_text() == CLEAN
    bar.show_making()
    assert not bar.save.isEnabled()


def test_what_was_let_in_is_listed(qtbot, bar, draft, begun):
    begun()
    with qtbot.waitSignal(draft.previewed) as blocker:
        draft.tick(Include.TOTALS, True)
    bar.show_preview(blocker.args[0])
    assert Include.TOTALS.words in bar.more.full_text()


def test_a_refusal_names_what_and_where_and_offers_the_ways_out(qtbot, bar, draft, begun):
    begun()
    with qtbot.waitSignal(draft.previewed) as blocker:
        draft.change(words=Words(dead_end="The heron importer."))
    bar.show_preview(blocker.args[0])
    assert not bar.save.isEnabled()
    assert "heron" in bar.status.full_text()
    assert "in the dead end" in bar.status.full_text()
    assert "--" not in bar.status.full_text() + bar.more.full_text()
    with qtbot.waitSignal(bar.let_pass) as passed:
        ways(bar)["Let “heron” pass"].click()
    assert passed.args == ["heron"]
    with qtbot.waitSignal(bar.let_in) as let:
        ways(bar)["Let in the real names of your projects"].click()
    assert let.args == [Include.PROJECT_NAMES]


def test_a_secret_has_no_way_out(bar, begun):
    preview = begun()
    secret = Preview(request=preview.request, leaks=(Leak("in claim 1", kind="a secret: token"),))
    bar.show_preview(secret)
    assert ways(bar) == {}
    assert not bar.save.isEnabled()


def test_a_period_that_cannot_be_told_says_why(bar, begun):
    bar.show_preview(begun("2020-Q1"))
    assert "Nothing was logged" in bar.status.full_text()
    assert not bar.save.isEnabled()
