"""A screen that nobody looks at: Xvfb, what is drawn on it, and the windows it shows."""

import os
import struct
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple, TypeVar

import numpy as np

T = TypeVar("T")
SIZE = "1440x900x24"
LONGEST_WAIT_S = 60
FIRST_DISPLAY, DISPLAYS = 1000, 30_000


class Screen(NamedTuple):
    """One display, such as “:7”, and the file that its picture lies in."""

    display: str
    picture: Path

    def variables(self) -> dict[str, str]:
        """Return the environment of a program that draws here."""
        without = {"QT_QPA_PLATFORM", "WAYLAND_DISPLAY"}
        inherited = {name: value for name, value in os.environ.items() if name not in without}
        return inherited | {"DISPLAY": self.display, "QT_QPA_PLATFORM": "xcb"}

    def window(self, title: str) -> str:
        """Wait for a visible window with this title and return its number."""
        numbers = wait_for(lambda: self._ask("search", "--onlyvisible", "--name", title))
        return numbers.split()[0]

    def focus(self, window: str) -> None:
        """Give a window the keyboard."""
        self._ask("windowfocus", window)

    def press(self, *keys: str) -> None:
        """Press keys one after the other, as xdotool writes them."""
        for key in keys:
            self._ask("key", "--clearmodifiers", key)
            time.sleep(0.3)  # a person is no quicker, and no window has to be

    def colours(self) -> int:
        """Return how many colours are on the screen now."""
        data = self.picture.read_bytes()
        fields = struct.unpack(">25I", data[:100])
        header, width, height, line, entries = (
            fields[0],
            fields[4],
            fields[5],
            fields[12],
            fields[19],
        )
        start = header + entries * 12
        pixels = np.frombuffer(data[start : start + line * height], np.uint32)
        return len(np.unique(pixels.reshape(height, line // 4)[:, :width] & 0xFFFFFF))

    def _ask(self, *arguments: str) -> str:
        result = subprocess.run(
            ["xdotool", *arguments], env=self.variables(), capture_output=True, text=True
        )
        return result.stdout.strip()


@contextmanager
def screen(folder: Path) -> Iterator[Screen]:
    """Open a display of its own for as long as the block runs."""
    reader, writer = os.pipe()
    # A number of this process's own: a server that looks for a free one takes no lock, and two
    # that start side by side may take each other's.
    mine = f":{FIRST_DISPLAY + os.getpid() % DISPLAYS}"
    command = ["Xvfb", mine, "-displayfd", str(writer)]
    command += ["-screen", "0", SIZE, "-nolisten", "tcp"]
    with subprocess.Popen(
        [*command, "-fbdir", str(folder)], pass_fds=[writer], stderr=subprocess.DEVNULL
    ) as server:
        os.close(writer)
        try:
            with os.fdopen(reader) as answer:
                number = answer.readline().strip()
            assert number, "Xvfb did not start"
            yield Screen(f":{number}", folder / "Xvfb_screen0")
        finally:
            server.terminate()


def wait_for(probe: Callable[[], T], every_s: float = 0.2) -> T:
    """Ask again until the answer is true, for a minute at most."""
    last = time.monotonic() + LONGEST_WAIT_S
    while time.monotonic() < last:
        if answer := probe():
            return answer
        time.sleep(every_s)
    raise TimeoutError(f"nothing came in {LONGEST_WAIT_S} s")
