"""Three months of made-up work in two real repositories, its logs, and what became of each output.

The logs say what Claude Code would have said; the commits are made by git on the same days. What a
person would answer is known, so suggestions can be held against it.
"""

import heapq
import json
from collections import Counter
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

from tests.git_worlds import DAY_S, EDIT_S, World, function
from tests.making import stamp

JOBS, FIRST_DAY, STEP_DAYS = 104, 92.0, 0.875
SETTLED_DAYS = 8  # what is younger has no seventh day yet
LINES = 16  # of a function
COMMIT_DAYS, CHANGE_DAYS = 0.015, 2.5
END = "# the end of this module\n"
REFUSED = (
    "The user doesn't want to proceed with this tool use. The tool use was rejected (eg. if it was "
    "a file edit, the new_string was NOT written to the file). STOP what you are doing and wait "
    "for the user to tell you how to proceed."
)
KEPT, EDITED, THROWN = "kept", "edited", "thrown-away"


class Fate(NamedTuple):
    """What happens to an output, what a person would say of it, and whether it can be measured."""

    name: str
    truth: str
    is_measurable: bool = True


LANDED = Fate("landed", KEPT)
HALVED = Fate("half deleted", EDITED)
REVERTED = Fate("taken back in a later commit", THROWN)
DROPPED = Fate("never committed", THROWN)
REJECTED = Fate("refused in the tool", THROWN)
SMALL = Fate("one line", KEPT, is_measurable=False)
ANSWERED = Fate("a question", KEPT, is_measurable=False)
CYCLE = (LANDED, HALVED, LANDED, ANSWERED, REVERTED, LANDED, SMALL, HALVED, LANDED, DROPPED,
         LANDED, REJECTED, REVERTED)  # fmt: skip
YOUNG = (LANDED, DROPPED, ANSWERED)


class Job(NamedTuple):
    """One interaction."""

    number: int
    time_s: int
    repository: int
    fate: Fate

    @property
    def part(self) -> int:
        """The number of the file that it is about."""
        return self.number // 8


class Work:
    """Does the jobs, one after the other, with everything that happens to earlier ones between."""

    def __init__(self, home: Path, now_s: int) -> None:
        self._home = home
        self._events: list[tuple[float, int, Callable[[float], None]]] = []
        self._order = count()
        self.pieces: list[dict[int, dict[int, str]]] = [{}, {}]  # part -> job -> its lines
        self._folders = ["src", "src"]
        self._logs: dict[Path, list[str]] = {}
        self.jobs = [_job(number, now_s) for number in range(JOBS)]
        begun = _day(self.jobs[0].time_s) - 30
        self.worlds = [self._begun(name, begun) for name in ("atlas", "harbour")]

    def _begun(self, name: str, day: float) -> World:
        root = self._home / "work" / name
        root.mkdir(parents=True)
        world = World(root)
        world.git("init", "--quiet", "--initial-branch=main", at=day)
        return world.commit("begin", at=day, settings="LIMIT = 10\n")

    def do(self) -> None:
        """Let the three months pass, then write the logs."""
        self._at(_day(self.jobs[JOBS // 2].time_s) + CHANGE_DAYS, self._rename)
        for job in self.jobs:
            self._at(_day(job.time_s), lambda day, job=job: self._done(job, day))
        while self._events:
            day, _, happens = heapq.heappop(self._events)
            happens(day)
        for path, lines in self._logs.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("".join(lines), encoding="utf-8")

    def _at(self, day: float, happens: Callable[[float], None]) -> None:
        heapq.heappush(self._events, (day, next(self._order), happens))

    def _done(self, job: Job, day: float) -> None:
        """Have the tool make its edit, and plan what becomes of it."""
        pieces = self.pieces[job.repository].setdefault(job.part, {})
        piece = _piece(job)
        self._log(job, str(self._path(job)), _text(pieces), piece)
        if job.fate in (ANSWERED, REJECTED, DROPPED):
            return
        pieces[job.number] = piece
        self._at(day + COMMIT_DAYS, lambda at: self._commit(job, at))
        left = {HALVED: "".join(piece.splitlines(keepends=True)[::2]), REVERTED: ""}
        if job.fate in left:

            def change(at: float) -> None:
                pieces[job.number] = left[job.fate]
                self._commit(job, at)

            self._at(day + CHANGE_DAYS, change)

    def _path(self, job: Job) -> Path:
        return self.worlds[job.repository].path(f"{self._folders[job.repository]}__part_{job.part}")

    def _commit(self, job: Job, day: float) -> None:
        path = self._path(job)
        path.parent.mkdir(exist_ok=True)
        path.write_text(_text(self.pieces[job.repository][job.part]), encoding="utf-8")
        self.worlds[job.repository].commit("change", at=day)

    def _rename(self, day: float) -> None:
        """Give the second repository's folder another name, in a commit of its own."""
        world = self.worlds[1]
        world.git("mv", "src", "lib", at=day)
        self._folders[1] = "lib"
        world.commit("rename", at=day)

    def _log(self, job: Job, path: str, before: str, piece: str) -> None:
        """Write what the tool would have logged."""
        folder = str(self.worlds[job.repository].root)
        session = f"s{job.repository}-{job.number // 6}"
        log = self._home / ".claude" / "projects" / folder.replace("/", "-") / f"{session}.jsonl"
        rows = _rows(job, path, before, piece)
        common = {"sessionId": session, "cwd": folder, "gitBranch": "main", "version": "2.1.197",
                  "isSidechain": False, "userType": "external"}  # fmt: skip
        self._logs.setdefault(log, []).extend(json.dumps(common | row) + "\n" for row in rows)


def _job(number: int, now_s: int) -> Job:
    ago = FIRST_DAY - number * STEP_DAYS
    fates = CYCLE if ago > SETTLED_DAYS else YOUNG
    return Job(number, int(now_s - ago * DAY_S), number % 5 % 2, fates[number % len(fates)])


def _day(time_s: float) -> float:
    return (time_s - EDIT_S) / DAY_S


def _piece(job: Job) -> str:
    if job.fate is SMALL:
        return f"LIMIT_{job.number} = {job.number * 7}\n"
    return function(1000 + job.number, LINES)


def _text(pieces: dict[int, str]) -> str:
    return "".join(pieces.values()) + END if pieces else ""


def _rows(job: Job, path: str, before: str, piece: str) -> list[dict[str, Any]]:
    """Return a prompt, an answer with an edit unless it was a question, and the edit's result."""
    prompt = f"Please do number {job.number}."
    rows = [_row(job, 0, "user", {"role": "user", "content": prompt})]
    call = {"type": "tool_use", "id": f"toolu_{job.number}"}
    old, new = ("", piece + END) if not before else (END, piece + END)
    if before:
        tool_input = {"file_path": path, "old_string": old, "new_string": new}
        tool_result = {"filePath": path, "oldString": old, "newString": new, "originalFile": before,
                "structuredPatch": [], "userModified": False}  # fmt: skip
        call |= {"name": "Edit", "input": tool_input}
    else:
        tool_result = {"type": "create", "filePath": path, "content": new, "structuredPatch": []}
        call |= {"name": "Write", "input": {"file_path": path, "content": new}}
    if job.fate is not ANSWERED:
        result = {"type": "tool_result", "tool_use_id": call["id"], "content": "Done."}
        more: dict[str, Any] = {"toolUseResult": tool_result}
        if job.fate is REJECTED:
            result |= {"content": REFUSED, "is_error": True}
            more = {"toolUseResult": "User rejected tool use"}
        rows.append(_row(job, 5, "assistant", _answer(job, 5, call)))
        rows.append(_row(job, 9, "user", {"role": "user", "content": [result]}) | more)
    answer_block = {"type": "text", "text": f"Number {job.number} is done."}
    return [*rows, _row(job, 30, "assistant", _answer(job, 30, answer_block))]


def _row(job: Job, second: int, kind: str, message: dict[str, Any]) -> dict[str, Any]:
    moment = stamp((job.time_s + second) * 1000)
    row = {"type": kind, "uuid": f"u-{job.number}-{second}", "timestamp": moment}
    if kind == "assistant":
        row["requestId"] = f"req-{job.number}-{second}"
    return row | {"message": message}


def _answer(job: Job, second: int, block: dict[str, Any]) -> dict[str, Any]:
    usage = {"input_tokens": 400, "cache_creation_input_tokens": 3_000,
             "cache_read_input_tokens": 60_000, "output_tokens": 900 + job.number}  # fmt: skip
    return {"id": f"msg-{job.number}-{second}", "role": "assistant", "model": "claude-opus-4-5",
            "stop_reason": "end_turn", "content": [block], "usage": usage}  # fmt: skip


def tally(jobs: list[Job]) -> Counter[str]:
    """Return how many jobs have each fate."""
    return Counter(job.fate.name for job in jobs)
