"""What the person narrowed the ledger to: one filter that every page shares."""

from PySide6.QtCore import QObject, Signal

from ledger.core.filters import ANY, Filter


class View(QObject):
    """Holds the filter, and whether figures stand beside those of the period before.

    Signals:
        filter_changed(Filter): the filter is another one now.
        compare_changed(bool): figures are to be compared with the period before, or no longer.
    """

    filter_changed = Signal(object)
    compare_changed = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.filter: Filter = ANY
        self.compare = False

    def set(self, chosen: Filter) -> None:
        """Narrow every page to this filter."""
        if chosen != self.filter:
            self.filter = chosen
            self.filter_changed.emit(chosen)

    def set_compare(self, wanted: bool) -> None:
        """Compare with the period before, or no longer."""
        if wanted != self.compare:
            self.compare = wanted
            self.compare_changed.emit(wanted)
