"""Claude Code's logs: one JSONL file per session, and one more per sub-agent."""

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec
from msgspec import Struct

from ledger.core.evidence import Act
from ledger.core.parts import Batch
from ledger.core.vocabulary import Tool
from ledger.importers.base import Home, Layout, Line, Place, Step
from ledger.importers.claude_code.acts import acts_of
from ledger.importers.claude_code.parts import PartsReader
from ledger.importers.claude_code.prompts import prompt_text
from ledger.importers.claude_code.records import read_row
from ledger.importers.claude_code.transcript import steps_of
from ledger.importers.fields import UNREADABLE

DEFAULT_DAYS = 30
_AGENT = re.compile(r"[A-Za-z0-9_-]{1,64}")


class Settings(Struct, rename="camel"):
    """The one setting of Claude Code that concerns us."""

    cleanup_period_days: int | float | None = None


class ClaudeCode:
    """Reads what Claude Code writes below `projects/`; see `base.Importer` for every method."""

    tool = Tool.CLAUDE_CODE
    version = 2

    def places(self, home: Home) -> tuple[Place, ...]:
        """Return the folders it may log to, overrides first."""
        places: list[Place] = []
        for name in ("CLAUDE_PROJECTS_DIR", "CLAUDE_CONFIG_DIR"):
            for entry in home.variables.get(name, "").split(","):
                if entry.strip():
                    folder = _expanded(entry.strip(), home)
                    holds = name == "CLAUDE_PROJECTS_DIR" or folder.name == "projects"
                    places.append(Place(folder if holds else folder / "projects", name))
        if not any(place.why == "CLAUDE_CONFIG_DIR" for place in places):
            places += _defaults(home)
        return tuple({place.path: place for place in reversed(places)}.values())[::-1]

    def keeps_days(self, place: Place) -> int | None:
        """Return `cleanupPeriodDays` of the settings beside the logs; 30 unless it is set."""
        try:
            data = (place.path.parent / "settings.json").read_bytes()
            days = msgspec.json.decode(data, type=Settings).cleanup_period_days
        except (OSError, *UNREADABLE):
            days = None
        # 0 is no word for “never”: the tool deletes every transcript when it next starts.
        return DEFAULT_DAYS if days is None or days < 0 else int(days)

    def layout(self, path: Path) -> Layout | None:
        """Every `*.jsonl` is a transcript, except the journal of a workflow."""
        return Layout.TAIL if path.suffix == ".jsonl" and path.name != "journal.jsonl" else None

    def read(self, path: Path, lines: Iterable[Line], state: str, batch: Batch) -> str:
        """Add the lines' parts to the batch and return the state for the next stretch."""
        reader = PartsReader(path, state, batch)
        for offset, line in lines:
            reader.take(offset, line)
        return reader.finish()

    def prompt(self, line: bytes) -> str:
        """Return the person's words in a prompt's line; "" if there are none."""
        row = read_row(line)
        return "" if isinstance(row, str) else prompt_text(row)

    def steps(self, lines: Iterable[bytes]) -> Iterator[Step]:
        """Tell an interaction as it happened."""
        return steps_of(lines)

    def subagent_logs(self, path: Path, name: str) -> tuple[Path, ...]:
        """Return the log of a sub-agent, in its session's folder or, of old, beside it."""
        if not _AGENT.fullmatch(name):
            return ()
        places = (path.parent / path.stem / "subagents", path.parent)
        return tuple(place / f"agent-{name}.jsonl" for place in places)

    def acts(self, lines: Iterable[bytes], after: Iterable[bytes] = ()) -> Iterator[Act]:
        """Tell an interaction as acts, and what the lines after it say became of it."""
        return acts_of(lines, after)


def _defaults(home: Home) -> list[Place]:
    settings = home.variables.get("XDG_CONFIG_HOME", "")
    base = Path(settings) if os.path.isabs(settings) else home.path / ".config"
    return [
        Place(home.path / ".claude" / "projects", "default"),
        Place(base / "claude" / "projects", "XDG_CONFIG_HOME" if settings else "default"),
    ]


def _expanded(entry: str, home: Home) -> Path:
    if entry == "~" or entry.startswith("~/"):
        return home.path / entry[2:]
    return home.path / entry
