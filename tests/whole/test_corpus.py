"""Generated logs with a known truth: every bucket counted is the one that was written."""

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from ledger.core.model_names import canonical
from tests.bench import corpus
from tests.whole.running import command_output, doctor_is_content

TOOLS = {"claude": "claude-code", "codex": "codex"}
COUNTERS = ("input", "cache_read", "cache_write", "output")


@pytest.fixture(autouse=True)
def in_utc(monkeypatch):
    """Days of the truth are days of UTC."""
    monkeypatch.setenv("TZ", "UTC")


def written(home: Path, size: str, seed: int) -> dict:
    """Write logs of this size below a home folder and return what is true of them."""
    command = [sys.executable, corpus.__file__, "--bytes", size, "--seed", str(seed)]
    subprocess.run([*command, "--force", "--out", str(home)], check=True, capture_output=True)
    return json.loads((home / "expected.json").read_text())


def summed(buckets: dict[str, dict], name_of) -> dict[str, tuple[int, ...]]:
    """Return (requests, input, cache read, cache write, output) of each bucket."""
    totals: dict[str, Counter[str]] = {}
    for key, bucket in buckets.items():
        totals.setdefault(name_of(key), Counter()).update(bucket)
    return {
        name: (total["interactions"], *(total[counter] for counter in COUNTERS))
        for name, total in totals.items()
        if total["interactions"]
    }


def counted(by: str) -> dict[str, tuple[int, ...]]:
    """Return the same of what the program says; groups without a request say nothing here."""
    [value] = command_output("stats", "--by", by)
    return {
        group["key"]: (
            group["requests"],
            *(group["usage"][counter] for counter in COUNTERS),
        )
        for group in value["groups"]
        if group["requests"]
    }


def differences(truth: dict) -> dict[str, dict]:
    """Return every bucket that is not as it was written: (truth, counted)."""
    ways = {
        "tool": summed(truth["by_source"], lambda key: TOOLS[key]),
        "model": summed(truth["by_model"], lambda key: canonical(key.partition("|")[2])),
        "project": summed(truth["by_project"], str),
        "day": summed(truth["by_day"], str),
        "all": summed({"all": truth["overall"]}, str),
    }
    by_bucket = {}
    for by, true in ways.items():
        ours = counted(by)
        for key in true.keys() | ours.keys():
            if true.get(key) != ours.get(key):
                by_bucket[f"{by} {key}"] = (true.get(key), ours.get(key))
    return by_bucket


def imports_to_the_truth(home: Path, size: str, seed: int) -> dict:
    truth = written(home, size, seed)
    [first] = command_output("import")
    assert first["problems"] == []
    # Bytes that are not UTF-8 break a line, but inside a string they are replaced and it is read.
    assert first["rejected_lines"] <= truth["counts"].get("malformed_lines", 0)
    assert differences(truth) == {}
    return truth


@pytest.mark.parametrize("seed", [1, 3])
def test_every_bucket_is_the_one_that_was_written(scratch_home, seed):
    truth = imports_to_the_truth(scratch_home, "6MB", seed)
    # The traps are there: who falls for one counts something else.
    assert sum(trap["lines"] for trap in truth["traps"].values() if "lines" in trap) > 100
    assert doctor_is_content()


def test_a_bucket_that_differs_by_one_token_is_noticed(scratch_home):
    truth = written(scratch_home, "300KB", 1)
    command_output("import")
    assert differences(truth) == {}
    day = next(key for key, bucket in truth["by_day"].items() if bucket["interactions"])
    truth["by_day"][day]["output"] += 1
    assert list(differences(truth)) == [f"day {day}"]


@pytest.mark.long
def test_every_bucket_of_a_large_tree_is_the_one_that_was_written(scratch_home):
    truth = imports_to_the_truth(scratch_home, "100MB", 7)
    files = sum(len(files) for _, _, files in os.walk(scratch_home / ".claude"))
    print(f"{truth['overall']['interactions']:,} requests in {files:,} Claude Code files, 0 wrong")
