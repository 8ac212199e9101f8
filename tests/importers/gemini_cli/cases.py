"""Builds Gemini CLI logs for tests: the shapes are the tool's, the words are ours."""

import json
from pathlib import Path
from typing import Any

from ledger.core.parts import Batch, Reading
from ledger.importers.gemini_cli.importer import GeminiCli
from ledger.importers.reading import read_file

SESSION = "0d2f6a52-1111-4222-8333-444455556666"
START = "2026-03-01T10:00:00.000Z"


def metadata(**more: Any) -> dict[str, Any]:
    return {
        "sessionId": SESSION,
        "projectHash": "ab" * 32,
        "startTime": START,
        "kind": "main",
    } | more


def user(name: str, prompt: Any, second: int = 1, **more: Any) -> dict[str, Any]:
    content = [{"text": prompt}] if isinstance(prompt, str) else prompt
    return {"id": name, "timestamp": stamp(second), "type": "user", "content": content} | more


def gemini(name: str, second: int = 2, **more: Any) -> dict[str, Any]:
    message = {"id": name, "timestamp": stamp(second), "type": "gemini", "content": "Done."}
    return message | {"tokens": tokens(100, 10), "model": "gemini-2.5-pro"} | more


def info(name: str, words: str, second: int = 3) -> dict[str, Any]:
    return {"id": name, "timestamp": stamp(second), "type": "info", "content": words}


def results(name: str, call: str, second: int = 3) -> dict[str, Any]:
    answer = {"functionResponse": {"id": call, "name": "replace", "response": {"output": "ok"}}}
    return user(name, [answer], second)


def context(*directories: str) -> str:
    listed = "".join(f"  - {directory}\n" for directory in directories)
    return (
        "<session_context>\nThis is the Gemini CLI. We are setting up the context for our chat.\n"
        "My operating system is: linux\n"
        f"- **Workspace Directories:**\n{listed}"
        "- **Directory Structure:**\n\n/home/ada/other/\n├───a.py\n</session_context>"
    )


def tokens(
    fresh: int, output: int, cached: int = 0, thoughts: int = 0, tool: int = 0
) -> dict[str, int]:
    total = fresh + output + thoughts + tool
    return {
        "input": fresh,
        "output": output,
        "cached": cached,
        "thoughts": thoughts,
        "tool": tool,
        "total": total,
    }


def edit_call(name: str = "call-1", status: str = "success", **more: Any) -> dict[str, Any]:
    return {
        "id": name,
        "name": "replace",
        "args": {"file_path": "/home/ada/p/a.py", "old_string": "a\n", "new_string": "b\nc\n"},
        "status": status,
        "timestamp": stamp(3),
    } | more


def stamp(second: int) -> str:
    return f"2026-03-01T10:{second // 60:02}:{second % 60:02}.000Z"


def chats(home: Path, project: str = "p") -> Path:
    folder = home / "tmp" / project / "chats"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def write_log(home: Path, *records: Any, name: str = "session-2026-03-01T10-00-0d2f6a52") -> Path:
    path = chats(home) / f"{name}.jsonl"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(record) + "\n" for record in records))
    return path


def reading(path: Path) -> Reading:
    result = read_file(GeminiCli(), str(path), None)
    assert result.problem == ""
    return result


def batch(home: Path, *records: Any) -> Batch:
    return reading(write_log(home, *records)).batch
