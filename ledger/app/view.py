"""What the person narrowed the ledger to: one filter that every page shares."""

from PySide6.QtCore import QObject, Signal

from ledger.core.filters import ANY, Filter


class View(QObject):
    """Holds the filter.

    Signals:
        filter_changed(Filter): the filter is another one now.
    """

    filter_changed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.filter: Filter = ANY

    def set(self, chosen: Filter) -> None:
        """Narrow every page to this filter."""
        if chosen != self.filter:
            self.filter = chosen
            self.filter_changed.emit(chosen)
