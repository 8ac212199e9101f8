"""Rows as Claude Code writes them, and what a folder of them amounts to."""

import json
from collections.abc import Iterable
from pathlib import Path
from uuid import NAMESPACE_OID, uuid5

from ledger.core.ids import content_id
from ledger.core.parts import Batch, EditPart, PromptPart, RequestPart
from ledger.core.usage import Basis
from ledger.importers.claude_code.importer import ClaudeCode
from ledger.importers.reading import is_unchanged, read_file

SESSION = "5f0c4d1e-0000-4000-8000-000000000001"
FOLDER = "/home/ada/shop"
Row = dict[str, object]


def stamp(second: float) -> str:
    """A moment of 1 March 2026, in seconds after 10:00 UTC."""
    minutes, seconds = divmod(second, 60)
    return f"2026-03-01T{10 + int(minutes) // 60:02d}:{int(minutes) % 60:02d}:{seconds:06.3f}Z"


# The uuids that stand in the rows for the short names that tests give them.
UUIDS: dict[object, str] = {}


def uuid_of(name: object) -> object:
    """Return a uuid as Claude Code makes them for a short name; None stays None."""
    return UUIDS.setdefault(name, str(uuid5(NAMESPACE_OID, str(name)))) if name else name


def row(kind: str, second: float, **fields: object) -> Row:
    made = {
        "parentUuid": None,
        "isSidechain": False,
        "userType": "external",
        "cwd": FOLDER,
        "sessionId": SESSION,
        "version": "2.1.200",
        "gitBranch": "main",
        "type": kind,
        "uuid": f"uuid-{kind}-{second}",
        "timestamp": stamp(second),
    } | fields
    return made | {key: uuid_of(made[key]) for key in ("uuid", "parentUuid")}


def prompt(second: float, content: object = "make it so", **fields: object) -> Row:
    return row("user", second, message={"role": "user", "content": content}, **fields)


def usage(output: object = 10, **fields: object) -> Row:
    return {
        "input_tokens": 4,
        "cache_creation_input_tokens": 0,
        "cache_read_input_tokens": 100,
    } | {"output_tokens": output, **fields}


def answer(
    second: float,
    response: str | None = "msg_1",
    *blocks: Row,
    used: object = None,
    stop: str | None = "end_turn",
    model: str | None = "claude-opus-4-5",
    **fields: object,
) -> Row:
    message = {"type": "message", "role": "assistant", "model": model, "stop_reason": stop}
    message |= {"content": list(blocks) or [{"type": "text", "text": "Done."}]}
    message |= {"id": response} if response else {}
    message |= {"usage": usage() if used is None else used}
    return row("assistant", second, message=message, **{"requestId": f"req_{response}"} | fields)


def call(key: str, name: str = "Edit", **arguments: object) -> Row:
    if name == "Edit" and not arguments:
        arguments = {
            "file_path": f"{FOLDER}/a.py",
            "old_string": "a\nb\n",
            "new_string": "a\nc\nd\n",
        }
    return {"type": "tool_use", "id": key, "name": name, "input": arguments}


PATCH = [{"oldStart": 7, "oldLines": 2, "newStart": 7, "newLines": 3}]
PATCH[0]["lines"] = [" a", "-b", "+c", "+d", "\\ No newline at end of file"]
DONE = {"filePath": f"{FOLDER}/a.py", "structuredPatch": PATCH, "userModified": False}


def result(
    second: float,
    key: str,
    content: object = "The file has been updated.",
    error: bool | None = None,
    **fields: object,
) -> Row:
    block = {"tool_use_id": key, "type": "tool_result", "content": content}
    return prompt(second, [block if error is None else block | {"is_error": error}], **fields)


def data_of(rows: Iterable[Row | bytes]) -> bytes:
    lines = (
        row if isinstance(row, bytes) else json.dumps(row, ensure_ascii=False).encode()
        for row in rows
    )
    return b"".join(line + b"\n" for line in lines)


def read(*rows: Row | bytes, name: str = f"{SESSION}.jsonl", state: str = "") -> Batch:
    """Return the parts of a file with these rows."""
    batch = Batch()
    ClaudeCode().read(Path("/logs/projects/-shop", name), _lines(data_of(rows)), state, batch)
    return batch


def state_after(*rows: Row | bytes, name: str = f"{SESSION}.jsonl") -> str:
    """Return what the importer remembers after these rows."""
    path = Path("/logs/projects/-shop", name)
    return ClaudeCode().read(path, _lines(data_of(rows)), "", Batch())


def _lines(data: bytes) -> list[tuple[int, bytes]]:
    lines, offset = [], 0
    for line in data.split(b"\n"):
        if line:
            lines.append((offset, line))
        offset += len(line) + 1
    return lines


class Ledger:
    """Joins parts as the ledger does: in any order, any number of times."""

    def __init__(self) -> None:
        self.requests: dict[int, RequestPart] = {}
        self.answered: set[int] = set()  # announcements whose answer is another request
        self.prompts: dict[int, PromptPart] = {}
        self.edits: dict[int, EditPart] = {}
        self.ends: dict[int, int] = {}
        self.sessions: dict[int, tuple[int, str, str]] = {}
        self.rejected: list[str] = []

    def add(self, batch: Batch) -> None:
        for request in batch.requests:
            self._request(request)
        for part in batch.prompts:
            known = self.prompts.get(part.id, part)
            self.prompts[part.id] = min(part, known, key=lambda part: (part.rank, part.time_ms))
        for edit in batch.edits:
            self.edits[edit.id] = self._edit(edit)
        for interaction, end in batch.spans:
            self.ends[interaction] = max(end, self.ends.get(interaction, 0))
        for session in batch.sessions:
            named = (session.time_ms, session.directory, session.key)
            self.sessions[session.id] = min(named, self.sessions.get(session.id, named))
        self.rejected += [f"{line.offset}+{line.length} {line.reason}" for line in batch.rejected]

    def _request(self, new: RequestPart) -> None:
        if new.turn == new.id and new.basis is Basis.EXACT:
            self.answered.add(new.id)
            self.requests.pop(new.id, None)
        if new.id in self.answered:
            return
        old = self.requests.get(new.id, new)
        place = min(new, old, key=lambda part: (part.rank, part.time_ms, part.session))
        spent = max(new, old, key=lambda part: (part.output, total(part), -part.basis))
        where = {name: getattr(place, name) for name in ("rank", "time_ms", "session", "anchor_ms")}
        self.requests[new.id] = spent._replace(interaction=place.interaction, **where)

    def _edit(self, new: EditPart) -> EditPart:
        old = self.edits.get(new.id, new)
        pairs = zip(new, old, strict=True)
        return EditPart(
            *(max(pair, key=lambda value: (value is not None, value)) for pair in pairs)
        )


def total(part: RequestPart) -> int:
    return sum((part.input, part.cache_read, part.cache_write_5m, part.cache_write_1h, part.output))


def ledger_of(folder: Path) -> Ledger:
    """Read every log of a folder as an import does."""
    ledger = Ledger()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and ClaudeCode().layout(path):
            ledger.add(read_file(ClaudeCode(), str(path), None).batch)
    return ledger


def sums(ledger: Ledger) -> dict[str, int]:
    """Responses, fresh input, cache read, cache write and output."""
    parts = ledger.requests.values()
    return {
        "responses": len(parts),
        "input": sum(part.input for part in parts),
        "cache_read": sum(part.cache_read for part in parts),
        "cache_write_5m": sum(part.cache_write_5m for part in parts),
        "cache_write_1h": sum(part.cache_write_1h for part in parts),
        "output": sum(part.output for part in parts),
    }


def golden(folder: Path) -> dict[str, object]:
    """Return everything a folder's logs say, as a golden file holds it."""
    ledger = ledger_of(folder)
    prompts = sorted(ledger.prompts.values(), key=lambda part: (part.time_ms, part.id))
    names = {part.id: str(place) for place, part in enumerate(prompts)}
    return {
        "sums": sums(ledger),
        "prompts": [
            f"{part.origin.name} {part.time_ms} {_prompt_at(folder, part)}" for part in prompts
        ],
        "requests": [
            f"{names.get(part.interaction or 0, '-')} {part.model} {part.output}"
            f" {Basis(part.basis).name} rank {part.rank} at {part.time_ms}"
            f" anchor {part.anchor_ms} reasoning {part.reasoning}"
            for part in sorted(ledger.requests.values(), key=lambda part: (part.time_ms, part.id))
        ],
        "edits": [
            f"{names.get(part.interaction or 0, '-')} {part.path} +{part.added} -{part.removed}"
            f" {part.outcome.name}{' changed' if part.human_changed else ''}"
            for part in sorted(ledger.edits.values(), key=lambda part: (part.time_ms, part.id))
        ],
        "sessions": sorted(f"{known[2]} {known[1]}" for known in ledger.sessions.values()),
        "rejected": ledger.rejected,
    }


def _prompt_at(folder: Path, part: PromptPart) -> str:
    for path in sorted(folder.rglob("*.jsonl")):
        line = path.read_bytes()[part.offset : part.offset + part.length]
        if line and is_unchanged(line, part.check):
            return ClaudeCode().prompt(line)
    return "?"


def id_of(*names: str) -> int:
    """Return the id of what bears these names; rows bear the uuid that stands for theirs."""
    return content_id("claude-code", *(UUIDS.get(name, name) for name in names))
