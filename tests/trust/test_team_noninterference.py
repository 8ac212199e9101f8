"""A card depends on nothing but its counts: two ledgers that differ in all else give one card."""

import base64
import json
import random
import re
import time
from collections.abc import Callable
from hashlib import md5, sha256
from pathlib import Path

import pytest

from ledger.core.errors import TeamError
from ledger.export import team_files
from tests.metrics.rows import HALF_S
from tests.teaming import PERIOD
from tests.trust.team_worlds import (
    Artefact,
    Exporter,
    World,
    all_forms,
    exported,
    shape,
    world,
)

NAME = re.compile(r"team-card-[0-9a-f]{16}\.json")
LONG_PAIRS = 5_000
LONG_LEDGERS = 2_000
LONG_LEAST = 1_000
LONG_S = 300


def pair(seed: int) -> tuple[World, World]:
    """Return two people who did the same, and share nothing else."""
    luck = random.Random(seed)
    done = shape(luck)
    return world(done, luck), world(done, luck)


def differences(exporter: Exporter, one: World, other: World, folder: Path) -> list[str]:
    """Return in what the files of two people differ, their random names aside."""
    first, second = exporter(one, folder), exporter(other, folder)
    found = []
    if first.data != second.data:
        found.append("content")
    if first.mtime != second.mtime:
        found.append("time")
    if not (NAME.fullmatch(first.name) and NAME.fullmatch(second.name)):
        found.append("name")
    return found


def leaks(exporter: Exporter, person: World, folder: Path) -> list[str]:
    """Return the words of a person's ledger and computer that a file carries in any coding."""
    made = exporter(person, folder)
    carried = made.data + made.name.encode()
    return sorted(word for word in person.words if any(form in carried for form in all_forms(word)))


@pytest.mark.parametrize("seed", range(50))
def test_x8_two_ledgers_with_the_same_counts_give_the_same_card(seed, tmp_path):
    one, other = pair(seed)
    assert one.words.isdisjoint(other.words)
    assert differences(exported, one, other, tmp_path) == []


@pytest.mark.parametrize("seed", range(5))
def test_x8_no_word_of_a_ledger_or_computer_is_in_a_card(seed, tmp_path):
    assert leaks(exported, pair(seed)[0], tmp_path) == []


def test_other_counts_do_give_another_card(tmp_path):
    assert "content" in differences(exported, pair(1)[0], pair(2)[0], tmp_path)


@pytest.mark.long
@pytest.mark.timeout(900)
def test_five_thousand_pairs_give_the_same_cards(tmp_path):
    ends, trials = time.monotonic() + LONG_S, 0
    for seed in range(1000, 1000 + LONG_PAIRS):
        one, other = pair(seed)
        assert differences(exported, one, other, tmp_path) == [], seed
        trials += 1
        if time.monotonic() > ends:
            break
    print(f"\n{trials} pairs of ledgers, 0 cards differed")
    assert trials >= LONG_LEAST


@pytest.mark.long
@pytest.mark.timeout(900)
def test_in_two_thousand_ledgers_no_word_is_found(tmp_path):
    ends, trials = time.monotonic() + LONG_S, 0
    for seed in range(LONG_LEDGERS):
        assert leaks(exported, pair(seed)[0], tmp_path) == [], seed
        trials += 1
        if time.monotonic() > ends:
            break
    print(f"\n{trials} ledgers searched, 0 words found")
    assert trials >= LONG_LEAST


# Twelve ways in which a careless exporter would tell something.


def adding(said: Callable[[World], object]) -> Exporter:
    """Return an exporter that puts one thing more into the file."""

    def leaky(person: World, folder: Path) -> Artefact:
        made = exported(person, folder)
        fields = json.loads(made.data) | {"more": said(person)}
        return made._replace(data=json.dumps(fields, sort_keys=True).encode())

    return leaky


def weekly(person: World) -> list[int]:
    weeks = [0] * 4
    for row in person.rows:
        weeks[(row.time_s - PERIOD.since_s) // (7 * 86_400)] += 1
    return weeks


def named_after_the_host(person: World, folder: Path) -> Artefact:
    return exported(person, folder)._replace(name=f"team-card-{person.host}.json")


def with_its_real_time(person: World, folder: Path) -> Artefact:
    return exported(person, folder)._replace(mtime=float(person.now_s))


def padded_by_the_hour(person: World, folder: Path) -> Artefact:
    made = exported(person, folder)
    hour = min(row.time_s for row in person.rows) // HALF_S % 48
    return made._replace(data=made.data + b" " * (1 + hour))


PLANTED: dict[str, Exporter] = {
    "hash of a project": adding(lambda it: sha256(it.rows[0].project.encode()).hexdigest()),
    "weekly list": adding(weekly),
    "model": adding(lambda it: it.rows[0].uses[0].model),
    "zone": adding(lambda it: it.zone_s),
    "author": adding(lambda it: it.user),
    "hashed e-mail": adding(lambda it: md5(it.email.encode()).hexdigest()),
    "label in base64": adding(lambda it: base64.b64encode(it.note.encode()).decode()),
    "first moment": adding(lambda it: min(row.time_s for row in it.rows)),
    "sessions": adding(lambda it: [row.session for row in it.rows][:3]),
    "host in the name": named_after_the_host,
    "time of the file": with_its_real_time,
    "blanks that count hours": padded_by_the_hour,
}


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_leak_is_caught(name, tmp_path):
    caught = []
    for seed in range(5):
        one, other = pair(seed)
        caught += differences(PLANTED[name], one, other, tmp_path)
        caught += leaks(PLANTED[name], one, tmp_path)
    assert caught


def test_there_are_twelve_of_them_and_the_product_is_none():
    assert len(PLANTED) == 12
    assert exported not in PLANTED.values()


@pytest.mark.parametrize(
    "name", ["hash of a project", "model", "author", "hashed e-mail", "label in base64"]
)
def test_a_word_in_disguise_is_found_by_the_search_alone(name, tmp_path):
    assert leaks(PLANTED[name], pair(1)[0], tmp_path)


@pytest.mark.parametrize("name", sorted(set(PLANTED) - {"host in the name", "time of the file"}))
def test_x11_whatever_is_added_is_refused_by_whoever_opens_the_card(name, tmp_path):
    with pytest.raises(TeamError):
        team_files.decode_card(PLANTED[name](pair(1)[0], tmp_path).data)
