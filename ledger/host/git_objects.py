"""A repository's files as they were: one long-lived `git cat-file`, asked one object at a time."""

import os
import selectors
import subprocess
import time
from contextlib import suppress
from types import TracebackType
from typing import Final, NamedTuple, Self

from ledger.core.errors import GitError
from ledger.host import git

LONGEST_LINE: Final = 64 * 1024
# A blob that a partial clone does not have ends the process: it may not fetch it.
MOST_ENDS: Final = 200
_CHUNK: Final = 64 * 1024


class Found(NamedTuple):
    """What stands at a name."""

    oid: str
    kind: str  # "blob", "tree", "commit", "tag"
    size: int  # bytes


class Objects:
    """The objects of one repository; close it, or use it in a `with`."""

    def __init__(self, root: str) -> None:
        self._root = root
        self._process: subprocess.Popen[bytes] | None = None
        self._buffer = bytearray()
        self._ends = 0
        self._knows_commands = True  # False before git 2.36

    def find(self, name: str) -> Found | None:
        """Return what stands at a revision name such as `<oid>:<path>`; raises GitError.

        None when nothing does, or when this clone does not have it.
        """
        return self._ask("info", name, 0)[0]

    def contents(self, oid: str, largest: int) -> bytes | None:
        """Return a blob's bytes; None when it is larger than that, no blob, or not here."""
        found = self.find(oid)
        if found is None or found.kind != "blob" or found.size > largest:
            return None
        return self._ask("contents", oid, largest)[1]

    def close(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        self._buffer.clear()
        if process is None:
            return
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()
        process.kill()  # it only reads: nothing is left half done
        process.wait()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _ask(self, command: str, name: str, largest: int) -> tuple[Found | None, bytes | None]:
        asked = os.fsencode(name)
        if not asked or len(asked) > LONGEST_LINE or b"\n" in asked or b"\0" in asked:
            return None, None
        try:
            return self._exchange(command, asked, largest)
        except _EndedError:
            self.close()
            self._ends += 1
            if self._ends > MOST_ENDS:
                raise GitError("Git ended again and again while it was asked.") from None
            if self._knows_commands and not self._greets():
                self._knows_commands = False
                return self._ask(command, name, largest)
            return None, None
        except BaseException:
            self.close()  # an answer half read would be taken for the next one
            raise

    def _exchange(
        self, command: str, asked: bytes, largest: int
    ) -> tuple[Found | None, bytes | None]:
        deadline = time.monotonic() + git.PATIENCE_S
        words = command.encode() + b" " if self._knows_commands else b""
        self._write(words + asked + b"\n")
        found = _parsed(self._line(deadline))
        if found is None or (self._knows_commands and command == "info"):
            return found, None
        data = self._bytes(found.size + 1, deadline, keep=found.size <= largest)
        return found, data

    def _greets(self) -> bool:
        """Whether this git understands commands on its input, so that it ended for a reason."""
        try:
            self._write(b"info HEAD\n")
            self._line(time.monotonic() + git.PATIENCE_S)
        except _EndedError:
            self.close()
            return False
        return True

    def _write(self, data: bytes) -> None:
        if self._process is None:
            how = "--batch-command" if self._knows_commands else "--batch"
            self._process = git.start(self._root, "cat-file", how, stdin=subprocess.PIPE)
        stream = self._process.stdin
        assert stream is not None  # noqa: S101 - asked for above
        try:
            stream.write(data)
            stream.flush()
        except OSError:
            raise _EndedError from None

    def _line(self, deadline: float) -> bytes:
        while (end := self._buffer.find(b"\n")) < 0:
            if len(self._buffer) > 2 * LONGEST_LINE:
                raise GitError("Git's answer was too long.")
            self._fill(deadline)
        line = bytes(self._buffer[:end])
        del self._buffer[: end + 1]
        return line

    def _bytes(self, size: int, deadline: float, *, keep: bool) -> bytes | None:
        """Take so many bytes, the last of which ends the line; only some are worth keeping."""
        kept = bytearray()
        while size:
            if not self._buffer:
                self._fill(deadline)
            piece = self._buffer[:size]
            del self._buffer[: len(piece)]
            size -= len(piece)
            if keep:
                kept += piece
        return bytes(kept[:-1]) if keep else None

    def _fill(self, deadline: float) -> None:
        assert self._process is not None  # noqa: S101 - something was written to it
        stream = self._process.stdout
        assert stream is not None  # noqa: S101 - `start` asked for it
        with selectors.DefaultSelector() as waiting:
            waiting.register(stream, selectors.EVENT_READ)
            if not waiting.select(max(0.0, deadline - time.monotonic())):
                raise GitError(f"Git did not answer within {git.PATIENCE_S:.0f} seconds.")
        piece = os.read(stream.fileno(), _CHUNK)
        if not piece:
            raise _EndedError
        self._buffer += piece


class _EndedError(Exception):
    """The process ended instead of answering."""


def _parsed(line: bytes) -> Found | None:
    """Return what a header names; anything else than `<oid> <kind> <size>` is a refusal."""
    words = line.split(b" ")
    if len(words) != 3 or not words[2].isdigit() or not _is_oid(words[0]):
        return None
    return Found(words[0].decode(), words[1].decode(), int(words[2]))


def _is_oid(word: bytes) -> bool:
    return len(word) in (40, 64) and all(sign in b"0123456789abcdef" for sign in word)
