from functools import partial

import pytest
from PySide6.QtCore import Qt

from ledger.core.parts import Batch, Cursor, Reading, Rejected
from ledger.importers.registry import IMPORTERS
from ledger.store.store import Store
from ledger.ui.dialogs.rejected import RejectedLines
from ledger.ui.dialogs.totals_dialog import ToolTotals
from ledger.ui.pages.sources.page import SourcesPage
from ledger.ui.pages.sources.source_card import SourceCard
from ledger.ui.widgets.buttons import Button
from ledger.ui.widgets.plain import PlainLabel
from tests.store.test_tool_totals import total
from tests.store.worlds import prompt, reading, request, session


@pytest.fixture
def page(qtbot, client):
    widget = SourcesPage(client)
    qtbot.addWidget(widget)
    widget.show()
    return widget


def cards(page: SourcesPage) -> list[SourceCard]:
    return [card for card in page._cards if isinstance(card, SourceCard)]


def page_text(page: SourcesPage) -> str:
    return "\n".join(label.full_text() for label in page.findChildren(PlainLabel))


def test_every_tool_has_a_card_and_the_demo_is_offered_when_nothing_is_found(qtbot, page):
    page.activate()
    qtbot.waitUntil(lambda: len(cards(page)) == len(IMPORTERS))
    assert "Nothing to read yet" in page_text(page)
    assert "there is no such folder" in page_text(page)
    (button,) = (b for b in page.findChildren(Button) if "demo" in b.text())
    with qtbot.waitSignal(page.demo_requested):
        button.click()


def test_what_was_found_comes_first_and_the_page_follows_an_import(qtbot, page, client):
    logs = client.home.path / ".codex" / "sessions"
    logs.mkdir(parents=True)
    (logs / "rollout-2026-11-22T10-00-00-x.jsonl").write_text("{not json}\n")
    page.activate()
    qtbot.waitUntil(lambda: len(cards(page)) == len(IMPORTERS))
    assert cards(page)[0].accessibleName() == "Codex CLI"
    assert "not read yet" in page_text(page)
    with qtbot.waitSignal(client.imported, timeout=20_000):
        page.import_button.click()
    qtbot.waitUntil(lambda: "1 rejected line" in words_of_buttons(page), timeout=10_000)


def words_of_buttons(page: SourcesPage) -> str:
    return "\n".join(button.accessibleName() for button in page.findChildren(Button))


def test_only_the_rejected_lines_of_that_folder_are_shown(qtbot, page, client):
    lines = (Rejected(0, 1, 0, "why"), Rejected(2, 1, 0, "why"))
    for path, count in (("/a/x.jsonl", 1), ("/ab/y.jsonl", 2)):
        batch = Batch(rejected=[*lines[:count]])
        client.ask(partial(Store.add, readings=[Reading("codex", Cursor(path), batch)]), print)
    page._show_rejected("/a")
    qtbot.waitUntil(lambda: bool(page.findChildren(RejectedLines)))
    (dialog,) = page.findChildren(RejectedLines)
    assert dialog.table.rowCount() == 1


def test_what_tools_say_in_total_is_told_and_can_be_opened_by_keyboard(qtbot, page, client):
    assert not page._totals_card.isVisible()
    parts = (session(), prompt(11), request(21, 11), total(output=50))
    client.ask(partial(Store.add, readings=[reading(*parts)]), print)
    page.activate()
    qtbot.waitUntil(page._totals_card.isVisible)
    assert "1 total that a tool wrote itself: 1 not as counted" in page_text(page)
    page.totals_button.setFocus()
    qtbot.keyClick(page.totals_button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: bool(page.findChildren(ToolTotals)))
    (dialog,) = page.findChildren(ToolTotals)
    assert dialog.table.rowCount() == 1
