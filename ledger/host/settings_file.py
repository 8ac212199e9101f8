"""Keeps the settings in a JSON file that a person may read, mend and copy to another machine."""

from dataclasses import asdict
from pathlib import Path
from typing import Any, NamedTuple

from ledger.core.errors import SettingsError
from ledger.host.json_document import CHECK_FOLDER, JsonDocument, as_table, to_json
from ledger.host.paths import config_dir
from ledger.host.settings import DEFAULTS, Settings, changed, described

SETTINGS_FILE = "settings.json"


class LoadedSettings(NamedTuple):
    """The settings in force, and a sentence for everything in the file that was not understood."""

    settings: Settings
    problems: tuple[str, ...] = ()


def settings_path() -> Path:
    """Return where the settings of this person lie, whether or not they exist yet."""
    return config_dir() / SETTINGS_FILE


def load(path: Path | None = None) -> LoadedSettings:
    """Read the settings; what is missing or cannot be used is as it comes from the box."""
    path = path or settings_path()
    try:
        document = _DOCUMENT.load(path)
    except SettingsError as problem:
        return LoadedSettings(DEFAULTS, (str(problem),))
    settings, problems = DEFAULTS, []
    for item in described():
        if item.name not in document:
            continue
        try:
            settings = changed(settings, item.name, document[item.name])
        except SettingsError as problem:
            problems.append(str(problem))
    return LoadedSettings(settings, tuple(problems))


def save(settings: Settings, path: Path | None = None) -> None:
    """Write the settings, keeping what the file says of things unknown here; raises SettingsError.

    A file that is no JSON is kept beside it as `settings.json.unreadable`.
    """
    path = path or settings_path()
    try:
        document = _DOCUMENT.load(path)
    except SettingsError:
        document = {}
        _keep_unreadable(path)
    _DOCUMENT.save(path, document | asdict(settings))


def _keep_unreadable(path: Path) -> None:
    try:
        path.rename(path.with_name(f"{path.name}.unreadable"))
    except OSError as problem:
        raise SettingsError(
            "The settings were not saved: the old file cannot be put aside.",
            CHECK_FOLDER.format(folder=path.parent),
        ) from problem


def _encode(document: dict[str, Any]) -> bytes:
    return to_json(document, indent=2)


_DOCUMENT: JsonDocument[dict[str, Any]] = JsonDocument(
    noun="The settings",
    decode=as_table,
    encode=_encode,
    empty={},
    hint="Until it is mended, settings are as they come from the box: {path}.",
    error=SettingsError,
)
