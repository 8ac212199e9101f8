"""Reads Gemini CLI's sessions: the old JSON documents and the newer logs of operations."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from ledger.core.evidence import Act
from ledger.core.parts import Batch
from ledger.core.vocabulary import Tool
from ledger.importers.base import Home, Layout, Line, Place, Step
from ledger.importers.gemini_cli.acts import acts_of
from ledger.importers.gemini_cli.parts import PartsReader
from ledger.importers.gemini_cli.project import keeps_days
from ledger.importers.gemini_cli.prompts import prompt_content
from ledger.importers.gemini_cli.records import record_of
from ledger.importers.gemini_cli.state import CHATS
from ledger.importers.gemini_cli.transcript import steps_of

SESSION_FILE = "session-"
_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")


class GeminiCli:
    """Gemini CLI: one file per session below tmp/<project>/chats, sub-agents one folder deeper."""

    tool = Tool.GEMINI_CLI
    version = 2

    def places(self, home: Home) -> tuple[Place, ...]:
        """Return the tmp folders the tool may write to, overrides first."""
        places: dict[Path, str] = {}
        for name in ("GEMINI_CLI_HOME", "GEMINI_DATA_DIR", "GEMINI_DIR"):
            for entry in home.variables.get(name, "").split(","):
                if entry.strip():
                    root = _expanded(entry.strip(), home.path)
                    if name == "GEMINI_CLI_HOME" and root.name != ".gemini":
                        root /= ".gemini"  # it names what stands for the home folder
                    places.setdefault(root if root.name == "tmp" else root / "tmp", name)
        places.setdefault(home.path / ".gemini" / "tmp", "default")
        return tuple(Place(path, why) for path, why in places.items())

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
        reader = PartsReader(path, state, batch)
        for offset, line in lines:
            reader.take(offset, line)
        return reader.finish()

    def prompt(self, line: bytes) -> str:
        """Return the person's words in a message; "" if there are none."""
        record = record_of(line)
        prompt = prompt_content(record) if record else None
        return prompt.text if prompt else ""

    def steps(self, lines: Iterable[bytes]) -> Iterator[Step]:
        """Tell an interaction as it happened."""
        return steps_of(b"\n".join(lines))

    def subagent_logs(self, path: Path, name: str) -> tuple[Path, ...]:
        """Return the log of a sub-agent: in the folder of its session, whose id the name begins."""
        session = path.stem.rpartition("-")[2]
        if not _NAME.fullmatch(name) or not _NAME.fullmatch(session):
            return ()
        return tuple(sorted(path.parent.glob(f"{session}*/{name}.jsonl")))

    def acts(self, lines: Iterable[bytes], after: Iterable[bytes] = ()) -> Iterator[Act]:
        """Tell an interaction as acts, and what the lines after it say became of it."""
        return acts_of(b"\n".join(lines), after)


def _expanded(entry: str, home: Path) -> Path:
    return home / entry[1:].lstrip("/") if entry.startswith("~") else Path(entry)
