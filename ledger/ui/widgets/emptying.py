"""Takes everything out of a layout, so that other things can be shown in it."""

from PySide6.QtWidgets import QLayout


def empty(layout: QLayout) -> None:
    """Delete every widget of a layout; spaces go too."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.setParent(None)
            widget.deleteLater()
