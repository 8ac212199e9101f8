"""What a period taught: two findings that the intervals support, and the largest loss."""

from collections.abc import Sequence

import numpy as np

from ledger.core.formatting import count, percent, span_of_shares
from ledger.core.report import Group, Learned
from ledger.core.vocabulary import Tag
from ledger.flows.insights import headline
from ledger.flows.insights.charts import likely_weights, verdict_words
from ledger.flows.insights.findings import thrown_sizes
from ledger.flows.review.grouped import ReviewContext, share_of_count, share_of_experiments
from ledger.flows.review.names import Names
from ledger.metrics.arrays import Floats, Ints
from ledger.metrics.changes import marks
from ledger.metrics.comparison import compare

MOST_FINDINGS = 2
FEWEST_TAGGED = 8  # of a group, before its losses are told apart from the others'
MOST_SWAPS = 2


def learned(context: ReviewContext, groups: Sequence[Group]) -> Learned:
    """Return what the figures support; learning is told as spending with results."""
    te = likely_weights(context.frame, context.mine)
    thrown = np.where(context.mine.interactions & (context.frame.tag == Tag.THROWN_AWAY), te, 0.0)
    return Learned(
        exploration=share_of_experiments(context.frame, context.mine, context.zone),
        findings=_findings(groups, *thrown_sizes(context.frame, context.mine)),
        loss=_loss_sentence(thrown, float(te.sum()), is_sure=_is_sure(context)),
    )


def _is_sure(context: ReviewContext) -> bool:
    """Whether everything was counted."""
    frame, parts = context.frame, context.mine.parts
    return bool((frame.te_low[parts] == frame.te_ceiling[parts]).all())


def _findings(groups: Sequence[Group], low: Ints, high: Ints) -> tuple[str, ...]:
    concentrated = headline.concentration(low, high)
    sentences = [
        _group_apart(groups, "kind of work", "of the work sorted as {}"),
        concentrated.text.replace("you", "I") if concentrated else "",
        _group_apart(groups, "tool", "of the work with {}"),
    ]
    return tuple(text for text in sentences if text)[:MOST_FINDINGS]


def _group_apart(groups: Sequence[Group], by: str, phrase: str) -> str:
    """Say of one group that it lost more or less than the others, if the intervals lie apart."""
    comparable = [
        group for group in groups if group.by == by and group.thrown_away.n >= FEWEST_TAGGED
    ]
    for group in comparable:
        lost, tagged = _lost_count(group), group.thrown_away.n
        others = share_of_count(
            sum(map(_lost_count, comparable)) - lost,
            sum(each.thrown_away.n for each in comparable) - tagged,
        )
        own = group.thrown_away
        ends = (own.low, own.high, others.low, others.high)
        if others.n < FEWEST_TAGGED or None in ends:
            continue
        low, high, others_low, others_high = (end or 0.0 for end in ends)
        if low > others_high or high < others_low:
            return (
                f"I threw away {percent(own.value or 0.0)} {phrase.format(group.name)}"
                f" ({lost} of {tagged} tagged, {span_of_shares(low, high)}), against"
                f" {percent(others.value or 0.0)} of the rest."
            )
    return ""


def _lost_count(group: Group) -> int:
    return round((group.thrown_away.value or 0.0) * group.thrown_away.n)


def _loss_sentence(thrown: Floats, total: float, *, is_sure: bool) -> str:
    if not total or not thrown.any():
        return ""
    number = int(np.count_nonzero(thrown))
    about = "" if is_sure else "about "
    return (
        f"The largest of {count(number, 'interaction')} that I threw away took"
        f" {about}{percent(float(thrown.max()) / total)} of all tokens of the period; all of them"
        f" together took {about}{percent(float(thrown.sum()) / total)}."
    )


def swaps(context: ReviewContext, names: Names) -> tuple[str, ...]:
    """Say of every model that came new whether it did better within the same work."""
    frame, mine = context.frame, context.mine
    first_uses = marks(frame, mine, zone=context.zone, edited_worth=context.edited_worth)
    new = [mark.name for mark in first_uses if mark.kind == "model"]
    sentences = []
    for model in new[:MOST_SWAPS]:
        before = _model_before(context, model, names, new)
        if before is None:
            continue
        result = compare(
            frame,
            mine,
            "model",
            model,
            before,
            zone=context.zone,
            edited_worth=context.edited_worth,
        )
        first, second = names.models[model], names.models[before]
        verdict = verdict_words(result, first, second)
        sentences.append(f"{first} came new; compared with {second}: {verdict}")
    return tuple(sentences)


def _model_before(
    context: ReviewContext, model: str, names: Names, new: Sequence[str]
) -> str | None:
    """Return the most used other model that goes by another name in the file."""
    frame, parts = context.frame, context.mine.parts
    sizes = np.bincount(frame.model[parts], frame.te[parts], len(frame.models))
    for at in np.argsort(-sizes, kind="stable").tolist():
        name: str = frame.models[at]
        if sizes[at] and name not in new and names.models[name] != names.models[model]:
            return name
    return None
