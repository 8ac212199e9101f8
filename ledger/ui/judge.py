"""What a person may say about interactions, bound to the keys of a card or a list."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from ledger.app.ledger_client import LedgerClient
from ledger.core.edits import Edit, SetLabels, set_intents, set_notes, set_tags
from ledger.core.rows import InteractionRow
from ledger.core.vocabulary import Intent, Tag
from ledger.ui.actions import Handlers
from ledger.ui.dialogs.ask_text import ask_text

Chosen = Callable[[], Sequence[int]]


class Judge:
    """Turns a key or a button into an edit on the interactions that are chosen now."""

    def __init__(self, client: LedgerClient, chosen: Chosen, parent: QWidget) -> None:
        self._client, self._chosen, self._parent = client, chosen, parent

    def handlers(self) -> Handlers:
        """Return the commands that mean the same on a card and in a list."""
        return {
            "intent.toggle": self.toggle_experiment,
            "label.edit": self.edit_labels,
            "note.edit": self.edit_note,
            "undo": self._client.undo,
        }

    def tag(self, tag: Tag | None) -> None:
        """Tag everything that is chosen; None takes the tags away."""
        ids = self._chosen()
        if ids:
            self._client.do(set_tags((identity, tag) for identity in ids))

    def toggle_experiment(self) -> None:
        """Mark everything chosen as an experiment, or as delivery if it all is one already."""
        self._with_rows(self._toggle)

    def edit_labels(self) -> None:
        """Ask for the labels of everything that is chosen."""
        self._with_rows(self._ask_labels)

    def edit_note(self) -> None:
        """Ask for the note of the one that is chosen."""
        self._with_rows(self._ask_note)

    def _with_rows(self, act: Callable[[list[InteractionRow]], None]) -> None:
        ids = list(self._chosen())

        def with_found(rows: list[InteractionRow]) -> None:
            if rows:  # they may have been withdrawn since
                act(rows)

        if ids:
            self._client.ask(lambda store: store.rows(ids), with_found)

    def _toggle(self, rows: list[InteractionRow]) -> None:
        every = all(row.intent is Intent.EXPERIMENT for row in rows)
        intent = Intent.DELIVERY if every else Intent.EXPERIMENT
        self._do(set_intents((row.id, intent) for row in rows))

    def _ask_labels(self, rows: list[InteractionRow]) -> None:
        shared = set(rows[0].labels).intersection(*(row.labels for row in rows))
        many = "this interaction" if len(rows) == 1 else f"these {len(rows)} interactions"
        answer = ask_text(
            self._parent,
            title="Labels",
            question=f"Labels of {many}, with commas between them",
            text=", ".join(sorted(shared)),
            known=sorted(self._client.frame.labels),
        )
        if answer is None:
            return
        wanted = {word.strip() for word in answer.split(",") if word.strip()}
        values = [(row.id, name, True) for row in rows for name in sorted(wanted - {*row.labels})]
        values += [(row.id, name, False) for row in rows for name in sorted(shared - wanted)]
        self._do(SetLabels(tuple(values)))

    def _ask_note(self, rows: list[InteractionRow]) -> None:
        answer = ask_text(
            self._parent,
            title="Note",
            question="A note for yourself; it stays in the ledger",
            text=rows[0].note,
        )
        if answer is not None:
            self._do(set_notes(((rows[0].id, answer),)))

    def _do(self, edit: Edit) -> None:
        if edit.values:
            self._client.do(edit)
