"""Where the person, git and a tool's record differ, as a table: the widest gap first."""

from enum import IntEnum
from functools import partial
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from ledger.app.filter_model import FilterModel
from ledger.app.ledger_client import LedgerClient
from ledger.core.vocabulary import Tag
from ledger.flows import transcript
from ledger.flows.evidence.disagreements import TOOL_WORDS, Disagreement, disagreements

AnyIndex = QModelIndex | QPersistentModelIndex
FoundRole = Qt.ItemDataRole.UserRole
PromptRole = Qt.ItemDataRole.UserRole + 1

TITLES = ("Output", "You", "git", "The tool")


class Witness(IntEnum):
    """The table's columns."""

    OUTPUT = 0
    YOU = 1
    GIT = 2
    TOOL = 3


class DisagreementsModel(QAbstractTableModel):
    """The disagreements under the shared filter; looked for only while somebody looks.

    Signals:
        found(int): the list is there, with so many rows.
    """

    found = Signal(int)

    def __init__(
        self, client: LedgerClient, filter_model: FilterModel, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._client, self._filter_model = client, filter_model
        self._rows: list[Disagreement] = []
        self._prompts: dict[int, transcript.Prompt] = {}
        self._names: dict[str, str] = {}

    def look(self) -> None:
        """Look for disagreements now."""
        frame, filter_ = self._client.frame, self._filter_model.filter
        self._names = frame.names_of_projects
        self._client.ask(partial(disagreements, frame=frame, filter_=filter_), self._on_found)

    def id_at(self, row: int) -> int:
        """Return the id of the interaction in a row."""
        return self._rows[row].row.id

    def row_of(self, identity: int) -> int | None:
        """Return where an interaction stands, None when it is not here."""
        return next(
            (n for n, disagreement in enumerate(self._rows) if disagreement.row.id == identity),
            None,
        )

    def project_name(self, key: str) -> str:
        """Return a project's short name."""
        return self._names.get(key, key)

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(Witness)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return TITLES[section]
        return None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        disagreement = self._rows[index.row()]
        if role == FoundRole:
            return disagreement
        if role == PromptRole:
            return self._prompts.get(disagreement.row.id)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._spoken(disagreement, Witness(index.column()))
        return None

    def _spoken(self, disagreement: Disagreement, column: Witness) -> str:
        if column is not Witness.OUTPUT:
            return witness_words(disagreement, column) or "nothing"
        prompt = self._prompts.get(disagreement.row.id)
        return f"{prompt.text[:200] if prompt else ''} {' '.join(disagreement.why)}".strip()

    def _on_found(self, rows: list[Disagreement]) -> None:
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()
        self.found.emit(len(rows))
        unread = [
            disagreement.row for disagreement in rows if disagreement.row.id not in self._prompts
        ]
        if unread:
            self._client.read(lambda: transcript.masked_prompts(unread), self._on_prompts)

    def _on_prompts(self, prompts: dict[int, transcript.Prompt]) -> None:
        self._prompts.update(prompts)
        if self._rows:
            last = self.index(len(self._rows) - 1, len(Witness) - 1)
            self.dataChanged.emit(self.index(0, 0), last)


def said_by(disagreement: Disagreement, column: Witness) -> Tag | None:
    """Return what a witness says, as a tag; None where it says nothing."""
    return (
        None,
        disagreement.witnesses.person,
        disagreement.witnesses.git,
        disagreement.witnesses.tool,
    )[column]


def witness_words(disagreement: Disagreement, column: Witness) -> str:
    """Return what a witness says, in its own word; "" where it says nothing."""
    tag = said_by(disagreement, column)
    if column is Witness.YOU and tag is None:
        return "untagged"
    if tag is None:
        return ""
    return TOOL_WORDS[tag] if column is Witness.TOOL else tag.title
