"""What a period taught: two findings that the intervals support, and the largest loss."""

from collections.abc import Sequence

import numpy as np

from ledger.core.formatting import count, percent, span_of_shares
from ledger.core.report import Group, Learned
from ledger.core.vocabulary import Tag
from ledger.flows.insights import headline
from ledger.flows.insights.charts import verdict_words, weights
from ledger.flows.review.grouped import ReviewContext, share_of_count, share_of_experiments
from ledger.flows.review.names import Names
from ledger.metrics.arrays import Floats
from ledger.metrics.changes import marks
from ledger.metrics.comparison import compare

MOST_FINDINGS = 2
FEWEST_TAGGED = 8  # of a group, before its losses are told apart from the others'
MOST_SWAPS = 2


def learned(asked: ReviewContext, groups: Sequence[Group]) -> Learned:
    """Return what the figures support; learning is told as spending with results."""
    te = weights(asked.frame, asked.mine)
    thrown = np.where(asked.mine.interactions & (asked.frame.tag == Tag.THROWN_AWAY), te, 0.0)
    return Learned(
        exploration=share_of_experiments(asked.frame, asked.mine, asked.zone),
        findings=_findings(groups, thrown),
        loss=_loss(thrown, float(te.sum())),
    )


def _findings(groups: Sequence[Group], thrown: Floats) -> tuple[str, ...]:
    sizes = thrown[thrown > 0].tolist()
    concentrated = headline.concentration(sizes)
    said = [
        _apart(groups, "kind of work", "of the work sorted as {}"),
        concentrated.text.replace("you", "I") if concentrated else "",
        _apart(groups, "tool", "of the work with {}"),
    ]
    return tuple(text for text in said if text)[:MOST_FINDINGS]


def _apart(groups: Sequence[Group], by: str, words: str) -> str:
    """Say of one group that it lost more or less than the others, if the intervals lie apart."""
    mine = [one for one in groups if one.by == by and one.thrown_away.n >= FEWEST_TAGGED]
    for group in mine:
        lost, tagged = _lost(group), group.thrown_away.n
        rest = share_of_count(
            sum(_lost(one) for one in mine) - lost,
            sum(one.thrown_away.n for one in mine) - tagged,
        )
        own = group.thrown_away
        ends = (own.low, own.high, rest.low, rest.high)
        if rest.n < FEWEST_TAGGED or None in ends:
            continue
        low, high, rest_low, rest_high = (end or 0.0 for end in ends)
        if low > rest_high or high < rest_low:
            return (
                f"I threw away {percent(own.value or 0.0)} {words.format(group.name)}"
                f" ({lost} of {tagged} tagged, {span_of_shares(low, high)}), against"
                f" {percent(rest.value or 0.0)} of the rest."
            )
    return ""


def _lost(group: Group) -> int:
    return round((group.thrown_away.value or 0.0) * group.thrown_away.n)


def _loss(thrown: Floats, total: float) -> str:
    if not total or not thrown.any():
        return ""
    number = int(np.count_nonzero(thrown))
    return (
        f"The largest of {count(number, 'interaction')} that I threw away took"
        f" {percent(float(thrown.max()) / total)} of all tokens of the period; all of them"
        f" together took {percent(float(thrown.sum()) / total)}."
    )


def swaps(asked: ReviewContext, names: Names) -> tuple[str, ...]:
    """Say of every model that came new whether it did better within the same work."""
    frame, mine = asked.frame, asked.mine
    found = marks(frame, mine, zone=asked.zone, edited_worth=asked.edited_worth)
    new = [mark.name for mark in found if mark.kind == "model"]
    said = []
    for model in new[:MOST_SWAPS]:
        before = _before(asked, model, names, new)
        if before is None:
            continue
        result = compare(
            frame, mine, "model", model, before, zone=asked.zone, edited_worth=asked.edited_worth
        )
        first, second = names.models[model], names.models[before]
        words = verdict_words(result, first, second)
        said.append(f"{first} came new; compared with {second}: {words}")
    return tuple(said)


def _before(asked: ReviewContext, model: str, names: Names, new: Sequence[str]) -> str | None:
    """Return the most used other model that goes by another name in the file."""
    frame, parts = asked.frame, asked.mine.parts
    sizes = np.bincount(frame.model[parts], frame.te[parts], len(frame.models))
    for at in np.argsort(-sizes, kind="stable").tolist():
        name: str = frame.models[at]
        if sizes[at] and name not in new and names.models[name] != names.models[model]:
            return name
    return None
