"""The one style sheet: what a palette cannot say, from the colours of the theme.

No fonts here: a style sheet that names one would undo the weights of the variable typeface.
"""

from string import Template

from ledger.ui.colours import Palette

SHEET = Template("""
* { outline: 0; }
QWidget#canvas, QStackedWidget#pages { background: $canvas; }
QFrame#card { background: $surface; border: 1px solid $line; border-radius: 10px; }
QFrame#raised { background: $raised; border: 1px solid $line_strong; border-radius: 10px; }
QLabel#tip { background: $raised; color: $text; border: 1px solid $line_strong;
  border-radius: 6px; }
QFrame#sidebar { background: $sidebar; border: 0; border-right: 1px solid $line; }
QFrame#strip { background: $canvas; border: 0; border-top: 1px solid $line; }
QFrame#toast, QFrame#popup { background: $raised; border: 1px solid $line_strong;
  border-radius: 10px; }
QFrame#demo { background: $warning_soft; border: 0; border-bottom: 1px solid $line; }
QLabel#cap { background: $surface; border: 1px solid $line_strong; border-bottom-width: 2px;
  border-radius: 4px; padding: 1px 7px; }
QFrame#question { background: $accent_soft; border: 0; border-radius: 10px; }
QWidget#bare { background: transparent; }
QFrame#rule { background: $line; border: 0; }

QPushButton, QToolButton {
  background: $surface; color: $text; border: 1px solid $line_strong;
  border-radius: ${radius}px; padding: 0 12px; min-height: ${height}px;
}
QPushButton:hover, QToolButton:hover { background: $hover; }
QPushButton:pressed, QToolButton:pressed { background: $pressed; }
QPushButton:focus, QToolButton:focus { border: 2px solid $focus; padding: 0 11px; }
QPushButton:disabled, QToolButton:disabled {
  color: $text_faint; background: $canvas; border-color: $line;
}
QPushButton[kind="primary"] { background: $accent; color: $on_accent; border-color: $accent; }
QPushButton[kind="primary"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[kind="primary"]:focus { border: 2px solid $text; }
QPushButton[kind="primary"]:disabled {
  background: $hover; color: $text_faint; border-color: $line;
}
QPushButton[kind="quiet"], QToolButton {
  background: transparent; border-color: transparent; color: $text_soft;
}
QPushButton[kind="quiet"]:hover, QToolButton:hover { background: $hover; color: $text; }
QPushButton[kind="quiet"]:focus, QToolButton:focus { border: 2px solid $focus; }
QPushButton[kind="link"] { background: transparent; border: 2px solid transparent; color: $accent;
  padding: 0 2px; text-align: left; min-height: 0; }
QPushButton[kind="link"]:hover { color: $accent_hover; text-decoration: underline; }
QPushButton[kind="link"]:focus { border: 2px solid $focus; }
QPushButton[kind="danger"] { color: $danger; }
QPushButton[kind="segment"] { color: $text_soft; border-color: $line; min-height: 28px; }
QPushButton[kind="segment"]:checked {
  background: $accent_soft; color: $text; border-color: $accent;
}
QPushButton[kind="segment"]:focus { border: 2px solid $focus; padding: 0 11px; }
QPushButton[kind="line"] { background: transparent; border: 1px solid transparent; padding: 0; }
QPushButton[kind="line"]:hover { background: $hover; }
QPushButton[kind="line"]:checked { background: $surface; border-color: $line_strong; }
QPushButton[kind="line"]:focus { border: 2px solid $focus; }
QPushButton[kind="question"] { background: transparent; color: $text_soft; min-height: 32px;
  border: 2px solid transparent; border-radius: 0; padding: 0 4px; }
QPushButton[kind="question"]:hover { color: $text; border-bottom-color: $line_strong; }
QPushButton[kind="question"]:checked { color: $text; border-bottom-color: $accent; }
QPushButton[kind="question"]:focus { border-color: $focus; border-radius: ${radius}px; }
QPushButton[kind="facet"] { background: transparent; color: $text_soft; border: 1px solid $line;
  padding: 0 10px; min-height: 26px; }
QPushButton[kind="facet"]:hover { background: $hover; color: $text; }
QPushButton[kind="facet"]:focus { border: 2px solid $focus; padding: 0 9px; }
QPushButton[kind="facet"][set="true"] {
  background: $accent_soft; color: $text; border-color: $accent_soft;
}
QPushButton[kind="facet"][set="true"]:focus { border-color: $focus; }
QToolButton { padding: 0 6px; min-height: 28px; }
QToolButton:focus { padding: 0 5px; }
QToolButton:disabled { background: transparent; border-color: transparent; }
QPushButton[kind="facet"]::menu-indicator, QToolButton::menu-indicator { image: none; width: 0; }

QLineEdit, QPlainTextEdit, QSpinBox, QDateEdit, QComboBox, QAbstractSpinBox {
  background: $surface; color: $text; border: 1px solid $line_strong; border-radius: ${radius}px;
  selection-background-color: $accent; selection-color: $on_accent;
}
QLineEdit, QSpinBox, QDateEdit, QComboBox { padding: 0 8px; min-height: ${height}px; }
QPlainTextEdit { padding: 6px; }
QLineEdit:focus, QPlainTextEdit:focus, QSpinBox:focus, QDateEdit:focus, QComboBox:focus {
  border: 2px solid $focus; }
QLineEdit:focus, QSpinBox:focus, QDateEdit:focus, QComboBox:focus { padding: 0 7px; }
QPlainTextEdit:focus { padding: 5px; }
QLineEdit[kind="bare"] { border: 0; background: transparent; padding: 0; }
QPlainTextEdit[kind="bare"] { border: 0; background: transparent; padding: 0; }
QLineEdit QToolButton { padding: 0; border: 0; min-height: 0; background: transparent; }
QLineEdit#find { min-height: 50px; }
QComboBox::drop-down { border: 0; width: 22px; }
QComboBox::down-arrow { image: url("$icons/arrow-down.svg"); width: 12px; height: 12px; }
QDateEdit::drop-down { border: 0; width: 18px; }
QDateEdit::down-arrow { image: url("$icons/arrow-down.svg"); width: 12px; height: 12px; }
QSpinBox::up-button, QSpinBox::down-button { width: 18px; border: 0; background: transparent; }
QSpinBox::up-arrow { image: url("$icons/arrow-up.svg"); width: 10px; height: 10px; }
QSpinBox::down-arrow { image: url("$icons/arrow-down.svg"); width: 10px; height: 10px; }
QComboBox QAbstractItemView, QMenu {
  background: $raised; color: $text; border: 1px solid $line_strong;
  border-radius: ${radius}px; padding: 4px;
  selection-background-color: $accent_soft; selection-color: $text;
}
QMenu::item { padding: 6px 24px 6px 12px; border-radius: 4px; }
QMenu::item:selected { background: $accent_soft; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }

QCheckBox, QRadioButton {
  spacing: 8px; color: $text; padding: 2px; border: 2px solid transparent; border-radius: 4px;
}
QCheckBox:focus, QRadioButton:focus { border: 2px solid $focus; }
QCheckBox::indicator, QRadioButton::indicator, QAbstractItemView::indicator {
  width: 15px; height: 15px; border: 1px solid $line_strong; border-radius: 4px;
  background: $surface;
}
QRadioButton::indicator { border-radius: 8px; }
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked {
  background: $accent; border-color: $accent; image: url("$icons/tick-$tick.svg");
}
QRadioButton::indicator:checked { background: $accent; border: 4px solid $accent_soft; }

QAbstractItemView {
  background: $surface; color: $text; border: 1px solid $line; border-radius: ${radius}px;
  alternate-background-color: $canvas; selection-background-color: $accent_soft; selection-
  color: $text;
  gridline-color: $line; }
QAbstractItemView:focus { border: 1px solid $focus; }
QAbstractItemView[kind="bare"] { border: 0; background: transparent; }
QAbstractItemView[kind="bare"]::item { border-radius: 5px; padding-left: 4px; }
QListWidget#ticks { padding: 4px; }
QListWidget#ticks::item { padding: 4px 2px; border-radius: 4px; }
QHeaderView { background: $surface; border: 0; }
QHeaderView::section { background: $surface; color: $text_faint; border: 0;
  border-bottom: 1px solid $line; padding: 6px 8px; }
QTableCornerButton::section { background: $surface; border: 0; }
QAbstractScrollArea::corner { background: transparent; border: 0; }

QScrollArea, QScrollArea > QWidget > QWidget#canvas { border: 0; background: transparent; }
QScrollArea > QWidget > QWidget#bare { background: transparent; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $line_strong; border-radius: 3px; margin: 3px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: $text_faint; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QProgressBar {
  background: $hover; border: 0; border-radius: 2px; min-height: 4px; max-height: 4px;
}
QProgressBar::chunk { background: $accent; border-radius: 2px; }
QSplitter::handle { background: $line; }
QTabBar::tab { padding: 6px 12px; color: $text_soft; border-bottom: 2px solid transparent; }
QTabBar::tab:selected { color: $text; border-bottom: 2px solid $accent; }
QTabBar::tab:focus { color: $accent; }
QCalendarWidget QWidget { alternate-background-color: $canvas; }
""")


def style_sheet(colours: Palette, radius: int, text_pixels: int, icons: str) -> str:
    """Return the sheet; `radius` and `text_pixels` in pixels, `icons` the folder of drawings."""
    values = {name: getattr(colours, name) for name in colours.__slots__}
    return SHEET.substitute(
        values,
        radius=radius,
        height=text_pixels + 15,
        icons=icons,
        tick="dark" if colours.dark else "light",
    )
