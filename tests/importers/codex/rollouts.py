"""Rows as Codex writes them, and what a folder of rollouts amounts to."""

import json
from collections.abc import Iterable
from pathlib import Path

from ledger.core.forks import Mark, Rollout, copied_counts
from ledger.core.parts import Batch, EditPart, PromptPart, RequestPart, SessionPart
from ledger.core.usage import Basis
from ledger.importers.codex.importer import Codex
from ledger.importers.reading import is_unchanged, read_file

KEY = "0199a0c1-0000-7000-8000-000000000001"
TURN = "0199a0c2-1f3e-7d41-9b0a-5c6d7e8f9012"  # as Codex names one
RESPONSE = "resp_0a1b2c3d4e5f60718293a4b5c6d7e8f9"
FOLDER = "/home/ada/shop"
Row = dict[str, object]
USAGE = ("input_tokens", "cached_input_tokens", "output_tokens", "reasoning_output_tokens")


def stamp(second: float) -> str:
    """A moment of 1 March 2026, in seconds after 10:00 UTC."""
    minutes, seconds = divmod(second, 60)
    return f"2026-03-01T{10 + int(minutes) // 60:02d}:{int(minutes) % 60:02d}:{seconds:06.3f}Z"


def row(kind: str, second: float, **payload: object) -> Row:
    return {"timestamp": stamp(second), "type": kind, "payload": payload}


def event(kind: str, second: float, **payload: object) -> Row:
    return row("event_msg", second, type=kind, **payload)


def item(kind: str, second: float, **payload: object) -> Row:
    return row("response_item", second, type=kind, **payload)


def head(second: float = 0, key: str = KEY, **fields: object) -> Row:
    known: Row = {"id": key, "timestamp": stamp(second), "cwd": FOLDER, "cli_version": "0.98.0"}
    known |= {"originator": "codex_cli_rs", "source": "cli", "git": {"branch": "main"}}
    return row("session_meta", second, **known | fields)


def turn(second: float, turn_id: str | None = None, **fields: object) -> Row:
    named = {"turn_id": turn_id} if turn_id else {}
    return row("turn_context", second, **named | {"cwd": FOLDER, "model": "gpt-5.1-codex"} | fields)


def message(second: float, text: str, role: str = "user") -> Row:
    kind = "output_text" if role == "assistant" else "input_text"
    return item("message", second, role=role, content=[{"type": kind, "text": text}])


def prompt(second: float, text: str) -> Row:
    return event("user_message", second, message=text, images=[], local_images=[])


def used(sent: int, cached: int = 0, received: int = 0, thought: int = 0) -> dict[str, int]:
    counts = dict(zip(USAGE, (sent, cached, received, thought), strict=True))
    return counts | {"total_tokens": sent + received}


def added(*usages: dict[str, int]) -> dict[str, int]:
    return {name: sum(usage[name] for usage in usages) for name in usages[0]}


def tick(second: float, total: object = None, last: object = None, **info: object) -> Row:
    usages = {"total_token_usage": total, "last_token_usage": last, **info}
    usages = {name: usage for name, usage in usages.items() if usage is not None}
    return event("token_count", second, info=usages or None, rate_limits={"primary": None})


class Counting:
    """Writes the counters of one thread as Codex does: what was last, and the sum of all."""

    def __init__(self, *already: dict[str, int]) -> None:
        self.total = added(used(0), *already)

    def __call__(self, second: float, sent: int, cached: int = 0, received: int = 10) -> Row:
        last = used(sent, cached, received, received // 2)
        self.total = added(self.total, last)
        return tick(second, self.total, last)


def record(second: float, response: str, last: object, total: object = None, **more: object) -> Row:
    fields = {"response_id": response, "usage": last, "thread_token_usage": total} | more
    return row("token_usage_record", second, **fields)


def restamped(rows: Iterable[Row], second: float, step: float = 0.001) -> list[Row]:
    """Return the rows as a replay writes them: at once, with the time of the copying."""
    return [row | {"timestamp": stamp(second + place * step)} for place, row in enumerate(rows)]


def data_of(rows: Iterable[Row | bytes]) -> bytes:
    lines = (
        row if isinstance(row, bytes) else json.dumps(row, ensure_ascii=False).encode()
        for row in rows
    )
    return b"".join(line + b"\n" for line in lines)


def lines_of(data: bytes) -> list[tuple[int, bytes]]:
    lines, offset = [], 0
    for line in data.split(b"\n"):
        if line:
            lines.append((offset, line))
        offset += len(line) + 1
    return lines


def read(*rows: Row | bytes, name: str = f"rollout-2026-03-01T10-00-00-{KEY}.jsonl") -> Batch:
    """Return the parts of a file with these rows."""
    batch = Batch()
    Codex().read(Path("/logs/sessions", name), lines_of(data_of(rows)), "", batch)
    return batch


class Ledger:
    """Joins parts as the ledger does: in any order, any number of times."""

    def __init__(self, batches: Iterable[Batch]) -> None:
        self.requests: dict[int, RequestPart] = {}
        self.prompts: dict[int, PromptPart] = {}
        self.edits: dict[int, EditPart] = {}
        self.sessions: dict[int, SessionPart] = {}
        self.ends: dict[int, int] = {}
        self.rejected: list[str] = []
        for batch in batches:
            self._add(batch)
        self.copied = copied_counts(self._threads())

    def _add(self, batch: Batch) -> None:
        for session in batch.sessions:
            old = self.sessions.get(session.id, session)
            parent = max(filter(None, (old.parent, session.parent)), default=None)
            self.sessions[session.id] = session._replace(parent=parent)
        for request in batch.requests:
            known = self.requests.get(request.id, request)
            place = min(request, known, key=lambda part: (part.rank, part.time_ms, part.session))
            usage = max(request, known, key=lambda part: (part.output, part.input, -part.basis))
            self.requests[request.id] = usage._replace(
                session=place.session, interaction=place.interaction,
                time_ms=place.time_ms, anchor_ms=place.anchor_ms,
                rank=place.rank, ordinal=place.ordinal, vector=place.vector, turn=place.turn,
            )  # fmt: skip
        for part in batch.prompts:
            known = self.prompts.get(part.id, part)
            self.prompts[part.id] = min(part, known, key=lambda part: (part.rank, part.time_ms))
        for edit in batch.edits:
            pairs = zip(edit, self.edits.get(edit.id, edit), strict=True)
            best = (max(pair, key=lambda value: (value is not None, value)) for pair in pairs)
            self.edits[edit.id] = EditPart(*best)
        for interaction, end in batch.spans:
            self.ends[interaction] = max(end, self.ends.get(interaction, 0))
        self.rejected += [f"{line.offset}+{line.length} {line.reason}" for line in batch.rejected]

    def _threads(self) -> list[Rollout]:
        threads = []
        for session in self.sessions.values():
            parts = self._of(session.id)
            spawned = all(part.interaction is None for part in parts)
            marks = tuple(
                Mark(part.id, part.vector, part.turn, part.time_ms, part.within) for part in parts
            )
            threads.append(Rollout(session.id, session.parent, spawned, session.time_ms, marks))
        return threads

    def _of(self, session: int) -> list[RequestPart]:
        parts = (part for part in self.requests.values() if part.session == session)
        return sorted(parts, key=lambda part: part.ordinal)

    @property
    def shown(self) -> list[PromptPart]:
        """The prompts that are no copies: a copy has only copied requests, as the store says."""
        counted = {part.interaction for part in self.counted}
        return [
            part
            for part in self.prompts.values()
            if part.ordinal >= self.copied.get(part.session, 0) or part.id in counted
        ]

    @property
    def counted(self) -> list[RequestPart]:
        """The requests that are no copies, in the order of their time."""
        parts = [
            part for session in self.sessions for part in self._of(session)[self.copied[session] :]
        ]
        return sorted(parts, key=lambda part: (part.time_ms, part.id))


def ledger_of(folder: Path) -> Ledger:
    """Read every log of a folder as an import does."""
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return Ledger(
        read_file(Codex(), str(path), None).batch for path in paths if Codex().layout(path)
    )


def sums(parts: Iterable[RequestPart]) -> dict[str, int]:
    """Responses, fresh input, cache read, cache write, output and reasoning."""
    known = list(parts)
    return {
        "responses": len(known),
        "input": sum(part.input for part in known),
        "cache_read": sum(part.cache_read for part in known),
        "cache_write": sum(part.cache_write_5m + part.cache_write_1h for part in known),
        "output": sum(part.output for part in known),
        "reasoning": sum(part.reasoning or 0 for part in known),
    }


def golden(folder: Path) -> dict[str, object]:
    """Return everything a folder's logs say, as a golden file holds it."""
    ledger = ledger_of(folder)
    prompts = sorted(ledger.shown, key=lambda part: (part.time_ms, part.id))
    names = {part.id: str(place) for place, part in enumerate(prompts)}
    keys = {part.id: part.key for part in ledger.sessions.values()}
    return {
        "sums": sums(ledger.counted),
        "naive": sums(ledger.requests.values()),
        "copied": {keys[session]: count for session, count in ledger.copied.items()},
        "prompts": [
            f"{part.origin.name} {part.time_ms} after {part.ordinal} {prompt_at(folder, part)}"
            for part in prompts
        ],
        "requests": [
            f"{names.get(part.interaction or 0, '-')} {part.model}"
            f" {'?' if part.basis is Basis.UNKNOWN else part.output}"
            f" at {part.time_ms} anchor {part.anchor_ms}"
            for part in ledger.counted
        ],
        "edits": [
            f"{names.get(part.interaction or 0, '-')} {part.path} +{part.added} -{part.removed}"
            f" {part.outcome.name} by {part.decided_by.name}"
            for part in sorted(ledger.edits.values(), key=lambda part: (part.time_ms, part.path))
        ],
        "sessions": sorted(
            f"{part.key} {part.directory} {keys.get(part.parent or 0, part.parent)}"
            for part in ledger.sessions.values()
        ),
        "rejected": ledger.rejected,
    }


def prompt_at(folder: Path, part: PromptPart) -> str:
    """Return the words a prompt's pointer leads to, in whichever file holds that line."""
    for path in sorted(folder.rglob("*.jsonl")):
        line = path.read_bytes()[part.offset : part.offset + part.length]
        if is_unchanged(line, part.check):
            return repr(Codex().prompt(line))
    return "lost"
