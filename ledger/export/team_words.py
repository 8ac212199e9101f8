"""What a team sees, in sentences and as a small table; nothing is said with a part missing."""

import csv
import io
from dataclasses import fields
from math import isfinite

from ledger.core.errors import TeamError
from ledger.core.formatting import NARROW, percent
from ledger.core.team import BLOCK_STEP, LEAST_PEOPLE, Share, TeamCard, TeamRatio

SHARES = (
    ("kept", "kept"),
    ("edited", "edited first"),
    ("thrown", "thrown away"),
    ("unknown", "not known"),
    ("coverage", "tagged"),
    ("exploration", "tokens on experiments"),
)


def rounding(card: TeamCard) -> str:
    """Say how much was rounded, and over how many people."""
    return (
        f"rounded inputs, n = {card.participants}: each number was rounded to {BLOCK_STEP} "
        "half-hours and 1 MTE, so all half-hours together may be off by "
        f"{percent(card.rounding_blocks)} and all MTE by {percent(card.rounding_mte)}."
    )


def sentences(card: TeamCard) -> tuple[str, ...]:
    """Return the card as it is read aloud; raises TeamError when a part is missing."""
    refuse_gaps(card)
    ratio = card.ratio
    fates = (
        f"Of the half-hours with AI work, {percent(card.kept.team)} were kept, "
        f"{percent(card.edited.team)} edited first, {percent(card.thrown.team)} thrown away, "
        f"{percent(card.unknown.team)} are not known."
    )
    result = (
        f"For each million token-equivalents (MTE) the team got {_range(ratio.lower, ratio.upper)} "
        "half-hours of kept work, an edited one counting half; with a quarter or three quarters, "
        f"{_range(ratio.least, ratio.most)}."
    )
    known = (
        f"Coverage: {percent(card.coverage.team)} of the half-hours are tagged. "
        f"{percent(card.exploration.team)} of the tokens went into experiments."
    )
    title = f"{card.participants} people, {card.period}: {card.period.words}."
    return title, fates, result, known, rounding(card), *card.notes


def own_sentences(card: TeamCard) -> tuple[str, ...]:
    """Say where one's own values lie, for one's own screen only: plain distances, no place."""
    lines = []
    for name, title in SHARES:
        share: Share = getattr(card, name)
        if share.own is not None and share.distance is not None:
            lines.append(
                f"{title}: you {percent(share.own)}, team {percent(share.team)}{_distance(share)}"
            )
    own = card.own_ratio
    if own is not None:
        team = _range(card.ratio.lower, card.ratio.upper)
        lines.append(f"per MTE: you {_range(own.lower, own.upper)}, team {team}")
    return tuple(lines)


def table(card: TeamCard) -> bytes:
    """Return the team's figures as CSV; one's own are not in it. Raises TeamError."""
    refuse_gaps(card)
    out = io.StringIO()
    write = csv.writer(out, lineterminator="\r\n")
    write.writerow(("figure", "value"))
    write.writerow(("period", str(card.period)))
    write.writerow(("participants", card.participants))
    write.writerows((title, f"{getattr(card, name).team:.4f}") for name, title in SHARES)
    names = (field.name for field in fields(TeamRatio))
    write.writerows((f"per MTE {name}", f"{getattr(card.ratio, name):.4f}") for name in names)
    write.writerow(("note", rounding(card)))
    return out.getvalue().replace(NARROW, "").encode("ascii")


def refuse_gaps(card: TeamCard) -> None:
    """Raise TeamError unless coverage, people, rounding and every figure are there."""
    figures = [getattr(card, name).team for name, _ in SHARES]
    figures += [card.ratio.lower, card.ratio.upper, card.ratio.least, card.ratio.most]
    figures += [card.rounding_blocks, card.rounding_mte]
    complete = all(isinstance(figure, float) and isfinite(figure) for figure in figures)
    if not complete or not isinstance(card.participants, int) or card.participants < LEAST_PEOPLE:
        raise TeamError("This result is not complete, so nothing of it is shown.", "Compare again.")


def _range(low: float, high: float) -> str:
    return f"{low:.1f}" if f"{low:.1f}" == f"{high:.1f}" else f"{low:.1f} to {high:.1f}"


def _distance(share: Share) -> str:
    points = round(100 * (share.distance or 0.0))
    if not points:
        return ", the same"
    return f", {abs(points)} points {'above' if points > 0 else 'below'}"
