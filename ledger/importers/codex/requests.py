"""Makes a request of every row of a thread that says something was used."""

from ledger.core.ids import content_id
from ledger.core.parts import Batch, RequestPart
from ledger.importers.codex.prompts import Prompts
from ledger.importers.codex.rows import Payload, mapping, value, words
from ledger.importers.codex.state import State
from ledger.importers.codex.usage import Counters, counters, read_info, spend, vector
from ledger.importers.fields import text

FALLBACK_MODEL = "gpt-5"  # the only model while logs did not name it (September 2025)
UNKNOWN_MODEL = "unknown"


class Requests:
    """Adds a request part per response, and begins an interaction where none was."""

    def __init__(self, state: State, batch: Batch, prompts: Prompts) -> None:
        self.state, self.batch, self._prompts = state, batch, prompts

    def tick(self, payload: Payload, offset: int, line: bytes) -> None:
        """Take a `token_count` event: the thread's counters after a response, often repeated."""
        state = self.state
        total, last, model = read_info(payload.info)
        if total is None and last is None:
            return  # rate limits only
        is_fork = state.is_agent or state.parent is not None
        used = state.meter.tick(total, last, is_fork=is_fork)
        if used is None:
            return
        raw = vector(total, last)
        # The lines of a replay stand under a turn of the child, which says nothing of theirs.
        turn = "" if state.time_ms <= state.replay_until else state.turn
        mark = content_id("codex-turn", turn) if turn else 0
        own = (state.key, str(state.time_ms), str(raw))
        self._begin(offset, line)
        self._add(used, own, raw, mark, model or _named_model(payload))

    def record(self, payload: Payload, offset: int, line: bytes) -> None:
        """Take a `token_usage_record`: the usage of one response, by its id."""
        state = self.state
        used = counters(value(payload.usage))
        if used is None:
            return
        total = counters(value(payload.thread_token_usage))
        response = words(payload.response_id)
        # A copied record still names the thread that asked: there the same response has this id.
        thread = words(payload.thread_id)
        mark = content_id("codex-response", thread, response) if response else 0
        counted = state.meter.record(used, total, mark)
        if counted is None:
            return
        raw = vector(total, used)
        own = (
            (thread or state.key, response)
            if response
            else (state.key, str(state.time_ms), str(raw))
        )
        turn = payload.turn_id or state.turn
        mark = mark or (content_id("codex-turn", turn) if turn else 0)
        self._begin(offset, line)
        self._add(counted, own, raw, mark, _named_model(payload))

    def _begin(self, offset: int, line: bytes) -> None:
        self._prompts.work()
        if self.state.interaction is None and not self.state.is_agent:
            self._prompts.begin_unprompted(offset, line)

    def _add(self, used: Counters, own: tuple[str, ...], raw: int, mark: int, model: str) -> None:
        state = self.state
        made = spend(used)
        fallback = FALLBACK_MODEL if state.model is None else UNKNOWN_MODEL
        part = RequestPart(
            id=content_id("codex", *own),
            session=state.session,
            interaction=state.interaction,
            anchor_ms=state.started_ms if state.is_agent else state.time_ms,
            time_ms=state.time_ms,
            model=state.model or model or fallback,
            input=made.input,
            cache_read=made.cache_read,
            cache_write_5m=made.cache_write,
            cache_write_1h=0,
            output=made.output,
            reasoning=made.reasoning,
            rank=0 if state.parent is None else 1,
            ordinal=state.requests,
            vector=raw,
            turn=mark,
        )
        self.batch.requests.append(part)
        state.requests += 1


def _named_model(payload: Payload) -> str:
    return words(payload.model) or text(mapping(value(payload.metadata)).get("model"))
