"""A context for every question: a ledger, all of it selected."""

from datetime import date

import pytest

from ledger.core.filters import ANY
from ledger.ui.pages.charts.question import DrawContext
from tests.ui.pages.fakes import frame

TODAY = date(2026, 11, 22)


@pytest.fixture
def context():
    """Return what makes a context of a frame."""

    def make_context(shown=None, filter_=ANY):
        shown = frame(60) if shown is None else shown
        return DrawContext(shown, shown.select(filter_), filter_, 50, 28, TODAY)

    return make_context


@pytest.fixture
def draw(qtbot):
    """Return what shows a question and draws all of it."""

    def drawn(question, context):
        qtbot.addWidget(question)
        question.resize(1000, 800)
        question.show()
        for _ in question.draw(context):
            pass
        return question

    return drawn
