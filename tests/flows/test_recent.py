"""What was worked out lately is not worked out again, and does not grow without end."""

from ledger.flows.recent import Recent


def test_a_value_is_made_once():
    made: list[int] = []
    recent = Recent[str, int](9)
    for _ in range(2):
        assert recent.get("a", lambda: made.append(1) or 7) == 7
    assert made == [1]


def test_the_one_not_asked_for_the_longest_goes_first():
    recent = Recent[str, int](2)
    for key in ("a", "b", "a", "c"):
        recent.get(key, lambda: 0)
    assert recent.get("a", lambda: 1) == 0
    assert recent.get("b", lambda: 1) == 1


def test_room_is_counted_by_size_and_the_latest_always_stays():
    recent = Recent[str, str](10, len)
    recent.get("a", lambda: "x" * 6)
    recent.get("b", lambda: "x" * 60)
    assert recent.get("b", lambda: "") == "x" * 60
    assert recent.get("a", lambda: "new") == "new"


def test_nothing_is_kept_of_what_could_not_be_made():
    recent = Recent[str, int](9)
    try:
        recent.get("a", lambda: 1 // 0)
    except ZeroDivisionError:
        assert recent.get("a", lambda: 3) == 3
