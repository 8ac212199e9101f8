"""Keeps the settings in a JSON file that a person may read, mend and copy to another machine."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import NamedTuple

from ledger.core.errors import SettingsError
from ledger.host.paths import config_dir
from ledger.host.private_files import write_private
from ledger.host.settings import DEFAULTS, Settings, changed, described

SETTINGS_FILE = "settings.json"


class Loaded(NamedTuple):
    """The settings in force, and a sentence for everything in the file that was not understood."""

    settings: Settings
    problems: tuple[str, ...] = ()


def settings_path() -> Path:
    """Return where the settings of this person lie, whether or not they exist yet."""
    return config_dir() / SETTINGS_FILE


def load(path: Path | None = None) -> Loaded:
    """Read the settings; what is missing or cannot be used is as it comes from the box."""
    path = path or settings_path()
    try:
        document = _document(path)
    except SettingsError as problem:
        return Loaded(DEFAULTS, (str(problem),))
    settings, problems = DEFAULTS, []
    for item in described():
        if item.name not in document:
            continue
        try:
            settings = changed(settings, item.name, document[item.name])
        except SettingsError as problem:
            problems.append(str(problem))
    return Loaded(settings, tuple(problems))


def save(settings: Settings, path: Path | None = None) -> None:
    """Write the settings, keeping what the file says of things unknown here; raises SettingsError.

    A file that is no JSON is kept beside it as `settings.json.unreadable`.
    """
    path = path or settings_path()
    try:
        document = _document(path)
    except SettingsError:
        document = {}
        _keep_unreadable(path)
    document |= asdict(settings)
    text = json.dumps(document, indent=2, sort_keys=True) + "\n"
    try:
        write_private(path, text.encode("ascii"))
    except OSError as problem:
        reason = problem.strerror or "the file cannot be written"
        raise SettingsError(
            f"The settings were not saved: {reason}.", f"Check the folder {path.parent}."
        ) from problem


def _document(path: Path) -> dict[str, object]:
    """Return what the file holds, {} when there is none; raises SettingsError."""
    hint = f"Until it is mended, settings are as they come from the box: {path}."
    try:
        document = json.loads(path.read_bytes())
    except FileNotFoundError:
        return {}
    except OSError as problem:
        reason = problem.strerror or "it cannot be opened"
        raise SettingsError(f"The settings were not read: {reason}.", hint) from problem
    except (ValueError, RecursionError):
        raise SettingsError("The settings file is no JSON.", hint) from None
    if not isinstance(document, dict):
        raise SettingsError("The settings file does not hold a table of settings.", hint)
    return document


def _keep_unreadable(path: Path) -> None:
    try:
        path.rename(path.with_name(f"{path.name}.unreadable"))
    except OSError as problem:
        raise SettingsError(
            "The settings were not saved: the old file cannot be put aside.",
            f"Check the folder {path.parent}.",
        ) from problem
