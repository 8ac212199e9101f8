"""Writes edits as JSON for the history and reads them back."""

from enum import IntEnum
from json import dumps, loads
from typing import Any, assert_never

from ledger.core.edits import (
    ATTRIBUTES,
    Attribute,
    Edit,
    LogEntry,
    SetLabels,
    SetLogged,
    SetValues,
)
from ledger.core.usage import Basis, Usage


def written(edit: Edit) -> str:
    """Return the edit as one line of JSON that later versions can read."""
    plain: list[list[Any]]
    match edit:
        case SetValues(attribute, values):
            kind, plain = attribute.plural, [[id_, _plain(value)] for id_, value in values]
        case SetLabels(values):
            kind, plain = "labels", [list(value) for value in values]
        case SetLogged(values):
            kind, plain = "logged", [[entry_words(entry), present] for entry, present in values]
        case _:
            assert_never(edit)
    return dumps({"set": kind, "values": plain}, ensure_ascii=True, separators=(",", ":"))


def read(text: str) -> Edit:
    """Return the edit that `written` wrote; raises ValueError for anything else."""
    words = loads(text)
    kind, values = words["set"], words["values"]
    for attribute in ATTRIBUTES:
        if attribute.plural == kind:
            return SetValues(attribute, tuple((id_, _value(attribute, v)) for id_, v in values))
    if kind == "labels":
        return SetLabels(tuple((id_, name, present) for id_, name, present in values))
    if kind == "logged":
        return SetLogged(tuple((entry_of(entry), present) for entry, present in values))
    raise ValueError(f"no edit of the kind {kind!r}")


def _plain(value: Any) -> int | str | None:
    return int(value) if isinstance(value, IntEnum) else value


def _value(attribute: Attribute, plain: int | str | None) -> Any:
    return None if plain is None and attribute.nothing is None else attribute.type(plain)


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
