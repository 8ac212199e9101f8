"""What the window remembers by itself: where it stood and what was open; losing it costs nothing.

Kept apart from the settings, so that settings can be copied to another machine.
"""

import base64
import binascii
import json
import logging
from pathlib import Path
from typing import Any

from ledger.core.errors import LedgerError
from ledger.host.json_document import JsonDocument, as_table
from ledger.host.paths import state_dir

STATE_FILE = "window.json"

_log = logging.getLogger(__name__)


class WindowState:
    """Names with a short text or a few bytes each; anything unreadable is as if never written."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path or state_dir() / STATE_FILE
        self._values = _read(self._path)

    def text(self, name: str, default: str = "") -> str:
        """Return a remembered text."""
        return self._values.get(name, default)

    def set_text(self, name: str, value: str) -> None:
        """Remember a text until `save`."""
        self._values[name] = value

    def blob(self, name: str) -> bytes:
        """Return remembered bytes, such as a window's geometry; b"" if there are none."""
        try:
            return base64.b64decode(self._values.get(name, ""), validate=True)
        except (binascii.Error, ValueError):
            return b""

    def set_blob(self, name: str, value: bytes) -> None:
        """Remember bytes until `save`."""
        self._values[name] = base64.b64encode(value).decode("ascii")

    def save(self) -> None:
        """Write everything down; a disk that refuses is logged and otherwise ignored."""
        try:
            _DOCUMENT.save(self._path, self._values)
        except LedgerError as problem:
            _log.warning("%s", problem.title)


def _read(path: Path) -> dict[str, str]:
    try:
        return dict(_DOCUMENT.load(path))
    except LedgerError:
        return {}


def _decode(document: Any) -> dict[str, str]:
    return {name: value for name, value in as_table(document).items() if isinstance(value, str)}


def _encode(values: dict[str, str]) -> bytes:
    text = json.dumps(values, ensure_ascii=False, indent=1, sort_keys=True)
    return text.encode("utf-8", "replace")


_DOCUMENT: JsonDocument[dict[str, str]] = JsonDocument(
    noun="The window's places", decode=_decode, encode=_encode, empty={}
)
