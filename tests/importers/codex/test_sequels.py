from pathlib import Path

import pytest

from ledger.importers.codex.importer import Codex
from ledger.importers.codex.sequels import sequels

THREAD = "01a22e5a-8041-7601-ab18-b389736d1e5a"
OTHER = "01a22e5a-8041-7601-ab18-b389736d1e5b"
BRANCH = "01a22e5a-ab8f-7063-89b4-5c52d54bf253"


def rollout(folder: Path, time: str, thread: str, branch: str = "", ending: str = ".jsonl") -> Path:
    name = f"rollout-{time}-{thread}{'_' if branch else ''}{branch}{ending}"
    path = (
        folder.joinpath(*time[:10].split("-")) / name
        if folder.name == "sessions"
        else folder / name
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"")
    return path


def test_going_back_leads_to_another_rollout_of_the_thread(tmp_path: Path):
    first = rollout(tmp_path / "sessions", "2026-11-30T21-26-52", THREAD)
    second = rollout(tmp_path / "sessions", "2026-11-30T21-27-03", THREAD, BRANCH)
    third = rollout(tmp_path / "sessions", "2026-12-02T09-00-00", THREAD, OTHER, ".jsonl.zst")
    assert sequels(first) == Codex().sequels(first) == (second, third)
    assert sequels(second) == (third,)
    assert sequels(third) == ()


def test_a_sequel_may_have_been_archived(tmp_path: Path):
    first = rollout(tmp_path / "sessions", "2026-11-30T21-26-52", THREAD)
    second = rollout(tmp_path / "archived_sessions", "2026-12-01T21-27-03", THREAD, BRANCH)
    assert sequels(first) == (second,)


def test_a_sequel_that_comes_later_is_found(tmp_path: Path):
    first = rollout(tmp_path / "sessions", "2026-11-30T21-26-52", THREAD)
    assert sequels(first) == ()
    second = rollout(tmp_path / "sessions", "2026-11-30T21-27-03", THREAD, BRANCH)
    assert sequels(first) == (second,)


@pytest.mark.parametrize(("thread", "branch"), [(OTHER, BRANCH), (THREAD, ""), (OTHER, THREAD)])
def test_other_rollouts_are_no_sequels(tmp_path: Path, thread: str, branch: str):
    first = rollout(tmp_path / "sessions", "2026-11-30T21-26-52", THREAD)
    rollout(tmp_path / "sessions", "2026-11-30T21-27-03", thread, branch)
    assert sequels(first) == ()


def test_a_file_that_lies_or_is_called_otherwise_has_none(tmp_path: Path):
    rollout(tmp_path / "sessions", "2026-11-30T21-27-03", THREAD, BRANCH)
    assert sequels(tmp_path / "sessions" / "alpha.jsonl") == ()
    assert sequels(tmp_path / f"rollout-2026-11-30T21-26-52-{THREAD}.jsonl") == ()
