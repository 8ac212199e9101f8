"""The only place that starts git: it is asked about the past, and can neither run, fetch nor write.

A repository is a stranger's: its configuration may name programs for git to start. So git gets an
empty environment, options that switch such programs off, and only commands that were watched to
start nothing. What the work tree holds is never asked of git: comparing it runs filters.
"""

import os
import selectors
import shutil
import subprocess
import time
from functools import cache
from typing import IO, Final

from ledger.core.errors import GitError

PATIENCE_S: Final = 20.0
LARGEST: Final = 64 * 1024 * 1024  # bytes of an answer
_LONGEST_COMPLAINT: Final = 64 * 1024
LONGEST_QUESTION: Final = 32 * 1024
_CHUNK: Final = 64 * 1024
ALLOWED: Final = frozenset(
    {"cat-file", "diff-tree", "for-each-ref", "log", "ls-tree", "rev-list", "rev-parse", "version"}
)
# Where GIT_NO_LAZY_FETCH came to each line of versions; older ones do not know it.
_REFRAINING_PATCHES: Final = {39: 4, 40: 2, 41: 1, 42: 2, 43: 4, 44: 1}
_SWITCHED_OFF: Final = (
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",
    "core.attributesFile=/dev/null",
    "diff.orderFile=/dev/null",
    "gpg.program=/bin/false",
    "log.showSignature=false",
    "protocol.allow=never",
    "safe.bareRepository=explicit",
)
_ENVIRONMENT: Final = {
    "HOME": "/nonexistent",
    "LC_ALL": "C",
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_CONFIG_GLOBAL": "/dev/null",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
}


def ask(root: str, *arguments: str, about: bytes = b"") -> bytes:
    """Return what git says in a repository; raises GitError when it does not say it properly.

    `about` is what it reads first: short enough for a pipe to hold.
    """
    if len(about) > LONGEST_QUESTION:
        raise ValueError(len(about))
    deadline = time.monotonic() + PATIENCE_S
    with start(root, *arguments, complains=True, stdin=subprocess.PIPE) as process:
        try:
            _tell(process, about)
            output, complaint = _listen(process, deadline)
            code = process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            raise _too_slow() from None
        except BaseException:
            process.kill()
            raise
    if code:
        raise _refused(complaint)
    return output


def start(
    root: str, *arguments: str, complains: bool = False, stdin: int = subprocess.DEVNULL
) -> "subprocess.Popen[bytes]":
    """Start one of the allowed commands in a repository; raises GitError.

    Its errors go nowhere unless somebody listens to what it `complains` about.
    """
    if arguments[0] not in ALLOWED:
        raise ValueError(arguments[0])
    try:
        return subprocess.Popen(  # noqa: S603 - an absolute path and our own words
            [program(), *_options(), *arguments],
            cwd=root,
            env={"PATH": os.path.dirname(program()), **_ENVIRONMENT},
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE if complains else subprocess.DEVNULL,
            start_new_session=True,  # Ctrl+C in a terminal is for us alone
        )
    except OSError as problem:
        reason = problem.strerror or "it cannot be started"
        raise GitError(f"Git could not look at a repository: {reason}.") from problem
    except ValueError:  # a null character in a path
        raise GitError("Git could not look at a repository: its path is no path.") from None


@cache
def program() -> str:
    """Return where git is; raises GitError when it is not installed."""
    path = shutil.which("git")
    if path is None or not os.path.isabs(path):
        raise GitError(
            "Git was not found.", "Install it to see what became of outputs in your repositories."
        )
    return path


@cache
def refrains_from_fetching() -> bool:
    """Whether this git obeys when it is told to fetch nothing; raises GitError.

    An older one may still connect to nobody, but writes into a partial clone that it would.
    """
    output = ask(os.sep, "version").split()[2:3]
    numbers = [int(word) for word in output[0].split(b".")[:3] if word.isdigit()] if output else []
    major, minor, patch = (*numbers, 0, 0, 0)[:3]
    return (major, minor) >= (2, 45) or (
        major == 2 and patch >= _REFRAINING_PATCHES.get(minor, patch + 1)
    )


def _options() -> list[str]:
    switches = [word for setting in _SWITCHED_OFF for word in ("-c", setting)]
    return ["--no-pager", "--literal-pathspecs", *switches]


def _tell(process: "subprocess.Popen[bytes]", about: bytes) -> None:
    assert process.stdin is not None  # noqa: S101 - `ask` asked for it
    try:
        process.stdin.write(about)
        process.stdin.close()
    except OSError:
        return  # it ended at once, and says why


def _listen(process: "subprocess.Popen[bytes]", deadline: float) -> tuple[bytes, bytes]:
    """Read both streams to their ends, no further than the limits; raises GitError."""
    assert process.stdout is not None  # noqa: S101 - `start` asked for both
    assert process.stderr is not None  # noqa: S101 - `start` asked for both
    output, complaint = bytearray(), bytearray()
    with selectors.DefaultSelector() as waiting:
        waiting.register(process.stdout, selectors.EVENT_READ, output)
        waiting.register(process.stderr, selectors.EVENT_READ, complaint)
        while waiting.get_map():
            ready = waiting.select(max(0.0, deadline - time.monotonic()))
            if not ready:
                raise _too_slow()
            for key, _ in ready:
                if not _take(key.fileobj, key.data):  # type: ignore[arg-type]  # a pipe of ours
                    waiting.unregister(key.fileobj)
            if len(output) > LARGEST:
                raise GitError("Git's answer was too long.")
            del complaint[_LONGEST_COMPLAINT:]
    return bytes(output), bytes(complaint)


def _take(stream: IO[bytes], into: bytearray) -> bool:
    piece = os.read(stream.fileno(), _CHUNK)
    into += piece
    return bool(piece)


def _too_slow() -> GitError:
    return GitError(f"Git did not answer within {PATIENCE_S:.0f} seconds.")


def _refused(complaint: bytes) -> GitError:
    """Say why in our own words: git's may quote the repository."""
    if b"dubious ownership" in complaint:
        return GitError(
            "Git does not trust this repository: another user owns it.",
            "Signal Ledger leaves such repositories alone.",
        )
    if b"not a git repository" in complaint:
        return GitError("There is no git repository here.")
    return GitError("Git could not answer about this repository.")
