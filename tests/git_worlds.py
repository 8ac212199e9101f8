"""Generated repositories with a known truth: days are days since the edit, texts are code."""

import os
import random
import subprocess
from pathlib import Path

from ledger.core.evidence import ChangeFingerprint, Fate, Horizon, Survival
from ledger.evidence.fingerprint import fingerprint
from ledger.flows.evidence.survival import GitSurvival, SurvivalQuery

KEY = b"a key of this ledger alone, 32 b"
DAY_S = 86_400
EDIT_S = 1_750_000_000  # the AI's edit in every world
NOUNS = [
    "account",
    "amount",
    "basket",
    "buffer",
    "chapter",
    "column",
    "counter",
    "filter",
    "folder",
    "header",
    "invoice",
]
VERBS = [
    "add",
    "build",
    "check",
    "close",
    "count",
    "draw",
    "fetch",
    "find",
    "join",
    "load",
    "merge",
    "open",
    "parse",
    "read",
    "send",
]


def function(seed: int, lines: int = 8) -> str:
    """Return one function of code that resembles no other."""
    draw = random.Random(seed)
    names = [f"{draw.choice(NOUNS)}_{draw.randrange(1000)}" for _ in range(3)]
    body = [
        f"    {names[i % 3]} = {draw.choice(VERBS)}_{draw.choice(NOUNS)}"
        f"({names[(i + 1) % 3]}, {draw.randrange(1000)})\n"
        for i in range(lines - 2)
    ]
    head = f"def {draw.choice(VERBS)}_{names[0]}({names[1]}, {names[2]}):\n"
    return head + "".join(body) + f"    return {names[2]}\n\n\n"


def code(*seeds: int, lines: int = 8) -> str:
    return "".join(function(seed, lines) for seed in seeds)


class World:
    """One repository that is written to at chosen days."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.day = -30.0

    @classmethod
    def begun(cls, root: Path, **files: str) -> "World":
        """Return a repository with a first commit thirty days before the edit."""
        root.mkdir(parents=True)
        world = cls(root)
        world.git("init", "--quiet", "--initial-branch=main")
        return world.commit("begin", at=-30, **(files or {"readme": "first words of this\n"}))

    def git(self, *words: str, at: float | None = None) -> str:
        return git(self.root, *words, day=self.day if at is None else at)

    def write(self, **files: str) -> "World":
        """Write files; `__` in a name stands for `/`, and all get the ending .py."""
        for name, text in files.items():
            path = self.path(name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return self

    def path(self, name: str) -> Path:
        return self.root / f"{name.replace('__', '/')}.py"

    def commit(self, message: str, at: float, **files: str) -> "World":
        self.day = at
        self.write(**files)
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", message)
        return self

    def head(self) -> str:
        return self.git("rev-parse", "HEAD").strip()


def git(folder: Path, *words: str, day: float = 0) -> str:
    """Run git as a person would, at a day."""
    moment = f"{int(EDIT_S + day * DAY_S)} +0000"
    known = {"PATH": os.environ["PATH"], "HOME": str(folder), "LC_ALL": "C"}
    who = {
        f"GIT_{role}_{what}": "a@b.example"
        for role in ("AUTHOR", "COMMITTER")
        for what in ("NAME", "EMAIL")
    }
    when = {"GIT_AUTHOR_DATE": moment, "GIT_COMMITTER_DATE": moment}
    safe = ["-c", "protocol.file.allow=always", "-c", "commit.gpgSign=false"]
    return subprocess.run(
        ["git", *safe, *words],
        cwd=folder,
        env=known | who | when | {"GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": "/dev/null"},
        check=True,
        capture_output=True,
        text=True,
    ).stdout


def edited(world: World, name: str, before: str, after: str) -> ChangeFingerprint:
    return fingerprint(before, after, (), KEY, str(world.path(name)))


def looked(
    traces: ChangeFingerprint | list[ChangeFingerprint], day: float = 31, **about: object
) -> dict[Horizon, Survival]:
    """Look at an interaction so many days after it."""
    some = (traces,) if isinstance(traces, ChangeFingerprint) else tuple(traces)
    subject = SurvivalQuery(7, EDIT_S * 1000, some, **about)  # type: ignore[arg-type]
    with GitSurvival(KEY) as repositories:
        found = repositories.survivals(subject, int((EDIT_S + day * DAY_S) * 1000))
    return {one.horizon: one for one in found}


def fates(found: dict[Horizon, Survival]) -> set[Fate]:
    return {one.fate for one in found.values()}
