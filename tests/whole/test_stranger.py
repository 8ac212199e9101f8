"""What the program is for, done from beginning to end as a stranger would: by keyboard alone."""

import json
import signal
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.making import claude_log
from tests.whole.real_logs import TOTALS, copy_into, totals
from tests.whole.running import command_output, doctor_is_content, query_ledger, window
from tests.whole.screen import Screen, screen, wait_for

pytestmark = pytest.mark.timeout(300)
MADE = 14  # interactions beside the real ones
MADE_EACH = (1, 10, 1_000, 100, 100)  # requests and tokens of each
WANTED = 20
SET = 10  # so many cards the Tag page deals at once
ANSWERS = {"k": "kept", "e": "edited", "t": "thrown_away"}
MORE_THAN_BLANK = 50  # colours


@pytest.fixture
def shown(tmp_path: Path) -> Iterator[Screen]:
    with screen(tmp_path) as display:
        yield display


class Person:
    """Sits before the screen, sees when it has come to rest, and presses keys."""

    def __init__(self, shown: Screen) -> None:
        self.shown = shown

    def press(self, key: str) -> None:
        window = self.shown.window("Signal Ledger")
        arguments = ["windowfocus", "--sync", window, "key", "--clearmodifiers", key]
        subprocess.run(["xdotool", *arguments], env=self.shown.variables(), check=True)

    def sees(self) -> bytes:
        """Wait until the picture stands still and return it."""
        last = b""

        def still() -> bytes | None:
            nonlocal last
            before, last = last, self.shown.picture.read_bytes()
            return last if last == before and self.shown.colours() > MORE_THAN_BLANK else None

        picture = wait_for(still)
        assert picture
        return picture

    def goes(self, key: str, page: str) -> bytes:
        """Go to a page and return what it looks like."""
        self.press(key)
        self.shown.window(page)  # the title of the window tells the page
        return self.sees()


def totals_of_all() -> dict[str, Any]:
    [value] = command_output("stats", "--by", "all")
    [group] = value["groups"]
    return group


def tagged() -> int:
    return query_ledger("SELECT count(*) FROM tag")[0][0]


def test_a_stranger_tags_twenty_and_loses_nothing(scratch_home, shown):
    copy_into(scratch_home)
    claude_log(scratch_home, "made", MADE)
    person = Person(shown)
    with window(env=shown.variables()) as running:
        wait_for(lambda: totals_of_all()["interactions"] == 18 + MADE)
        before, chart = totals_of_all(), person.goes("ctrl+4", "Charts")
        pressed = tag_twenty(person)
        after, moved = totals_of_all(), person.goes("ctrl+4", "Charts")
        running.send_signal(signal.SIGKILL)
        _, complaints = running.communicate()
    assert "Traceback" not in complaints
    assert chart != moved, "the charts look as if nothing had been said"
    assert (before["coverage"], before["str"]["upper"] != after["str"]["upper"]) == (0, True)
    assert after["coverage"] > 0.3
    assert after["str"]["lower"] > 0
    with window(env=shown.variables()):
        person.sees()
        assert nothing_was_lost(pressed)


def tag_twenty(person: Person) -> Counter[str]:
    """Answer for twenty cards with one key each."""
    pressed: Counter[str] = Counter()
    person.goes("ctrl+2", "Tag")
    for number in range(WANTED):
        if number and number % SET == 0:
            person.sees()
            person.press("Return")  # “Tag 10 more”
            person.sees()
        key = "ket"[number % 3]
        person.press(key)
        wait_for(lambda answered=number + 1: tagged() == answered)
        pressed[ANSWERS[key]] += 1
    return pressed


def nothing_was_lost(pressed: Counter[str]) -> bool:
    assert {
        name: count for name, count in totals_of_all()["tags"].items() if name != "untagged"
    } == pressed
    stats = totals(json.dumps(command_output("stats", "--by", "tool")[0]))
    made_totals = tuple(MADE * number for number in MADE_EACH)
    real = stats | {
        "claude-code": tuple(
            total - own for total, own in zip(stats["claude-code"], made_totals, strict=True)
        )
    }
    assert real == TOTALS
    return doctor_is_content()
