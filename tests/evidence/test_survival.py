"""Netted survival: exact at both ends, within 0 and 1 between, deaf to order and to formatters."""

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.evidence.change import Change, change_between
from ledger.evidence.features import Counts, gram_counts, line_hashes
from ledger.evidence.survival import (  # fmt: skip
    Measure,
    measure,
    moved,
    rebased,
    replaced_share,
    share_left,
    together,
)
from tests.git_worlds import code, function

KEY = b"k" * 32
# Few lines of few words, so that texts share much and lines repeat.
LINE = st.lists(st.sampled_from(["alpha", "beta", "gamma", "=", "(", "1"]), min_size=1, max_size=5)
TEXT = st.lists(LINE.map(" ".join), max_size=14).map("\n".join)


def changed(before: str, after: str) -> Change:
    return change_between([before], [after], KEY, whole=True)


def measured(change: Change, text: str) -> Measure:
    lines = Counts.of(line_hashes(text, KEY))
    return measure(change, lines, lambda: gram_counts(text, KEY))


@settings(max_examples=50)
@given(TEXT, TEXT)
def test_it_is_one_right_after_the_change_and_zero_right_before(before: str, after: str):
    change = changed(before, after)
    assert measured(change, after).kept in {1.0, None}
    assert measured(change, before).kept in {0.0, None}
    assert measured(change, after).removed in {1.0, None}
    assert measured(change, before).removed in {0.0, None}


@settings(max_examples=50)
@given(TEXT, TEXT, TEXT)
def test_it_is_a_share(before: str, after: str, later: str):
    measure_ = measured(changed(before, after), later)
    for share in (measure_.grams, measure_.lines, measure_.kept, measure_.removed):
        assert share is None or 0 <= share <= 1
    assert 0 <= measure_.line_count <= measure_.change.added_lines.total


@settings(max_examples=50)
@given(TEXT, TEXT, TEXT, st.randoms(use_true_random=False))
def test_lines_count_wherever_they_went_in_the_file(before: str, after: str, later: str, random):
    change = changed(before, after)
    shuffled = later.splitlines()
    random.shuffle(shuffled)
    assert measured(change, later).lines == measured(change, "\n".join(shuffled)).lines


@settings(max_examples=50)
@given(TEXT, TEXT, TEXT)
def test_more_text_never_makes_it_less(before: str, after: str, more: str):
    change = changed(before, after)
    shorter = measured(change, after.partition("\n")[0])
    longer = measured(change, after.partition("\n")[0] + "\n\n@@@@\n\n" + more)
    assert (longer.lines or 0) >= (shorter.lines or 0)


@settings(max_examples=50)
@given(TEXT, TEXT)
def test_reformatting_does_not_move_the_grams(before: str, after: str):
    change = changed(before, after)
    wrapped = after.replace(" ", "\n  ").replace("(", "(\n")
    assert measured(change, wrapped).grams == measured(change, after).grams


def test_a_real_formatter_does_not_move_it():
    before, after = code(1, 2), code(1, 11, 2, 12)
    command = [sys.executable, "-m", "ruff", "format", "--isolated", "--line-length", "30", "-"]
    done = subprocess.run(command, input=after, capture_output=True, text=True, check=True)
    assert done.stdout != after
    measure_ = measured(changed(before, after), done.stdout)
    assert measure_.kept == 1.0
    assert (measure_.lines or 0) < 0.8
    assert measure_.line_count == measure_.change.added_lines.total


def test_half_of_it_is_half():
    change = changed(code(1, 2), code(1, 11, 12, 13, 14, 2))
    assert measured(change, code(1, 11, 12, 2)).kept == pytest.approx(0.5, abs=0.05)


def test_a_sample_of_a_large_change_is_within_two_points_of_the_whole():
    seeds = range(100, 700)
    change = changed("", code(*seeds))
    assert len(change.added_grams.hashes) == 2_000 < change.added_grams.total
    left = measured(change, code(*seeds[:360]))
    assert left.grams == pytest.approx(0.6, abs=0.02)


def test_text_that_was_there_before_earns_nothing():
    change = changed(function(1), function(1) + function(2))
    assert measured(change, function(1) * 5).kept == pytest.approx(0, abs=0.05)


def test_only_lines_are_asked_where_they_suffice():
    change = changed("", code(1, 2))

    def refuse() -> Counts:
        raise AssertionError

    assert measure(change, Counts.of(line_hashes(code(1, 2), KEY)), refuse).kept == 1.0


def test_changes_of_which_only_a_part_is_known_are_netted_by_the_file_before():
    change = change_between(["x"], [function(1) + function(2)], KEY, whole=False)
    before = function(1)
    netted = rebased(change, Counts.of(line_hashes(before, KEY)), gram_counts(before, KEY))
    assert measured(change, before).kept != 0
    assert measured(netted, before).kept == 0
    assert measured(netted, function(1) + function(2)).kept == 1


def test_files_count_together_by_their_size():
    large, small = changed("", code(1, 2, 3)), changed("", code(4))
    total = together([measured(large, code(1, 2, 3)), measured(small, "")])
    assert total.kept == pytest.approx(0.75, abs=0.02)
    assert (total.lines, total.lines_left) == (32, 24)
    assert not total.reverted


def test_everything_back_as_it_was_is_a_revert():
    before, after = code(1, 2), code(1, 3)
    assert together([measured(changed(before, after), before)]).reverted
    assert together([measured(changed("", after), "")]).reverted
    assert not together([measured(changed(before, after), code(1, 4))]).reverted


def test_a_removal_is_judged_by_what_is_still_away():
    change = changed(code(1, 2, 3), code(1))
    assert together([measured(change, code(1))]).kept == 1.0
    back = together([measured(change, code(1, 2, 3))])
    assert (back.kept, back.reverted) == (0.0, True)


def test_too_little_is_not_measured():
    assert together([measured(changed("", "one line\n"), "")]) == (None, False, 1, 0)
    assert together([]).kept is None


def test_what_a_later_change_took_away_is_told_from_what_somebody_else_did():
    first, after = changed("", code(1, 2)), code(1, 2)
    gone = measured(first, "")
    assert replaced_share([(gone, [changed(after, code(3))])]) > 0.9
    assert replaced_share([(gone, [changed(code(5), code(3))])]) < 0.1
    assert replaced_share([(measured(first, after), [changed(after, "")])]) == 0.0


def test_of_a_large_later_change_only_what_its_sample_can_tell_counts():
    first, large = changed("", code(*range(30))), changed(code(*range(600)), "")
    assert large.removed_grams.total > 3 * len(large.removed_grams.hashes)
    assert replaced_share([(measured(first, ""), [large])]) > 0.95


def test_a_share_of_nothing_is_not_known():
    assert share_left(changed("", "").added_grams, Counts.nothing()) is None


ROWS = [f"line number {n}" for n in range(6)]


def found(other: list[str], before: list[str] | None = None) -> int:
    missing = change_between([], ["\n".join(ROWS)], KEY, whole=True).added_lines
    lines = line_hashes("\n".join(other), KEY)
    old = Counts.of(line_hashes("\n".join(before or []), KEY))
    return int(moved(missing, lines, lambda: old).counts.sum())


def test_three_in_a_row_have_moved():
    assert found(["before it", *ROWS[1:4], "after it"]) == 3


def test_the_order_of_the_rows_is_not_looked_at():
    assert found(list(reversed(ROWS))) == 6


def test_two_in_a_row_are_chance():
    assert found(["before it", *ROWS[:2], "between them", *ROWS[3:5]]) == 0


def test_several_rows_add_up():
    assert found([*ROWS[:3], "between them", *ROWS[3:]]) == 6


def test_what_the_other_file_had_before_did_not_move():
    assert found(ROWS, before=ROWS) == 0
    assert found(ROWS, before=[ROWS[2]]) == 3


def test_a_line_is_credited_no_more_often_than_it_is_missing():
    assert found(ROWS * 3) == 6


def test_an_empty_file_holds_nothing():
    assert found([]) == 0
