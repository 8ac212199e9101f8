"""Lets a key that means a letter do so under a layout that has no such letter.

Where a keyboard writes Cyrillic, Greek or Hebrew, the key that elsewhere writes K still stands in
its place; systems number it the same whatever it writes. Layouts that have the letter somewhere
else keep it there: they never come here.
"""

import sys

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

# X11 and Wayland number keys as evdev does, plus 8; each row goes from left to right.
ROWS = ((24, "QWERTYUIOP"), (38, "ASDFGHJKL"), (52, "ZXCVBNM"))
EVDEV = {first + at: letter for first, row in ROWS for at, letter in enumerate(row)}
# macOS: kVK_ANSI_A and so on, from HIToolbox/Events.h.
MAC = dict(
    zip(
        (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 14, 15, 16, 17, 31, 32, 34, 35, 37, 38, 40, 45,
         46),
        "ASDFHGZXCVBQWERYTOUIPLJKNM",
        strict=True,
    )
)  # fmt: skip


def latin_letter(event: QKeyEvent, platform: str = "") -> str:
    """Return the Latin letter of the key that wrote a letter of another script; else ""."""
    written = event.text()
    if len(written) != 1 or written.isascii() or not written.isalpha():
        return ""
    platform = platform or sys.platform
    if platform == "darwin":
        return MAC.get(event.nativeVirtualKey(), "")
    if platform == "win32":
        code = event.nativeVirtualKey()
        return chr(code) if ord("A") <= code <= ord("Z") else ""
    return EVDEV.get(event.nativeScanCode(), "")


def sequence_of(event: QKeyEvent, platform: str = "") -> str:
    """Return the key as the keymap writes it, "" where it is none of these."""
    letter = latin_letter(event, platform)
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if not letter or modifiers & ~Qt.KeyboardModifier.ShiftModifier:
        return ""
    return f"Shift+{letter}" if modifiers & Qt.KeyboardModifier.ShiftModifier else letter
