"""The draft that every part of the Review page works on."""

import pytest

from ledger.app.review_draft import ReviewDraft
from tests.ui.pages.review.reviewing import ReviewClient, today


@pytest.fixture
def quarter(qtbot):
    """A client whose frame holds the third quarter of 2026."""
    return ReviewClient()


@pytest.fixture
def draft(qtbot, quarter):
    """A draft of that quarter, not begun yet."""
    return ReviewDraft(quarter, today)


@pytest.fixture
def begun(qtbot, draft):
    """Return a function that begins the quarter and waits for its preview."""

    def begin(text="2026-Q3"):
        with qtbot.waitSignal(draft.previewed):
            draft.begin(text)
        return draft.preview

    return begin
