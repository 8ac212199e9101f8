"""People, their work and their teams, for tests of team files; every number is chosen."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import keyring
import pytest

from ledger.core.sealed_sum import MemberKey, Round, Seal
from ledger.core.team import MTE, Card, Period, Vector
from ledger.export import sealing, team_files
from ledger.export.sealing import Secrets
from ledger.flows.team import sealed_sum
from ledger.host import vault
from ledger.metrics.frame import Frame
from tests.memory_keyring import MemoryKeyring
from tests.metrics.rows import HALF_S, Row, frame, spent

PERIOD = Period.read("2026-P07")  # 15 June to 12 July 2026
QUARTER = Period.read("2026-Q3")
NOW_S = PERIOD.until_s + 3600
KEPT, EDITED, THROWN, UNTAGGED = 1, 2, 3, 0


class Person:
    """Somebody with a computer of their own: a folder for data, and a keyring."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
        self._monkeypatch = monkeypatch
        self.folder = folder
        self.keyring = MemoryKeyring()
        folder.mkdir(parents=True, mode=0o700)
        monkeypatch.setattr(MemoryKeyring, "__module__", vault.TRUSTED_MODULES[0])

    def sits_down(self) -> "Person":
        """Make this person's computer the one that everything runs on."""
        self._monkeypatch.setenv("XDG_DATA_HOME", str(self.folder))
        self._monkeypatch.setattr(keyring, "get_keyring", lambda: self.keyring)
        return self

    @contextmanager
    def away(self) -> Iterator[None]:
        """Take the keyring away for a while."""
        stored, self.keyring.secrets = self.keyring.secrets, {}
        yield
        self.keyring.secrets = stored


def work(
    kept: int = 24,
    edited: int = 8,
    thrown: int = 4,
    unknown: int = 4,
    *,
    mte: int = 10,
    explored: int = 2,
    period: Period = PERIOD,
    project: str = "/p/a",
) -> list[Row]:
    """Return rows with so many half-hours of each fate, all in one project."""  # fmt: skip
    tags = [KEPT] * kept + [EDITED] * edited + [THROWN] * thrown + [UNTAGGED] * unknown
    rows = [
        Row(
            id=number + 1,
            time_s=period.since_s + number * HALF_S + 60,
            project=project,
            tag=tag,
            uses=(spent(0, period.since_s + number * HALF_S),),
        )
        for number, tag in enumerate(tags)
    ]
    first = period.since_s
    rows[0] = replace(rows[0], uses=(spent((mte - explored) * MTE, first),))
    trial = Row(
        id=9_999,
        time_s=first + 120,
        project=project,
        intent=1,
        uses=(spent(explored * MTE, first),),
    )
    return [*rows, trial]


def worked(*fates: int, **more) -> Frame:
    """Return the frame of `work`."""
    return frame(work(*fates, **more))


def card(blocks: int = 40, kept: int = 25, edited: int = 5, thrown: int = 5, unknown: int = 5,
         te: int = 10, te_explore: int = 2, period: Period = PERIOD) -> Card:  # fmt: skip
    """Return a card that an honest program could have made."""
    return Card(period, Vector(1, blocks, kept, edited, thrown, unknown, te, te_explore))


def cards(count: int, period: Period = PERIOD) -> list[Card]:
    """Return different cards."""
    return [card(blocks=40 + 5 * at, kept=25 + 5 * at, te=10 + at, period=period)
            for at in range(count)]  # fmt: skip


def secrets_of(number: int) -> Secrets:
    """Return keys that are the same in every run."""
    return Secrets(*(sha256(f"{half} {number}".encode()).digest() for half in ("agree", "sign")))


def team_of(count: int, first: int = 0) -> list[Secrets]:
    """Return the keys of so many people in the order of a round."""
    people = [secrets_of(number) for number in range(first, first + count)]
    return sorted(people, key=sealing.member_key)


def round_of(people: list[Secrets], period: Period = PERIOD, id_: bytes = bytes(16)) -> Round:
    """Return a round that the first of these people has made."""
    members: tuple[MemberKey, ...] = tuple(
        sorted(sealing.member_key(secrets) for secrets in people)
    )
    round_ = Round(period=period, id=id_, members=members, maker=sealing.member_key(people[0]).sign)
    return team_files.decode_round(team_files.encode_round(round_, people[0]))


def sealed_by(people: list[Secrets], round_: Round, vectors: list[Vector]) -> list[Seal]:
    """Return everybody's sealed numbers."""
    return [
        team_files.seal_numbers(round_, secrets, vector)
        for secrets, vector in zip(people, vectors, strict=True)
    ]


def gathered(monkeypatch: pytest.MonkeyPatch, folder: Path, count: int) -> list[Person]:
    """Return people who are in one team “atlas” and have confirmed each other's keys."""
    people = [Person(monkeypatch, folder / f"person-{number}") for number in range(count)]
    keys = []
    for person in people:
        person.sits_down()
        keys.append(sealed_sum.join("atlas").key)
    for person, mine in zip(people, keys, strict=True):
        person.sits_down()
        team = sealed_sum.named("atlas")
        for key in keys:
            if key != mine:
                team = sealed_sum.confirm(team, key, " ".join(key.words))
    return people
