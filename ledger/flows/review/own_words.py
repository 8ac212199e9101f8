"""The words that the program itself writes into a file of a format, whatever the ledger holds."""

from dataclasses import replace
from datetime import date, timedelta

from ledger.core.figures import Ratio
from ledger.core.report import (
    Claim,
    Estimate,
    Fate,
    FirstUse,
    Group,
    Learned,
    Method,
    Money,
    Outcome,
    Period,
    Rates,
    Report,
    Scope,
    Survived,
    Totals,
    Trend,
    Week,
    Words,
)
from ledger.core.words import TOOL_TITLES, Kind
from ledger.flows.review.grouped import told

KNOWN = Estimate(value=0.5, low=0.4, high=0.6, n=40)
RATIO = told(Ratio(lower=1.0, upper=3.0, point=2.0, low=1.5, high=2.5, blocks=40))
TAGS = ("kept", "edited", "thrown away", "untagged")
SORTS = ("tool", "model", "project", "kind of work", "label")


def samples(period: Period) -> tuple[Report, ...]:
    """Return made-up reports of a period that hold everything a report can say by itself."""
    full = Report(
        period=period,
        words=Words(claims=(Claim(situation="-", did="-", outcome="-", evidence=("E-001",)),)),
        scope=Scope(
            tools=tuple(TOOL_TITLES.values()), interactions=40, requests=90, unknown=2,
            counted=0.9, coverage=0.8, tagged=30, excluded=3, excluded_share=0.1, experiments=2,
        ),
        outcome=Outcome(
            deliver=RATIO, everything=RATIO, kept_lower=0.4, kept_upper=0.6,
            fates=tuple(Fate(tag=tag, interactions=9, share=KNOWN, tokens=KNOWN) for tag in TAGS),
            survived=(Survived(horizon="7 days", share=KNOWN, baseline=0.9),),
            groups=_groups(),
        ),
        trend=Trend(
            weeks=_weeks(period), first_uses=(FirstUse(monday=period.first, kind="tool", name="-"),)
        ),
        learned=Learned(exploration=KNOWN, findings=("-",), loss="-"),
        changed=("-",),
        totals=Totals(),
        rates=Rates(),
        money=Money(per_kept=KNOWN),
        method=Method(
            program="0", weights=1, edited_worth=0.5, exploration_cap=0.25, block_minutes=30,
            resamples=1, seed=1, extract="0" * 64,
        ),
    )  # fmt: skip
    empty = replace(
        full,
        words=Words(),
        scope=Scope(),
        outcome=Outcome(),
        trend=Trend(),
        learned=Learned(),
        changed=(),
        money=Money(),
    )
    return full, empty


def _groups() -> tuple[Group, ...]:
    sorts = [Group(by=by, name=name, ratio=RATIO) for by in SORTS for name in ("Project A", "rest")]
    kinds = [Group(by="kind of work", name=kind.title, ratio=RATIO) for kind in Kind]
    others = [Group(by="model", name=name) for name in ("other", "No project", "the rest")]
    return (*sorts, *kinds, *others)


def _weeks(period: Period) -> tuple[Week, ...]:
    count = (period.last - period.first).days // 7 + 2
    monday = period.first - timedelta(days=period.first.weekday())
    return tuple(_week(monday + timedelta(days=7 * at)) for at in range(count))


def _week(monday: date) -> Week:
    return Week(
        monday=monday, lower=1.0, upper=3.0, point=2.0, low=1.5, high=2.5, coverage=0.8,
        token_equivalents=2_000_000.0,
    )  # fmt: skip
