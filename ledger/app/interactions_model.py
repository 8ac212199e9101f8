"""The ledger as a table of any size: order from the frame, rows fetched as they come into sight."""

from collections import OrderedDict
from enum import IntEnum
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
)

from ledger.app.ledger_client import LedgerClient
from ledger.core.edits import Changes
from ledger.core.rows import InteractionRow
from ledger.flows import transcript
from ledger.store.store import Store

PAGE = 64  # rows fetched at once: about one screenful
KEPT_PAGES = 64  # fetched pages remembered
DEBOUNCE_MS = 15  # of the pages a flick of the wheel passes, only the last are asked for
MOST_PAGES = 4
AnyIndex = QModelIndex | QPersistentModelIndex
Ids = NDArray[np.int64]

TITLES = ("Time", "Prompt", "Tool", "Project", "Model", "Token-eq.", "Lines", "Tag")


class Column(IntEnum):
    """The table's columns, left to right."""

    TIME = 0
    PROMPT = 1
    TOOL = 2
    PROJECT = 3
    MODEL = 4
    COST = 5
    LINES = 6
    TAG = 7

    @property
    def title(self) -> str:
        """The column's heading."""
        return TITLES[self]


RIGHT = frozenset((Column.COST, Column.LINES))  # numbers stand to the right
SORTABLE = (Column.TIME, Column.TOOL, Column.PROJECT, Column.COST, Column.TAG)
RowRole = Qt.ItemDataRole.UserRole
PromptRole = Qt.ItemDataRole.UserRole + 1
StartsSessionRole = Qt.ItemDataRole.UserRole + 2


class InteractionsModel(QAbstractTableModel):
    """Interactions in an order of ids; a row not fetched yet reads as None and comes later."""

    def __init__(self, client: LedgerClient, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._client = client
        self._ids: Ids = np.empty(0, np.int64)
        self._sessions: Ids | None = None  # of each row, while grouped by session
        self._rows: OrderedDict[int, InteractionRow] = OrderedDict()
        self._stale: set[int] = set()  # shown as they were until the new row is here
        self._prompts: dict[int, transcript.Prompt] = {}
        self._asked: set[int] = set()  # pages on their way
        self._wanted: dict[int, None] = {}  # in the order they were looked at
        self._debounce = QTimer(self, singleShot=True, interval=DEBOUNCE_MS)
        self._debounce.timeout.connect(self._fetch)
        self._names: dict[str, str] = {}
        client.changed.connect(self._on_changed)

    def show(self, ids: Ids, sessions: Ids | None = None) -> None:
        """Show these interactions in this order; `sessions` marks where another session begins."""
        same = np.array_equal(ids, self._ids)
        self._names = self._client.frame.names_of_projects
        if same and (sessions is None) == (self._sessions is None):
            return
        self.beginResetModel()
        self._ids, self._sessions = ids, sessions
        self._asked.clear()
        self._wanted.clear()
        self.endResetModel()

    def id_at(self, row: int) -> int:
        """Return the id of the interaction in a row."""
        return int(self._ids[row])

    def row_of(self, identity: int) -> int | None:
        """Return where an interaction stands, None when it is not shown."""
        places = np.flatnonzero(self._ids == identity)
        return int(places[0]) if len(places) else None

    def fetched(self, row: int) -> InteractionRow | None:
        """Return a row's interaction if it is there already; else ask for it."""
        identity = int(self._ids[row])
        known = self._rows.get(identity)
        if known is None or identity in self._stale:
            self._want(row // PAGE)
        return known

    def project_name(self, key: str) -> str:
        """Return a project's short name."""
        return self._names.get(key, key)

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return Column(section).title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section in RIGHT else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == RowRole:
            return self.fetched(index.row())
        if role == PromptRole:
            return self._prompts.get(int(self._ids[index.row()]))
        if role == StartsSessionRole:
            return self._starts_session(index.row())
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.DisplayRole):
            return self._spoken(index.row(), Column(index.column()))
        return None

    def _spoken(self, row: int, column: Column) -> str:
        known = self.fetched(row)
        if known is None:
            return ""
        match column:
            case Column.TOOL:
                return known.tool
            case Column.PROJECT:
                return self.project_name(known.project)
            case Column.MODEL:
                return known.models[0] if known.models else ""
            case Column.TAG:
                return known.tag.title if known.tag else "untagged"
            case Column.PROMPT:
                prompt = self._prompts.get(known.id)
                return prompt.text[:200] if prompt else ""
            case _:
                return ""

    def _starts_session(self, row: int) -> bool:
        sessions = self._sessions
        return sessions is not None and (row == 0 or sessions[row] != sessions[row - 1])

    def _want(self, page: int) -> None:
        if page not in self._asked:
            self._wanted[page] = None
            if not self._debounce.isActive():
                self._debounce.start()

    def _fetch(self) -> None:
        pages, self._wanted = list(self._wanted)[-MOST_PAGES:], {}
        for page in pages:
            self._asked.add(page)
            ids = [int(i) for i in self._ids[page * PAGE : (page + 1) * PAGE]]
            self._client.ask(partial(Store.rows, ids=ids), partial(self._on_rows, page=page))

    def _on_rows(self, rows: list[InteractionRow], page: int) -> None:
        for row in rows:
            self._rows[row.id] = row
            self._rows.move_to_end(row.id)
            self._stale.discard(row.id)
        while len(self._rows) > KEPT_PAGES * PAGE:
            gone, _ = self._rows.popitem(last=False)
            self._prompts.pop(gone, None)
        self._asked.discard(page)
        self._tell(page)
        unread = [row for row in rows if row.id not in self._prompts]
        if unread:
            self._client.read(
                lambda: transcript.masked_prompts(unread),
                lambda prompts: self._on_prompts(prompts, page),
            )

    def _on_prompts(self, prompts: dict[int, transcript.Prompt], page: int) -> None:
        self._prompts.update(prompts)
        self._tell(page)

    def _tell(self, page: int) -> None:
        last = min((page + 1) * PAGE, len(self._ids)) - 1
        if last >= page * PAGE:
            self.dataChanged.emit(self.index(page * PAGE, 0), self.index(last, len(Column) - 1))

    def _on_changed(self, changes: Changes) -> None:
        touched = self._rows.keys() if changes.ids is None else changes.ids & self._rows.keys()
        self._stale.update(touched)
        if touched and len(self._ids):
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._ids) - 1, len(Column) - 1))
