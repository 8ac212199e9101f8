"""The program's own log: small, private, and without anybody's text.

Messages are written for it alone and hold counts, kinds and places. Of an exception only its type
and where it happened are written: its words may quote a prompt.
"""

import logging
import os
import sys
import time
from collections.abc import Iterator
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from traceback import walk_tb

from ledger.core.errors import LedgerError
from ledger.host.paths import PACKAGE, log_path

LARGEST_BYTES = 256 * 1024
OLDER_FILES = 2
MOST_FRAMES = 20
LONGEST_FIELD = 200


def start(path: Path | None = None, level: int = logging.INFO) -> None:
    """Write the program's messages to its log; a place that cannot be written to is no error."""
    logger = logging.getLogger("ledger")
    logger.setLevel(level)
    stop()
    try:
        logger.addHandler(_PrivateFile(path or log_path()))
    except (OSError, LedgerError):
        logger.addHandler(logging.NullHandler())


def stop() -> None:
    """Close the log."""
    logger = logging.getLogger("ledger")
    for handler in logger.handlers[:]:
        if isinstance(handler, _PrivateFile | logging.NullHandler):
            logger.removeHandler(handler)
            handler.close()


def safe_trace(error: BaseException) -> str:
    """Say in one line of what type an exception is and where it came from, never what it says."""
    return "; caused by ".join(_one(link) for link in _chain(error))


class SafeFormatter(logging.Formatter):
    """One line a record: time in UTC, level, place, message; exceptions as `safe_trace`."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line for a record."""
        moment = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
        line = f"{moment}.{int(record.msecs):03}Z {record.levelname} {record.name}: "
        line += _message(record)
        error = record.exc_info[1] if record.exc_info else None
        return f"{line} [{safe_trace(error)}]" if error else line


class _PrivateFile(RotatingFileHandler):
    """A log file that only this person can read, and that never speaks up by itself."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            path,
            maxBytes=LARGEST_BYTES,
            backupCount=OLDER_FILES,
            encoding="utf-8",
            errors="replace",
        )
        self.setFormatter(SafeFormatter())

    def _open(self) -> TextIOWrapper:
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_CLOEXEC", 0)
        descriptor = os.open(self.baseFilename, flags, 0o600)
        return open(descriptor, "a", encoding="utf-8", errors="replace")

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's own name
        """Do nothing: the usual way prints the message and its arguments."""


def _message(record: logging.LogRecord) -> str:
    try:
        arguments = record.args
        fields = (
            tuple(_field(argument) for argument in arguments)
            if isinstance(arguments, tuple)
            else arguments
        )
        message = record.msg
        text = safe_trace(message) if isinstance(message, BaseException) else str(message)
        text = text % fields if fields else text
    except (TypeError, ValueError):
        text = f"unreadable message at {record.pathname}:{record.lineno}"
    return "".join(sign if sign.isprintable() else " " for sign in text)


def _field(value: object) -> object:
    """Return what may be written of a message's argument."""
    if isinstance(value, BaseException):
        return safe_trace(value)
    return value if isinstance(value, int | float) else str(value)[:LONGEST_FIELD]


def _chain(error: BaseException) -> Iterator[BaseException]:
    link: BaseException | None = error
    visited: set[int] = set()
    while link is not None and id(link) not in visited:
        yield link
        visited.add(id(link))
        link = link.__cause__ or (None if link.__suppress_context__ else link.__context__)


def _one(error: BaseException) -> str:
    frames = [
        f"{_short(frame.f_code.co_filename)}:{line}" for frame, line in walk_tb(error.__traceback__)
    ]
    kind = type(error)
    name = (
        kind.__qualname__
        if kind.__module__ == "builtins"
        else f"{kind.__module__}.{kind.__qualname__}"
    )
    return f"{name} at {' < '.join(frames[-MOST_FRAMES:][::-1])}" if frames else name


def _short(path: str) -> str:
    """Return a source file's place within our package or below the folder of packages."""
    for root in (str(PACKAGE.parent), *sorted(sys.path, key=len, reverse=True)):
        if root and path.startswith(root.rstrip("/") + "/"):
            return path[len(root.rstrip("/")) + 1 :]
    return Path(path).name
