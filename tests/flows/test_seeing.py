"""All branches that matter are looked at, and what is there now was there before."""

from pathlib import Path

import pytest

from ledger.evidence.change import change_between
from ledger.flows.blob_features import BlobFeatures
from ledger.flows.fates import Seen
from ledger.flows.repository import Repository
from ledger.flows.seeing import FRESH_S, seen_at, seen_now
from ledger.flows.sighting import Sighting
from tests.git_worlds import DAY_S, EDIT_S, KEY, World, code

OLD, NEW = code(1, 2), code(1, 11, 12, 2)
WEEK_S, NOW_S = EDIT_S + 7 * DAY_S, EDIT_S + 30 * DAY_S


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World.begun(tmp_path / "r", tool=OLD)


@pytest.fixture
def sighted(opened):
    def look(world: World) -> Sighting:
        change = change_between([OLD], [NEW], KEY, whole=True)
        return Sighting(opened(world), "tool.py", change, EDIT_S)

    return look


def shares(seen: Seen) -> list[float | None]:
    return [one.kept if one else None for one in (seen.anywhere, seen.landed, seen.committed)]


def test_the_branch_of_the_edit_counts_also_when_another_one_is_checked_out(world: World, sighted):
    world.git("switch", "--quiet", "--create", "side")
    world.commit("edit", at=0.1, tool=NEW)
    world.git("switch", "--quiet", "main", at=0.2)
    one = sighted(world)
    assert shares(seen_now(one, "")) == [0.0, 0.0, 0.0]
    now = seen_now(one, "side")
    assert shares(now) == [1.0, 0.0, 1.0]
    assert shares(seen_at(one, "side", WEEK_S, Seen(now.landed), NOW_S)) == [1.0, 0.0, 1.0]


def test_what_is_there_now_was_there_then(world: World, sighted):
    world.commit("late", at=20, tool=NEW)
    one = sighted(world)
    then = seen_at(one, "", WEEK_S, seen_now(one, ""), NOW_S)
    assert shares(then) == [1.0, 0.0, 1.0]
    assert then.commit == one.repository.at(one.repository.refs.defaults[0], WEEK_S)[0]


def test_without_a_past_the_present_speaks_only_while_it_is_fresh_or_whole(tmp_path: Path):
    change = change_between([OLD], [NEW], KEY, whole=True)
    (tmp_path / "tool.py").write_text(code(1, 11, 2))
    outside = Repository.outside(str(tmp_path), BlobFeatures(KEY))
    one = Sighting(outside, "tool.py", change, EDIT_S)
    now = seen_now(one, "")
    assert shares(now)[1:] == [None, None]
    assert seen_at(one, "", WEEK_S, now, WEEK_S + FRESH_S).anywhere is not None
    assert seen_at(one, "", WEEK_S, now, WEEK_S + FRESH_S + 1) == Seen()
    (tmp_path / "tool.py").write_text(NEW)
    now = seen_now(Sighting(outside, "tool.py", change, EDIT_S), "")
    assert shares(seen_at(one, "", WEEK_S, now, NOW_S))[0] == 1.0
