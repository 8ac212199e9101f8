"""Claude Code sessions with work in them: an edit, a command, and what the person did after."""

import json
from pathlib import Path

from ledger.flows.importing import discovery, pipeline
from ledger.importers.base import Home
from tests.making import START_MS, claude_lines, claude_log, stamp

NEW = "".join(f"def function_{n}(value):\n    return value + {n}\n" for n in range(12))


def _row(second: int, kind: str, **more: object) -> str:
    time_ms = START_MS + 6_000 + second * 1_000
    row = {"type": kind, "uuid": f"w-{kind}-{second}", "timestamp": stamp(time_ms)}
    row |= {"sessionId": "s1", "cwd": "/home/ada/atlas", "isSidechain": False}
    return json.dumps(row | more)


def worked(path: str = "/home/ada/atlas/a.py", new: str = NEW) -> list[str]:
    """Lines that follow a prompt: a new file is written, and a command fails."""
    calls = [
        {"type": "tool_use", "id": "t1", "name": "Write",
         "input": {"file_path": path, "content": new}},
        {"type": "tool_use", "id": "t2", "name": "Bash", "input": {"command": "pytest"}},
    ]  # fmt: skip
    results = [
        {"type": "tool_result", "tool_use_id": "t1", "content": "written"},
        {"type": "tool_result", "tool_use_id": "t2", "content": "1 failed", "is_error": True},
    ]
    done = {"type": "create", "filePath": path, "content": new, "structuredPatch": []}
    message = {"id": "m-w", "model": "claude-opus-4-5", "role": "assistant"}
    return [
        _row(1, "assistant", message=message | {"content": [calls[0]]}),
        _row(2, "user", message={"role": "user", "content": [results[0]]}, toolUseResult=done),
        _row(3, "assistant", message=message | {"id": "m-x", "content": [calls[1]]}),
        _row(4, "user", message={"role": "user", "content": [results[1]]}),
    ]


def changed_by_hand(path: str = "/home/ada/atlas/a.py") -> str:
    return _row(9, "attachment", attachment={"type": "edited_text_file", "filename": path})


def work_log(home: Path, *, prompts: int = 2, path: str = "/home/ada/atlas/a.py") -> Path:
    """Write a session whose first prompt makes a file and whose second one tells a hand edit."""
    log = claude_log(home, "s1", 0)
    lines = claude_lines("s1", prompts)
    whole = [*lines[:2], *worked(path), *lines[2:3]]
    whole += [changed_by_hand(path), *lines[3:]] if prompts > 1 else []
    log.write_text("".join(line + "\n" for line in whole))
    return log


def rows_of(workspace, home: Path):
    """Import everything and return the rows, oldest first."""
    known = workspace.store.cursors()
    for readings, _ in pipeline.read(
        discovery.jobs(discovery.scan_places(Home(home, {})), known), None
    ):
        workspace.add(readings)
    return workspace.store.rows(workspace.load().frame.id.tolist())
