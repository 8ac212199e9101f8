"""From what is stored about interactions to suggestions: facts, calibration, the table of rules."""

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

import numpy as np

from ledger.core.edits import Changes
from ledger.core.evidence import Observation, Question, Suggestion
from ledger.core.formatting import percent, span_of_shares
from ledger.core.vocabulary import TOOLS
from ledger.evidence.calibration import (
    FEWEST,
    LEAST_AGREEMENT,
    Answer,
    agreement,
    calibrated,
)
from ledger.evidence.rules import PRIORS, Facts, Prior, Rule, suggested
from ledger.evidence.simhash import is_repeat
from ledger.flows.tagging.blocks import BlockIds, best_tag
from ledger.metrics.arrays import Ints
from ledger.metrics.frame import Frame, TagIndependent
from ledger.metrics.shares import jeffreys
from ledger.store.store import Store

LEARN_MS = 180 * 86_400_000  # older answers say little about today's models
AGAIN_S = 600  # the same request within ten minutes is asking again


class Learned(NamedTuple):
    """What the person's sampled answers taught."""

    priors: dict[Rule, Prior]
    answers: tuple[Answer, ...] = ()
    doubted: frozenset[str] = frozenset()  # tools and projects where suggestions are often wrong


NOTHING_LEARNT = Learned(PRIORS)


def suggest(
    store: Store, frame: Frame, ids: Collection[int], learned: Learned = NOTHING_LEARNT
) -> Changes:
    """Store what the evidence suggests for interactions, and for those they may have redone."""
    touched = frozenset(ids) | frozenset(_previous_ids(frame, ids))
    known = facts(store, frame, touched)
    suggested_now: list[Suggestion] = []
    for identity, facts_of in known.items():
        rule_and_suggestion = suggested(facts_of, learned.priors)
        if rule_and_suggestion is not None and not _is_doubted(frame, identity, learned):
            suggested_now.append(rule_and_suggestion[1])
    return store.evidence.set_suggestions(
        suggested_now, touched - {suggestion.interaction for suggestion in suggested_now}
    )


def learn(store: Store, frame: Frame, now_ms: int) -> Learned:
    """Fit the rules to the person's sampled answers of the last 180 days."""
    answered = [
        question
        for question in store.evidence.questions(now_ms - LEARN_MS)
        if question.answered_ms is not None
    ]
    blocks = BlockIds(frame)
    answers = list(_answers(store, frame, blocks, answered))
    return Learned(calibrated(answers), tuple(answers), frozenset(_doubted(answers)))


def facts(store: Store, frame: Frame, ids: Collection[int]) -> dict[int, Facts]:
    """Return what is known about the output of interactions."""
    observations, survivals = store.evidence.observations(ids), store.evidence.survivals(ids)
    redone = _redone_ids(store, frame, ids, observations)
    return {
        row.id: Facts(
            row.id,
            tuple(edit.outcome for edit in row.edits),
            observations.get(row.id),
            survivals.get(row.id, ()),
            row.id in redone,
        )
        for row in store.rows(sorted(ids))
    }


def _answers(
    store: Store, frame: Frame, blocks: BlockIds, questions: Sequence[Question]
) -> Iterable[Answer]:
    ids_of = [blocks.ids(question.project, question.half_hour) for question in questions]
    known = facts(store, frame, frozenset(identity for ids in ids_of for identity in ids))
    for question, ids in zip(questions, ids_of, strict=True):
        given = best_tag(frame, ids)
        by_rule = [suggested(known[identity]) for identity in ids if identity in known]
        matches = [match for match in by_rule if match is not None]
        if given is None or not matches:
            continue
        rule, suggestion = max(matches, key=lambda pair: pair[1].worth)
        tool = TOOLS[int(frame.tool[frame.positions((suggestion.interaction,))[0]])]
        yield Answer(rule, suggestion.tag, given, max(question.pi, 1e-6), tool, question.project)


def _doubted(answers: Sequence[Answer]) -> Iterable[str]:
    for name in {a.tool for a in answers} | {a.project for a in answers}:
        agreed = agreement(a for a in answers if name in (a.tool, a.project))
        if agreed.answers >= FEWEST and jeffreys(*agreed)[0] < LEAST_AGREEMENT:
            yield name


def _is_doubted(frame: Frame, identity: int, learned: Learned) -> bool:
    places = frame.positions((identity,))
    if not len(places) or not learned.doubted:
        return False
    at = int(places[0])
    names = (str(TOOLS[int(frame.tool[at])]), frame.projects[int(frame.project[at])])
    return not learned.doubted.isdisjoint(names)


class _Neighbours(TagIndependent):
    """For each interaction the one before and after it in its session; made once per frame."""

    def __init__(self) -> None:
        self.session: Ints | None = None

    def of(self, frame: Frame) -> "_Neighbours":
        """Return the neighbours of a frame's interactions."""
        if self.session is not frame.session:
            order = np.lexsort((frame.time_s, frame.session))
            place = np.empty(len(order), dtype=np.intp)
            place[order] = np.arange(len(order))
            self.order, self.place, self.session = order, place, frame.session
        return self

    def beside(self, frame: Frame, identity: int, step: int) -> int | None:
        """Return the id of the interaction one step on in the same session."""
        at = frame.positions((identity,))
        if not len(at):
            return None
        place = int(self.place[at[0]]) + step
        if not 0 <= place < len(self.order):
            return None
        other = int(self.order[place])
        is_same = frame.session[other] == frame.session[at[0]]
        gap = abs(int(frame.time_s[other]) - int(frame.time_s[at[0]]))
        return int(frame.id[other]) if is_same and gap <= AGAIN_S else None


def _previous_ids(frame: Frame, ids: Collection[int]) -> list[int]:
    near = frame.cache(_Neighbours).of(frame)
    return [previous for i in ids if (previous := near.beside(frame, i, -1)) is not None]


def _redone_ids(
    store: Store, frame: Frame, ids: Collection[int], known: dict[int, Observation]
) -> frozenset[int]:
    near = frame.cache(_Neighbours).of(frame)
    after = {i: other for i in ids if (other := near.beside(frame, i, +1)) is not None}
    repeats = store.evidence.observations(frozenset(after.values()))
    return frozenset(
        i
        for i, other in after.items()
        if i in known and other in repeats and is_repeat(known[i].print, repeats[other].print)
    )


def agreement_sentence(answers: Sequence[Answer]) -> str:
    """Say how far suggestions agreed with sampled answers, with the interval."""
    agreed = agreement(answers)
    if not agreed.answers:
        return "No question with a suggestion was answered yet."
    low, high = jeffreys(*agreed)
    share = agreed.agreed / agreed.answers
    return (
        f"Suggestions agreed with you in {agreed.agreed} of {agreed.answers} answers "
        f"({percent(share)}, {span_of_shares(low, high)})."
    )
