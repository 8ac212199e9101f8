import pytest

from ledger.core.report import Include, Part
from ledger.ui.pages.review.choices import Choices
from ledger.ui.widgets.plain import PlainLabel


@pytest.fixture
def choices(qtbot, quarter, draft, begun):
    widget = Choices(quarter, draft)
    qtbot.addWidget(widget)
    widget.show()
    begun()
    return widget


def texts(choices):
    return "\n".join(label.full_text() for label in choices.findChildren(PlainLabel))


def test_every_opt_in_is_there_and_off(choices):
    assert set(choices.includes) == set(Include)
    assert not any(box.isChecked() for box in choices.includes.values())


def test_a_tick_lets_something_in(qtbot, choices, draft):
    with qtbot.waitSignal(draft.previewed) as blocker:
        choices.includes[Include.TOTALS].click()
    assert blocker.args[0].request.recipe.include == {Include.TOTALS}


def test_losses_have_no_tick(choices, draft):
    assert set(choices.parts) == set(Part)
    assert "thrown away" in texts(choices)


def test_a_part_can_be_left_out(qtbot, choices, draft):
    with qtbot.waitSignal(draft.previewed) as blocker:
        choices.parts[Part.TREND].click()
    assert "Over time" not in blocker.args[0].file.data.decode()


def test_work_with_a_label_can_be_left_out_and_that_is_told(qtbot, choices, draft):
    with qtbot.waitSignal(draft.previewed) as blocker:
        choices.labels["Kranich"].click()
    out = len(blocker.args[0].outside)
    assert out
    assert f"{out}" in choices._out.full_text()


def test_what_stays_is_listed_with_the_names_behind_the_letters(qtbot, choices, draft):
    assert "Project A is " in texts(choices)
    assert "the real names of your projects" in choices._hidden.full_text()
    with qtbot.waitSignal(draft.previewed):
        choices.includes[Include.PROJECT_NAMES].click()
    assert "the real names of your projects" not in choices._hidden.full_text()
    assert "Project A is " not in texts(choices)


def test_rows_offer_what_rows_may_hold(qtbot, choices, draft):
    assert choices.includes[Include.TIMES].isHidden()
    with qtbot.waitSignal(draft.previewed):
        draft.choose_form("rows-csv")
    assert not choices.includes[Include.TIMES].isHidden()
    assert choices.includes[Include.MONEY].isHidden()


def test_a_word_that_may_pass_can_be_stopped_again(choices, draft):
    draft.change(allowed=frozenset(("heron",)))
    choices._word_box.itemAt(0).widget().click()
    assert draft.recipe.allowed == frozenset()
