import pytest

from ledger.core.document import Paragraph, Section
from ledger.ui.pages.review.document_view import DocumentView
from tests.ui.pages.review.documents import BLOCKS, document


@pytest.fixture
def view(qtbot):
    widget = DocumentView()
    qtbot.addWidget(widget)
    widget.resize(600, 300)
    widget.show()
    return widget


def test_everything_is_on_the_page(view):
    view.show_document(document(Section("Second", (Paragraph("the end"),))))
    page_text = view.full_text()
    assert all(
        text in page_text for text in ("Title", "Sub", "First", "beside", "61 % (56–65)", "the end")
    )


def test_a_section_that_stays_the_same_is_not_made_again(view):
    view.show_document(document(Section("Second", (Paragraph("was here"),))))
    first, second = view._sections.values()
    view.show_document(document(Section("Second", (Paragraph("two"),))))
    same, other = view._sections.values()
    assert same is first
    assert other is not second
    assert "was here" not in view.full_text().split("\n")


def test_it_stays_where_it_was_scrolled_to(qtbot, view):
    long = document(*(Section(str(n), BLOCKS) for n in range(6)))
    view.show_document(long)
    qtbot.waitUntil(lambda: view.verticalScrollBar().maximum() > 400)
    view.verticalScrollBar().setValue(300)
    view.show_document(document(*(Section(str(n), BLOCKS) for n in range(7))))
    assert view.verticalScrollBar().value() == 300
