"""Reads Gemini CLI's sessions: the old JSON documents and the newer logs of operations."""

import os
import re
from collections.abc import Iterable, Iterator
from itertools import islice
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
from ledger.importers.places import existing, listed_folders, without_repeats

SESSION_FILE = "session-"
TMP = "tmp"
_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")


class GeminiCli:
    """Gemini CLI: one file per session below tmp/<project>/chats, sub-agents one folder deeper."""

    tool = Tool.GEMINI_CLI
    version = 2

    def places(self, home: Home) -> tuple[Place, ...]:
        """Return the tmp folders the tool may write to, overrides first."""
        places = []
        for name in ("GEMINI_CLI_HOME", "GEMINI_DATA_DIR", "GEMINI_DIR"):
            for folder in listed_folders(home, name):
                # The first names what stands for the home folder.
                stands = name == "GEMINI_CLI_HOME" and folder.name != ".gemini"
                root = folder / ".gemini" if stands else folder
                places.append(Place(root if root.name == TMP else root / TMP, name))
        return without_repeats([*places, Place(home.path / ".gemini" / TMP, "default")])

    def places_in(self, folder: Path) -> tuple[Path, ...]:
        """Return `tmp` of the folder or of its `.gemini`, or the folder as one."""
        own = existing(folder / ".gemini" / TMP)
        near = existing(folder, folder / TMP)
        return own or tuple(path for path in near if path.name == TMP and _has_chats(path))

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

    def sequels(self, path: Path) -> tuple[Path, ...]:
        """Return nothing: a session is taken back in its own log."""
        return ()

    def acts(self, lines: Iterable[bytes], after: Iterable[bytes] = ()) -> Iterator[Act]:
        """Tell an interaction as acts, and what the lines after it say became of it."""
        return acts_of(b"\n".join(lines), after)


def _has_chats(tmp: Path) -> bool:
    try:
        return any(os.path.isdir(project / CHATS) for project in islice(tmp.iterdir(), 1_000))
    except OSError:
        return False
