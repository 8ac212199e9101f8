"""Gathers the rows of one Claude Code response into one request.

One row is written per content block; each repeats the input and cache counters, and only the last
has the final output. So the row with the greatest (output, total) gives all counters.
"""

from dataclasses import dataclass
from typing import NamedTuple

from ledger.core.ids import content_id
from ledger.core.parts import RequestPart
from ledger.core.usage import Basis
from ledger.importers.claude_code.records import Message, Row, UsageFields
from ledger.importers.fields import count, text

SYNTHETIC = "<synthetic>"  # written by the tool itself: notices, fillers; never billed


class Counters(NamedTuple):
    """The tokens of one row; greater (output, total) come first in order."""

    output: int
    total: int
    input: int
    cache_read: int
    cache_write_5m: int
    cache_write_1h: int
    reasoning: int | None


class Place(NamedTuple):
    """Where and when a row of a response stood; the lowest place is the response's."""

    rank: int
    time_ms: int
    session: int
    interaction: int | None
    anchor_ms: int


@dataclass(slots=True)
class Response:
    """What is known of one response so far; `counters` is None while no row told its usage."""

    place: Place
    model: str
    counters: Counters | None
    finished: bool  # a row carried a stop reason, so the output is final

    def add(self, other: "Response") -> None:
        """Take in another row of the same response."""
        self.place = min(self.place, other.place, key=_order)
        self.finished = self.finished or other.finished
        if other.counters is None:
            return
        if self.counters is None or other.counters[:-1] >= self.counters[:-1]:
            self.counters, self.model = other.counters, other.model

    def part(self, identity: str) -> RequestPart:
        """Return the request that the rows amount to."""
        place, used = self.place, self.counters or Counters(0, 0, 0, 0, 0, 0, None)
        known = Basis.EXACT if self.finished else Basis.PARTIAL
        return RequestPart(
            id=content_id("claude-code", identity),
            session=place.session,
            interaction=place.interaction,
            anchor_ms=place.anchor_ms,
            time_ms=place.time_ms,
            model=self.model,
            input=used.input,
            cache_read=used.cache_read,
            cache_write_5m=used.cache_write_5m,
            cache_write_1h=used.cache_write_1h,
            output=used.output,
            reasoning=used.reasoning,
            basis=known if self.counters else Basis.UNKNOWN,
            rank=place.rank,
        )


def _order(place: Place) -> tuple[int, int]:
    return place.rank, place.time_ms


def response_of(row: Row, message: Message, place: Place) -> tuple[str, Response] | None:
    """Return a row's response with its key; None when the row is no model's response."""
    model = text(message.model or row.model)
    if model == SYNTHETIC:
        return None
    counters = counters_of(message.usage) if message.usage else _old_counters(row)
    finished = bool(message.stop_reason) or not message.usage
    if counters is None and not model:
        return None
    if row.is_api_error_message and not (counters and counters.total):
        return None
    # Without an id a row stands for itself. The response id alone is the key, not with the
    # request id: side questions repeat responses under new request ids, some gateways write none.
    identity = message.id or row.uuid or f"{place.session} {row.timestamp} {counters}"
    return identity, Response(place, model, counters, finished)


def counters_of(spent: UsageFields) -> Counters:
    """Return the disjoint counters of `message.usage`; fields it lacks count 0."""
    fresh = count(spent.input_tokens)
    read = count(spent.cache_read_input_tokens)
    output = count(spent.output_tokens)
    short, long = _written(spent)
    details = spent.output_tokens_details
    thought = details.thinking_tokens if details else None
    reasoning = None if thought is None else min(count(thought), output)
    total = fresh + read + short + long + output
    return Counters(output, total, fresh, read, short, long, reasoning)


def _written(spent: UsageFields) -> tuple[int, int]:
    """Split what was written to the cache into its 5-minute and 1-hour kind; the total rules."""
    split, whole = spent.cache_creation, spent.cache_creation_input_tokens
    if split is None:
        return count(whole), 0
    long = count(split.ephemeral_1h_input_tokens)
    if whole is None:
        return count(split.ephemeral_5m_input_tokens), long
    long = min(long, count(whole))
    return count(whole) - long, long


def _old_counters(row: Row) -> Counters | None:
    """Read the counters beside the message, where builds of 2024 put them."""
    if row.input_tokens is None and row.output_tokens is None:
        return None
    fresh, output = count(row.input_tokens), count(row.output_tokens)
    read, written = count(row.cache_read_input_tokens), count(row.cache_creation_input_tokens)
    return Counters(output, fresh + read + written + output, fresh, read, written, 0, None)
