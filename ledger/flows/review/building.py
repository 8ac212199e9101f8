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
from ledger.metrics.uncertain import part_of_spending

WEIGHTS_VERSION = 1
REVIEW_INCLUDES = frozenset(Include) - {Include.TIMES}  # what a review can hold when asked
HORIZONS = (Horizon.WEEK, Horizon.MONTH)
FEWEST_MEASURED = 8  # measured interactions
# What git can tell: reverted work is measured as gone; parked and superseded work is set apart.
MEASURED_FATES = frozenset((Fate.MEASURED, Fate.REVERTED))


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
    selection = select_review(frame, period, recipe, zone)
    context = ReviewContext(frame, selection.mine, zone, edited_worth)
    summary = summary_of(frame, selection.mine, "all", zone=zone, edited_worth=edited_worth)
    _refuse_without_losses(summary)
    shown_names = names(frame, selection.mine, recipe.include)
    outcome = _outcome(context, summary, shown_names, recipe, survivals)
    parts = recipe.parts
    return Report(
        period=period,
        parts=tuple(part for part in Part if part in parts),
        included=tuple(
            kind for kind in Include if kind in recipe.include and kind in REVIEW_INCLUDES
        ),
        words=_words(recipe),
        scope=_scope(context, selection, summary, shown_names),
        outcome=outcome,
        trend=trend(context, period, shown_names, recipe) if Part.TREND in parts else Trend(),
        learned=learning.learned(context, outcome.groups) if Part.LEARNED in parts else Learned(),
        changed=learning.swaps(context, shown_names) if Part.CHANGED in parts else (),
        agreement=_agreement(context),
        totals=_totals(summary) if Include.TOTALS in recipe.include else None,
        rates=_rates(summary) if Include.RATES in recipe.include else None,
        money=_money(context, book) if Include.MONEY in recipe.include else None,
        method=_method(context),
    )


def _refuse_without_losses(summary: Summary) -> None:
    if not summary.interactions:
        raise LedgerError(
            "Nothing was logged in this period.", "Choose another period, or import first."
        )
    if not tagged(summary):
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


def _scope(
    context: ReviewContext, selection: ReviewSelection, summary: Summary, shown_names: Names
) -> Scope:
    frame, mine, whole = context.frame, selection.mine, selection.whole
    tools = np.flatnonzero(counted(frame.tool[mine.rows], len(TOOLS))).tolist()
    excluded = whole.interactions & ~mine.interactions
    left_out, _ = part_of_spending(frame, whole.parts, ~mine.portions[whole.parts])
    experiments = mine.interactions & (frame.intent == Intent.EXPERIMENT)
    return Scope(
        tools=tuple(shown_names.tool(TOOLS[at]) for at in tools),
        interactions=summary.interactions,
        requests=summary.requests,
        unknown=summary.unknown,
        counted=rounded_or_none(summary.counted),
        coverage=rounded_or_none(summary.coverage),
        tagged=tagged(summary),
        excluded=int(np.count_nonzero(excluded)),
        excluded_share=rounded_or_none(left_out),
        experiments=int(np.count_nonzero(experiments)),
    )


def _outcome(
    context: ReviewContext,
    summary: Summary,
    shown_names: Names,
    recipe: Recipe,
    survivals: Iterable[Survival],
) -> Outcome:
    frame, mine = context.frame, context.mine
    ids = set(frame.id[mine.rows].tolist())
    return Outcome(
        deliver=as_estimate(summary.ratio),
        everything=as_estimate(summary.ratio_all),
        kept_lower=rounded_or_none(summary.kept_share_lower),
        kept_upper=rounded_or_none(summary.kept_share_upper),
        fates=share_of_fates(frame, mine, context.zone),
        survived=survived(survival for survival in survivals if survival.interaction in ids),
        groups=groups(context, shown_names, recipe),
    )


def _agreement(context: ReviewContext) -> Agreement:
    frame, rows = context.frame, context.mine.rows
    tag, suggested = frame.tag[rows], frame.suggested[rows]
    comparable = (tag != UNTAGGED) & (suggested != UNTAGGED)
    agreed = int(np.count_nonzero(comparable & (tag == suggested)))
    return Agreement(agreed=agreed, of=int(np.count_nonzero(comparable)))


def _totals(summary: Summary) -> Totals:
    return Totals(
        input=summary.input,
        cache_read=summary.cache_read,
        cache_write=summary.cache_write,
        output=summary.output,
        token_equivalents=summary.mte * 1_000_000,
    )


def _rates(summary: Summary) -> Rates:
    return Rates(half_hours=summary.ratio.blocks, active_days=summary.ratio.days)


def _money(context: ReviewContext, book: PriceBook | None) -> Money:
    query = Query(
        frame=context.frame,
        selection=context.mine,
        zone=context.zone,
        edited_worth=context.edited_worth,
        book=book,
    )
    cost = cost_per_block(query)
    per_kept = RoundedEstimate(
        value=rounded_or_none(cost.value),
        low=rounded_or_none(cost.low),
        high=rounded_or_none(cost.high),
        n=query.summary.ratio_all.blocks,
    )
    return Money(per_kept=per_kept, note=cost.note)


def _method(context: ReviewContext) -> Method:
    return Method(
        program=__version__,
        weights=WEIGHTS_VERSION,
        edited_worth=context.edited_worth / 100,
        exploration_cap=1 - NEVER_EXEMPT / FOURTHS,
        block_minutes=BLOCK_S // 60,
        resamples=RESAMPLES,
        seed=SEED,
        extract=_extract(context),
    )


def _extract(context: ReviewContext) -> str:
    """Return a fingerprint of the numbers behind the review; no name goes into it."""
    frame, rows, parts = context.frame, context.mine.rows, context.mine.parts
    columns = (
        *(frame.id[rows], frame.time_s[rows], frame.tag[rows], frame.intent[rows]),
        *(frame.quarter[parts], frame.te_low[parts], frame.te[parts], frame.te_high[parts]),
    )
    digest = sha256(str(TWENTIETHS).encode())
    for column in columns:
        digest.update(np.ascontiguousarray(column, dtype="<i8").tobytes())
    return digest.hexdigest()


def survived(survivals: Iterable[Survival]) -> tuple[Survived, ...]:
    """Return the survival at 7 and 30 days, weighted by how much was added."""
    measured = [
        survival
        for survival in survivals
        if survival.fate in MEASURED_FATES and survival.anywhere is not None
    ]
    return tuple(
        _survived_at(horizon, [survival for survival in measured if survival.horizon is horizon])
        for horizon in HORIZONS
    )


def _survived_at(horizon: Horizon, survivals: Sequence[Survival]) -> Survived:
    grams = np.asarray([survival.grams for survival in survivals], dtype=np.float64)
    left = grams * np.asarray(
        [survival.anywhere or 0.0 for survival in survivals], dtype=np.float64
    )
    if len(survivals) < FEWEST_MEASURED or not grams.any():
        return Survived(horizon=horizon.value, share=RoundedEstimate(n=len(survivals)))
    ends = interval(left, grams)
    low, high = (ends[0], min(ends[1], 1.0)) if ends else (None, None)
    with_baseline = [
        (survival.grams, survival.baseline)
        for survival in survivals
        if survival.baseline is not None
    ]
    weight = sum(size for size, _ in with_baseline)
    baseline = sum(size * share for size, share in with_baseline) / weight if weight else None
    return Survived(
        horizon=horizon.value,
        share=RoundedEstimate(
            value=rounded(float(left.sum() / grams.sum())),
            low=rounded_or_none(low),
            high=rounded_or_none(high),
            n=len(survivals),
        ),
        baseline=rounded_or_none(baseline),
    )
