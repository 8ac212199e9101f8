"""The buttons that export a chart: onto the clipboard, or into a file."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from ledger.core.errors import LedgerError
from ledger.ui import theme
from ledger.ui.charts import chart_export
from ledger.ui.charts.chart import Chart
from ledger.ui.charts.chart_export import FILTERS
from ledger.ui.dialogs.box import ask
from ledger.ui.widgets.buttons import IconButton

BUTTON = 28


class Shown(NamedTuple):
    """What stands in a panel: its title, its explanation, and whether the table is shown."""

    title: str
    sentence: str
    is_table: bool


class ExportButtons(QWidget):
    """Two buttons: copy and save.

    Signals:
        reported(str): what was done, in a word.
        failed(LedgerError): the chart could not be saved.
    """

    reported = Signal(str)
    failed = Signal(object)

    def __init__(
        self, chart: Chart, shown: Callable[[], Shown], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._chart, self._shown = chart, shown
        self.copy_button = IconButton("copy", "Copy")
        self.copy_button.clicked.connect(self.copy)
        self.save_button = IconButton("save", "Save as PNG, SVG or CSV")
        self.save_button.clicked.connect(self.ask_where_to_save)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.current().space.xs)
        for button in (self.copy_button, self.save_button):
            small(button)
            row.addWidget(button)

    def copy(self) -> None:
        """Copy what is shown: the picture, or the table."""
        shown = self._shown()
        if shown.is_table:
            chart_export.copy_table(self._chart)
        else:
            chart_export.copy(self._chart, shown.title, shown.sentence)
        self.reported.emit("Copied.")

    def ask_where_to_save(self) -> None:
        """Let the person choose a place and a kind of file."""
        name = f"{self._shown().title.lower().replace(' ', '-').replace('?', '')}.png"
        file_name, kind = QFileDialog.getSaveFileName(
            self, "Save the chart", str(Path.home() / name), ";;".join(FILTERS.values())
        )
        if not file_name:
            return
        path = with_ending(Path(file_name), kind)
        # The dialog asked about the name that was typed, which may be another one.
        is_taken = str(path) != file_name and path.exists()
        sentence = "There is a file of this name already."
        if not is_taken or ask(self, f"Replace {path.name}?", sentence, accept="Replace"):
            self.save(path)

    def save(self, path: Path) -> None:
        """Write the chart to a file; its ending says what it becomes."""
        shown = self._shown()
        try:
            chart_export.save(self._chart, shown.title, shown.sentence, path)
        except LedgerError as error:
            self.failed.emit(error)
        else:
            self.reported.emit("Saved.")


def with_ending(path: Path, kind: str) -> Path:
    """Return the path with the ending of the chosen kind, unless it has one that we write."""
    if path.suffix.lower().lstrip(".") in {str(format_) for format_ in FILTERS}:
        return path
    ending = next((format_ for format_, name in FILTERS.items() if name == kind), "png")
    return path.with_name(f"{path.name}.{ending}")


def small(button: IconButton) -> None:
    """Make a button fit into the header of a panel."""
    button.setFixedSize(BUTTON, BUTTON)
    button.setStyleSheet("padding: 0; min-height: 0;")
