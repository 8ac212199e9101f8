"""Every way that text takes through a repository, with the truth known."""

from pathlib import Path

import pytest

from ledger.core.errors import GitError
from ledger.core.evidence import Fate, Horizon
from ledger.evidence.change import Change, change_between
from ledger.evidence.features import Counts, gram_counts, line_hashes
from ledger.evidence.fingerprint import fingerprint
from ledger.evidence.survival import Measure, measure
from ledger.flows.evidence.locator import ChangeLocator
from ledger.flows.evidence.repository import BlobFeatures, Repository
from ledger.flows.evidence.survival import (
    FRESH_S,
    PATIENCE_S,
    FilePresence,
    GitSurvival,
    Presence,
    SurvivalQuery,
    fate_of,
    measure_at,
    measure_now,
    total_of,
)
from tests.git_worlds import (
    DAY_S,
    EDIT_S,
    KEY,
    World,
    code,
    edited,
    fates,
    function,
    git,
    looked,
)

OLD = code(1, 2, 3)
NEW = code(1, 11, 2, 12, 13, 3)
HALF = code(1, 11, 2, 3)


def begun(tmp_path: Path) -> World:
    return World.begun(tmp_path / "r", tool=OLD, other=code(4, 5))


def test_untouched_output_survives_whole_at_every_horizon(tmp_path: Path):
    world = begun(tmp_path).commit("the edit", at=0.1, tool=NEW)
    survivals = looked(edited(world, "tool", OLD, NEW))
    assert list(survivals) == list(Horizon)
    assert [survival.anywhere for survival in survivals.values()] == [1.0] * 4
    assert [survival.landed for survival in survivals.values()] == [1.0] * 4
    assert fates(survivals) == {Fate.MEASURED}
    assert {(survival.lines, survival.lines_left) for survival in survivals.values()} == {(24, 24)}
    assert {survival.commit for survival in survivals.values()} == {world.head()}


def test_a_horizon_that_has_not_come_is_not_measured(tmp_path: Path):
    world = begun(tmp_path).commit("the edit", at=0.1, tool=NEW)
    assert list(looked(edited(world, "tool", OLD, NEW), day=3)) == [Horizon.NOW, Horizon.DAY]


def test_what_was_measured_is_not_looked_at_again(tmp_path: Path):
    world = begun(tmp_path).commit("the edit", at=0.1, tool=NEW)
    known = frozenset({Horizon.DAY, Horizon.WEEK})
    survivals = looked(edited(world, "tool", OLD, NEW), measured=known)
    assert list(survivals) == [Horizon.NOW, Horizon.MONTH]


def test_reverted_output_is_gone_from_the_day_of_the_revert(tmp_path: Path):
    world = begun(tmp_path).commit("the edit", at=0.1, tool=code(1, 11, 12, 13, 3))
    trace = edited(world, "tool", OLD, code(1, 11, 12, 13, 3))
    world.commit("back", at=4, tool=OLD)
    survivals = looked(trace)
    assert [survival.anywhere for survival in survivals.values()] == [0.0, 1.0, 0.0, 0.0]
    assert survivals[Horizon.DAY].fate is Fate.MEASURED
    assert survivals[Horizon.WEEK].fate is Fate.REVERTED


def test_half_of_it_deleted_is_half(tmp_path: Path):
    world = begun(tmp_path).commit("the edit", at=0.1, tool=code(1, 11, 12, 2, 13, 14, 3))
    trace = edited(world, "tool", OLD, code(1, 11, 12, 2, 13, 14, 3))
    world.commit("less", at=3, tool=code(1, 11, 2, 14, 3))
    week = looked(trace)[Horizon.WEEK]
    assert week.anywhere is not None
    assert abs(week.anywhere - 0.5) <= 0.05
    assert (week.lines, week.lines_left) == (32, 16)


def test_a_renamed_file_is_followed(tmp_path: Path):
    world = begun(tmp_path).commit("the edit", at=0.1, tool=NEW)
    trace = edited(world, "tool", OLD, NEW)
    world.git("mv", "tool.py", "instrument.py")
    world.commit("rename", at=3)
    assert looked(trace)[Horizon.WEEK].anywhere == 1.0
    assert looked(trace)[Horizon.NOW].anywhere == 1.0


def test_a_new_file_is_followed_when_it_is_renamed(tmp_path: Path):
    world = begun(tmp_path).commit("the edit", at=0.1, fresh=code(20, 21))
    trace = edited(world, "fresh", "", code(20, 21))
    world.git("mv", "fresh.py", "renamed.py")
    world.commit("rename", at=2)
    world.commit("change every third line", at=3, renamed=code(20, 21).replace("_", "__", 6))
    week = looked(trace)[Horizon.WEEK]
    assert week.anywhere is not None
    assert week.anywhere > 0.6


def test_text_that_moved_to_another_file_is_found(tmp_path: Path):
    world = begun(tmp_path).commit("the edit", at=0.1, tool=NEW)
    trace = edited(world, "tool", OLD, NEW)
    world.commit("move", at=3, tool=OLD, other=code(4, 11, 12, 13, 5))
    survivals = looked(trace)
    assert survivals[Horizon.WEEK].anywhere == 1.0
    assert survivals[Horizon.NOW].anywhere == 1.0
    assert survivals[Horizon.WEEK].fate is Fate.MEASURED


def test_text_that_stood_in_the_other_file_before_is_no_move(tmp_path: Path):
    world = World.begun(tmp_path / "r", tool=OLD, other=code(11, 12, 13))
    world.commit("the edit", at=0.1, tool=NEW)
    trace = edited(world, "tool", OLD, NEW)
    world.commit("back", at=3, tool=OLD, other=code(11, 12, 13, 5))
    assert looked(trace)[Horizon.WEEK].anywhere == 0.0


def test_a_squash_keeps_what_is_kept(tmp_path: Path):
    world = begun(tmp_path)
    world.git("switch", "--quiet", "--create", "work")
    world.commit("one", at=0.1, tool=code(1, 11, 2, 3)).commit("two", at=0.2, tool=NEW)
    world.git("switch", "--quiet", "main", at=2)
    world.git("merge", "--squash", "work", at=2)
    world.commit("squashed", at=2)
    world.git("branch", "--quiet", "-D", "work", at=2)
    survivals = looked(edited(world, "tool", OLD, NEW))
    assert survivals[Horizon.DAY].landed == 0.0
    assert survivals[Horizon.DAY].anywhere == 1.0
    assert survivals[Horizon.WEEK].landed == 1.0


def test_a_rebase_a_cherry_pick_and_an_amend_change_nothing(tmp_path: Path):
    world = begun(tmp_path)
    world.git("switch", "--quiet", "--create", "work")
    world.commit("the edit", at=0.1, tool=NEW)
    trace = edited(world, "tool", OLD, NEW)
    world.git("switch", "--quiet", "main", at=1)
    world.commit("meanwhile", at=1, other=code(4, 6, 5))
    world.git("switch", "--quiet", "work", at=2)
    world.git("rebase", "--quiet", "main", at=2)
    assert looked(trace, day=2.5)[Horizon.NOW].anywhere == 1.0
    world.git("switch", "--quiet", "main", at=3)
    world.git("cherry-pick", "work", at=3)
    world.git("commit", "--quiet", "--amend", "--message", "amended", at=5)
    survivals = looked(trace)
    assert survivals[Horizon.DAY].anywhere == 1.0
    assert survivals[Horizon.WEEK].landed == 1.0


def test_a_branch_that_was_forced_away_is_found_in_the_reflog(tmp_path: Path):
    world = begun(tmp_path).commit("the edit", at=0.1, tool=NEW)
    trace = edited(world, "tool", OLD, NEW)
    world.git("reset", "--quiet", "--hard", "HEAD~1", at=10)
    world.commit("something else", at=10, other=code(4, 6))
    survivals = looked(trace)
    assert survivals[Horizon.WEEK].landed == 1.0
    assert survivals[Horizon.MONTH].landed == 0.0
    assert survivals[Horizon.NOW].anywhere == 0.0


def test_a_shallow_clone_knows_the_present_and_not_the_past(tmp_path: Path):
    world = begun(tmp_path).commit("the edit", at=0.1, tool=NEW).commit("later", at=20, x="y = 1\n")
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{world.root}", "shallow", day=25)
    copy = World(tmp_path / "shallow")
    survivals = looked(edited(copy, "tool", OLD, NEW))
    assert survivals[Horizon.NOW].landed == 1.0
    assert survivals[Horizon.WEEK].landed is None
    assert survivals[Horizon.WEEK].anywhere == 1.0  # what is there now was there then
    copy.write(tool=HALF)
    copy.commit("less", at=26)
    copy.git("remote", "remove", "origin")
    assert looked(edited(copy, "tool", OLD, NEW))[Horizon.WEEK].fate is Fate.UNKNOWN


def test_a_partial_clone_is_never_completed(tmp_path: Path):
    world = begun(tmp_path).commit("the edit", at=0.1, tool=NEW).commit("less", at=20, tool=HALF)
    world.git("config", "uploadpack.allowFilter", "true")
    arguments = ("clone", "--quiet", "--filter=blob:none", f"file://{world.root}", "partial")
    git(tmp_path, *arguments, day=25)
    copy = World(tmp_path / "partial")
    objects = sorted(path.name for path in (copy.root / ".git").rglob("*"))
    survivals = looked(edited(copy, "tool", OLD, NEW))
    assert survivals[Horizon.WEEK].fate is Fate.UNKNOWN  # that day's file is not in the clone
    assert survivals[Horizon.WEEK].landed is None
    assert survivals[Horizon.NOW].fate is Fate.MEASURED
    assert survivals[Horizon.NOW].lines_left == 8
    assert sorted(path.name for path in (copy.root / ".git").rglob("*")) == objects


def test_a_linked_work_tree_is_looked_at_with_its_own_branch(tmp_path: Path):
    world = begun(tmp_path)
    world.git("worktree", "add", "--quiet", "-b", "side", "../side")
    side = World(tmp_path / "side").commit("the edit", at=0.1, tool=NEW)
    survivals = looked(edited(side, "tool", OLD, NEW))
    assert survivals[Horizon.WEEK].anywhere == 1.0
    assert survivals[Horizon.WEEK].landed == 0.0


def test_a_work_tree_inside_the_repository_that_is_gone_is_looked_for_in_the_repository(
    tmp_path: Path,
):
    world = begun(tmp_path).commit("merged", at=2, tool=NEW)
    inner = World(world.root / ".claude" / "worktrees" / "calm-otter")
    assert looked(edited(inner, "tool", OLD, NEW))[Horizon.WEEK].landed == 1.0


def test_a_submodule_is_a_repository_of_its_own(tmp_path: Path):
    part = World.begun(tmp_path / "part", tool=OLD)
    world = World.begun(tmp_path / "whole", x="value = 1\n")
    world.git("submodule", "--quiet", "add", f"file://{part.root}", "inner")
    world.commit("with a part", at=-1)
    inner = World(world.root / "inner").commit("the edit", at=0.1, tool=NEW)
    assert looked(edited(inner, "tool", OLD, NEW))[Horizon.WEEK].landed == 1.0


def test_a_deleted_repository_is_unknown_and_not_thrown_away(tmp_path: Path):
    gone = World(tmp_path / "gone")
    survivals = looked(edited(gone, "tool", OLD, NEW))
    assert fates(survivals) == {Fate.UNKNOWN}
    assert [survival.anywhere for survival in survivals.values()] == [None] * 4
    World.begun(tmp_path / "r", x="value = 1\n")
    inside = World(tmp_path / "r" / "gone")
    assert fates(looked(edited(inside, "tool", OLD, NEW))) == {Fate.UNKNOWN}


def test_a_deleted_file_of_a_project_that_is_there_is_gone(tmp_path: Path):
    world = begun(tmp_path)
    trace = edited(world, "sub__tool", "", NEW)
    survivals = looked(trace, directory=str(world.root))
    assert survivals[Horizon.NOW].anywhere == 0.0
    assert fates(looked(trace)) == {Fate.UNKNOWN}


def test_what_was_never_committed_is_parked_after_a_week(tmp_path: Path):
    world = begun(tmp_path)
    world.write(tool=NEW)
    trace = edited(world, "tool", OLD, NEW)
    assert looked(trace, day=3)[Horizon.NOW].fate is Fate.MEASURED
    survivals = looked(trace, day=9)
    assert survivals[Horizon.WEEK].fate is Fate.PARKED
    assert survivals[Horizon.NOW].fate is Fate.PARKED
    assert survivals[Horizon.WEEK].landed == 0.0
    assert survivals[Horizon.WEEK].anywhere == 1.0
    world.commit("at last", at=9.5)
    assert looked(trace)[Horizon.WEEK].fate is Fate.MEASURED


def test_what_a_later_edit_of_the_ai_replaced_is_superseded(tmp_path: Path):
    world = begun(tmp_path).commit("the edit", at=0.1, tool=NEW)
    first = edited(world, "tool", OLD, NEW)
    rewritten = code(1, 31, 2, 32, 33, 3)
    world.commit("the next edit", at=2, tool=rewritten)
    survivals = looked(first, later=(edited(world, "tool", NEW, rewritten),))
    assert survivals[Horizon.WEEK].fate is Fate.SUPERSEDED
    assert looked(first)[Horizon.WEEK].fate is Fate.MEASURED


def test_a_file_outside_any_repository_is_known_only_as_it_is_now(tmp_path: Path):
    folder = World(tmp_path / "loose")
    folder.write(tool=NEW)
    survivals = looked(edited(folder, "tool", OLD, NEW))
    assert survivals[Horizon.NOW].anywhere == 1.0
    assert survivals[Horizon.WEEK].anywhere == 1.0
    assert survivals[Horizon.NOW].landed is None
    folder.write(tool=HALF)
    survivals = looked(edited(folder, "tool", OLD, NEW))
    assert survivals[Horizon.NOW].lines_left == 8
    assert survivals[Horizon.WEEK].fate is Fate.UNKNOWN
    folder.path("tool").unlink()
    assert looked(edited(folder, "tool", OLD, NEW))[Horizon.NOW].fate is Fate.UNKNOWN


def test_a_small_change_is_too_small_to_measure(tmp_path: Path):
    world = begun(tmp_path)
    world.write(tool=OLD + "x = 1\n")
    survivals = looked(edited(world, "tool", OLD, OLD + "x = 1\n"))
    assert fates(survivals) == {Fate.TOO_SMALL}


def test_a_removal_counts_by_what_is_still_away(tmp_path: Path):
    world = World.begun(tmp_path / "r", tool=NEW).commit("less", at=0.1, tool=OLD)
    trace = edited(world, "tool", NEW, OLD)
    assert looked(trace)[Horizon.WEEK].anywhere == 1.0
    world.commit("back again", at=3, tool=NEW)
    week = looked(trace)[Horizon.WEEK]
    assert (week.anywhere, week.fate) == (0.0, Fate.REVERTED)


def test_generated_files_of_the_repository_are_left_out(tmp_path: Path):
    world = begun(tmp_path)
    (world.root / ".gitattributes").write_text("tool.py linguist-generated=true\n")
    world.commit("the edit", at=0.1, tool=NEW)
    assert fates(looked(edited(world, "tool", OLD, NEW))) == {Fate.TOO_SMALL}


def test_two_files_count_by_the_size_of_their_changes(tmp_path: Path):
    world = begun(tmp_path)
    world.commit("the edit", at=0.1, tool=NEW, other=code(4, 21, 5))
    trace = [edited(world, "tool", OLD, NEW), edited(world, "other", code(4, 5), code(4, 21, 5))]
    world.commit("half back", at=3, other=code(4, 5))
    week = looked(trace)[Horizon.WEEK]
    assert week.anywhere is not None
    assert abs(week.anywhere - 0.75) < 0.02


def test_edits_of_which_only_the_replaced_text_is_known_are_netted_by_the_commit_before(
    tmp_path: Path,
):
    world = begun(tmp_path).commit("the edit", at=0.1, tool=NEW)
    pairs = (("", function(11)), (function(2), function(2) + function(12) + function(13)))
    trace = fingerprint(None, None, pairs, KEY, str(world.path("tool")))
    assert looked(trace)[Horizon.WEEK].anywhere == 1.0
    world.commit("back", at=3, tool=OLD)
    assert looked(trace)[Horizon.WEEK].anywhere == 0.0


def test_the_commit_that_brought_an_output_to_the_default_branch_is_named(tmp_path: Path):
    world = begun(tmp_path).commit("before it", at=0.05, tool=OLD + "# a remark\n")
    world.commit("the edit", at=0.1, tool=NEW)
    brought = world.head()
    world.commit("later", at=2, tool=NEW + "# another remark\n")
    query = SurvivalQuery(7, EDIT_S * 1000, (edited(world, "tool", OLD, NEW),))
    with GitSurvival(KEY) as repositories:
        assert repositories.landing(query) == brought
        nowhere = SurvivalQuery(7, EDIT_S * 1000, (edited(world, "tool", OLD, code(50, 51)),))
        assert repositories.landing(nowhere) == ""


def test_the_week_is_held_against_the_repository_s_own_median(tmp_path: Path):
    world = begun(tmp_path)
    for number in range(6):
        world.commit("ordinary", at=0.1 + number / 10, **{f"f{number}": code(100 + number)})
    world.commit("two of them go", at=3, f0="", f1="")
    world.commit("the edit", at=0.9, tool=NEW)
    survivals = looked(edited(world, "tool", OLD, NEW))
    assert survivals[Horizon.WEEK].baseline == 1.0
    assert survivals[Horizon.MONTH].baseline is None


class EnoughError(Exception):
    """The caller has had enough."""


def test_a_caller_can_stop_the_work_between_its_pieces(tmp_path: Path):
    def pause() -> None:
        raise EnoughError

    world = begun(tmp_path).commit("the edit", at=0.1, tool=NEW)
    query = SurvivalQuery(7, EDIT_S * 1000, (edited(world, "tool", OLD, NEW),))
    with pytest.raises(EnoughError), GitSurvival(KEY, pause) as repositories:
        repositories.survivals(query, (EDIT_S + DAY_S) * 1000)


def test_without_git_only_the_present_is_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    from ledger.host import git

    world = begun(tmp_path).commit("the edit", at=0.1, tool=NEW)
    trace = edited(world, "tool", OLD, NEW)
    monkeypatch.setattr(git, "program", no_git)
    survivals = looked(trace)
    assert (survivals[Horizon.NOW].anywhere, survivals[Horizon.NOW].landed) == (1.0, None)


def no_git() -> str:
    raise GitError("Git was not found.")


def test_a_repository_that_breaks_midway_is_unknown_and_not_asked_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    world = begun(tmp_path).commit("the edit", at=0.1, tool=NEW)
    query = SurvivalQuery(7, EDIT_S * 1000, (edited(world, "tool", OLD, NEW),))
    asked_refs = []

    def broken(root: str, ref: str) -> None:
        asked_refs.append(ref)
        raise GitError("Git did not answer.")

    monkeypatch.setattr("ledger.host.git_history.commits", broken)
    with GitSurvival(KEY) as repositories:
        for _ in range(2):
            survivals = repositories.survivals(query, (EDIT_S + 9 * DAY_S) * 1000)
            assert survivals[0].fate in {Fate.UNKNOWN, Fate.MEASURED}
    assert len(asked_refs) == 1


def test_hostile_paths_are_unknown(tmp_path: Path):
    paths = ("", "relative.py", "/a\nb.py", "/a\0b.py", "/dev/zero", "/../../etc/passwd", "/")
    for path in paths:
        trace = fingerprint("", NEW, (), KEY, path)
        assert Fate.MEASURED not in fates(looked(trace))


def test_nothing_is_written_into_the_repository(tmp_path: Path):
    world = begun(tmp_path).commit("the edit", at=0.1, tool=NEW)
    world.write(tool=HALF)
    before = {path: path.stat().st_mtime_ns for path in world.root.rglob("*")}
    looked(edited(world, "tool", OLD, NEW))
    assert {path: path.stat().st_mtime_ns for path in world.root.rglob("*")} == before


OLD_PAIR, NEW_PAIR = code(1, 2), code(1, 11, 12, 2)
WEEK_S, NOW_S = EDIT_S + 7 * DAY_S, EDIT_S + 30 * DAY_S


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World.begun(tmp_path / "r", tool=OLD_PAIR)


@pytest.fixture
def locate(opened):
    def build(world: World) -> ChangeLocator:
        change = change_between([OLD_PAIR], [NEW_PAIR], KEY, whole=True)
        return ChangeLocator(opened(world), "tool.py", change, EDIT_S)

    return build


def shares(presence: Presence) -> list[float | None]:
    return [
        measure.kept if measure else None
        for measure in (presence.anywhere, presence.landed, presence.committed)
    ]


def test_the_branch_of_the_edit_counts_also_when_another_one_is_checked_out(world: World, locate):
    world.git("switch", "--quiet", "--create", "side")
    world.commit("edit", at=0.1, tool=NEW_PAIR)
    world.git("switch", "--quiet", "main", at=0.2)
    locator = locate(world)
    assert shares(measure_now(locator, "")) == [0.0, 0.0, 0.0]
    now = measure_now(locator, "side")
    assert shares(now) == [1.0, 0.0, 1.0]
    assert shares(measure_at(locator, "side", WEEK_S, Presence(now.landed), NOW_S)) == [
        1.0,
        0.0,
        1.0,
    ]


def test_what_is_there_now_was_there_then(world: World, locate):
    world.commit("late", at=20, tool=NEW_PAIR)
    locator = locate(world)
    then = measure_at(locator, "", WEEK_S, measure_now(locator, ""), NOW_S)
    assert shares(then) == [1.0, 0.0, 1.0]
    assert then.commit == locator.repository.at(locator.repository.refs.defaults[0], WEEK_S)[0]


def test_without_a_past_the_present_speaks_only_while_it_is_fresh_or_whole(tmp_path: Path):
    change = change_between([OLD_PAIR], [NEW_PAIR], KEY, whole=True)
    (tmp_path / "tool.py").write_text(code(1, 11, 2))
    outside = Repository.outside(str(tmp_path), BlobFeatures(KEY))
    locator = ChangeLocator(outside, "tool.py", change, EDIT_S)
    now = measure_now(locator, "")
    assert shares(now)[1:] == [None, None]
    assert measure_at(locator, "", WEEK_S, now, WEEK_S + FRESH_S).anywhere is not None
    assert measure_at(locator, "", WEEK_S, now, WEEK_S + FRESH_S + 1) == Presence()
    (tmp_path / "tool.py").write_text(NEW_PAIR)
    now = measure_now(ChangeLocator(outside, "tool.py", change, EDIT_S), "")
    assert shares(measure_at(locator, "", WEEK_S, now, NOW_S))[0] == 1.0


OLD_TEXT, NEW_TEXT = code(1, 2), code(1, 3, 4, 2)


def changed(before: str, after: str) -> Change:
    return change_between([before], [after], KEY, whole=True)


def held(text: str, change: Change | None = None) -> Measure:
    lines = Counts.of(line_hashes(text, KEY))
    return measure(change or changed(OLD_TEXT, NEW_TEXT), lines, lambda: gram_counts(text, KEY))


def presence(anywhere: str, landed: str | None = None, committed: str | None = None) -> Presence:
    beside = [held(text) if text is not None else None for text in (landed, committed)]
    return Presence(held(anywhere), *beside)


def fate(*files: FilePresence, age_s: int = PATIENCE_S) -> Fate:
    totals = total_of(files, 0)
    assert totals is not None
    return fate_of(files, totals[0], age_s)


def test_what_is_there_is_measured():
    file = FilePresence(presence(NEW_TEXT, NEW_TEXT, NEW_TEXT), 10, ())
    assert fate(file) is Fate.MEASURED
    totals = total_of([file], 0)
    assert totals is not None
    assert (totals[0].kept, totals[1]) == (1.0, 1.0)


def test_more_unknown_than_known_is_unknown():
    known, unknown = FilePresence(presence(NEW_TEXT), 10, ()), FilePresence(Presence(), 11, ())
    assert total_of([known, unknown], 0) is None
    assert total_of([known], 11) is None
    assert total_of([known], 10) is not None
    assert total_of([], 1) is None


def test_nothing_to_look_for_is_too_small():
    totals = total_of([], 0)
    assert totals is not None
    assert fate_of([], totals[0], 0) is Fate.TOO_SMALL


def test_a_file_of_which_the_default_branch_is_unknown_leaves_the_share_open():
    totals = total_of(
        [
            FilePresence(presence(NEW_TEXT, NEW_TEXT), 10, ()),
            FilePresence(presence(NEW_TEXT), 10, ()),
        ],
        0,
    )
    assert totals is not None
    assert totals[1] is None


def test_what_waits_for_its_first_commit_is_parked_after_a_week():
    waiting = FilePresence(presence(NEW_TEXT, OLD_TEXT, OLD_TEXT), 10, ())
    assert fate(waiting) is Fate.PARKED
    assert fate(waiting, age_s=PATIENCE_S - 1) is Fate.MEASURED
    assert fate(FilePresence(presence(NEW_TEXT), 10, ())) is Fate.MEASURED  # outside any repository


def test_back_as_it_was_is_reverted_whoever_did_it():
    change = changed(OLD_TEXT, code(1, 3))
    back = FilePresence(Presence(held(OLD_TEXT, change)), 10, (changed(code(1, 3), OLD_TEXT),))
    assert fate(back) is Fate.REVERTED


def test_what_the_ai_wrote_anew_is_superseded():
    later = code(1, 5, 6, 2)
    assert fate(FilePresence(presence(later), 10, (changed(NEW_TEXT, later),))) is Fate.SUPERSEDED
    assert fate(FilePresence(presence(later), 10, ())) is not Fate.SUPERSEDED
    assert fate(FilePresence(presence(NEW_TEXT), 10, (changed(NEW_TEXT, later),))) is Fate.MEASURED
