"""The whole program as a process, on logs that the real tools wrote."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

REAL = Path(__file__).resolve().parents[1] / "importers"
COUNTERS = ("input", "cache_read", "cache_write", "output", "reasoning")
GOLDEN = {
    "claude-code": (25, 283, 58_300, 22_750, 1_546, 0),
    "codex": (10, 23_760, 10_240, 0, 840, 160),
    "gemini-cli": (5, 10_628, 3_072, 0, 379, 100),
}


def program(*arguments):
    result = subprocess.run(
        [sys.executable, "-m", "ledger", *arguments], capture_output=True, text=True, timeout=120
    )
    assert result.returncode == 0, result.stderr
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.fixture
def home(scratch_home):
    """A home folder as the three tools left it."""
    shutil.copytree(REAL / "claude_code" / "real" / ".claude", scratch_home / ".claude")
    shutil.copytree(REAL / "codex" / "real", scratch_home / ".codex")
    shutil.copytree(REAL / "gemini_cli" / "real", scratch_home / ".gemini")
    return scratch_home


def totals():
    [value] = program("stats", "--by", "tool", "--json")
    counters_by_tool = {}
    for group in value["groups"]:
        usage = group["usage"]
        counters = (
            usage[name] for name in ("input", "cache_read", "cache_write", "output", "reasoning")
        )
        counters_by_tool[group["key"]] = (group["requests"], *counters)
    return counters_by_tool


def test_real_logs_give_the_golden_totals_however_often_they_are_imported(home):
    program("import", "--json")
    assert totals() == GOLDEN
    program("import", "--json")
    shutil.copytree(home / ".claude", home / ".config" / "claude", dirs_exist_ok=True)
    program("import", "--json")
    assert totals() == GOLDEN


def test_every_grouping_adds_up_to_the_same(home):
    program("import", "--json")
    for by in ("model", "project", "day", "all"):
        [value] = program("stats", "--by", by, "--json")
        assert sum(group["requests"] for group in value["groups"]) == 40
        assert sum(group["usage"]["output"] for group in value["groups"]) == 2_765


def test_prompts_of_the_person_and_nothing_else_are_interactions(home):
    program("import", "--json")
    [value] = program("stats", "--by", "tool", "--json")
    counts = {group["key"]: group["interactions"] for group in value["groups"]}
    assert counts == {"claude-code": 10, "codex": 6, "gemini-cli": 2}


def test_a_tag_outlives_its_log_and_a_second_import(home):
    program("import", "--json")
    rows = program("list", "--json")
    program("tag", rows[0]["id"], "kept", "--json")
    shutil.rmtree(home / ".codex")
    program("import", "--json")
    assert totals() == GOLDEN
    assert program("list", "--json")[0]["tag"] == "kept"
