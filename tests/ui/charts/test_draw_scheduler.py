"""Drawing in pieces, and only while somebody looks."""

import pytest
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from ledger.ui.charts.draw_scheduler import DrawScheduler


class Drawn:
    """Counts the pieces that were drawn."""

    def __init__(self):
        self.pieces = []

    def draw(self):
        for piece in range(3):
            self.pieces.append(piece)
            yield


@pytest.fixture
def drawn():
    return Drawn()


@pytest.fixture
def page(qtbot):
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


def test_a_hidden_page_draws_only_when_it_is_looked_at(page, drawn, qtbot):
    scheduler = DrawScheduler(page, drawn.draw)
    scheduler.ask()
    assert drawn.pieces == []
    scheduler.activate()
    qtbot.waitUntil(lambda: drawn.pieces == [0, 1, 2])


def test_between_pieces_the_window_can_answer(page, drawn):
    DrawScheduler(page, drawn.draw).activate()
    assert drawn.pieces == [0]


def test_without_news_nothing_is_drawn_again(page, drawn, qtbot):
    scheduler = DrawScheduler(page, drawn.draw)
    scheduler.finish()
    scheduler.activate()
    assert drawn.pieces == [0, 1, 2]


def test_a_burst_of_news_is_drawn_once(page, drawn, qtbot):
    page.show()
    scheduler = DrawScheduler(page, drawn.draw)
    scheduler.finish()
    drawn.pieces.clear()
    for _ in range(20):
        scheduler.ask()
    qtbot.waitUntil(lambda: drawn.pieces == [0, 1, 2])
    qtbot.wait(80)
    assert drawn.pieces == [0, 1, 2]


def test_news_in_the_middle_waits_for_the_end(page, drawn, qtbot):
    page.show()
    scheduler = DrawScheduler(page, drawn.draw)
    scheduler.activate()
    scheduler.ask()
    qtbot.waitUntil(lambda: drawn.pieces == [0, 1, 2, 0, 1, 2])


def test_a_restart_does_not_wait(page, drawn):
    page.show()
    scheduler = DrawScheduler(page, drawn.draw)
    scheduler.activate()
    scheduler.restart()
    scheduler.finish()
    assert drawn.pieces == [0, 0, 1, 2]


def test_a_restart_of_a_hidden_page_waits_until_it_is_looked_at(page, drawn):
    scheduler = DrawScheduler(page, drawn.draw)
    scheduler.finish()
    scheduler.restart()
    assert drawn.pieces == [0, 1, 2]
    scheduler.activate()
    assert drawn.pieces == [0, 1, 2, 0]


def test_what_was_drawn_is_painted_before_the_next_piece(page, drawn, qtbot):
    page.show()
    scheduler = DrawScheduler(page, drawn.draw)
    painted_after = []

    class Scene(QObject):
        def event(self, event):
            # As a scene does: it tells its view in one round, which paints in the next.
            QTimer.singleShot(0, page, lambda: painted_after.append(list(drawn.pieces)))
            return super().event(event)

    scene = Scene()
    scheduler.finish()
    drawn.pieces.clear()
    scheduler.restart()
    QApplication.postEvent(scene, QEvent(QEvent.Type.User))
    qtbot.waitUntil(lambda: drawn.pieces == [0, 1, 2])
    assert painted_after[0] == [0]


def test_it_is_idle_when_all_is_drawn_and_there_is_no_news(page, drawn):
    scheduler = DrawScheduler(page, drawn.draw)
    assert not scheduler.is_idle()
    scheduler.activate()
    assert not scheduler.is_idle()
    scheduler.finish()
    assert scheduler.is_idle()
    scheduler.ask()
    assert not scheduler.is_idle()
