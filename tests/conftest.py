"""Every test gets a home of its own, no screen and no network; nothing of this machine is read."""

import os
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

# Before anything imports Qt. QT_QPA_PLATFORM=xcb with a DISPLAY runs the suite on a real screen.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# What a person's login sets; programs started by a test must not find the person's own places.
MOVED = (
    "CLAUDE_CONFIG_DIR",
    "CODEX_HOME",
    "DBUS_SESSION_BUS_ADDRESS",
    "GEMINI_CLI_HOME",
    "GEMINI_DATA_DIR",
    "GEMINI_DIR",
)
FOLDERS = {
    "XDG_CACHE_HOME": ".cache",
    "XDG_CONFIG_HOME": ".config",
    "XDG_DATA_HOME": ".local/share",
    "XDG_RUNTIME_DIR": ".run",
    "XDG_STATE_HOME": ".local/state",
}
ORDINARY_UMASK = 0o022  # a file that is private must be so by the program's own doing

# A deadline would be a timed test; on CI hypothesis draws the same examples every time.
settings.register_profile(
    "house", settings.get_profile(settings.get_current_profile_name()), deadline=None
)
settings.load_profile("house")


class NetworkTouchedError(BaseException):
    """Code under test reached for the network; no `except Exception` may swallow that."""


def _refuse_network(event: str, args: tuple[object, ...]) -> None:
    """Raise when anything in this process looks a name up or connects beyond this machine."""
    if event in {"socket.getaddrinfo", "socket.gethostbyname", "webbrowser.open"}:
        raise NetworkTouchedError(f"{event} {args[:2]}")
    if event in {"socket.connect", "socket.sendto", "socket.sendmsg", "socket.bind"}:
        family = getattr(args[0], "family", None)
        if family in {socket.AF_INET, socket.AF_INET6}:
            raise NetworkTouchedError(f"{event} {args[1:]}")


sys.addaudithook(_refuse_network)


@pytest.fixture(scope="session")
def qapp(qapp):
    """The application of all tests with a window; garbage is collected as the program does it."""
    from ledger.app.garbage import GarbageCollector

    collector = GarbageCollector(qapp)
    yield qapp
    collector.stop()


def _move_home(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Make `folder` the home of this process and of all that it starts."""
    monkeypatch.setenv("HOME", str(folder))
    for variable, name in FOLDERS.items():
        place = folder / name
        place.mkdir(parents=True, mode=0o700)
        monkeypatch.setenv(variable, str(place))
    for variable in MOVED:
        monkeypatch.delenv(variable, raising=False)


@pytest.fixture(scope="session", autouse=True)
def _session_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as monkeypatch:
        _move_home(monkeypatch, tmp_path_factory.mktemp("session-home"))
        yield


@pytest.fixture(autouse=True)
def scratch_home(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    """Return the empty home folder that this test runs in."""
    folder = tmp_path_factory.mktemp("home")
    _move_home(monkeypatch, folder)
    before = os.umask(ORDINARY_UMASK)
    yield folder
    os.umask(before)
