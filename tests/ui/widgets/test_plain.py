import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QListWidget, QWidget

from ledger.ui import theme
from ledger.ui.colours import DARK
from ledger.ui.widgets import plain
from ledger.ui.widgets.plain import PlainLabel, PlainTip, PlainView, tip

MARKUP = "<b>bold</b><img src='/dev/zero'><a href='x'>go</a>"


def ask_for_tip(widget: QWidget, at: QPoint) -> None:
    event = QHelpEvent(QEvent.Type.ToolTip, at, widget.mapToGlobal(at))
    QApplication.sendEvent(widget, event)


def test_markup_in_a_label_is_only_text(qtbot):
    label = PlainLabel(MARKUP)
    qtbot.addWidget(label)
    assert label.textFormat() is Qt.TextFormat.PlainText
    assert label.text() == MARKUP


def test_a_label_is_cleaned(qtbot):
    label = PlainLabel("a\u202eb")
    qtbot.addWidget(label)
    assert label.text() == "a\ufffdb"


def test_a_label_that_may_be_cut_keeps_its_whole_text_for_those_who_hear_it(qtbot):
    label = PlainLabel("a very long name of a project", elide=True)
    qtbot.addWidget(label)
    label.resize(60, 20)
    label.show()
    assert label.text().endswith("…")
    assert label.full_text() == label.accessibleName() == "a very long name of a project"


def test_a_label_follows_the_theme(qtbot, light):
    label = PlainLabel("x", ink="text_soft")
    qtbot.addWidget(label)
    theme.apply(light, "dark")
    assert label.palette().windowText().color().name() == DARK.text_soft


def test_a_tip_shows_markup_as_text_and_goes_when_the_pointer_leaves(qtbot):
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.resize(50, 50)
    tip(widget, MARKUP)
    widget.show()
    ask_for_tip(widget, QPoint(5, 5))
    shown = plain._Tip.shared
    assert shown is not None
    assert shown.isVisible()
    assert shown.full_text() == MARKUP
    QApplication.sendEvent(widget, QEvent(QEvent.Type.Leave))
    assert not shown.isVisible()


def test_a_tip_is_also_the_description_of_its_widget(qtbot):
    widget = QWidget()
    qtbot.addWidget(widget)
    tip(widget, "What it does")
    assert widget.accessibleDescription() == "What it does"


def test_the_tips_of_a_list_are_plain_too(qtbot):
    view = QListWidget()
    qtbot.addWidget(view)
    view.addItem("row")
    view.item(0).setData(Qt.ItemDataRole.ToolTipRole, MARKUP)
    PlainTip(view)
    view.show()
    ask_for_tip(view.viewport(), view.visualItemRect(view.item(0)).center())
    assert plain._Tip.shared is not None
    assert plain._Tip.shared.full_text() == MARKUP


def test_a_view_is_cut_and_shows_more_when_asked(qtbot):
    view = PlainView()
    qtbot.addWidget(view)
    view.set_text("\n".join("line" for _ in range(5000)))
    assert view.left_out == 3000
    assert view.toPlainText().endswith("… 3,000 more lines")
    view.show_more()
    assert view.left_out == 1000


@pytest.mark.parametrize("text", [MARKUP, "\u202egpj.exe", "a" * 30_000, "\x00" * 100, ""])
def test_a_view_takes_any_text(qtbot, text):
    view = PlainView()
    qtbot.addWidget(view)
    view.set_text(text)
    view.show()
    assert "\u202e" not in view.toPlainText()
    assert view.isReadOnly()
