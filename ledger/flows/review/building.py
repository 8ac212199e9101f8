"""Makes a self-review from the ledger: pure, so the same ledger and recipe give the same review."""

from collections.abc import Iterable, Sequence
from datetime import tzinfo
from hashlib import sha256

import numpy as np

from ledger import __version__
from ledger.core.errors import LedgerError
from ledger.core.evidence import Fate, Horizon, Survival
from ledger.core.figures import Summary
from ledger.core.prices import PriceBook
from ledger.core.report import (
    Agreement,
    Include,
    Learned,
    Method,
    Money,
    Outcome,
    Part,
    Period,
    Rates,
    Report,
    RoundedEstimate,
    Scope,
    Survived,
    Totals,
    Trend,
    Words,
    rounded,
    rounded_or_none,
)
from ledger.core.usage import TWENTIETHS
from ledger.core.vocabulary import TOOLS, UNTAGGED, Intent
from ledger.flows.review import learning
from ledger.flows.review.grouped import ReviewContext, as_estimate, groups, share_of_fates, tagged
from ledger.flows.review.names import Names, names
from ledger.flows.review.recipe import Recipe
from ledger.flows.review.selection import ReviewSelection, select_review
from ledger.flows.review.weekly import trend
from ledger.metrics.arrays import counted
from ledger.metrics.blocks import BLOCK_S, EDITED_WORTH
from ledger.metrics.cost import cost_per_block
from ledger.metrics.frame import Frame
from ledger.metrics.intervals import RESAMPLES, SEED, interval
from ledger.metrics.query import Query
from ledger.metrics.ratio import FOURTHS, NEVER_EXEMPT
from ledger.metrics.tally import summary_of

WEIGHTS_VERSION = 1
REVIEW_MAY = frozenset(Include) - {Include.TIMES}  # what a review can hold when asked


def review(
    frame: Frame,
    period: Period,
    recipe: Recipe,
    *,
    zone: tzinfo | None = None,
    edited_worth: int = EDITED_WORTH,
    survivals: Iterable[Survival] = (),
    book: PriceBook | None = None,
) -> Report:
    """Return the review of a period; raises LedgerError where an honest one cannot be made.

    `survivals` is what git showed of any interactions; those outside the period are ignored.
    `book` is only looked into when the person wants money in.
    """
    picked = select_review(frame, period, recipe, zone)
    asked = ReviewContext(frame, picked.mine, zone, edited_worth)
    made = summary_of(frame, picked.mine, "all", zone=zone, edited_worth=edited_worth)
    _refuse_without_losses(made)
    named = names(frame, picked.mine, recipe.include)
    outcome = _outcome(asked, made, named, recipe, survivals)
    parts = recipe.parts
    return Report(
        period=period,
        parts=tuple(part for part in Part if part in parts),
        included=tuple(one for one in Include if one in recipe.include and one in REVIEW_MAY),
        words=_words(recipe),
        scope=_scope(asked, picked, made, named),
        outcome=outcome,
        trend=trend(asked, period, named, recipe) if Part.TREND in parts else Trend(),
        learned=learning.learned(asked, outcome.groups) if Part.LEARNED in parts else Learned(),
        changed=learning.swaps(asked, named) if Part.CHANGED in parts else (),
        agreement=_agreement(asked),
        totals=_totals(made) if Include.TOTALS in recipe.include else None,
        rates=_rates(made) if Include.RATES in recipe.include else None,
        money=_money(asked, book) if Include.MONEY in recipe.include else None,
        method=_method(asked),
    )


def _refuse_without_losses(made: Summary) -> None:
    if not made.interactions:
        raise LedgerError(
            "Nothing was logged in this period.", "Choose another period, or import first."
        )
    if not tagged(made):
        raise LedgerError(
            "Nothing in this period is tagged, so nobody can say what was thrown away.",
            "A review always tells its losses. Tag some of it first.",
        )


def _words(recipe: Recipe) -> Words:
    """Return the author's words of the parts that are in."""
    words, parts = recipe.words, recipe.parts
    return Words(
        claims=words.claims if Part.DELIVERED in parts else (),
        learned=words.learned if Part.LEARNED in parts else (),
        dead_end=words.dead_end if Part.LEARNED in parts else "",
        changed=words.changed if Part.CHANGED in parts else (),
    )


def _scope(asked: ReviewContext, picked: ReviewSelection, made: Summary, named: Names) -> Scope:
    frame, mine, whole = asked.frame, picked.mine, picked.whole
    tools = np.flatnonzero(counted(frame.tool[mine.rows], len(TOOLS))).tolist()
    excluded = whole.interactions & ~mine.interactions
    all_te = int(frame.te[whole.parts].sum())
    my_te = int(frame.te[mine.parts].sum())
    experiments = mine.interactions & (frame.intent == Intent.EXPERIMENT)
    return Scope(
        tools=tuple(named.tool(TOOLS[at]) for at in tools),
        interactions=made.interactions,
        requests=made.requests,
        unknown=made.unknown,
        counted=rounded_or_none(made.counted),
        coverage=rounded_or_none(made.coverage),
        tagged=tagged(made),
        excluded=int(np.count_nonzero(excluded)),
        excluded_share=rounded_or_none((all_te - my_te) / all_te) if all_te else None,
        experiments=int(np.count_nonzero(experiments)),
    )


def _outcome(
    asked: ReviewContext, made: Summary, named: Names, recipe: Recipe, survivals: Iterable[Survival]
) -> Outcome:
    frame, mine = asked.frame, asked.mine
    ids = set(frame.id[mine.rows].tolist())
    return Outcome(
        deliver=as_estimate(made.ratio),
        everything=as_estimate(made.ratio_all),
        kept_lower=rounded_or_none(made.kept_share_lower),
        kept_upper=rounded_or_none(made.kept_share_upper),
        fates=share_of_fates(frame, mine, asked.zone),
        survived=survived(one for one in survivals if one.interaction in ids),
        groups=groups(asked, named, recipe),
    )


def _agreement(asked: ReviewContext) -> Agreement:
    frame, rows = asked.frame, asked.mine.rows
    tag, suggested = frame.tag[rows], frame.suggested[rows]
    both = (tag != UNTAGGED) & (suggested != UNTAGGED)
    agreed = int(np.count_nonzero(both & (tag == suggested)))
    return Agreement(agreed=agreed, of=int(np.count_nonzero(both)))


def _totals(made: Summary) -> Totals:
    return Totals(
        input=made.input,
        cache_read=made.cache_read,
        cache_write=made.cache_write,
        output=made.output,
        token_equivalents=made.mte * 1_000_000,
    )


def _rates(made: Summary) -> Rates:
    return Rates(half_hours=made.ratio.blocks, active_days=made.ratio.days)


def _money(asked: ReviewContext, book: PriceBook | None) -> Money:
    look = Query(
        frame=asked.frame,
        selection=asked.mine,
        zone=asked.zone,
        edited_worth=asked.edited_worth,
        book=book,
    )
    found = cost_per_block(look)
    per_kept = RoundedEstimate(
        value=rounded_or_none(found.value),
        low=rounded_or_none(found.low),
        high=rounded_or_none(found.high),
        n=look.summary.ratio_all.blocks,
    )
    return Money(per_kept=per_kept, note=found.note)


def _method(asked: ReviewContext) -> Method:
    return Method(
        program=__version__,
        weights=WEIGHTS_VERSION,
        edited_worth=asked.edited_worth / 100,
        exploration_cap=1 - NEVER_EXEMPT / FOURTHS,
        block_minutes=BLOCK_S // 60,
        resamples=RESAMPLES,
        seed=SEED,
        extract=_extract(asked),
    )


def _extract(asked: ReviewContext) -> str:
    """Return a fingerprint of the numbers behind the review; no name goes into it."""
    frame, rows, parts = asked.frame, asked.mine.rows, asked.mine.parts
    columns = (
        *(frame.id[rows], frame.time_s[rows], frame.tag[rows], frame.intent[rows]),
        *(frame.quarter[parts], frame.te_low[parts], frame.te[parts], frame.te_high[parts]),
    )
    digest = sha256(str(TWENTIETHS).encode())
    for column in columns:
        digest.update(np.ascontiguousarray(column, dtype="<i8").tobytes())
    return digest.hexdigest()


HORIZONS = (Horizon.WEEK, Horizon.MONTH)
FEWEST = 8  # measured interactions
# What git can tell: reverted work is measured as gone; parked and superseded work is set apart.
MEASURED = frozenset((Fate.MEASURED, Fate.REVERTED))


def survived(found: Iterable[Survival]) -> tuple[Survived, ...]:
    """Return the survival at 7 and 30 days, weighted by how much was added."""
    known = [one for one in found if one.fate in MEASURED and one.anywhere is not None]
    return tuple(
        _at(horizon, [one for one in known if one.horizon is horizon]) for horizon in HORIZONS
    )


def _at(horizon: Horizon, found: Sequence[Survival]) -> Survived:
    grams = np.asarray([one.grams for one in found], dtype=np.float64)
    left = grams * np.asarray([one.anywhere or 0.0 for one in found], dtype=np.float64)
    if len(found) < FEWEST or not grams.any():
        return Survived(horizon=horizon.value, share=RoundedEstimate(n=len(found)))
    ends = interval(left, grams)
    low, high = (ends[0], min(ends[1], 1.0)) if ends else (None, None)
    based = [(one.grams, one.baseline) for one in found if one.baseline is not None]
    weight = sum(size for size, _ in based)
    baseline = sum(size * share for size, share in based) / weight if weight else None
    return Survived(
        horizon=horizon.value,
        share=RoundedEstimate(
            value=rounded(float(left.sum() / grams.sum())),
            low=rounded_or_none(low),
            high=rounded_or_none(high),
            n=len(found),
        ),
        baseline=rounded_or_none(baseline),
    )
