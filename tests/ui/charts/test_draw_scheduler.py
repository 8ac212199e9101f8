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
    made = QWidget()
    qtbot.addWidget(made)
    return made


def test_a_hidden_page_draws_only_when_it_is_looked_at(page, drawn, qtbot):
    feed = DrawScheduler(page, drawn.draw)
    feed.ask()
    assert drawn.pieces == []
    feed.activate()
    qtbot.waitUntil(lambda: drawn.pieces == [0, 1, 2])


def test_between_pieces_the_window_can_answer(page, drawn):
    DrawScheduler(page, drawn.draw).activate()
    assert drawn.pieces == [0]


def test_without_news_nothing_is_drawn_again(page, drawn, qtbot):
    feed = DrawScheduler(page, drawn.draw)
    feed.finish()
    feed.activate()
    assert drawn.pieces == [0, 1, 2]


def test_a_burst_of_news_is_drawn_once(page, drawn, qtbot):
    page.show()
    feed = DrawScheduler(page, drawn.draw)
    feed.finish()
    drawn.pieces.clear()
    for _ in range(20):
        feed.ask()
    qtbot.waitUntil(lambda: drawn.pieces == [0, 1, 2])
    qtbot.wait(80)
    assert drawn.pieces == [0, 1, 2]


def test_news_in_the_middle_waits_for_the_end(page, drawn, qtbot):
    page.show()
    feed = DrawScheduler(page, drawn.draw)
    feed.activate()
    feed.ask()
    qtbot.waitUntil(lambda: drawn.pieces == [0, 1, 2, 0, 1, 2])


def test_a_restart_does_not_wait(page, drawn):
    page.show()
    feed = DrawScheduler(page, drawn.draw)
    feed.activate()
    feed.restart()
    feed.finish()
    assert drawn.pieces == [0, 0, 1, 2]


def test_a_restart_of_a_hidden_page_waits_until_it_is_looked_at(page, drawn):
    feed = DrawScheduler(page, drawn.draw)
    feed.finish()
    feed.restart()
    assert drawn.pieces == [0, 1, 2]
    feed.activate()
    assert drawn.pieces == [0, 1, 2, 0]


def test_what_was_drawn_is_painted_before_the_next_piece(page, drawn, qtbot):
    page.show()
    feed = DrawScheduler(page, drawn.draw)
    painted_after = []

    class Scene(QObject):
        def event(self, event):
            # As a scene does: it tells its view in one round, which paints in the next.
            QTimer.singleShot(0, page, lambda: painted_after.append(list(drawn.pieces)))
            return super().event(event)

    scene = Scene()
    feed.finish()
    drawn.pieces.clear()
    feed.restart()
    QApplication.postEvent(scene, QEvent(QEvent.Type.User))
    qtbot.waitUntil(lambda: drawn.pieces == [0, 1, 2])
    assert painted_after[0] == [0]
