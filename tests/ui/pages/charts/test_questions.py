import pytest

from ledger.app.stored import StoredValue
from ledger.ui.keymap import QUESTIONS, ChartQuestion
from ledger.ui.pages.charts.questions import make_question


@pytest.mark.parametrize("key", ChartQuestion)
def test_every_question_is_made_with_its_charts(qtbot, key):
    question = make_question(key, StoredValue(tuple, print, ()))
    qtbot.addWidget(question)
    assert question.panels


def test_no_two_questions_are_answered_by_the_same(qtbot):
    questions = [make_question(key, StoredValue(tuple, print, ())) for key in ChartQuestion]
    for question in questions:
        qtbot.addWidget(question)
    assert len({type(question) for question in questions}) == len(ChartQuestion)


def test_every_question_has_words_in_the_order_of_the_page():
    assert [key for key, _ in QUESTIONS] == list(ChartQuestion)
    assert all(title for _, title in QUESTIONS)
