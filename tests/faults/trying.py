"""Plants faults in a copy of the project, one at a time, and asks the tests nearest to them."""

import ast
import os
import random
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from tests.faults.planting import Fault, candidates, is_fault

LEFT_OUT = shutil.ignore_patterns(
    ".git", ".venv", ".*_cache", ".hypothesis", "__pycache__", "build", "dist", "*.egg-info"
)
# Looks at the house or runs the program as a whole: too slow, or not about one line.
FAR = frozenset({"bench", "faults", "house", "pictures", "trust", "whole"})
# Without parameters: they may hold blanks, and all of them are quickly asked again.
FAILED = re.compile(r"^(?:FAILED|ERROR) (\S+?\.py(?:::\w+)*)", re.MULTILINE)
LONGEST_S = 300  # a fault may make a loop endless
NONE_COLLECTED = 5

Drawn = tuple[str, Fault]  # a file of code below the project, and a fault of it


class Trial(NamedTuple):
    """A planted fault and what became of it."""

    path: str  # below the project
    fault: Fault
    verdict: str  # caught, missed, equal, unsound
    by: str  # the test or the check that saw it

    def shown(self) -> str:
        """Return the fault as a person judges it."""
        fault = self.fault
        return (
            f"{self.path}:{fault.line} {fault.kind} in {fault.inside or 'the module'}"
            f" [{fault.key}]\n  - {fault.before}\n  + {fault.after}"
        )


class Copy:
    """A copy of a project: `package` with its code, `tests` with a folder for each room."""

    def __init__(self, project: Path, folder: Path, package: str = "ledger") -> None:
        self.root, self.package = folder / "copy", package
        shutil.copytree(project, self.root, ignore=LEFT_OUT)
        self._moment = int(time.time())

    @cached_property
    def modules(self) -> Mapping[str, list[str]]:
        """The files of code by room; what lies in none only starts the program: `tests/whole`."""
        rooms: dict[str, list[str]] = {}
        code = self.root / self.package
        for path in sorted(code.rglob("*.py")):
            inner = path.relative_to(code).parts
            if len(inner) > 1:
                rooms.setdefault(inner[0], []).append(str(path.relative_to(self.root)))
        return rooms

    @cached_property
    def imports(self) -> Mapping[str, frozenset[str]]:
        """What each file of tests imports, with dots."""
        return {
            str(path.relative_to(self.root)): frozenset(_imported(path))
            for path in sorted((self.root / "tests").rglob("test_*.py"))
            if path.relative_to(self.root).parts[1] not in FAR
        }

    def source(self, module: str) -> str:
        """Return a file of code."""
        return (self.root / module).read_text("utf-8")

    def stages(self, module: str) -> Iterator[list[str]]:
        """Yield the tests to ask about a file: its own, those that import it, those of its room."""
        own = self._own(module)
        if own:
            yield own
        dotted = ".".join(_parts(module))
        near = [test for test, names in self.imports.items() if dotted in names]
        near = [test for test in near if test not in own]
        if near:
            yield near
        room = f"tests/{Path(module).parts[1]}/"
        rest = [test for test in self.imports if test.startswith(room)]
        rest = [test for test in rest if test not in own and test not in near]
        if rest:
            yield rest

    def _own(self, module: str) -> list[str]:
        *inner, name = _parts(module)[1:] or [self.package]
        matching = [test for test in self.imports if Path(test).name == f"test_{name}.py"]
        if inner:
            matching = [test for test in matching if Path(test).parts[1] == inner[0]]
        beside = [test for test in matching if list(Path(test).parts[1:-1]) == inner]
        return beside or matching

    def write(self, module: str, source: str) -> None:
        """Write a file with a time that no bytecode knows."""
        path = self.root / module
        path.write_text(source, "utf-8")
        self._moment += 2
        os.utime(path, (self._moment, self._moment))

    def run(self, *arguments: str) -> tuple[int, str]:
        """Run a module of Python in the copy and return its exit code and its output."""
        environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTEST_")}
        environment["PYTHONPATH"] = str(self.root)
        done = subprocess.run(
            [sys.executable, "-m", *arguments],
            cwd=self.root,
            env=environment,
            capture_output=True,
            text=True,
            timeout=LONGEST_S,
            errors="replace",
            check=False,
        )
        return done.returncode, done.stdout + done.stderr

    def pytest(self, tests: list[str]) -> tuple[int, str]:
        """Run files of tests until the first fails."""
        quick = ("-x", "-q", "--tb=no", "-rfE", "-m", "not long", "-p", "no:cacheprovider")
        return self.run("pytest", *quick, *tests)


def attempt(copy: Copy, module: str, fault: Fault, *, check_types: bool = True) -> Trial:
    """Plant one fault, ask the tests and then mypy, and take it out again."""
    source = copy.source(module)
    copy.write(module, fault.planted(source))
    try:
        seen = _seen(copy, module, check_types=check_types)
    finally:
        copy.write(module, source)
    if seen is None:
        return Trial(module, fault, "missed", "")
    # What fails without the fault as well has seen nothing.
    sound = not seen.startswith("tests/") or copy.pytest([seen])[0] in (0, NONE_COLLECTED)
    return Trial(module, fault, "caught" if sound else "unsound", seen)


def _seen(copy: Copy, module: str, *, check_types: bool) -> str | None:
    for tests in copy.stages(module):
        try:
            code, output = copy.pytest(tests)
        except subprocess.TimeoutExpired:
            return "a loop without an end"
        if code not in (0, NONE_COLLECTED):
            failed = FAILED.search(output)
            return failed.group(1) if failed else f"a crash ({code})"
    if check_types and copy.run("mypy")[0]:
        return "mypy"
    return None


def lots(
    copy: Copy, seed: int, only: str | None = None, *, skip: Mapping[str, str] | None = None
) -> Iterator[Drawn]:
    """Draw faults until none is left: a room by turns, a kind, a fault of it; none of `skip`."""
    luck = random.Random(seed)
    rooms = [room for room in copy.modules if only in (None, room)]
    left = {room: _by_kind(copy, room, skip or {}) for room in rooms}
    while any(left.values()):
        for room in luck.sample(rooms, len(rooms)):
            drawn = _draw(copy, left[room], luck)
            if drawn is not None:
                yield drawn


def _draw(copy: Copy, kinds: dict[str, list[Drawn]], luck: random.Random) -> Drawn | None:
    while kinds:
        kind = luck.choice(list(kinds))
        waiting = kinds[kind]
        module, fault = waiting.pop(luck.randrange(len(waiting)))
        if not waiting:
            del kinds[kind]
        if is_fault(copy.source(module), fault):
            return module, fault
    return None


def _by_kind(copy: Copy, room: str, skip: Mapping[str, str]) -> dict[str, list[Drawn]]:
    kinds: dict[str, list[Drawn]] = {}
    for module in copy.modules[room]:
        for fault in candidates(copy.source(module)):
            if fault.key not in skip:
                kinds.setdefault(fault.kind, []).append((module, fault))
    return kinds


def run(
    copy: Copy,
    drawn: Iterator[Drawn],
    trials: int,
    seconds: float,
    say: Callable[[str], None],
) -> list[Trial]:
    """Try so many faults, or as many as the time allows; what was missed is shown at once."""
    ends = time.monotonic() + seconds
    made: list[Trial] = []
    for module, fault in drawn:
        if len(made) == trials or time.monotonic() > ends:
            break
        trial = attempt(copy, module, fault)
        made.append(trial)
        say(trial.shown() + f"\n  {trial.verdict} {trial.by}")
    return made


def summary(made: list[Trial], seed: int) -> str:
    """Return how many faults were caught, in a line."""
    count = {verdict: sum(trial.verdict == verdict for trial in made) for verdict in
             ("caught", "missed", "unsound")}  # fmt: skip
    return f"seed {seed}: {len(made)} trials, " + ", ".join(f"{n} {v}" for v, n in count.items())


def equivalent(listed: str) -> dict[str, str]:
    """Return the reason of each fault that was judged to change no behaviour, by its key."""
    lines = (line.strip() for line in listed.splitlines())
    listed_lines = [line for line in lines if line and not line.startswith("#")]
    return {line.partition(" ")[0]: line.partition(" ")[2].strip() for line in listed_lines}


def _parts(module: str) -> list[str]:
    parts = list(Path(module).with_suffix("").parts)
    return parts[:-1] if parts[-1] == "__init__" else parts


def _imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
