"""Where the Tab key goes among widgets that came later than the rest of their window."""

from collections.abc import Iterable
from itertools import pairwise

from PySide6.QtWidgets import QWidget


def in_order(first: QWidget, others: Iterable[QWidget]) -> None:
    """Let Tab go from `first` to the others, one after another; without it, new ones come last."""
    for one, following in pairwise((first, *others)):
        QWidget.setTabOrder(one, following)
