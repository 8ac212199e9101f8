"""Prompts may hold anything: the window shows it as it is, and opens nothing."""

import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap, QTextDocument
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QMenu,
    QMessageBox,
    QTextBrowser,
    QTextEdit,
    QWidget,
)
from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from ledger.app.filter_model import FilterModel
from ledger.app.ledger_client import LedgerClient
from ledger.app.stored import StoredSettings
from ledger.core.edits import SetLabels, set_notes
from ledger.host.window_state import WindowState
from ledger.importers.base import Home
from ledger.ui import theme
from ledger.ui.keymap import PAGES
from ledger.ui.main_window import MainWindow
from ledger.ui.widgets.plain import PlainLabel, forget_tips
from tests.making import claude_lines

pytestmark = pytest.mark.timeout(120)  # a window that waits for a pipe waits for ever
BIDI = "\u202egnp.exe\u202c \u2066x\u2069 \u200bhidden\ufeff"


class Watched:
    """A picture and a pipe that nobody has any reason to open, and who opened them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.picture, self.pipe = folder / "bait.png", folder / "bait.fifo"
        picture = QPixmap(4, 4)
        picture.fill(Qt.GlobalColor.red)
        assert picture.save(str(self.picture))
        os.mkfifo(self.pipe)
        self.opened: list[str] = []

    def payloads(self) -> list[str]:
        return [
            f'<img src="{self.picture}">', f"<img src='file://{self.picture}'/>",
            f'<html><body background="{self.picture}"><img src="{self.pipe}"></body></html>',
            f'<b>bold</b><a href="file://{self.picture}">click</a>', f"![bait]({self.picture})",
            f'<table><tr><td style="background-image:url({self.picture})">x</td></tr></table>',
            f"<style>@import url({self.picture});</style><link rel=stylesheet href={self.picture}>",
            BIDI, "\x1b]8;;file:///etc/passwd\x07link\x1b]8;;\x07", "&lt;b&gt; &amp; <!-- <b>",
            "A\u0301" * 5_000, "<" * 20_000, "x" * 100_000, "%s %n {0} {self}", "\x00\x01\x02",
        ]  # fmt: skip


class _Openings(FileSystemEventHandler):
    def __init__(self, watched: Watched) -> None:
        self.watched = watched

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.event_type == "opened" and not event.is_directory:
            self.watched.opened.append(str(event.src_path))


@pytest.fixture
def bait(qapp: QApplication, tmp_path: Path) -> Iterator[Watched]:
    folder = tmp_path / "bait"
    folder.mkdir()
    watched = Watched(folder)
    observer = Observer()
    observer.schedule(_Openings(watched), str(folder))
    observer.start()
    yield watched
    observer.stop()
    observer.join()


def poisoned_logs(home: Path, payloads: list[str]) -> None:
    """Write a session for each payload, which stands wherever the log has a text of its own."""
    folder = home / ".claude" / "projects" / "-home-ada-atlas"
    folder.mkdir(parents=True)
    for number, payload in enumerate(payloads):
        short = payload[:300].replace("\x00", "")
        lines = [json.loads(line) for line in claude_lines(f"s{number}", 2, cwd=f"/p/{short}")]
        for line in lines:
            line["gitBranch"] = short
            if line["type"] == "user":
                line["message"]["content"] = payload
            else:
                line["message"]["model"] = short
                line["message"]["content"] = [
                    {"type": "text", "text": payload},
                    {"type": "thinking", "thinking": payload},
                    {"type": "tool_use", "id": f"t{number}", "name": short,
                     "input": {"command": payload, "file_path": payload, "content": payload}},
                    {"type": "tool_use", "id": f"w{number}", "name": "Write",
                     "input": {"file_path": f"/p/{short}", "content": payload}},
                ]  # fmt: skip
        text = "".join(json.dumps(line) + "\n" for line in lines)
        (folder / f"s{number}.jsonl").write_text(text)


@pytest.fixture
def window(qtbot, tmp_path: Path, bait: Watched) -> Iterator[MainWindow]:
    """The whole window on a ledger of poisoned logs, with poisoned labels and notes."""
    theme.load_fonts()
    theme.apply(QApplication.instance(), "light")
    home = tmp_path / "home"
    poisoned_logs(home, bait.payloads())
    client = LedgerClient(tmp_path / "data" / "ledger.db", Home(home, {}))
    state = WindowState(tmp_path / "window.json")
    choices = StoredSettings(tmp_path / "settings.json")
    opened = MainWindow(client, FilterModel(client), choices, state, lambda: datetime.now(UTC))
    opened.show()
    with qtbot.waitSignal(client.frame_changed):
        client.start()
    with qtbot.waitSignal(client.imported):
        client.import_now()
    qtbot.waitUntil(lambda: len(client.frame) >= 2 * len(bait.payloads()))
    ids = client.frame.id.tolist()
    for identity, payload in zip(ids, bait.payloads(), strict=False):
        client.do(SetLabels(((identity, payload[:200], True),)))
        client.do(set_notes(((identity, payload),)))
    opened.client = client
    yield opened
    client.close()
    opened.close()
    opened.deleteLater()
    forget_tips()


def unsafe(widgets: list[QWidget]) -> list[str]:
    """Return the widgets that would take a text for markup."""
    found = []
    for widget in widgets:
        if isinstance(widget.window(), QMenu):
            continue  # the plots' own, which hold fixed words
        if isinstance(widget, QLabel) and widget.textFormat() != Qt.TextFormat.PlainText:
            found.append(f"label of {type(widget.window()).__name__}: {widget.text()[:80]}")
        if isinstance(widget, QTextEdit | QTextBrowser | QMessageBox):
            found.append(widget.metaObject().className())
        if "<" in widget.toolTip() + widget.statusTip() + widget.whatsThis():
            found.append(f"tip of {widget.metaObject().className()}")
    return found


def shown_texts(widgets: list[QWidget]) -> list[str]:
    """Return what people would read."""
    texts = [w.text() for w in widgets if isinstance(w, QLabel | QAbstractButton) and w.isVisible()]
    plain = [w for w in widgets if w.metaObject().className().endswith("View")]
    texts += [w.toPlainText() for w in plain if hasattr(w, "toPlainText")]
    return [*texts, *(w.windowTitle() for w in widgets if w.isWindow())]


def look_at_everything(qtbot, bait: Watched) -> None:
    qtbot.wait(150)  # what is asked of a thread comes a moment later
    widgets = QApplication.allWidgets()
    assert unsafe(widgets) == []
    for text in shown_texts(widgets):
        assert not set(text) & set("\u202e\u202c\u2066\u2069\u200b\ufeff\x1b\x07")
    assert bait.opened == []


def test_no_page_takes_a_text_for_more_than_a_text(qtbot, window, bait):
    for name, _title in PAGES:
        window.show_page(name)
        look_at_everything(qtbot, bait)


def test_every_card_of_the_tag_page_shows_its_text_as_it_is(qtbot, window, bait):
    window.show_page("tag")
    page = window.pages.page("tag")
    page.queue.set_size = 100
    page.queue.deal()
    seen = 0
    while page.queue.current is not None:
        seen += 1
        qtbot.wait(20)
        page.card.toggle_whole()
        qtbot.wait(20)
        page.queue.next()
    assert seen >= 2 * len(bait.payloads())
    look_at_everything(qtbot, bait)


def test_every_row_of_the_ledger_page_opens_as_it_is(qtbot, window, bait):
    window.show_page("ledger")
    page = window.pages.page("ledger")
    qtbot.waitUntil(lambda: page.table.model().rowCount() >= 2 * len(bait.payloads()))
    page.table.go(0)
    page._open()
    for _ in range(page.table.model().rowCount()):
        page.table.go(1)
        page._open()
        qtbot.wait(20)
        window.grab()  # has every cell painted
    look_at_everything(qtbot, bait)


def test_the_palette_the_quick_log_and_the_filter_show_names_as_they_are(qtbot, window, bait):
    window.show_page("ledger")
    window._open_palette()
    look_at_everything(qtbot, bait)
    window.open_quick_log()
    look_at_everything(qtbot, bait)
    for payload in bait.payloads()[:8]:
        window.toast.say(payload[:500])
        window.show_bug(payload)
        look_at_everything(qtbot, bait)


def test_a_window_that_guessed_at_markup_would_be_noticed(qtbot, bait):
    label = QLabel(bait.payloads()[0])
    qtbot.addWidget(label)
    label.show()
    qtbot.waitUntil(lambda: str(bait.picture) in bait.opened)
    assert unsafe([label]) != []
    assert unsafe([PlainLabel(bait.payloads()[0])]) == []
    document = QTextDocument()
    document.setHtml(bait.payloads()[0])
    assert document.toPlainText() != bait.payloads()[0]
