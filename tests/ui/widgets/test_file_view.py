from hashlib import sha256

import pytest

from ledger.ui.widgets.file_view import FileView


@pytest.fixture
def view(qtbot):
    widget = FileView()
    qtbot.addWidget(widget)
    return widget


@pytest.mark.parametrize("form", ["md", "html", "csv", "json", "rows-csv", "rows-json"])
def test_a_text_is_shown_letter_by_letter(view, form):
    data = "# Title\n<b>&amp;</b>, “x” – 61\u202f%\n".encode()
    view.show_file(data, form)
    assert view.toPlainText().encode() == data
    assert view.data == data


def test_of_a_file_that_is_no_text_its_fingerprint_is_told(view):
    data = b"%PDF-1.7\x00\xff"
    view.show_file(data, "pdf")
    assert sha256(data).hexdigest() in view.toPlainText()
    assert view.data == data


def test_the_lines_of_a_table_are_not_broken(view):
    view.show_file(b"a,b\n", "csv")
    assert view.lineWrapMode() is FileView.LineWrapMode.NoWrap
    view.show_file(b"# a\n", "md")
    assert view.lineWrapMode() is FileView.LineWrapMode.WidgetWidth


def test_a_long_file_says_how_much_more_there_is(view):
    view.show_file(b"line\n" * 3000, "md")
    assert view.left_out == 1001
    view.show_more()
    assert view.left_out == 0


def test_without_a_file_there_is_nothing(view):
    view.show_file(b"x", "md")
    view.clear_file()
    assert (view.data, view.toPlainText()) == (b"", "")
