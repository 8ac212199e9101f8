"""A repository's past: its branches, where each stood on a day, and what differs between two."""

import os
from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate, islice
from typing import Final, NamedTuple

from ledger.core.errors import GitError
from ledger.host.git import ask, refrains_from_fetching

MOST_COMMITS: Final = 200_000
MOST_MOVES: Final = 10_000  # entries of a reflog
RENAME_LIMIT: Final = 400
_COMPARE: Final = (
    *("-r", "-z", "--raw", "--no-abbrev", "-M50%", f"-l{RENAME_LIMIT}"),
    *("--no-ext-diff", "--no-textconv"),
)
_USUAL_BRANCHES: Final = ("main", "master", "trunk", "develop")


class Ref(NamedTuple):
    """A branch: its full name and the commit it is at."""

    name: str
    oid: str


class Refs(NamedTuple):
    """The branches of a repository, and how much of it there is."""

    heads: tuple[Ref, ...]  # what is checked out here: "HEAD", and its branch
    defaults: tuple[Ref, ...]  # where work lands, here and as last fetched
    local: tuple[Ref, ...]
    is_shallow: bool
    is_partial: bool  # objects may be missing, and are not fetched


class Line:
    """Commits from the newest to the oldest, with the time in s since 1970 when each came."""

    def __init__(self, oids: Sequence[str], times: Sequence[int]) -> None:
        self.oids = tuple(oids)
        # The youngest so far never rises: the first that is old enough is where it falls.
        self._youngest = list(accumulate(times, min))

    def at(self, time_s: int) -> str | None:
        """Return the newest commit that is no younger, as `rev-list -1 --before` does."""
        place = bisect_left(self._youngest, -time_s, key=lambda commit_time: -commit_time)
        return self.oids[place] if place < len(self.oids) else None

    def between(self, start_s: int, end_s: int) -> list[tuple[str, str, int]]:
        """Return (commit, parent, time) of a stretch of the line, the newest first.

        The very first commit is not among them.
        """
        first = bisect_left(self._youngest, -end_s, key=lambda commit_time: -commit_time)
        last = bisect_left(self._youngest, -start_s, key=lambda commit_time: -commit_time)
        rows = zip(self.oids, self.oids[1:], self._youngest, strict=False)
        return list(islice(rows, first, last))


class Difference(NamedTuple):
    """One file that two commits differ in."""

    status: str  # A, M, D, R, T
    old_path: str
    path: str
    old_oid: str
    oid: str


def refs(root: str) -> Refs:
    """Return the branches of a repository; raises GitError."""
    layout = "--format=%(HEAD)%00%(refname)%00%(objectname)%00%(symref)"
    rows = [
        _text(row).split("\0")
        for row in ask(root, "for-each-ref", layout, "refs/heads", "refs/remotes").splitlines()
    ]
    known = {row[1]: row[2] for row in rows if len(row) == 4 and not row[3]}
    current = next((row[1] for row in rows if row[0] == "*"), None)
    links = {row[1]: row[3] for row in rows if len(row) == 4 and row[3]}
    oid = known[current] if current in known else _detached(root)
    heads = tuple(Ref(name, oid) for name in ("HEAD", current) if name and oid)
    local = tuple(Ref(*ref) for ref in known.items() if ref[0].startswith("refs/heads/"))
    answer = ask(root, "rev-parse", "--is-shallow-repository", "--git-common-dir")
    shallow, _, folder = _text(answer).rstrip("\n").partition("\n")
    is_partial = _has_promises(os.path.join(root, folder))
    if is_partial and not refrains_from_fetching():
        raise GitError("This clone is partial, and this git would try to complete it.")
    return Refs(heads, _defaults(known, links), local, shallow == "true", is_partial)


def commits(root: str, ref: str) -> Line:
    """Return the first-parent line of commits of a branch; raises GitError."""
    options = ("--first-parent", "--timestamp", f"--max-count={MOST_COMMITS}")
    rows = ask(root, "rev-list", *options, "--end-of-options", ref).split()
    return Line([_text(oid) for oid in rows[1::2]], [int(seconds) for seconds in rows[::2]])


def commits_to(root: str, ref: str, paths: Sequence[str], after: str | None) -> list[str]:
    """Return the commits of a branch that touched files, the oldest first; raises GitError."""
    span = [ref, f"^{after}"] if after else [ref]
    options = ("--first-parent", "--reverse", f"--max-count={MOST_MOVES}", "--end-of-options")
    return _text(ask(root, "rev-list", *options, *span, "--", *paths)).split()


def moves(root: str, ref: str) -> Line:
    """Return where a branch stood here over time, as its reflog tells; empty without one."""
    options = ("--no-show-signature", "--no-ext-diff", "--no-textconv", "--walk-reflogs")
    format_options = (
        "--date=unix",
        "--format=%H %gd",
        f"--max-count={MOST_MOVES}",
        "--end-of-options",
    )
    try:
        rows = ask(root, "log", *options, *format_options, ref).splitlines()
    except GitError:
        return Line((), ())  # commits of long ago that were forced away may be gone altogether
    known = [(oid, moment) for row in rows for oid, moment in (_moved(_text(row)),) if moment]
    return Line([oid for oid, _ in known], [moment for _, moment in known])


def is_listed(root: str, commit: str, path: str) -> bool:
    """Whether a commit has a file, even one whose contents are not here; raises GitError."""
    return bool(ask(root, "ls-tree", "-z", "--full-tree", "--end-of-options", commit, path))


def differences(root: str, old: str, new: str) -> list[Difference]:
    """Return the files that two commits differ in, renamed ones as such; raises GitError."""
    fields = ask(root, "diff-tree", *_COMPARE, "--end-of-options", old, new).split(b"\0")
    return next(iter(_listed(fields).values()), [])


def introduced(root: str, pairs: Sequence[tuple[str, str]]) -> dict[str, list[Difference]]:
    """Return what commits changed against their parents, by commit; raises GitError.

    `pairs` are at most 300 times (commit, parent).
    """
    about = "".join(f"{commit} {parent}\n" for commit, parent in pairs).encode()
    return _listed(ask(root, "diff-tree", *_COMPARE, "--stdin", about=about).split(b"\0"))


def _listed(fields: Sequence[bytes]) -> dict[str, list[Difference]]:
    """Read `[<commit>] {:<modes> <oids> <status> <path> [<new path>]}`; "" for no commit."""
    differences: dict[str, list[Difference]] = {}
    commit, place = "", 0
    while place + 1 < len(fields):
        word = _text(fields[place])
        if not word.startswith(":"):
            commit, place = word, place + 1
            continue
        options = word.split(" ")
        status = options[4][:1]
        names = 2 if status in "RC" else 1
        old_path, path = _text(fields[place + 1]), _text(fields[place + names])
        difference = Difference(status, old_path, path, options[2], options[3])
        differences.setdefault(commit, []).append(difference)
        place += 1 + names
    return differences


def _defaults(known: dict[str, str], links: dict[str, str]) -> tuple[Ref, ...]:
    """Return the default branch as it is here and as it was last fetched, where each exists."""
    remote = _remote_default(known, links)
    short_names = [remote.split("/", 3)[3]] if remote else _USUAL_BRANCHES
    local = next(
        (name for short_name in short_names if (name := f"refs/heads/{short_name}") in known), ""
    )
    names = [name for name in (local, remote) if name] or (list(known) if len(known) == 1 else [])
    return tuple(Ref(name, known[name]) for name in names)


def _remote_default(known: dict[str, str], links: dict[str, str]) -> str:
    heads = sorted(links.items(), key=lambda link: not link[0].startswith("refs/remotes/origin/"))
    for name, target in heads:
        if name.startswith("refs/remotes/") and name.endswith("/HEAD") and target in known:
            return target
    usual = (f"refs/remotes/origin/{name}" for name in _USUAL_BRANCHES)
    return next((name for name in usual if name in known), "")


def _detached(root: str) -> str | None:
    try:
        answer = ask(root, "rev-parse", "--verify", "--quiet", "--end-of-options", "HEAD")
    except GitError:
        return None  # no commit yet
    return _text(answer).strip()


def _has_promises(folder: str) -> bool:
    try:
        names = os.listdir(os.path.join(folder, "objects", "pack"))
    except OSError:
        return False
    return any(name.endswith(".promisor") for name in names)


def _moved(row: str) -> tuple[str, int]:
    """Read `<oid> <name>@{<seconds>}`; 0 when it says anything else."""
    oid, _, place = row.partition(" ")
    seconds = place.rpartition("@{")[2].rstrip("}")
    return oid, int(seconds) if seconds.isdigit() else 0


def _text(data: bytes) -> str:
    return os.fsdecode(data)
