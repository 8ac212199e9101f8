"""Team files in folders: read with care, written once and never over another."""

import os
import stat
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from ledger.core.errors import TeamError
from ledger.core.team_periods import Period
from ledger.export import team_card, team_json
from ledger.host.private_files import write_private

MOST_FILES = 1000


class Given(NamedTuple):
    """One file that somebody handed over."""

    path: Path
    data: bytes


def given(paths: Iterable[Path], kind: str) -> list[Given]:
    """Read files, and all team files of this kind in folders; raises TeamError.

    In a folder, files that are no `.json`, and team files of other kinds, are passed over.
    """
    found = []
    for path in paths:
        if path.is_dir():
            inside = [_read(one) for one in sorted(path.glob("*.json"))[:MOST_FILES]]
            found += [one for one in inside if team_json.kind_of(one.data) in (kind, None)]
        else:
            found.append(_read(path))
    if not found:
        raise TeamError(f"Nothing here is {team_json.KINDS[kind]}.", "Choose another folder.")
    return found


def _read(path: Path) -> Given:
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
        with os.fdopen(descriptor, "rb") as file:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise TeamError(f"{path.name} is no ordinary file.", "Choose another.")
            return Given(path, file.read(team_json.LARGEST_BYTES + 1))
    except OSError as problem:
        raise TeamError(
            f"{path.name} could not be read: {problem.strerror}.", "Check the name."
        ) from problem


def about(file: Given, problem: TeamError) -> TeamError:
    """Return the same error, saying which file it is about."""
    return TeamError(f"{file.path.name}: {problem.title}", problem.hint)


def free_place(target: Path, kind: str) -> Path:
    """Return where to write: in a folder under a random name; raises TeamError for a taken one."""
    place = target / team_card.file_name(kind) if target.is_dir() else target
    if place.exists():
        raise TeamError(f"{place.name} exists already.", "Choose a new name: nothing is replaced.")
    return place


def write(place: Path, data: bytes, period: Period | None) -> None:
    """Write a file whole or not at all; raises TeamError.

    Its time is the period's end: when somebody made a file is nobody's business.
    """
    try:
        write_private(place, data)
        moment = period.until_s if period else 0
        os.utime(place, (moment, moment))
    except OSError as problem:
        raise TeamError(
            f"{place.name} could not be written: {problem.strerror}.", "Choose another place."
        ) from problem
