"""The daily questions: when to draw, what to ask, and what an answer does.

Every block is considered exactly once, whoever is away misses nothing, and a question that is
ignored goes away by itself.
"""

from datetime import datetime, time, timedelta, tzinfo
from typing import NamedTuple

import numpy as np

from ledger.core.evidence import Question, Suggestion
from ledger.core.vocabulary import Tag
from ledger.evidence.sampling import DAYS_BACK, Candidate, how_many, sample
from ledger.flows.tagging.blocks import BlockIds
from ledger.metrics.blocks import BLOCK_S, DECIDED, tag_codes
from ledger.metrics.frame import Frame
from ledger.store.store import Store

DAY_MS = 86_400_000
OPEN_DAYS = 7  # a question older than that is no longer asked
FIRST_DAYS = 90
FIRST_QUESTIONS = 20


class BlockQuestion(NamedTuple):
    """A question that is open: what became of this half-hour's work?"""

    question: Question
    ids: tuple[int, ...]  # the delivering interactions of the block, in the order of time
    untagged: tuple[int, ...]  # those that an answer tags


def is_due(store: Store, now_ms: int, moment: time, zone: tzinfo | None = None) -> bool:
    """Whether today's moment has passed and nothing was drawn since.

    A draw of a clock that was ahead and was put right does not count.
    """
    now = datetime.fromtimestamp(now_ms / 1000, zone).astimezone(zone)
    latest = now.replace(hour=moment.hour, minute=moment.minute, second=0, microsecond=0)
    if latest > now:
        latest -= timedelta(days=1)
    since = int(latest.timestamp() * 1000)
    return all(question.drawn_ms > now_ms for question in store.evidence.questions(since))


def draw_daily(store: Store, frame: Frame, now_ms: int, a_day: int) -> list[Question]:
    """Consider the blocks that ended since the last draw, at most a week back."""
    known = store.evidence.questions(now_ms - (DAYS_BACK + 1) * DAY_MS)
    last = max(
        (t for question in known if (t := question.drawn_ms) <= now_ms), default=now_ms - DAY_MS
    )
    days = -(-(now_ms - last) // DAY_MS)
    return _draw(store, frame, now_ms, DAYS_BACK, how_many(a_day, days))


def draw_first(
    store: Store,
    frame: Frame,
    now_ms: int,
    number: int = FIRST_QUESTIONS,
    days: int = FIRST_DAYS,
) -> list[Question]:
    """Consider everything of the last days that was never considered, because the person asked."""
    return _draw(store, frame, now_ms, days, number)


def _draw(store: Store, frame: Frame, now_ms: int, days: int, number: int) -> list[Question]:
    if not number:
        return []
    drawn_from = candidates(store, frame, now_ms, days)
    questions = sample(drawn_from, number, store.evidence.key, now_ms)
    if questions:
        store.evidence.add_questions(questions)
    return questions


def candidates(store: Store, frame: Frame, now_ms: int, days: int) -> list[Candidate]:
    """Return the blocks that ended in the last days and were never considered."""
    blocks, now_s = frame.blocks, now_ms // 1000
    delivering = frame.delivering
    codes = tag_codes(blocks.of[delivering], frame.tag[delivering], len(blocks))
    ended = (blocks.start_s + BLOCK_S <= now_s) & (blocks.start_s >= now_s - days * 86_400)
    considered = {(question.project, question.half_hour) for question in store.evidence.questions()}
    places = np.flatnonzero(ended & (codes > 0)).tolist()
    keys = [(frame.projects[int(blocks.project[at])], int(blocks.half[at])) for at in places]
    fresh = [(at, key) for at, key in zip(places, keys, strict=True) if key not in considered]
    index = BlockIds(frame)
    ids_of = {at: index.ids(*key) for at, key in fresh}
    every = frozenset(identity for ids in ids_of.values() for identity in ids)
    suggestions = store.evidence.suggestions(every)
    return [
        Candidate(*key, bool(DECIDED[codes[at]]), *_expected(suggestions, ids_of[at]))
        for at, key in fresh
    ]


def _expected(
    suggestions: dict[int, Suggestion], ids: tuple[int, ...]
) -> tuple[float | None, float | None]:
    """Return a block's expected worth and the chance that it is of use, by its best suggestion."""
    of_block = [suggestions[identity] for identity in ids if identity in suggestions]
    if not of_block:
        return None, None
    best = max(of_block, key=lambda suggestion: suggestion.worth)
    is_useful = best.tag is not Tag.THROWN_AWAY
    return best.worth, best.confidence if is_useful else 1 - best.confidence


def open_questions(store: Store, frame: Frame, now_ms: int) -> list[BlockQuestion]:
    """Return what the person may still be asked, the newest block first.

    An answer that was undone counts for nothing, so its question is open again.
    """
    index = BlockIds(frame)
    open_ = []
    for question in store.evidence.questions(now_ms - OPEN_DAYS * DAY_MS):
        if not question.asked or question.skipped:
            continue
        ids = index.ids(question.project, question.half_hour)
        tags = frame.tag[frame.positions(ids)].tolist()
        untagged = tuple(i for i, tag in zip(ids, tags, strict=True) if not tag)
        is_undone = len(untagged) == len(ids)
        if untagged and (question.answered_ms is None or is_undone):
            open_.append(BlockQuestion(question, ids, untagged))
    return sorted(open_, key=lambda block_question: -block_question.question.half_hour)


def may_begin(frame: Frame, now_ms: int) -> bool:
    """Whether a first draw from the last months has enough to draw from, and was not made yet."""
    if sum(question.asked for question in frame.questions) >= FIRST_QUESTIONS:
        return False
    since_s = now_ms // 1000 - FIRST_DAYS * 86_400
    known = sum(question.half_hour * BLOCK_S >= since_s for question in frame.questions)
    late = slice(int(np.searchsorted(frame.time_s, since_s)), None)
    recent = np.unique(frame.blocks.of[late][frame.delivering[late]])
    return len(recent) - known >= FIRST_QUESTIONS
