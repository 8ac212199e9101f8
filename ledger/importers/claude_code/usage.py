"""Gathers the rows of one Claude Code response into its requests.

One row is written per content block; each repeats the input and cache counters, and only the last
has the final output. So the row with the greatest (output, total) gives all counters. Where another
model was asked on the way, or the conversation was compacted, `usage.iterations` has counters that
are not in those of the response: a request of its own.
"""

from dataclasses import dataclass
from typing import Any, NamedTuple

from ledger.core.ids import content_id
from ledger.core.parts import RequestPart
from ledger.core.tariff import Region, Tier
from ledger.core.usage import OUTPUT_WEIGHT, Basis, twentieths
from ledger.importers.claude_code.records import (
    Iteration,
    Message,
    Row,
    UsageFields,
    joined,
)
from ledger.importers.fields import count, text

SYNTHETIC = "<synthetic>"  # written by the tool itself: notices, fillers, stopped answers
LONGEST_OUTPUT = 32_000  # tokens that the tool asks for at most, where it does not say
# How the tool's own notices begin that are not marked as errors.
_NOTICES = (
    "No response requested",
    "API Error",
    "Claude AI usage limit reached",
    "(no content)",
)
_TIERS = {
    "": Tier.UNSAID,
    "standard": Tier.STANDARD,
    "fast": Tier.FAST,
    "priority": Tier.PRIORITY,
    "flex": Tier.FLEX,
    "batch": Tier.BATCH,
}
_REGIONS = {
    "": Region.ANYWHERE,
    "global": Region.ANYWHERE,
    "not_available": Region.ANYWHERE,
    "us": Region.US,
    "eu": Region.EU,
    "asia": Region.ASIA,
    "apac": Region.ASIA,
}


class Counters(NamedTuple):
    """The tokens of one row; greater (output, total) come first in order."""

    output: int
    total: int
    input: int
    cache_read: int
    cache_write_5m: int
    cache_write_1h: int
    reasoning: int | None


class Terms(NamedTuple):
    """What a response is priced by beside its tokens."""

    tier: Tier = Tier.UNSAID
    region: Region = Region.ANYWHERE
    searches: int = 0


_UNSAID = Terms()


class Place(NamedTuple):
    """Where and when a row of a response stood; the lowest place is the response's."""

    rank: int
    time_ms: int
    session: int
    interaction: int | None
    anchor_ms: int


class Aside(NamedTuple):
    """What was used within a response beside its own counters."""

    model: str
    counters: Counters


@dataclass(slots=True)
class Response:
    """What is known of one response so far; `counters` is None while no row told its usage."""

    place: Place
    model: str
    counters: Counters | None
    finished: bool  # a row carried a stop reason, so the output is final
    terms: Terms = _UNSAID
    said: bool = False  # there are words or calls, so there was output
    stopped: bool = False  # the person stopped it: more may have been written than was logged
    asides: tuple[Aside, ...] = ()

    def add(self, other: "Response") -> None:
        """Take in another row of the same response."""
        self.place = min(self.place, other.place, key=_order)
        self.finished = self.finished or other.finished
        self.said = self.said or other.said
        self.stopped = self.stopped or other.stopped
        self.asides = max(self.asides, other.asides, key=_size)
        if other.counters is None:
            return
        if self.counters is None or _weight(other) >= _weight(self):
            self.counters, self.model, self.terms = other.counters, other.model, other.terms

    def parts(self, identity: int) -> list[RequestPart]:
        """Return the requests that the rows amount to."""
        own = self.part(identity)
        return [
            own,
            *(
                _with_counters(own, aside.counters)._replace(
                    id=content_id(f"{identity:x}", "aside", str(place)),
                    model=aside.model,
                    basis=Basis.EXACT if aside.counters.total else Basis.UNKNOWN,
                    high=1.0,
                    searches=0,
                )
                for place, aside in enumerate(self.asides)
            ),
        ]

    def part(self, identity: int) -> RequestPart:
        """Return the request of the response's own model."""
        place, used = self.place, self.counters or Counters(0, 0, 0, 0, 0, 0, None)
        part = RequestPart(
            id=identity,
            session=place.session,
            interaction=place.interaction,
            anchor_ms=place.anchor_ms,
            time_ms=place.time_ms,
            model=self.model,
            input=0,
            cache_read=0,
            cache_write_5m=0,
            cache_write_1h=0,
            output=0,
            reasoning=None,
            basis=self._basis(),
            rank=place.rank,
            tier=self.terms.tier,
            region=self.terms.region,
            searches=self.terms.searches,
        )
        part = _with_counters(part, used)
        return stopped(part) if self.stopped else part

    def _basis(self) -> Basis:
        """Say how well the counters are known; a count that cannot be 0 is not known."""
        used = self.counters
        if used is None or not used.total:
            return Basis.UNKNOWN
        answered = self.finished and (used.output or not self.said) and used.total > used.output
        return Basis.EXACT if answered else Basis.PARTIAL


def _with_counters(part: RequestPart, used: Counters) -> RequestPart:
    return part._replace(
        input=used.input,
        cache_read=used.cache_read,
        cache_write_5m=used.cache_write_5m,
        cache_write_1h=used.cache_write_1h,
        output=used.output,
        reasoning=used.reasoning,
    )


def stopped(part: RequestPart) -> RequestPart:
    """Return a request whose answer was stopped: as much may have been written as is possible."""
    known = twentieths(
        part.input, part.cache_read, part.cache_write_5m, part.cache_write_1h, part.output
    )
    if part.basis is not Basis.PARTIAL or not known:
        return part
    more = max(0, LONGEST_OUTPUT - part.output) * OUTPUT_WEIGHT
    return part._replace(high=1.0 + more / known)


def _weight(response: Response) -> tuple[Any, ...]:
    return (response.counters or ())[:-1], response.terms, response.model


def _order(place: Place) -> tuple[int, int]:
    return place.rank, place.time_ms


def _size(asides: tuple[Aside, ...]) -> tuple[Any, ...]:
    return sum(aside.counters.total for aside in asides), len(asides), repr(asides)


def response_of(row: Row, message: Message, place: Place, last_model: str) -> Response | None:
    """Return a row's response; None when the row is no model's response.

    `last_model` is what the session's last response came from: a stopped answer does not say it.
    """
    model = text(message.model or row.model)
    if model == SYNTHETIC:
        return _stopped_answer(row, message, place, last_model)
    counters = counters_of(message.usage) if message.usage else _old_counters(row)
    if counters is None and not model:
        return None
    if row.is_api_error_message and not (counters and counters.total):
        return None
    spent = message.usage
    return Response(
        place,
        model,
        counters if counters is None or counters.total else None,
        finished=bool(message.stop_reason) or not spent,
        terms=terms_of(spent) if spent else _UNSAID,
        said=bool(message.content),
        stopped=bool(row.is_aborted_mid_stream),
        asides=tuple(_asides(spent, row, model)) if spent and spent.iterations else (),
    )


def _stopped_answer(row: Row, message: Message, place: Place, model: str) -> Response | None:
    """Return a response that was stopped before its usage came; None for the tool's own notices.

    What was said until then stands in a row without a model and with every count 0.
    """
    words = joined(message.content).strip()
    if row.is_api_error_message or not words or words.startswith(_NOTICES):
        return None
    return Response(place, model, None, finished=False, said=True)


def counters_of(spent: UsageFields | Iteration) -> Counters:
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


def terms_of(spent: UsageFields) -> Terms:
    """Return what the price depends on; `speed` is said beside the tier, and rules over it."""
    fast = (spent.speed or "").lower() == "fast"
    tier = "fast" if fast else (spent.service_tier or "").lower()
    tools = spent.server_tool_use
    return Terms(
        _TIERS.get(tier, Tier.OTHER),
        _REGIONS.get((spent.inference_geo or "").lower(), Region.OTHER),
        count(tools.web_search_requests) if tools else 0,
    )


def _asides(spent: UsageFields, row: Row, model: str) -> list[Aside]:
    """Return the iterations that the counters of the response leave out.

    An advisor's and a compaction's are not in them, the model's own are.
    """
    iterations = spent.iterations or []
    others = [one for one in iterations if one.type not in (None, "message")]
    counted = counters_of(spent)
    if sum(counters_of(one).total for one in iterations) == counted.total:
        return []
    return [Aside(_model_of(one, row, model), counters_of(one)) for one in others]


def _model_of(one: Iteration, row: Row, model: str) -> str:
    if one.type == "advisor_message":
        return text(one.model or row.advisor_model)
    return text(one.model) or model


def _written(spent: UsageFields | Iteration) -> tuple[int, int]:
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
