"""Reads Gemini CLI's sessions: the old JSON documents and the newer logs of operations."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from ledger.core.acts import Act
from ledger.core.ids import bytes_id
from ledger.core.parts import Batch, Rejected
from ledger.core.words import Tool
from ledger.importers.base import Home, Layout, Line, Place, Step
from ledger.importers.fields import milliseconds
from ledger.importers.gemini_cli.acts import acts_of
from ledger.importers.gemini_cli.parts import CHATS, SUBAGENT, Telling
from ledger.importers.gemini_cli.project import keeps_days
from ledger.importers.gemini_cli.prompts import asked
from ledger.importers.gemini_cli.records import record_of
from ledger.importers.gemini_cli.replay import Memory, Replay, Stretch
from ledger.importers.gemini_cli.steps import steps_of

SESSION_FILE = "session-"
NAMED_TIME = re.compile(r"session-(\d{4}-\d\d-\d\dT\d\d)-(\d\d)")


class GeminiCli:
    """Gemini CLI: one file per session below tmp/<project>/chats, sub-agents one folder deeper."""

    tool = Tool.GEMINI_CLI
    version = 1

    def places(self, home: Home) -> tuple[Place, ...]:
        """Return the tmp folders the tool may write to, overrides first."""
        found: dict[Path, str] = {}
        for name in ("GEMINI_CLI_HOME", "GEMINI_DATA_DIR", "GEMINI_DIR"):
            for entry in home.variables.get(name, "").split(","):
                if entry.strip():
                    root = _expanded(entry.strip(), home.path)
                    if name == "GEMINI_CLI_HOME" and root.name != ".gemini":
                        root /= ".gemini"  # it names what stands for the home folder
                    found.setdefault(root if root.name == "tmp" else root / "tmp", name)
        found.setdefault(home.path / ".gemini" / "tmp", "default")
        return tuple(Place(path, why) for path, why in found.items())

    def keeps_days(self, place: Place) -> int | None:
        """Return after how many days the tool deletes its sessions; None when it never does."""
        return keeps_days(place.path.parent)

    def layout(self, path: Path) -> Layout | None:
        """Say how to read this file of a place; None when it holds no session."""
        parents = [parent.name for parent in path.parents][:2]
        if parents[:1] == [CHATS] and path.name.startswith(SESSION_FILE):
            layouts = {".jsonl": Layout.LINES, ".json": Layout.DOCUMENT}
            return layouts.get(path.suffix)
        if parents[1:] == [CHATS] and path.suffix == ".jsonl":
            return Layout.LINES
        return None

    def read(self, path: Path, lines: Iterable[Line], state: str, batch: Batch) -> str:
        """Play the lines back and add what they tell to the batch."""
        replay = Replay(msgspec.json.decode(state, type=Memory) if state else _beginning(path))
        for offset, data in lines:
            problem = replay.take(Stretch(offset, data))
            if problem:
                batch.rejected.append(Rejected(offset, len(data), bytes_id(data), problem))
        Telling(path, replay, batch).tell()
        return msgspec.json.encode(replay.memory).decode()

    def prompt(self, line: bytes) -> str:
        """Return the person's words in a message; "" if there are none."""
        record = record_of(line)
        prompt = asked(record) if record else None
        return prompt.words if prompt else ""

    def steps(self, lines: Iterable[bytes]) -> Iterator[Step]:
        """Tell an interaction as it happened."""
        return steps_of(b"\n".join(lines))

    def helper_logs(self, path: Path, name: str) -> tuple[Path, ...]:
        """Return nothing: a sub-agent's session has interactions of its own."""
        return ()

    def acts(self, lines: Iterable[bytes], after: Iterable[bytes] = ()) -> Iterator[Act]:
        """Tell an interaction as acts, and what the lines after it say became of it."""
        return acts_of(b"\n".join(lines), after)


def _expanded(entry: str, home: Path) -> Path:
    return home / entry[1:].lstrip("/") if entry.startswith("~") else Path(entry)


def _beginning(path: Path) -> Memory:
    """Return what the place of a file tells before a byte of it is read."""
    kind = SUBAGENT if path.parent.name != CHATS else ""
    named = NAMED_TIME.match(path.name)
    time_ms = milliseconds(f"{named[1]}:{named[2]}:00Z") if named else None
    return Memory(kind=kind, last_ms=time_ms or 0)
