"""Made-up logs, written as the three tools write them: the demo is read like real ones."""

import json
import random
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, NamedTuple

from ledger.core.vocabulary import Tool

Line = dict[str, Any]
FOLLOW_UPS = ("Also handle the empty case.", "Run the tests.", "Now the same for the other page.",
              "That is not what I meant. Keep the old signature.")  # fmt: skip
MODELS = {
    Tool.CLAUDE_CODE: ("claude-opus-4-5", "claude-sonnet-4-5", "claude-haiku-4-5"),
    Tool.CODEX: ("gpt-5.1-codex",),
    Tool.GEMINI_CLI: ("gemini-2.5-pro",),
}


class Task(NamedTuple):
    """Something a person asks for, and what the tool makes of it."""

    prompt: str
    answer: str
    file: str = ""
    old: tuple[str, ...] = ()
    new: tuple[str, ...] = ()


TASKS = (
    Task(
        "The export drops the last row when a file has no final newline. Fix it, add a test.",
        "Fixed: the reader stopped at the last newline. The test covers both endings.",
        "src/export.py",
        ("    rows = text.split('\\n')[:-1]",),
        ("    rows = text.splitlines()", "    rows = [row for row in rows if row]"),
    ),
    Task(
        "Why is this query slow?",
        "It scans the whole table, because the index begins with another column. An index on "
        "(customer, day) answers it from 40 rows instead of 900,000.",
    ),
    Task(
        "Split report.py: parsing, sums and layout should not live in one file.",
        "Three modules now, imports go one way, the tests moved with them.",
        "src/report/sums.py",
        (),
        ("def total(rows):", '    """Return the sum of all amounts, in cents."""',
         "    return sum(row.cents for row in rows)"),
    ),
    Task(
        "Write a script that renames all the photos by the day they were taken.",
        "It reads the EXIF date, falls back to the file's date, and asks before it renames.",
        "scripts/rename_photos.py",
        (),
        ("for path in sorted(folder.glob('*.jpg')):", "    day = taken(path) or changed(path)",
         "    plan.append((path, path.with_name(f'{day:%Y-%m-%d}-{path.name}')))"),
    ),
    Task(
        "Make the date picker usable with the keyboard.",
        "Arrow keys move by day and week, Page Up and Down by month, Escape closes it.",
        "web/DatePicker.tsx",
        ("  <div onClick={() => pick(day)}>",),
        ("  <button", "    aria-selected={day === value}", "    onKeyDown={move}",
         "    onClick={() => pick(day)}", "  >"),
    ),
    Task(
        "Try whether the parser gets simpler with a state machine. Just an experiment.",
        "It works, but it is 60 lines longer and no clearer. I would not keep it.",
        "src/parser.py",
        ("    for token in tokens:",),
        ("    state = State.START", "    for token in tokens:",
         "        state = TABLE[state, token.kind]"),
    ),
    Task(
        "Explain what happens when two people save the same form at once.",
        "The second save wins and nobody is told. A version number in the form would show it.",
    ),
    Task(
        "The invoice total is off by one cent in some currencies.",
        "Rounding happened per line and again for the sum. It happens once now, at the end.",
        "src/invoice.py",
        ("    total = sum(round(line.amount, 2) for line in lines)",),
        ("    total = round(sum(line.amount for line in lines), 2)",),
    ),
    Task(
        "Upgrade the HTTP library and fix what breaks.",
        "Upgraded. Two calls used a removed argument; the retries are configured in one place now.",
        "src/client.py",
        ("session.mount('https://', HTTPAdapter(max_retries=3))",),
        ("session.mount('https://', HTTPAdapter(max_retries=Retry(3, backoff_factor=0.5)))",),
    ),
    Task(
        "Draft the release notes for 2.4 from the merged changes.",
        "Drafted, grouped by what people notice first; the two breaking changes are on top.",
        "docs/releases/2.4.md",
        (),
        ("## 2.4", "", "- Exports keep their last row.", "- The date picker works by keyboard."),
    ),
)  # fmt: skip


class Talk:
    """One made-up conversation: when it began, where, and the numbers it runs on."""

    def __init__(self, rng: random.Random, name: str, start_ms: int, directory: str) -> None:
        self.rng, self.name, self.directory = rng, name, directory
        self.now_ms = start_ms
        self.count = 0
        self.context = rng.randint(14_000, 32_000)

    def tick(self, low_s: int, high_s: int) -> str:
        """Let time pass and return it as all three tools write it."""
        self.now_ms += self.rng.randint(low_s * 1000, high_s * 1000)
        moment = datetime.fromtimestamp(self.now_ms / 1000, UTC)
        return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")

    def key(self, kind: str) -> str:
        """Return a new id of this conversation."""
        self.count += 1
        return f"{kind}_{self.name}_{self.count}"

    def usage(self, size: float) -> tuple[int, int, int]:
        """Return (fresh input, cached input, output) of the next request."""
        fresh = self.rng.randint(300, 4_000)
        output = int(self.rng.lognormvariate(5.8, 0.8) * (0.7 + size / 2))
        cached = self.context
        self.context += fresh + output
        return fresh, cached, output


def claude_code(talk: Talk, tasks: list[tuple[Task, float]]) -> tuple[str, str]:
    """Return the path below the home folder and the text of a Claude Code session."""
    model = talk.rng.choice(MODELS[Tool.CLAUDE_CODE])
    rows: list[Line] = []
    for task, size in tasks:
        rows += _claude_turn(talk, task, size, model)
    common = {"sessionId": talk.name, "cwd": talk.directory, "gitBranch": "main",
              "version": "2.1.197", "isSidechain": False, "userType": "external"}  # fmt: skip
    folder = talk.directory.replace("/", "-")
    return f".claude/projects/{folder}/{talk.name}.jsonl", _text(common | row for row in rows)


def _claude_turn(talk: Talk, task: Task, size: float, model: str) -> Iterator[Line]:
    message = {"role": "user", "content": task.prompt}
    yield {"type": "user", "uuid": talk.key("u"), "timestamp": talk.tick(20, 600),
           "promptSource": "typed", "message": message}  # fmt: skip
    for _ in range(int(3 + size * 6)):
        yield _claude_answer(talk, model, size, {"type": "text", "text": "Looking at the code."})
    if task.file:
        call = talk.key("toolu")
        path = f"{talk.directory}/{task.file}"
        old, new = "\n".join(task.old), "\n".join(task.new)
        given = {"file_path": path, "old_string": old, "new_string": new}
        block = {"type": "tool_use", "id": call, "name": "Edit", "input": given}
        yield _claude_answer(talk, model, size, block)
        patch = {"oldStart": 12, "oldLines": len(task.old), "newStart": 12,
                 "newLines": len(task.new), "lines": _signed(task)}  # fmt: skip
        result = {"type": "tool_result", "tool_use_id": call, "content": "The file was updated."}
        yield {"type": "user", "uuid": talk.key("u"), "timestamp": talk.tick(1, 9),
               "message": {"role": "user", "content": [result]},
               "toolUseResult": {"filePath": path, "oldString": old, "newString": new,
                                 "structuredPatch": [patch], "userModified": False}}  # fmt: skip
    yield _claude_answer(talk, model, size, {"type": "text", "text": task.answer}, "end_turn")


def _claude_answer(
    talk: Talk, model: str, size: float, block: Line, stop: str = "tool_use"
) -> Line:
    fresh, cached, output = talk.usage(size)
    usage = {"input_tokens": 6, "cache_creation_input_tokens": fresh,
             "cache_read_input_tokens": cached, "output_tokens": output}  # fmt: skip
    message = {"id": talk.key("msg"), "role": "assistant", "model": model, "stop_reason": stop,
               "content": [block], "usage": usage}  # fmt: skip
    return {"type": "assistant", "uuid": talk.key("a"), "timestamp": talk.tick(3, 40),
            "requestId": talk.key("req"), "message": message}  # fmt: skip


def codex(talk: Talk, tasks: list[tuple[Task, float]]) -> tuple[str, str]:
    """Return the path below the home folder and the text of a Codex session."""
    started = talk.tick(0, 1)
    meta = {"id": talk.name, "timestamp": started, "cwd": talk.directory,
            "originator": "codex_cli_rs", "source": "cli", "git": {"branch": "main"}}  # fmt: skip
    rows = [{"timestamp": started, "type": "session_meta", "payload": meta}]
    total = dict.fromkeys(("input_tokens", "cached_input_tokens", "output_tokens"), 0)
    for task, size in tasks:
        rows += _codex_turn(talk, task, size, total)
    day = started[:10].replace("-", "/")
    name = f"rollout-{started[:19].replace(':', '-')}-{talk.name}.jsonl"
    return f".codex/sessions/{day}/{name}", _text(rows)


def _codex_turn(talk: Talk, task: Task, size: float, total: dict[str, int]) -> Iterator[Line]:
    def row(kind: str, low: int, high: int, **payload: Any) -> Line:
        return {"timestamp": talk.tick(low, high), "type": kind, "payload": payload}

    model = MODELS[Tool.CODEX][0]
    yield row("turn_context", 20, 600, turn_id=talk.key("turn"), cwd=talk.directory, model=model)
    yield row("event_msg", 0, 1, type="user_message", message=task.prompt)
    if task.file:
        body = "\n".join(_signed(task))
        kind = "Update" if task.old else "Add"
        patch = f"*** Begin Patch\n*** {kind} File: {task.file}\n{body}\n*** End Patch"
        call = talk.key("call")
        yield row("response_item", 2, 20, type="custom_tool_call", name="apply_patch",
                  call_id=call, input=patch)  # fmt: skip
        yield row("response_item", 1, 4, type="custom_tool_call_output", call_id=call,
                  output=f"Success. Updated the following files:\nM {task.file}\n")  # fmt: skip
    for _ in range(int(4 + size * 6)):
        fresh, cached, output = talk.usage(size)
        last = {"input_tokens": fresh + cached, "cached_input_tokens": cached,
                "output_tokens": output}  # fmt: skip
        for name, value in last.items():
            total[name] += value
        info = {"total_token_usage": dict(total), "last_token_usage": last}
        yield row("event_msg", 2, 30, type="token_count", info=info)
    content = {"type": "output_text", "text": task.answer}
    yield row("response_item", 1, 4, type="message", role="assistant", content=[content])


def gemini_cli(talk: Talk, tasks: list[tuple[Task, float]]) -> tuple[str, str]:
    """Return the path below the home folder and the text of a Gemini CLI session."""
    started = talk.tick(0, 1)
    rows: list[Line] = [{"sessionId": talk.name, "projectHash": "0" * 64, "startTime": started,
                         "lastUpdated": started, "kind": "main"}]  # fmt: skip
    for task, size in tasks:
        rows.append({"id": talk.key("u"), "timestamp": talk.tick(20, 600), "type": "user",
                     "content": [{"text": task.prompt}]})  # fmt: skip
        rows += [_gemini_answer(talk, size, "Reading on.") for _ in range(int(4 + size * 6))]
        rows.append(_gemini_answer(talk, size, task.answer))
    folder = talk.directory.rsplit("/", 1)[-1]
    name = f"session-{started[:16].replace(':', '-')}-{talk.name[:8]}.jsonl"
    return f".gemini/tmp/{folder}/chats/{name}", _text(rows)


def _gemini_answer(talk: Talk, size: float, text: str) -> Line:
    fresh, cached, output = talk.usage(size)
    tokens = {"input": fresh + cached, "output": output, "cached": cached, "thoughts": 40,
              "tool": 0, "total": fresh + cached + output + 40}  # fmt: skip
    return {"id": talk.key("g"), "timestamp": talk.tick(4, 60), "type": "gemini",
            "content": text, "tokens": tokens, "model": MODELS[Tool.GEMINI_CLI][0]}  # fmt: skip


def _signed(task: Task) -> list[str]:
    return [f"-{line}" for line in task.old] + [f"+{line}" for line in task.new]


def _text(rows: "Iterator[Line] | list[Line]") -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
