"""What a person may say about interactions, bound to keys: of those chosen, or of many at once."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtWidgets import QWidget

from ledger.app.ledger_client import LedgerClient
from ledger.core.edits import Edit, SetLabels, set_intents, set_notes, set_tags
from ledger.core.evidence import Suggestion
from ledger.core.formatting import count
from ledger.core.rows import InteractionRow
from ledger.core.vocabulary import Intent, Tag
from ledger.flows import transcript
from ledger.flows.evidence import details
from ledger.flows.tagging import queue
from ledger.store.store import Store
from ledger.ui.actions import Handlers
from ledger.ui.dialogs.ask_text import ask_text
from ledger.ui.dialogs.parts_dialog import PartsDialog
from ledger.ui.dialogs.tag_several import TagSeveral

SelectedIds = Callable[[], Sequence[int]]
RowsAndSuggestions = tuple[list[InteractionRow], Mapping[int, Suggestion]]


class TagActions:
    """Turns a key or a button into an edit on the interactions that are chosen now."""

    def __init__(self, client: LedgerClient, selected_ids: SelectedIds, parent: QWidget) -> None:
        self._client, self._selected_ids, self._parent = client, selected_ids, parent

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
        ids = self._selected_ids()
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
        ids = list(self._selected_ids())

        def with_rows(rows: list[InteractionRow]) -> None:
            if rows:  # they may have been withdrawn since
                act(rows)

        if ids:
            self._client.ask(lambda store: store.rows(ids), with_rows)

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
            suggestions=sorted(self._client.frame.labels),
        )
        if answer is None:
            return
        typed_labels = {word.strip() for word in answer.split(",") if word.strip()}
        values = [
            (row.id, name, True) for row in rows for name in sorted(typed_labels - {*row.labels})
        ]
        values += [(row.id, name, False) for row in rows for name in sorted(shared - typed_labels)]
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


class BulkActions:
    """Turns a key into an edit on a session, on what is alike, or on some files."""

    def __init__(self, client: LedgerClient, selected_ids: SelectedIds, parent: QWidget) -> None:
        self._client, self._selected_ids, self._parent = client, selected_ids, parent
        self.dialog: TagSeveral | PartsDialog | None = None  # the one that is open

    def handlers(self) -> Handlers:
        """Return the commands that mean the same on a card and in a list."""
        return {
            "tag.session": self.tag_session,
            "tag.alike": self.tag_alike,
            "tag.parts": self.tag_parts,
        }

    def accept(self) -> None:
        """Accept what is suggested of everything chosen; of several only after a look at them."""
        ids = list(self._selected_ids())
        frame = self._client.frame
        if len(ids) == 1:
            tag = queue.suggested(frame, ids)
            if tag is not None:
                self._client.do(set_tags(((ids[0], tag),)))
            return
        with_any = [i for i in ids if queue.suggested(frame, (i,)) is not None]
        self._offer(with_any, "Accept what is suggested", None)

    def tag_session(self) -> None:
        """Tag what is untagged of the session of the one that is chosen."""
        ids = [identity for selected in self._first() for identity in self._rest(selected)]
        self._offer(ids, f"Tag the rest of this session: {count(len(ids), 'interaction')}", None)

    def tag_alike(self) -> None:
        """Say the same of the nearest others that the same is suggested of."""
        frame = self._client.frame
        for selected in self._first():
            alike = queue.alike(frame, selected)
            tag = queue.suggested(frame, (selected,))
            ids = [selected, *alike] if alike else []
            if tag is not None:
                self._offer(ids, f"The same for these {len(ids)}: {tag.title}", tag)

    def tag_parts(self) -> None:
        """Say file by file what was kept of the one that is chosen."""
        ids = list(self._first())
        if ids:
            self._client.ask(lambda store: store.rows(ids), self._ask_parts)

    def _first(self) -> Sequence[int]:
        return self._selected_ids()[:1]

    def _rest(self, identity: int) -> list[int]:
        return queue.rest_of_session(self._client.frame, identity)

    def _offer(self, ids: Sequence[int], title: str, tag: Tag | None) -> None:
        def fetch(store: Store) -> RowsAndSuggestions:
            return store.rows(ids), store.evidence.suggestions(ids)

        if ids:
            self._client.ask(fetch, lambda answer: self._show(title, tag, *answer))

    def _show(
        self,
        title: str,
        tag: Tag | None,
        rows: list[InteractionRow],
        suggestions: Mapping[int, Suggestion],
    ) -> None:
        if not rows:  # withdrawn since
            return
        dialog = TagSeveral(self._parent, title, rows, suggestions, tag)
        self._open(dialog, lambda: self._client.do(dialog.edit()))

        def fill(prompts: dict[int, transcript.Prompt]) -> None:
            if self.dialog is dialog:
                dialog.show_prompts(
                    {i: prompt.text or prompt.missing for i, prompt in prompts.items()}
                )

        self._client.read(lambda: transcript.masked_prompts(rows), fill)

    def _ask_parts(self, rows: list[InteractionRow]) -> None:
        files = [file for row in rows for file in details.files(row)]
        if files:
            dialog = PartsDialog(self._parent, files, rows[0].note)
            self._open(dialog, lambda: self._say_parts(rows[0], dialog))

    def _say_parts(self, row: InteractionRow, dialog: PartsDialog) -> None:
        if dialog.note != row.note:
            self._client.do(set_notes(((row.id, dialog.note),)))
        self._client.do(set_tags(((row.id, dialog.tag),)))

    def _open(self, dialog: TagSeveral | PartsDialog, on_accepted: Callable[[], None]) -> None:
        self.dialog = dialog
        dialog.accepted.connect(on_accepted)
        dialog.finished.connect(self._on_finished)
        dialog.open()

    def _on_finished(self, _result: int) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
        self.dialog = None
