"""Comparing as a team without ranks: one's own card, what it says, and the sum of many cards.

No row of another person is ever returned from here: cards go in, sums come out.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace
from fractions import Fraction

from ledger.core.errors import TeamError
from ledger.core.filters import Filter
from ledger.core.formatting import count, percent
from ledger.core.sealed_sum import Headcount
from ledger.core.team import (
    BLOCK_STEP,
    FIELDS,
    LEAST_BLOCKS,
    LEAST_PEOPLE,
    MOST_PEOPLE,
    VERSION,
    Card,
    Counts,
    Line,
    Period,
    Share,
    TeamCard,
    TeamRatio,
    Vector,
    rounded,
    total_faults,
)
from ledger.metrics.fate_rates import BlockFates, block_fates
from ledger.metrics.frame import Frame
from ledger.metrics.ratio import UNKNOWN_SHARE

# One weight for everybody, whatever each has set for their own figures.
EDITED_WEIGHT = Fraction(1, 2)
EDITED_WEIGHT_LEAST, EDITED_WEIGHT_MOST = Fraction(1, 4), Fraction(3, 4)
NEVER_EXEMPT = Fraction(3, 4)  # metrics: calling work an experiment helps by a third at most
FEW_CHANGES = 2
YOURS = "Whoever you give this file to knows that it is yours: it is not anonymous."


def card_of(frame: Frame, period: Period, now_s: int) -> Card:
    """Make the card of a period from one's own ledger; raises TeamError with the reason."""
    if not period.has_ended(now_s):
        raise TeamError(
            f"{period} has not ended: {period.words}.", "A card is about a time that is over."
        )
    fates = block_fates(frame, frame.select(Filter(since_s=period.since_s, until_s=period.until_s)))
    _refuse_thin(fates, period)
    counts = Counts(
        fates.blocks, fates.kept, fates.edited, fates.thrown, fates.unknown, fates.te,
        fates.te_explore,
    )  # fmt: skip
    return Card(period, rounded(counts, period))


def _refuse_thin(fates: BlockFates, period: Period) -> None:
    if fates.blocks < LEAST_BLOCKS:
        raise TeamError(
            f"In {period} you have {count(fates.blocks, 'half-hour')} of work with AI; a card "
            f"needs {LEAST_BLOCKS}.",
            "With fewer it would say too much about you, and too little. Sit this period out.",
        )
    if fates.uncounted > UNKNOWN_SHARE:
        raise TeamError(
            f"For {percent(fates.uncounted)} of the requests nobody knows how many tokens they "
            "used.",
            "A card would claim less than you spent. Sit this period out.",
        )


def preview(card: Card) -> tuple[Line, ...]:
    """Say in plain words what each field of a card's file says about its owner."""
    return (
        Line("format", "signal-ledger team card", "what kind of file this is"),
        Line("version", str(VERSION), "which edition of its rules"),
        *numbers_in_words(card),
    )


def implied(card: Card) -> str:
    """Say what a receiver can work out from a card, beyond what stands in it."""
    shares, cost = _shares(card.vector), _cost(card.vector)
    sentence = (
        f"Whoever reads it can work out that you kept {percent(shares['kept'])} of your half-hours"
    )
    if not cost:
        return f"{sentence}."
    ratio = _yield(card.vector)
    band = f"{ratio.lower:.1f} to {ratio.upper:.1f}"
    return f"{sentence}, and got {band} half-hours of kept work per million token-equivalents."


def numbers_in_words(card: Card) -> tuple[Line, ...]:
    """Say what the period and the eight numbers mean, whatever file they go into."""
    lines = [Line("period", str(card.period), f"from {card.period.words}")]
    for field, value in zip(FIELDS, card.vector, strict=True):
        cap = field.cap_in(card.period)
        rounding = "" if field.name == "n" else f"; rounded to {field.step}, never above {cap}"
        lines.append(Line(field.name, str(value), field.words + rounding))
    return tuple(lines)


def compare(
    cards: Sequence[Card], own: Card | None = None, before: Headcount | None = None
) -> TeamCard:
    """Add cards up to what the team sees; raises TeamError where that would say too much.

    `own` is one's own card, for one's own screen; `before` the comparison made last.
    """
    _refuse_few(len(cards))
    periods = Counter(card.period for card in cards)
    if len(periods) > 1:
        names = ", ".join(sorted(str(period) for period in periods))
        raise TeamError(
            f"The cards are about different periods: {names}.", "Compare one period at a time."
        )
    if len(set(cards)) < len(cards):
        raise TeamError(
            "One card is there twice, or two are alike in every number.",
            "Leave the copy out. If two people really have the same numbers, one of them "
            "sits this comparison out.",
        )
    total = Vector(*(sum(column) for column in zip(*(card.vector for card in cards), strict=True)))
    result = team_card(total, cards[0].period, own)
    return replace(result, notes=headcount_notes(before, Headcount(result.period, len(cards))))


def team_card(total: Vector, period: Period, own: Card | None = None) -> TeamCard:
    """Turn sums into what the team sees; raises TeamError for sums that cannot be."""
    _refuse_few(total.n)
    faults = total_faults(total, period)
    if faults:
        raise TeamError(f"These files cannot be added up. {faults[0]}", "Ask for them again.")
    if own is not None and own.period != period:
        own = None
    team, mine = _shares(total), _shares(own.vector) if own else {}
    share = {name: Share(team=value, own=mine.get(name)) for name, value in team.items()}
    denominator = _cost(total)
    if denominator <= 0:
        raise TeamError(
            "Together the cards hold too few tokens for a ratio.", "Compare a longer period."
        )
    return TeamCard(
        period=period,
        participants=total.n,
        kept=share["kept"],
        edited=share["edited"],
        thrown=share["thrown"],
        unknown=share["unknown"],
        coverage=share["coverage"],
        exploration=share["exploration"],
        ratio=_yield(total),
        own_ratio=_yield(own.vector) if own and _cost(own.vector) > 0 else None,
        rounding_blocks=total.n * BLOCK_STEP / 2 / _blocks_with_fate(total),
        rounding_mte=total.n / 2 / float(denominator),
    )


def headcount_notes(before: Headcount | None, now: Headcount) -> tuple[str, ...]:
    """Warn when this comparison and the one before differ by one or two people."""
    change = now.people - before.people if before else 0
    if before is None or not 0 < abs(change) <= FEW_CHANGES:
        return ()
    who = "one person" if abs(change) == 1 else "two people"
    if before.period == now.period:
        note = (
            f"You compared this period before, with {before.people} cards instead of "
            f"{now.people}: the difference of the two is what {who} shared. Do not pass both on."
        )
    else:
        note = (
            f"This time there are {now.people} people, last time there were {before.people}: "
            f"whoever holds both results can guess at the numbers of {who}."
        )
    return (note,)


def overlap_notes(period: Period, earlier: Collection[str]) -> tuple[str, ...]:
    """Warn when a card shares days with one of another period that was made before."""
    other_periods = {
        other
        for text in earlier
        if (other := _period_or_none(text)) is not None and other != period
    }
    shared = sorted(str(other) for other in other_periods if period.overlaps(other))
    if not shared:
        return ()
    note = (
        f"You made a card of {', '.join(shared)} before, which shares days with {period}: "
        "two overlapping cards say more than each alone."
    )
    return (note,)


def _period_or_none(text: str) -> Period | None:
    try:
        return Period.read(text)
    except TeamError:
        return None


def _refuse_few(people: int) -> None:
    if people < LEAST_PEOPLE:
        raise TeamError(
            f"There are {people} cards; {LEAST_PEOPLE} are the least."
            if people != 1
            else f"There is one card; {LEAST_PEOPLE} are the least.",
            "Of fewer people a sum is nearly a person. Talk to each other instead.",
        )
    if people > MOST_PEOPLE:
        raise TeamError(f"More than {MOST_PEOPLE} people are no team.", "Compare fewer cards.")


def _blocks_with_fate(vector: Vector) -> int:
    return vector.kept + vector.edited + vector.thrown + vector.unknown


def _shares(vector: Vector) -> dict[str, float]:
    whole = _blocks_with_fate(vector)
    if not whole:
        raise TeamError("These numbers say nothing of what became of anything.", "Ask again.")
    return {
        "kept": vector.kept / whole,
        "edited": vector.edited / whole,
        "thrown": vector.thrown / whole,
        "unknown": vector.unknown / whole,
        "coverage": 1 - vector.unknown / whole,
        "exploration": vector.te_explore / vector.te if vector.te else 0.0,
    }


def _cost(vector: Vector) -> Fraction:
    """Return the denominator in MTE: experiments are exempt up to a quarter of everything."""
    return max(Fraction(vector.te - vector.te_explore), NEVER_EXEMPT * vector.te)


def _yield(vector: Vector) -> TeamRatio:
    cost = _cost(vector)

    def ratio(edited: Fraction, unknown: int) -> float:
        return float((vector.kept + edited * vector.edited + unknown) / cost)

    return TeamRatio(
        lower=ratio(EDITED_WEIGHT, 0),
        upper=ratio(EDITED_WEIGHT, vector.unknown),
        least=ratio(EDITED_WEIGHT_LEAST, 0),
        most=ratio(EDITED_WEIGHT_MOST, vector.unknown),
    )
