"""The interactions behind the document: which are in it, and which their author left out."""

from collections.abc import Mapping

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ledger.app.interactions_model import Column, InteractionsModel
from ledger.app.ledger_client import LedgerClient
from ledger.app.review_draft import ReviewDraft
from ledger.core.formatting import count
from ledger.flows.review.file_preview import Preview
from ledger.ui.actions import Keys
from ledger.ui.keymap import Where, key_of
from ledger.ui.theme import Type
from ledger.ui.widgets.buttons import Button
from ledger.ui.widgets.interaction_table import InteractionTable
from ledger.ui.widgets.plain import PlainLabel
from ledger.ui.widgets.segments import Segments

INSIDE, OUTSIDE = "in", "out"
BESIDE = (Column.TOOL, Column.PROJECT, Column.MODEL, Column.LINES)
ROOM_FOR_COST = 480
BY_LABEL = "Some are out by their label: take the tick from it in “Goes in”."


class SourceTable(InteractionTable):
    """The table with as many columns as there is room for beside a document."""

    def fill(self) -> None:
        for column in BESIDE:
            self.setColumnHidden(column, True)
        super().fill()
        self.setColumnHidden(Column.COST, self.viewport().width() < ROOM_FOR_COST)


class SourceRows(QWidget):
    """A table that is the document's source.

    Signals:
        interaction_requested(int): the person wants to see this interaction.
    """

    interaction_requested = Signal(object)

    def __init__(
        self, client: LedgerClient, draft: ReviewDraft, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._draft, self._preview = draft, draft.preview
        self.side = Segments(((INSIDE, "In it", ""), (OUTSIDE, "Left out", "")), "Rows")
        self.side.chosen.connect(lambda _side: self._show())
        self._model = InteractionsModel(client, self)
        self.table = SourceTable(self._model)
        self.table.setAccessibleName("Rows behind the review")
        self.table.horizontalHeader().setSortIndicatorShown(False)
        self.table.horizontalHeader().setSectionsClickable(False)
        self._key = key_of("row.leave_out", Where.SOURCE_ROWS)
        self.mover = Button("", key=self._key)
        self.mover.clicked.connect(self._move)
        self._count_label = PlainLabel("", Type.CAPTION, "text_soft", wrap=True)
        self._keys = Keys(
            self.table,
            Where.SOURCE_ROWS,
            {"row.leave_out": self._move, "item.open": self._open},
        )
        self.table.doubleClicked.connect(lambda _index: self._open())
        head = QHBoxLayout()
        head.addWidget(self.side, 1)
        head.addWidget(self.mover)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 24, 16)
        column.addLayout(head)
        column.addWidget(self._count_label)
        column.addWidget(self.table, 1)
        draft.previewed.connect(self._on_previewed)
        self._show()

    def use(self, own: Mapping[str, str]) -> None:
        """Act on these keys from now on."""
        self._keys.use(own)

    def _on_previewed(self, preview: Preview) -> None:
        self._preview = preview
        self._show()

    def _show(self) -> None:
        out = self.side.value() == OUTSIDE
        self.mover.set_label("Take in again" if out else "Leave out")
        preview = self._preview
        ids = () if preview is None else preview.outside if out else preview.inside
        self._model.show(np.asarray(ids, dtype=np.int64))
        self.mover.setEnabled(bool(ids))
        self._count_label.setText(self._sentence(len(ids), out=out))
        if ids and not self.table.selected_ids():
            self.table.selectRow(0)

    def _sentence(self, number: int, *, out: bool) -> str:
        if not out:
            return f"{count(number, 'interaction')} behind the document."
        if not number:
            return "Nothing is left out. What you leave out is told, with its share of the tokens."
        by_label = f" {BY_LABEL}" if self._draft.recipe.without else ""
        return f"{count(number, 'interaction')} left out; the document says so.{by_label}"

    def _move(self) -> None:
        ids = self.table.selected_ids()
        if ids:
            self._draft.leave_out(ids, out=self.side.value() == INSIDE)

    def _open(self) -> None:
        ids = self.table.selected_ids()
        if ids:
            self.interaction_requested.emit(ids[0])
