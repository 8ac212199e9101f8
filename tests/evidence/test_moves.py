"""Three lines in a row that are missing in one file and new in another have moved."""

from ledger.evidence.change import change_between
from ledger.evidence.features import Counts, line_hashes
from ledger.evidence.moves import moved

KEY = b"k" * 32
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
