import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent

from ledger.host import team_book
from ledger.ui.pages.compare import open_cards
from ledger.ui.pages.compare.open_cards import OpenCardsPage
from tests.teaming import cards
from tests.ui.pages.compare.comparing import Places, now, working, written


@pytest.fixture
def page(qtbot, tmp_path):
    widget = OpenCardsPage(working(), now, Places(tmp_path))
    qtbot.addWidget(widget)
    widget.show()
    return widget


def test_five_cards_are_added_up(page, tmp_path):
    page.open(written(tmp_path, cards(5)))
    assert not page.result.isHidden()
    assert page.result.title.full_text().startswith("5 people")
    assert team_book.load().compared.people == 5


def test_four_are_refused_and_nothing_of_them_is_shown(page, tmp_path):
    page.open(written(tmp_path, cards(5)))
    page.open(written(tmp_path, cards(4)))
    assert "5 are the least" in page.refusal.reason()
    assert page.result.isHidden()


def test_a_refusal_goes_when_the_next_try_works(page, tmp_path):
    page.open(written(tmp_path, cards(4)))
    page.open(written(tmp_path, cards(6)))
    assert page.refusal.reason() == ""


def test_files_and_folders_are_asked_for(page, tmp_path, monkeypatch):
    files = written(tmp_path, cards(6))
    monkeypatch.setattr(open_cards.save_file, "ask_files", lambda *_args: files[:5])
    page.files.click()
    assert page.result.opened.card.participants == 5
    monkeypatch.setattr(open_cards.save_file, "ask_folder", lambda *_args: tmp_path)
    page.folder.click()
    assert page.result.opened.card.participants == 6


def test_cards_can_be_dropped(page, tmp_path):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in written(tmp_path, cards(5))])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier(0)
    page.dropEvent(QDropEvent(QPointF(5, 5), copy, data, left, none))
    assert page.result.opened.card.participants == 5


def test_the_demo_has_no_numbers_of_ones_own(qtbot, tmp_path):
    page = OpenCardsPage(working(demo=True), now, Places(tmp_path))
    qtbot.addWidget(page)
    page.open(written(tmp_path, cards(5)))
    assert page.result.opened.card.kept.own is None
    assert "demo" in page.result.own.full_text()
