"""What the ledger must hold after what a person said, kept apart from the program."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

Step = tuple[str, Any, Any]  # what it is about, the value before, the value after


@dataclass(frozen=True)
class ExpectedLedger:
    """Everything that holds; two are equal when the ledger shows the same."""

    tags: Mapping[str, str] = field(default_factory=dict)
    logged: int = 0
    entries: int = 0  # in the history
    done: tuple[Step, ...] = field(default=(), compare=False)
    undone: tuple[Step, ...] = field(default=(), compare=False)

    def tagged(self, identity: str, tag: str) -> "ExpectedLedger":
        before = self.tags.get(identity, "untagged")
        return self._did((identity, before, tag))

    def entered(self) -> "ExpectedLedger":
        return self._did(("", None, None))

    def undo(self) -> "ExpectedLedger":
        if not self.done:
            return self
        *rest, last = self.done
        back = self._with(last, forwards=False)
        return replace(back, done=tuple(rest), undone=(*self.undone, last))

    def redo(self) -> "ExpectedLedger":
        if not self.undone:
            return self
        *rest, last = self.undone
        again = self._with(last, forwards=True)
        return replace(again, done=(*self.done, last), undone=tuple(rest))

    def _did(self, step: Step) -> "ExpectedLedger":
        new = self._with(step, forwards=True)
        return replace(new, done=(*self.done, step), undone=())

    def _with(self, step: Step, *, forwards: bool) -> "ExpectedLedger":
        identity, before, tag = step
        entries = self.entries + 1
        if not identity:
            logged = self.logged + (1 if forwards else -1)
            return replace(self, logged=logged, entries=entries)
        tags = {**self.tags, identity: tag if forwards else before}
        left = {key: tag for key, tag in tags.items() if tag != "untagged"}
        return replace(self, tags=left, entries=entries)


def after(expected: ExpectedLedger, script: Iterable[tuple[str, ...]]) -> ExpectedLedger:
    """Return what holds after these commands."""
    for command, *arguments in script:
        if command == "tag":
            expected = expected.tagged(arguments[0], arguments[1])
        elif command == "log":
            expected = expected.entered()
        else:
            expected = expected.undo() if command == "undo" else expected.redo()
    return expected
