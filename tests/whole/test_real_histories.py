"""Real repositories' commits taken as edits: survival is what was done to them, within limits.

SIGNAL_LEDGER_REPOSITORIES names git folders, with colons between; a generated one is always there.
"""

import difflib
import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from ledger.core.errors import GitError
from ledger.core.evidence import Fate, Horizon
from ledger.evidence.change import Change
from ledger.evidence.exclusions import is_excluded, says_generated
from ledger.evidence.features import Counts, gram_counts, line_hashes
from ledger.evidence.fingerprint import decode, fingerprint
from ledger.evidence.survival import Total, measure, together
from ledger.flows.evidence.survival import GitSurvival, SurvivalQuery
from ledger.host import git_history
from ledger.host.git_objects import Objects
from tests.git_worlds import KEY, World, code

VARIABLE = "SIGNAL_LEDGER_REPOSITORIES"
EDITS = 150  # of one repository
FORMATTED = 40
PATIENCE_S = 240
ENDINGS = (".py", ".ts", ".js", ".rs", ".go", ".c", ".cpp", ".java", ".rb")
FEWEST_LINES = 20  # deleting half of less is not half
NEAR = 0.05
YEAR_COMMITS = 4_000


class Edit(NamedTuple):
    """One file of one commit."""

    commit: str
    time_s: int
    path: str
    before: str
    after: str


@pytest.fixture(autouse=True)
def given_repositories(request: pytest.FixtureRequest) -> list[str]:
    names = os.environ.get(VARIABLE, "")
    return [name for name in names.split(":") if name]


def generated(folder: Path) -> Path:
    world = World.begun(folder, base=code(*range(20)))
    for number in range(60):
        seeds = range(100 + number, 104 + number)
        world.commit("more", at=number, **{f"f{number % 9}": code(*seeds, lines=10)})
    return folder


def clone(repository: str, folder: Path) -> Path:
    command = ["git", "clone", "--quiet", "--shared", "--no-checkout", repository, str(folder)]
    subprocess.run(command, check=True, capture_output=True)
    return folder


def edits(root: Path) -> Iterator[Edit]:
    """Yield files of ordinary commits, drawn from the newest four thousand."""
    line = git_history.commits(str(root), "HEAD")
    rows = line.between(0, 2**40)[:YEAR_COMMITS]
    random.Random(7).shuffle(rows)
    with Objects(str(root)) as objects:
        for commit, parent, time_s in rows:
            try:
                changed = git_history.differences(str(root), parent, commit)
            except GitError:
                continue
            files = [
                change
                for change in changed
                if change.path.endswith(ENDINGS) and change.status in "AM"
            ]
            if len(files) > 12 or is_merge(objects, commit):
                continue
            for change in files:
                new = objects.contents(change.oid, 500_000)
                old = b"" if change.status == "A" else objects.contents(change.old_oid, 500_000)
                if new is not None and old is not None and not is_excluded(change.path):
                    texts = [data.decode("utf-8", "replace") for data in (old, new)]
                    if not says_generated(texts[1]):
                        yield Edit(commit, time_s, change.path, *texts)


def is_merge(objects: Objects, commit: str) -> bool:
    return objects.find(f"{commit}^2") is not None


def change_of(edit: Edit) -> Change | None:
    return decode(fingerprint(edit.before, edit.after, (), KEY, edit.path).features)


def looked(change: Change, text: str) -> Total:
    lines = Counts.of(line_hashes(text, KEY))
    return together([measure(change, lines, lambda: gram_counts(text, KEY))])


def inserted(edit: Edit) -> list[int]:
    """Return which lines the edit added, as a plain comparison tells."""
    before, after = edit.before.splitlines(), edit.after.splitlines()
    match = difflib.SequenceMatcher(None, before, after, autojunk=False)
    return [
        place
        for kind, _, _, start, end in match.get_opcodes()
        if kind in {"insert", "replace"}
        for place in range(start, end)
        if after[place].strip()
    ]


def halved(edit: Edit, draw: random.Random) -> tuple[str, float]:
    """Return the text with about half of what was added deleted, and how much of it is left."""
    after, added = edit.after.splitlines(), inserted(edit)
    start = draw.randrange(len(added) // 2 + 1)
    gone = set(added[start : start + len(added) // 2])
    sizes = {place: len("".join(after[place].split())) for place in added}
    left = sum(size for place, size in sizes.items() if place not in gone)
    text = "\n".join(line for place, line in enumerate(after) if place not in gone)
    return text, left / (sum(sizes.values()) or 1)


def formatted(text: str) -> str | None:
    command = [sys.executable, "-m", "ruff", "format", "--isolated", "--line-length", "60", "-"]
    result = subprocess.run(command, input=text, capture_output=True, text=True, check=False)
    return result.stdout if result.returncode == 0 else None


def sample(root: Path) -> list[tuple[Edit, Change]]:
    drawn: list[tuple[Edit, Change]] = []
    until = time.monotonic() + PATIENCE_S
    for edit in edits(root):
        change = change_of(edit)
        if change is None or looked(change, edit.after).kept is None:
            continue
        if change.added_lines.total < 8:
            continue
        drawn.append((edit, change))
        if len(drawn) == EDITS or time.monotonic() > until:
            break
    return drawn


def judge(name: str, root: Path) -> int:
    """Hold one repository against the limits; return how many edits were tried."""
    drawn = sample(root)
    assert drawn
    draw = random.Random(11)
    errors, biases, kept_shares = [], [], []
    for edit, change in drawn:
        assert looked(change, edit.after).kept == 1.0
        back = looked(change, edit.before)
        assert back.kept == 0.0
        assert back.reverted
        if len(inserted(edit)) >= FEWEST_LINES:
            text, truth = halved(edit, draw)
            estimate = looked(change, text).kept
            assert estimate is not None
            errors.append(abs(estimate - truth))
            biases.append(estimate - truth)
    python = [pair for pair in drawn if pair[0].path.endswith(".py")][:FORMATTED]
    for edit, change in python:
        text = formatted(edit.after)
        if text is not None:
            kept_shares.append(looked(change, text).kept or 0.0)
    print(f"\n{name}: {len(drawn)} edits untouched 1 and reverted 0, exactly")
    worst = sorted(errors)[int(0.9 * len(errors))]
    near, bias = statistics.mean(errors), statistics.mean(biases)
    print(
        f"  {len(errors)} half deleted: {near:.3f} from the truth, 90 % within {worst:.3f}, ",
        end="",
    )
    print(f"bias {bias:+.3f}")
    assert near <= NEAR
    if kept_shares:
        low, mean = sorted(kept_shares)[len(kept_shares) // 10], statistics.mean(kept_shares)
        print(f"  {len(kept_shares)} reformatted: {mean:.3f} on average, a tenth below {low:.3f}")
        assert mean >= 0.97
    return len(drawn) + follow(drawn, root)


def follow(drawn: list[tuple[Edit, Change]], root: Path) -> int:
    """Ask git what became of the edits, and print it."""
    before = {path: path.stat().st_mtime_ns for path in (root / ".git").rglob("*")}
    landed: dict[Horizon, list[float]] = {}
    fates: dict[Fate, int] = {}
    started = time.monotonic()
    newest = max(edit.time_s for edit, _ in drawn) + 31 * 86_400
    with GitSurvival(KEY) as repositories:
        for number, (edit, _) in enumerate(drawn):
            edit_trace = fingerprint(edit.before, edit.after, (), KEY, str(root / edit.path))
            query = SurvivalQuery(number, (edit.time_s - 60) * 1000, (edit_trace,))
            for survival in repositories.survivals(query, newest * 1000):
                fates[survival.fate] = fates.get(survival.fate, 0) + 1
                if survival.landed is not None:
                    assert 0 <= survival.landed <= 1
                    landed.setdefault(survival.horizon, []).append(survival.landed)
    took = time.monotonic() - started
    means = ", ".join(f"{key} {statistics.mean(shares):.2f}" for key, shares in landed.items())
    fates_text = ", ".join(f"{fate.value} {number}" for fate, number in fates.items())
    print(f"  on the default branch: {means}; {fates_text}; {1000 * took / len(drawn):.0f} ms each")
    assert {path: path.stat().st_mtime_ns for path in (root / ".git").rglob("*")} == before
    return len(drawn)


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_survival_is_what_was_done_to_real_commits(tmp_path: Path, given_repositories: list[str]):
    trials = judge("generated", generated(tmp_path / "generated"))
    for number, name in enumerate(given_repositories):
        trials += judge(Path(name).parent.name, clone(name, tmp_path / f"r{number}"))
    print(f"{len(given_repositories)} repositories given, {trials} trials")
