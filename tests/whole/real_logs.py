"""Logs written by the real tools, and the totals that they come to."""

import json
import shutil
from pathlib import Path
from typing import Any

IMPORTERS = Path(__file__).resolve().parents[1] / "importers"
FOLDERS = {"claude_code": ".claude", "codex": ".codex", "gemini_cli": ".gemini"}
# requests, fresh input, cache read, cache write, output, reasoning
TOTALS = {
    "claude-code": (25, 283, 58_300, 22_750, 1_546),
    "codex": (10, 23_760, 10_240, 0, 840),
    "gemini-cli": (5, 10_628, 3_072, 0, 379),
}
REASONING = {"codex": 160, "gemini-cli": 100}


def copy_into(home: Path) -> None:
    """Lay the real logs into a home folder."""
    for tool, folder in FOLDERS.items():
        logs = IMPORTERS / tool / "real"
        inner = logs / folder  # some are kept as a whole home, some as the tool's own folder
        shutil.copytree(inner if inner.exists() else logs, home / folder, dirs_exist_ok=True)


def totals(stats: str) -> dict[str, tuple[int, ...]]:
    """Return the totals by tool that `stats --by tool --json` printed."""
    groups: list[dict[str, Any]] = json.loads(stats)["groups"]
    return {group["key"]: _counted(group) for group in groups}


def reasoning(stats: str) -> dict[str, int]:
    """Return the reasoning tokens by tool, where there are any."""
    groups: list[dict[str, Any]] = json.loads(stats)["groups"]
    return {g["key"]: g["usage"]["reasoning"] for g in groups if g["usage"]["reasoning"]}


def _counted(group: dict[str, Any]) -> tuple[int, ...]:
    usage = group["usage"]
    kinds = ("input", "cache_read", "cache_write", "output")
    return (group["requests"], *(usage[kind] for kind in kinds))
