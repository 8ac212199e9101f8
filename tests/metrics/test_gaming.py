"""Every known way to look better lowers STR, leaves it, or is made visible: docs/gaming.md.

With SIGNAL_LEDGER_WRITE_DOCS=1 the page is written; otherwise it must be what would be written.
"""

import os
from datetime import UTC, date, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest

from ledger.core.edits import set_tags
from ledger.core.filters import ANY
from ledger.core.vocabulary import Origin, Tag
from ledger.flows.importing import pipeline
from ledger.flows.importing.discovery import jobs, scan_places
from ledger.importers.base import Home
from ledger.metrics.comparison import before_after
from ledger.metrics.figures import by_hand
from ledger.metrics.frame import Frame
from ledger.metrics.tally import summary_of
from ledger.store.store import Store
from tests.making import claude_log
from tests.metrics.gaming import (
    DAYS,
    GAMES,
    Game,
    Rows,
    easy_afterwards,
    failed_by_hand,
    honest,
    look,
)
from tests.metrics.rows import MONDAY_S, frame

PAGE = Path(__file__).parents[2] / "docs" / "gaming.md"
WRITE = "SIGNAL_LEDGER_WRITE_DOCS"
CLEARLY = 1.2  # what shows a game must move by a fifth at least
FIRST_DAY = date(2026, 6, 1)

HEAD = """# What somebody could do to look better

Every way that we know of to raise the ratio without better work, played on a drawn ledger of 120
half-hours (20 days, six a day, two prompts each, three in five of them kept). Each either leaves
the signal per token (STR, its lower bound) no higher, or moves a figure that stands beside it.
This page is written by a test from the program's own figures; the test fails when one of them
stops being true.

| what somebody does | STR before | STR after | what shows it | because |
|---|---|---|---|---|
"""
FOOT = """
## What no figure shows

- A log that was deleted before it was ever read. What the program never saw it cannot count.
- Work on easy things only, when all of it is in one project and of one kind.
- Results worth little that are tagged as kept where there is no evidence: questions, drafts of
  text.

The ledger is a mirror of one's own: whoever plays these fools nobody but themselves.
"""


class Outcome(NamedTuple):
    """A game and what it did."""

    what: str
    before: float
    after: float
    shown: str
    why: str
    is_visible: bool


def lower(rows: Rows) -> float:
    found = look(rows).summary.ratio.lower
    assert found is not None
    return found


def played(game: Game) -> Outcome:
    rows = honest()
    before, after = look(rows), look(game.play(rows))
    shown, is_visible = "", False
    if game.figure is not None:
        was, now = (game.figure(one).value for one in (before, after))
        assert was is not None
        assert now is not None
        shown = f"{game.shown_by}: {game.form.format(was)} → {game.form.format(now)}"
        is_visible = now > was * CLEARLY if game.rises else now * CLEARLY < was
    return Outcome(game.what, lower(rows), lower(game.play(rows)), shown, game.why, is_visible)


def withdrawn() -> Outcome:
    """Entries by hand can be withdrawn; they leave the figures and stay in the history."""
    rows = failed_by_hand()
    left = [row for row in rows if row.origin != Origin.LOGGED]
    was, now = (by_hand(look(some)).value for some in (rows, left))
    return Outcome(
        "Withdraw failures that were entered by hand",
        lower(rows),
        lower(left),
        f"Logged by hand: {was:.0%} → {now:.0%}",
        "Nothing else can be withdrawn, and the history keeps the entry.",
        now * CLEARLY < was,
    )


def only_easy() -> Outcome:
    made = frame(easy_afterwards())
    begin = FIRST_DAY + timedelta(days=DAYS)
    found = before_after(made, ANY, begin, DAYS, today=date(2027, 1, 1), zone=UTC)
    assert found.ratio is not None
    before, after = (arm.worth / arm.mte for arm in reversed(found.arms))
    return Outcome(
        "Do only the easy work from some day on",
        before,
        after,
        f"Before and after: × {found.crude:.1f} crudely, × {found.ratio:.1f} within projects",
        "Comparisons are made within the same work.",
        found.crude > CLEARLY * found.ratio,
    )


def deleted(folder: Path) -> Outcome:
    """Read two real logs, tag them, delete the one that failed, and read again."""
    home = Home(folder, {})
    claude_log(folder, "good", 4)
    bad = claude_log(folder, "bad", 5, first=9)
    with Store.open(folder / "ledger.db") as store:
        _read(store, home)
        ids = store.columns().id.tolist()
        tags = [(one, Tag.KEPT if at < 4 else Tag.THROWN_AWAY) for at, one in enumerate(ids)]
        store.apply(set_tags(tuple(tags)), time_ms=0)
        before = _whole(store)
        bad.unlink()
        _read(store, home)
        after = _whole(store)
    return Outcome(
        "Delete the logs of failures after they were read (two short logs)",
        before,
        after,
        "",
        "The ledger keeps what it has read. Nothing that was read can be taken out of it.",
        False,
    )


def _read(store: Store, home: Home) -> None:
    for readings, _ in pipeline.read(jobs(scan_places(home), store.cursors()), None):
        store.add(readings)


def _whole(store: Store) -> float:
    made = Frame.of(store.columns())
    found = summary_of(made, made.select(), zone=UTC, interval=False).ratio.lower
    assert found is not None
    return found


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> list[Outcome]:
    folder = tmp_path_factory.mktemp("deleted")
    return [*map(played, GAMES), deleted(folder), withdrawn(), only_easy()]


def test_every_game_lowers_the_ratio_or_leaves_it_or_is_shown(outcomes: list[Outcome]):
    assert len(outcomes) >= 12
    for one in outcomes:
        assert one.after <= one.before or one.is_visible, one.what
        assert one.after <= one.before or one.shown, one.what


@pytest.mark.parametrize("game", GAMES[:9], ids=lambda game: game.what)
def test_what_burns_hides_or_renames_never_raises_the_ratio(game: Game):
    assert lower(game.play(honest())) <= lower(honest())


def test_calling_failures_experiments_gains_a_third_at_most_and_nothing_beside_it():
    (game,) = [game for game in GAMES if "experiments" in game.what]
    before, after = look(honest()).summary, look(game.play(honest())).summary
    assert after.ratio.lower <= before.ratio.lower * 4 / 3 + 1e-12
    assert after.ratio_all.lower == before.ratio_all.lower


def test_the_honest_ledger_is_what_the_page_says():
    found = look(honest()).summary
    assert (found.ratio.blocks, found.ratio.days, found.coverage) == (120, 20, 1.0)
    worth = [block.tag for block in honest() if block.id % 2 == 0]
    assert worth.count(Tag.KEPT) == 72
    assert min(row.time_s for row in honest()) > MONDAY_S


def page(outcomes: list[Outcome]) -> str:
    lines = [
        f"| {one.what} | {one.before:.3g} | {one.after:.3g} | {one.shown or '-'} | {one.why} |"
        for one in outcomes
    ]
    return HEAD + "\n".join(lines) + "\n" + FOOT


def test_the_page_of_games_is_what_the_figures_say(outcomes: list[Outcome]):
    if os.environ.get(WRITE):
        PAGE.write_text(page(outcomes), encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == page(outcomes)
