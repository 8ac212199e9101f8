"""People whose ledgers look alike from far away: everything but the counts is another."""

import base64
import html
import json
import random
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import md5, sha1, sha256
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from ledger.core.team import Period
from ledger.core.vocabulary import TOOLS
from ledger.flows.team import exchange, open_cards
from tests.metrics.rows import HALF_S, Row, Use, frame
from tests.teaming import PERIOD
from tests.trust.canaries import forms

HALVES = (PERIOD.until_s - PERIOD.since_s) // HALF_S
WORDS = ("amber", "birch", "cedar", "delta", "ember", "flint", "grove", "heath", "inlet", "junco")


@dataclass(frozen=True)
class World:
    """One person's ledger, and what a careless program could know of their computer."""

    rows: tuple[Row, ...]
    user: str
    host: str
    email: str
    note: str
    zone_s: int
    now_s: int

    @property
    def words(self) -> set[str]:
        """Every word that must not leave."""
        found = {self.user, self.host, self.email, self.note}
        for row in self.rows:
            found |= {row.project, *row.labels, *(use.model for use in row.uses)}
        return found


class Artefact(NamedTuple):
    """What somebody else gets: a file with its name and its time."""

    name: str
    data: bytes
    mtime: float


Exporter = Callable[[World, Path], Artefact]


class Shape(NamedTuple):
    """All that a card may depend on: the blocks with their tags and tokens."""

    blocks: tuple[tuple[tuple[int, int], ...], ...]  # of each block, (tag, tokens) of each row
    experiments: tuple[int, ...]  # tokens of each


def shape(luck: random.Random) -> Shape:
    """Draw what somebody did: 20 to 60 blocks, and some experiments."""
    blocks = tuple(
        tuple((luck.randrange(4), luck.randrange(2_000_000)) for _ in range(1 + luck.randrange(3)))
        for _ in range(20 + luck.randrange(40))
    )
    return Shape(blocks, tuple(luck.randrange(3_000_000) for _ in range(luck.randrange(5))))


def world(done: Shape, luck: random.Random, period: Period = PERIOD) -> World:
    """Dress a shape in names, ids, places and times, every one of them drawn anew."""
    projects = [f"/home/{_word(luck)}/{_word(luck)}" for _ in range(1 + luck.randrange(4))]
    models = [f"model-{_word(luck)}" for _ in range(1 + luck.randrange(3))]
    places = [(half, project) for half in range(HALVES) for project in projects]
    rows: list[Row] = []
    for block, (half, project) in zip(
        done.blocks, luck.sample(places, len(done.blocks)), strict=True
    ):
        rows += [_row(luck, period, half, project, models, tag, te) for tag, te in block]
    for te in done.experiments:
        half, project = luck.choice(places)
        rows.append(_row(luck, period, half, project, models, 0, te, intent=1))
    return World(
        rows=tuple(rows),
        user=_word(luck),
        host=_word(luck),
        email=f"{_word(luck)}@{_word(luck)}",
        note=_word(luck),
        zone_s=3600 * luck.randrange(-11, 12),
        now_s=period.until_s + luck.randrange(10**6),
    )


def _word(luck: random.Random) -> str:
    return f"{luck.choice(WORDS)}{luck.randrange(10**6, 10**7)}"


def _row(luck, period, half, project, models, tag, te, intent=0) -> Row:
    time_s = period.since_s + half * HALF_S + luck.randrange(HALF_S)
    return Row(
        id=luck.getrandbits(62),
        time_s=time_s,
        project=project,
        tool=str(luck.choice(TOOLS)),
        tag=tag,
        intent=intent,
        session=luck.getrandbits(30),
        labels=frozenset({_word(luck)}) if luck.random() < 0.2 else frozenset(),
        uses=(Use(te * 20, model=luck.choice(models), quarter=time_s // 900),),
    )


def exported(person: World, folder: Path) -> Artefact:
    """Make a card as the product does it, to the file on disk."""
    card = open_cards.card_of(frame(list(person.rows)), PERIOD, person.now_s)
    shown = open_cards.preview(card)
    place = exchange.save_card(card, shown, folder, person.now_s * 1000)
    made = Artefact(place.name, place.read_bytes(), place.stat().st_mtime)
    place.unlink()
    return made


def all_forms(word: str) -> set[bytes]:
    """Return a word in every coding that might carry it, and its hashes that can be looked up."""
    plain = word.encode()
    found = forms(word) | forms(word.casefold()) | forms(word.replace(" ", ""))
    found |= {quote(word).encode(), html.escape(word).encode(), json.dumps(word)[1:-1].encode()}
    found |= {"".join(f"\\u{ord(letter):04x}" for letter in word).encode()}
    found |= {plain[:size] for size in range(6, len(plain))}
    digests = [one(plain).digest() for one in (md5, sha1, sha256)]
    digests.append(zlib.crc32(plain).to_bytes(4, "big"))
    for digest in digests:
        found |= {digest.hex().encode(), digest.hex().upper().encode()}
        found |= {base64.b64encode(digest), base64.urlsafe_b64encode(digest)}
    return {form for form in found if len(form) >= 6}
