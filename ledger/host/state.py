"""What the window remembers by itself: where it stood and what was open; losing it costs nothing.

Kept apart from the settings, so that settings can be copied to another machine.
"""

import base64
import binascii
import json
import logging
from pathlib import Path

from ledger.host.paths import state_dir
from ledger.host.private_files import write_private

STATE_FILE = "window.json"
LARGEST_BYTES = 1 << 20

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
        text = json.dumps(self._values, ensure_ascii=False, indent=1, sort_keys=True)
        try:
            write_private(self._path, text.encode("utf-8", "replace"))
        except OSError as problem:
            _log.warning("The window state was not saved (error %s).", problem.errno)


def _read(path: Path) -> dict[str, str]:
    try:
        if path.stat().st_size > LARGEST_BYTES:
            return {}
        document = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(document, dict):
        return {}
    return {name: value for name, value in document.items() if isinstance(value, str)}
