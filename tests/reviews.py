"""Ledgers and reports that tests of the self-review share; every number is chosen."""

from datetime import UTC, date

from ledger.core.columns import QUARTER_S
from ledger.core.report import Claim, Period, Words
from ledger.flows.review.building import review
from ledger.flows.review.grouped import ReviewContext
from ledger.flows.review.recipe import Recipe
from ledger.flows.review.selection import ReviewSelection, select_review
from tests.metrics.rows import MONDAY_S, Row, Use, frame

DAY_S = 86_400
QUARTER = Period(name="2026-Q3", first=date(2026, 7, 1), last=date(2026, 9, 30))
START_S = MONDAY_S + 30 * DAY_S  # 1 July 2026
TAGS = (1, 1, 1, 2, 3, 1, 0, 1, 2, 1)
TOOLS = ("claude-code", "codex", "claude-code")
MODELS = ("claude-opus-4-5-20251101", "gpt-5.1-codex", "inhouse-secret-7b")
PROJECTS = ("/home/ada/clients/heron", "/home/ada/atlas-core", "")
MTE = 20_000_000
CLAIMS = Words(
    claims=(
        Claim(
            situation="Imports failed at night.",
            did="Rewrote the reader.",
            outcome="No failed import for 43 nights.",
            evidence=("E-001", "E-014"),
        ),
    ),
    learned=("Short sessions end better.",),
    dead_end="Letting an agent migrate the schema.",
    changed=("I stop after two failed attempts.",),
)


def ledger_rows(days: int = 80, a_day: int = 3) -> list[Row]:
    """Return some months of work: `a_day` interactions a day, two hours apart from nine on."""
    rows = []
    for number in range(days * a_day):
        day, turn = divmod(number, a_day)
        time_s = START_S + day * DAY_S + 9 * 3600 + turn * 7200
        te = MTE // 10 * (1 + number % 5)
        use = Use(te, model=MODELS[number % 3], quarter=time_s // QUARTER_S, requests=2,
                  counters=(1000 + number, 0, 0, 50, 0))  # fmt: skip
        rows.append(
            Row(
                id=1000 + number,
                time_s=time_s,
                project=PROJECTS[number % 3],
                tool=TOOLS[number % 3],
                tag=TAGS[number % len(TAGS)],
                intent=int(number % 17 == 0),
                session=number // 5,
                labels=frozenset(("Kranich",) if number % 4 == 0 else ()),
                uses=(use,),
            )
        )
    return rows


def a_frame(days: int = 80):
    """Return the frame of `ledger_rows`."""
    return frame(ledger_rows(days))


def a_report(ledger=None, period: Period = QUARTER, words: Words = CLAIMS, **choices):
    """Return a review of a frame."""
    recipe = Recipe(period=period.name, words=words, **choices)
    return review(ledger or a_frame(), period, recipe, zone=UTC)


def context_of(ledger=None, period: Period = QUARTER, **choices) -> ReviewContext:
    """Return what the figures of a review are computed from."""
    ledger = ledger or a_frame()
    return ReviewContext(ledger, selection_of(ledger, period, **choices).mine, UTC, 50)


def selection_of(ledger, period: Period = QUARTER, **choices) -> ReviewSelection:
    """Return what a review is about."""
    return select_review(ledger, period, Recipe(period=period.name, **choices), UTC)
