"""Claude Code's logs: one JSONL file per session, and one more per sub-agent."""

import os
import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
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
from ledger.importers.places import existing, holds, listed_folders, without_repeats
from ledger.importers.splitting import records_in

DEFAULT_DAYS = 30
PROJECTS = "projects"
COWORK = "local-agent-mode-sessions"  # below it <a>/<b>/local_<id>/.claude/projects
_PROJECT_FOLDER = r"-|[A-Za-z]--"  # the path of a project, its separators replaced
_AGENT = re.compile(r"[A-Za-z0-9_-]{1,64}")


class Settings(Struct, rename="camel"):
    """The one setting of Claude Code that concerns us."""

    cleanup_period_days: int | float | None = None


class ClaudeCode:
    """Reads what Claude Code writes below `projects/`; see `base.Importer` for every method."""

    tool = Tool.CLAUDE_CODE
    version = 2

    def places(self, home: Home) -> tuple[Place, ...]:
        """Return the folders it may log to, overrides first; Cowork's where it is there."""
        places: list[Place] = []
        for name in ("CLAUDE_PROJECTS_DIR", "CLAUDE_CONFIG_DIR"):
            for folder in listed_folders(home, name):
                is_projects = name == "CLAUDE_PROJECTS_DIR" or folder.name == PROJECTS
                places.append(Place(folder if is_projects else folder / PROJECTS, name))
        if not any(place.why == "CLAUDE_CONFIG_DIR" for place in places):
            places += _defaults(home)
        return without_repeats((*places, *_cowork(home)))

    def places_in(self, folder: Path) -> tuple[Path, ...]:
        """Return `projects` of the folder or of its `.claude`, and what Cowork keeps in it."""
        own = existing(folder / ".claude" / PROJECTS, folder / ".config" / "claude" / PROJECTS)
        if not own:
            # A home folder may well have a `projects` of quite another kind.
            near = existing(folder, folder / PROJECTS)
            own = tuple(
                path for path in near if path.name == PROJECTS and holds(path, _PROJECT_FOLDER)
            )
        cowork = (path / COWORK for path in (folder, folder / "Claude", folder / ".config/Claude"))
        return (*own, *existing(*([folder] if folder.name == COWORK else ()), *cowork))

    def keeps_days(self, place: Place) -> int | None:
        """Return `cleanupPeriodDays` of the settings beside the logs; 30 unless it is set.

        Nothing is known of what Cowork deletes.
        """
        if place.path.name == COWORK:
            return None
        try:
            data = (place.path.parent / "settings.json").read_bytes()
            days = msgspec.json.decode(data, type=Settings).cleanup_period_days
        except (OSError, *UNREADABLE):
            days = None
        # 0 is no word for “never”: the tool deletes every transcript when it next starts.
        return DEFAULT_DAYS if days is None or days < 0 else int(days)

    def layout(self, path: Path) -> Layout | None:
        """Every `*.jsonl` is a transcript, except the journal of a workflow.

        Beside the transcripts Cowork keeps a partial copy (`audit.jsonl`) and the person's files.
        """
        if path.suffix != ".jsonl" or path.name == "journal.jsonl":
            return None
        parts = path.parts
        if COWORK in parts:
            below = parts[parts.index(COWORK) :]
            if (".claude", PROJECTS) not in pairwise(below):
                return None
        return Layout.TAIL

    def read(self, path: Path, lines: Iterable[Line], state: str, batch: Batch) -> str:
        """Add the lines' parts to the batch and return the state for the next stretch."""
        reader = PartsReader(path, state, batch)
        for offset, line in lines:
            reader.take(offset, line)
        return reader.finish()

    def prompt(self, line: bytes) -> str:
        """Return the person's words in a prompt's line; "" if there are none."""
        rows = (row for _, row in records_in(read_row, (0, line)))
        return next((prompt_text(row) for row in rows if not isinstance(row, str)), "")

    def steps(self, lines: Iterable[bytes]) -> Iterator[Step]:
        """Tell an interaction as it happened."""
        return steps_of(lines)

    def subagent_logs(self, path: Path, name: str) -> tuple[Path, ...]:
        """Return the log of a sub-agent, in its session's folder or, of old, beside it."""
        if not _AGENT.fullmatch(name):
            return ()
        places = (path.parent / path.stem / "subagents", path.parent)
        return tuple(place / f"agent-{name}.jsonl" for place in places)

    def sequels(self, path: Path) -> tuple[Path, ...]:
        """Return nothing: a conversation goes on from an earlier place in the same log."""
        return ()

    def acts(self, lines: Iterable[bytes], after: Iterable[bytes] = ()) -> Iterator[Act]:
        """Tell an interaction as acts, and what the lines after it say became of it."""
        return acts_of(lines, after)


def _defaults(home: Home) -> list[Place]:
    base, why = _settings_folder(home)
    return [
        Place(home.path / ".claude" / PROJECTS, "default"),
        Place(base / "claude" / PROJECTS, why),
    ]


def _cowork(home: Home) -> list[Place]:
    """Return where Claude Desktop keeps the sessions of Cowork, on Linux, macOS and Windows."""
    roaming = home.variables.get("APPDATA", "")
    bases = [
        _settings_folder(home),
        (home.path / "Library" / "Application Support", "default"),
        (home.path / "AppData" / "Roaming", "default"),
        *([(Path(roaming), "APPDATA")] if os.path.isabs(roaming) else []),
    ]
    places = [Place(base / "Claude" / COWORK, why) for base, why in bases]
    return [place for place in places if os.path.isdir(place.path)]


def _settings_folder(home: Home) -> tuple[Path, str]:
    settings = home.variables.get("XDG_CONFIG_HOME", "")
    base = Path(settings) if os.path.isabs(settings) else home.path / ".config"
    return base, "XDG_CONFIG_HOME" if settings else "default"
