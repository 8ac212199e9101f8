"""Every program that a run starts, overheard by Python itself in each process of the run."""

from pathlib import Path

import pytest

# Python runs a file of this name when it starts, in the workers of an import too.
EAR = """
import os, sys
PLACE = {place!r}
STARTS = {{"subprocess.Popen", "os.exec", "os.posix_spawn", "os.spawn", "os.system"}}
SPEAKS = {{"socket.connect", "socket.bind", "socket.sendto", "socket.getaddrinfo"}}
def hear(event, args):
    if event in STARTS:
        said = f"{{event}} {{os.path.basename(os.fsdecode(args[0]))}}"
    elif event in SPEAKS:
        said = f"{{event}} {{args[1:]}}"
    else:
        return
    place = os.open(PLACE, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    os.write(place, said.encode() + b"\\n")
    os.close(place)
sys.addaudithook(hear)
"""


class Overheard:
    """What was heard since `listen`."""

    def __init__(self, folder: Path) -> None:
        self.notes = folder / "heard"
        self._folder = folder

    def listen(self, monkeypatch: pytest.MonkeyPatch) -> "Overheard":
        """Hear what all Python programs do that are started from now on."""
        self._folder.mkdir()
        ear = EAR.format(place=str(self.notes))
        (self._folder / "sitecustomize.py").write_text(ear, encoding="utf-8")
        monkeypatch.setenv("PYTHONPATH", str(self._folder))
        return self

    def all(self) -> set[str]:
        """Return what was heard, each once."""
        return set(self.notes.read_text().splitlines()) if self.notes.exists() else set()
