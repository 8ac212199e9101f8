"""What a person said so far, kept apart from the program: tags, entries, and the way back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

Step = tuple[str, Any, Any]  # what it is about, the value before, the value after


@dataclass(frozen=True)
class Said:
    """Everything that holds; two are equal when the ledger shows the same."""

    tags: Mapping[str, str] = field(default_factory=dict)
    logged: int = 0
    entries: int = 0  # in the history
    done: tuple[Step, ...] = field(default=(), compare=False)
    undone: tuple[Step, ...] = field(default=(), compare=False)

    def tagged(self, identity: str, tag: str) -> "Said":
        before = self.tags.get(identity, "untagged")
        return self._did((identity, before, tag))

    def entered(self) -> "Said":
        return self._did(("", None, None))

    def undo(self) -> "Said":
        if not self.done:
            return self
        *rest, last = self.done
        back = self._with(last, forwards=False)
        return replace(back, done=tuple(rest), undone=(*self.undone, last))

    def redo(self) -> "Said":
        if not self.undone:
            return self
        *rest, last = self.undone
        again = self._with(last, forwards=True)
        return replace(again, done=(*self.done, last), undone=tuple(rest))

    def _did(self, step: Step) -> "Said":
        new = self._with(step, forwards=True)
        return replace(new, done=(*self.done, step), undone=())

    def _with(self, step: Step, *, forwards: bool) -> "Said":
        identity, before, tag = step
        entries = self.entries + 1
        if not identity:
            logged = self.logged + (1 if forwards else -1)
            return replace(self, logged=logged, entries=entries)
        tags = {**self.tags, identity: tag if forwards else before}
        left = {key: one for key, one in tags.items() if one != "untagged"}
        return replace(self, tags=left, entries=entries)


def after(said: Said, script: Iterable[tuple[str, ...]]) -> Said:
    """Return what holds after these commands."""
    for word, *rest in script:
        if word == "tag":
            said = said.tagged(rest[0], rest[1])
        elif word == "log":
            said = said.entered()
        else:
            said = said.undo() if word == "undo" else said.redo()
    return said
