"""Imports the rollouts of Codex CLI and of the editors and desktop programs built on it."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from ledger.core.evidence import Act
from ledger.core.parts import Batch
from ledger.core.vocabulary import Tool
from ledger.importers.base import Home, Layout, Line, Place, Step
from ledger.importers.codex.acts import acts_of
from ledger.importers.codex.parts import PartsReader
from ledger.importers.codex.prompts import is_prompt, prompt_text
from ledger.importers.codex.records import read_row, text_of
from ledger.importers.codex.sequels import FOLDERS, sequels
from ledger.importers.codex.transcript import steps_of
from ledger.importers.places import existing, holds, listed_folders, without_repeats

_ROLLOUTS = r"\d{4}$|rollout-"  # the folders of years, or rollouts themselves


class Codex:
    """Codex CLI: one rollout of lines per session, live, archived or packed."""

    tool = Tool.CODEX
    version = 2

    def places(self, home: Home) -> tuple[Place, ...]:
        """Return the session folders of `CODEX_SESSIONS_DIR` and `CODEX_HOME`, or of ~/.codex."""
        named = listed_folders(home, "CODEX_SESSIONS_DIR")
        places = [Place(path, "CODEX_SESSIONS_DIR") for path in named]
        homes = [(path, "CODEX_HOME") for path in listed_folders(home, "CODEX_HOME")]
        for path, why in homes or [(home.path / ".codex", "default")]:
            places += [Place(path / name, why) for name in FOLDERS]
        return without_repeats(places)

    def places_in(self, folder: Path) -> tuple[Path, ...]:
        """Return the session folders of the folder or of its `.codex`, or the folder as one."""
        own = existing(*(folder / ".codex" / name for name in FOLDERS))
        near = (folder, *(folder / name for name in FOLDERS))
        return own or tuple(
            path for path in existing(*near) if path.name in FOLDERS and holds(path, _ROLLOUTS)
        )

    def keeps_days(self, place: Place) -> int | None:
        """Return None: Codex packs and archives rollouts, but never deletes one by itself."""
        return None

    def layout(self, path: Path) -> Layout | None:
        """Say that every `.jsonl` and `.jsonl.zst` below a place is a rollout."""
        return Layout.TAIL if path.name.endswith((".jsonl", ".jsonl.zst")) else None

    def read(self, path: Path, lines: Iterable[Line], state: str, batch: Batch) -> str:
        """Add the lines' parts to the batch and return what to remember of the thread."""
        reader = PartsReader(path, state, batch)
        for offset, line in lines:
            reader.take(offset, line)
        return reader.finish()

    def prompt(self, line: bytes) -> str:
        """Return the person's words in a prompt's line; "" if there are none."""
        row = read_row(line)
        if isinstance(row, str) or row.payload is None:
            return ""
        if row.payload.type == "entered_review_mode":
            return f"/review {text_of(row.payload.user_facing_hint)}".strip()
        return prompt_text(row.payload) if is_prompt(row) else ""

    def steps(self, lines: Iterable[bytes]) -> Iterator[Step]:
        """Tell an interaction as it happened, from the lines its pointer spans."""
        return steps_of(lines)

    def subagent_logs(self, path: Path, name: str) -> tuple[Path, ...]:
        """Return nothing: a sub-agent's session has interactions of its own."""
        return ()

    def sequels(self, path: Path) -> tuple[Path, ...]:
        """Return the rollouts in which the thread was written on after going back in it."""
        return sequels(path)

    def acts(self, lines: Iterable[bytes], after: Iterable[bytes] = ()) -> Iterator[Act]:
        """Tell an interaction as acts, and what the lines after it say became of it."""
        return acts_of(lines, after)
