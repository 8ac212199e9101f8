"""Writes edits as JSON for the history and reads them back."""

from json import dumps, loads
from typing import Any

from ledger.core.edits import (
    Edit,
    LogEntry,
    SetIntents,
    SetKinds,
    SetLabels,
    SetLogged,
    SetNotes,
    SetTags,
)
from ledger.core.usage import Basis, Usage
from ledger.core.words import Intent, Kind, Tag


def written(edit: Edit) -> str:
    """Return the edit as one line of JSON that later versions can read."""
    plain: list[list[Any]]
    match edit:
        case SetTags(values):
            kind, plain = "tags", [[id_, None if tag is None else int(tag)] for id_, tag in values]
        case SetIntents(values):
            kind, plain = "intents", [[id_, int(intent)] for id_, intent in values]
        case SetLabels(values):
            kind, plain = "labels", [list(value) for value in values]
        case SetKinds(values):
            kind, plain = "kinds", [[id_, None if v is None else int(v)] for id_, v in values]
        case SetNotes(values):
            kind, plain = "notes", [list(value) for value in values]
        case SetLogged(values):
            kind, plain = "logged", [[entry_words(entry), present] for entry, present in values]
    return dumps({"set": kind, "values": plain}, ensure_ascii=True, separators=(",", ":"))


def read(text: str) -> Edit:
    """Return the edit that `written` wrote; raises ValueError for anything else."""
    words = loads(text)
    values = words["values"]
    match words["set"]:
        case "tags":
            return SetTags(tuple((id_, None if tag is None else Tag(tag)) for id_, tag in values))
        case "intents":
            return SetIntents(tuple((id_, Intent(intent)) for id_, intent in values))
        case "labels":
            return SetLabels(tuple((id_, name, present) for id_, name, present in values))
        case "kinds":
            return SetKinds(tuple((id_, None if v is None else Kind(v)) for id_, v in values))
        case "notes":
            return SetNotes(tuple((id_, text) for id_, text in values))
        case "logged":
            return SetLogged(tuple((entry_of(entry), present) for entry, present in values))
        case other:
            raise ValueError(f"no edit of the kind {other!r}")


def entry_words(entry: LogEntry) -> dict[str, Any]:
    """Return a hand-entered interaction as plain words and numbers."""
    usage = entry.usage
    return {
        "id": entry.id,
        "time_ms": entry.time_ms,
        "tool": entry.tool,
        "model": entry.model,
        "project": entry.project,
        "usage": {
            "input": usage.input,
            "cache_read": usage.cache_read,
            "cache_write_5m": usage.cache_write_5m,
            "cache_write_1h": usage.cache_write_1h,
            "output": usage.output,
            "reasoning": usage.reasoning,
            "basis": int(usage.basis),
            "low": usage.low,
            "high": usage.high,
        },
    }


def entry_of(words: dict[str, Any]) -> LogEntry:
    """Return the entry that `entry_words` wrote."""
    usage = dict(words["usage"])
    basis = Basis(usage.pop("basis"))
    rest = {name: value for name, value in words.items() if name != "usage"}
    return LogEntry(**rest, usage=Usage(**usage, basis=basis))
