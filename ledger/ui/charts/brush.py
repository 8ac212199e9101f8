"""Dragging over days chooses them; with Shift, or another button, it moves the plot instead."""

from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import Qt, Signal


class BrushBox(pg.ViewBox):
    """A view box one drags over.

    Signals:
        dragged(float, float, bool): from where to where on the x axis, and whether it has ended.
    """

    dragged = Signal(float, float, bool)

    def mouseDragEvent(self, event: Any, axis: int | None = None) -> None:
        """Tell of a plain drag, and leave every other one to pyqtgraph."""
        shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if event.button() is not Qt.MouseButton.LeftButton or shift:
            super().mouseDragEvent(event, axis)
            return
        event.accept()
        start = self.mapToView(event.buttonDownPos()).x()
        self.dragged.emit(start, self.mapToView(event.pos()).x(), event.isFinish())
