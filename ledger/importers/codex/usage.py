"""Turns the running totals that Codex repeats, drops and restarts into each request's usage."""

from typing import NamedTuple

import msgspec

from ledger.core.ids import content_id
from ledger.core.usage import LARGEST_COUNT
from ledger.importers.codex.records import Raw, mapping, value
from ledger.importers.fields import UNREADABLE, count, text

MOST_REMEMBERED = 8  # totals and responses; a repeat follows soon after its first


class Counters(NamedTuple):
    """Raw counters of Codex: `cached` and `written` lie inside `input`, `reasoning` in `output`."""

    input: int = 0
    cached: int = 0
    written: int = 0
    output: int = 0
    reasoning: int = 0
    total: int = 0

    @property
    def is_spend(self) -> bool:
        """Whether anything was used; a row with only a total estimates the context's size."""
        return bool(self.input or self.cached or self.output or self.reasoning)

    def covers(self, other: "Counters") -> bool:
        """Whether no counter is smaller than the other's: a cumulative count only rises."""
        pairs = zip(self[:5], other[:5], strict=True)
        return all(mine >= theirs for mine, theirs in pairs)

    def minus(self, other: "Counters") -> "Counters":
        """Return how far this count has risen above the other."""
        return Counters(*(mine - theirs for mine, theirs in zip(self, other, strict=True)))

    def plus(self, other: "Counters") -> "Counters":
        """Return both together."""
        return Counters(*(mine + theirs for mine, theirs in zip(self, other, strict=True)))


class Spend(NamedTuple):
    """Disjoint counters: what `core.parts.RequestPart` keeps."""

    input: int
    cache_read: int
    cache_write: int
    output: int
    reasoning: int


def counters(recorded: object) -> Counters | None:
    """Read a usage object, whatever its generation calls the counters; None when it is none."""
    usage = mapping(recorded)
    if not usage:
        return None

    def first(*names: str) -> int:
        return next((count(usage[name]) for name in names if usage.get(name) is not None), 0)

    sent = first("input_tokens", "prompt_tokens")
    received = first("output_tokens", "completion_tokens")
    return Counters(
        sent,
        first("cached_input_tokens", "cached_tokens", "cache_read_input_tokens"),
        first("cache_write_input_tokens"),
        received,
        first("reasoning_output_tokens", "reasoning_tokens"),
        first("total_tokens") or sent + received,
    )


class _Usage(msgspec.Struct):
    """A usage object as current builds write it; anything else is read by `counters`."""

    input_tokens: int
    cached_input_tokens: int
    output_tokens: int
    reasoning_output_tokens: int
    total_tokens: int
    cache_write_input_tokens: int = 0


class _Info(msgspec.Struct):
    total_token_usage: _Usage
    last_token_usage: _Usage
    model: str = ""
    model_name: str = ""


class Info(NamedTuple):
    """The counters of one `token_count` row, and the model if it names one."""

    total: Counters | None
    last: Counters | None
    model: str


_info = msgspec.json.Decoder(_Info)


def read_info(raw: Raw) -> Info:
    """Read the `info` of a `token_count` row; the usual shape takes a shorter way."""
    try:
        usual = _info.decode(raw)
    except UNREADABLE:
        usual = None
    if usual is not None:
        total, last = _plain(usual.total_token_usage), _plain(usual.last_token_usage)
        if total is not None and last is not None:
            return Info(total, last, usual.model or usual.model_name)
    info = mapping(value(raw))
    total = counters(info.get("total_token_usage"))
    last = counters(info.get("last_token_usage"))
    return Info(total, last, text(info.get("model")) or text(info.get("model_name")))


def _plain(usage: _Usage) -> Counters | None:
    plain = Counters(
        usage.input_tokens,
        usage.cached_input_tokens,
        usage.cache_write_input_tokens,
        usage.output_tokens,
        usage.reasoning_output_tokens,
        usage.total_tokens,
    )
    return plain if plain.total > 0 <= min(plain) and max(plain) <= LARGEST_COUNT else None


def vector(total: Counters | None, last: Counters | None) -> int:
    """Return a fingerprint of the raw counters of a row, which a fork repeats unchanged."""
    return content_id("codex-usage", str(total and tuple(total)), str(last and tuple(last)))


def spend(used: Counters) -> Spend:
    """Make the counters disjoint.

    Cache writes are counted in `input` too, as `total_tokens` = input + output shows; a count
    that cannot be part of the input stays fresh input, so that no token is counted twice.
    """
    cached = min(used.cached, used.input)
    fresh = used.input - cached
    written = used.written if used.written <= fresh else 0
    return Spend(fresh - written, cached, written, used.output, min(used.reasoning, used.output))


class Meter(msgspec.Struct, array_like=True):
    """What must be remembered of a file's counters to tell what each row adds."""

    total: Counters | None = None
    last: Counters | None = None
    restarted: bool = False
    recent: list[Counters] = msgspec.field(default_factory=list)
    awaited: list[Counters] = msgspec.field(default_factory=list)
    ticked: Counters | None = None
    responses: list[int] = msgspec.field(default_factory=list)
    recorded: Counters | None = None  # the thread's count as its last record told it
    thread: str | None = None  # of that record
    since: Counters = Counters()  # what rows without a record added since then

    def knows(self, response: int) -> bool:
        """Whether a record of the response was taken already."""
        return response in self.responses

    def record(
        self,
        used: Counters,
        total: Counters | None,
        response: int,
        thread: str = "",
        *,
        is_fork: bool = True,
    ) -> Counters | None:
        """Take the usage of one response; None when it was already counted.

        Where the thread's count rose by more than that since its last record, a record between
        them was lost; what it held is counted with this one.
        """
        if response in self.responses:
            return None
        if response:
            self.responses = [*self.responses, response][-MOST_REMEMBERED:]
        if used == self.ticked and total in (None, self.total):
            self.ticked = None
            self._recorded(total, thread)
            return None
        counted = self._with_lost(used, total, thread, is_fork=is_fork)
        self._recorded(total, thread)
        if total is None and self.total is not None:
            total = self.total.plus(used)
        self._moved(total or used)
        self.awaited = [*self.awaited, used][-MOST_REMEMBERED:]
        return counted if counted.is_spend else None

    def _with_lost(
        self, used: Counters, total: Counters | None, thread: str, *, is_fork: bool
    ) -> Counters:
        is_first = self.thread is None and not is_fork
        before = Counters() if is_first else self.recorded
        if total is None or before is None or thread != (thread if is_first else self.thread):
            return used
        expected = before.plus(self.since).plus(used)
        return used.plus(total.minus(expected)) if total.covers(expected) else used

    def _recorded(self, total: Counters | None, thread: str) -> None:
        self.recorded, self.thread, self.since = total, thread, Counters()

    def tick(
        self, total: Counters | None, last: Counters | None, *, is_fork: bool
    ) -> Counters | None:
        """Take one `token_count` row; return what it adds, None when it repeats or estimates."""
        if total is None:
            used = None if last == self.last else last
            self.last = last
        else:
            used = self._risen(total, last, is_fork=is_fork)
        if used is None or not used.is_spend:
            return None
        self.ticked = last
        self.since = self.since.plus(used)
        return used

    def _risen(self, total: Counters, last: Counters | None, *, is_fork: bool) -> Counters | None:
        before = self.total
        if before is not None and last is not None and total == before.plus(last):
            self._moved(total)
            return last
        if last in self.awaited:
            self.awaited.remove(last)
            self._moved(total)
            return None
        anew = last is not None and total[:5] == last[:5]
        if anew and not self.restarted and total != before:
            self.recent = []  # what this new count passes was not seen before
        if total == before or total in self.recent:
            return None
        if last is not None and not last.is_spend:
            # An estimate after a compaction; what it hides is found by the next row's rise.
            if before is None or not total.covers(before):
                self._moved(total)
            return None
        self._moved(total)
        if last is None:
            return total.minus(before) if before and total.covers(before) else total
        if before is None:
            return last if is_fork else total  # a fork goes on from its parent's count
        if not total.covers(before):
            self.restarted = True  # from here on the totals may be those of several agents
        return last if anew or self.restarted else total.minus(before)

    def _moved(self, total: Counters) -> None:
        self.total = total
        self.recent = [*self.recent, total][-MOST_REMEMBERED:]
