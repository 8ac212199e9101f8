import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ledger.ui.dialogs import save_file
from ledger.ui.pages.compare.page import CARD, CARDS, SEALED, ComparePage
from tests.teaming import Person, worked
from tests.ui.pages.compare.comparing import now, working


@pytest.fixture
def page(qtbot, filter_model, monkeypatch, tmp_path):
    Person(monkeypatch, tmp_path / "me").sits_down()
    widget = ComparePage(working(), None, now)
    qtbot.addWidget(widget)
    widget.resize(1000, 700)
    widget.show()
    widget.activateWindow()
    widget.activate()
    return widget


def test_the_way_that_reveals_least_stands_first(page):
    assert page.ways.value() == SEALED
    assert page.sealed.isVisible()


def test_each_way_has_its_page(page):
    for way, shown in ((CARD, page.card), (CARDS, page.cards), (SEALED, page.sealed)):
        page.ways.take(way)
        assert shown.isVisible()


def test_a_card_is_made_only_when_it_is_looked_at(page):
    assert page.card.own_card is None
    page.ways.take(CARD)
    page.card.period.setCurrentIndex(page.card.period.findData("2026-P07"))
    assert page.card.own_card is not None


def test_new_figures_make_a_new_card(page):
    page.ways.take(CARD)
    page.card.period.setCurrentIndex(page.card.period.findData("2026-P07"))
    before = page.card.own_card
    page._client.show(worked(60, 8, 4, 4))
    assert page.card.own_card.card != before.card


def test_no_file_is_ever_offered_for_replacing(page, monkeypatch):
    calls = []
    monkeypatch.setattr(save_file, "ask_place", lambda *args, **more: calls.append((args, more)))
    page.ask_place("Save", "team-card-1.json")
    assert calls == [((page, "Save", "team-card-1.json"), {"replaces": False})]


def test_everything_can_be_reached_with_the_tab_key(page):
    page.ways.take(CARD)
    page.card.period.setCurrentIndex(page.card.period.findData("2026-P07"))
    focused = set()
    for _ in range(20):
        QTest.keyClick(page.window().focusWidget() or page, Qt.Key.Key_Tab)
        focused.add(page.window().focusWidget())
    assert {page.card.period, page.card.save} <= focused
