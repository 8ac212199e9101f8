"""Makes a request part of each response: what it used, or that what it used is not known.

A provider may send no usage, and a turn may be stopped before its token row is written. Where the
model worked and no row came until the turn was over, the request is there, and unknown. Only the
end of a turn says so: until then the row may still come.
"""

from ledger.core.ids import SessionIds, content_id, is_universal
from ledger.core.parts import Batch, RequestPart
from ledger.core.usage import Basis
from ledger.importers.codex.prompts import Prompts
from ledger.importers.codex.records import Payload, mapping, text_of, value
from ledger.importers.codex.state import ReaderState
from ledger.importers.codex.totals import Totals
from ledger.importers.codex.usage import Counters, counters, read_info, spend, vector
from ledger.importers.fields import text

FALLBACK_MODEL = "gpt-5"  # the only model while logs did not name it (September 2025)
UNKNOWN_MODEL = "unknown"
MOST_NAMES = 8  # of responses; a name that is given again is given again soon
_NOT_KNOWN = vector(None, None)
_NOTHING = Counters()


class Requests:
    """Adds a request part per response, and begins an interaction where none was."""

    def __init__(self, state: ReaderState, batch: Batch, prompts: Prompts) -> None:
        self.state, self.batch, self._prompts = state, batch, prompts
        self._totals = Totals(state, batch)

    def tick(self, payload: Payload, offset: int, line: bytes) -> None:
        """Take a `token_count` event: the thread's counters after a response, often repeated."""
        state = self.state
        total, last, model = read_info(payload.info)
        if total is None and last is None:
            return  # rate limits only
        used = state.meter.tick(total, last, is_fork=state.goes_on)
        if state.is_imported or (state.inherits and not state.has_begun):
            return  # another tool's usage; or what the log this one goes on from had counted
        if total is not None and not state.has_records:
            self._totals.note(total, last, offset, len(line))
        if used is None:
            return
        raw = vector(total, last)
        # The lines of a replay stand under a turn of the child, which says nothing of theirs.
        turn = "" if state.time_ms <= state.replay_until else state.turn
        request = state.ids.inside(str(state.time_ms), str(raw))
        self._begin(offset, line)
        self._add(used, request, raw, _turn_mark(turn, raw), 0, model or _named_model(payload))

    def record(self, payload: Payload, offset: int, line: bytes) -> None:
        """Take a `token_usage_record`: the usage of one response, by its id."""
        state = self.state
        used = counters(value(payload.usage)) or _NOTHING
        total = counters(value(payload.thread_token_usage))
        raw = vector(total, used)
        response = text_of(payload.response_id)
        # A copied record still names the thread that asked: there the same response has this id.
        thread = text_of(payload.thread_id)
        mark = _response_mark(thread, response, raw)
        is_known = not mark or state.meter.knows(mark)
        counted = state.meter.record(used, total, mark, thread, is_fork=state.goes_on)
        if state.is_imported:
            return
        if total is not None and thread in ("", state.key):
            state.has_records = True
            self._totals.note(total, used, offset, len(line))
        if counted is None and (is_known or used.is_spend):
            return
        request = self._response_id(SessionIds("codex", thread or state.key), response, raw)
        turn = _turn_mark(payload.turn_id or state.turn, raw)
        self._begin(offset, line)
        # A response that is named, with nothing or zeros for its usage, was made all the same.
        self._add(counted, request, raw, mark or turn, turn if mark else 0, _named_model(payload))

    def worked(self, offset: int, line: bytes, *, told: bool) -> None:
        """Notice that the model answered; `told` says that an event tells it, when it happens."""
        state = self.state
        if state.is_imported:
            return
        state.is_unanswered, state.was_told = True, state.was_told or told
        if state.is_silent and not state.has_request:
            self._miss(offset, line)

    def ended(self, offset: int, line: bytes, *, aborted: bool) -> None:
        """Notice the end of a turn: a row that has not come by now will not come."""
        state = self.state
        if state.is_imported:
            return
        # What was answered is often told once more after its row; of what is told by an event,
        # the row comes later.
        if state.is_unanswered and (not state.has_request or (aborted and state.was_told)):
            state.is_silent |= not state.requests
            self._miss(offset, line)
        state.is_open = False

    def turned(self, offset: int, line: bytes, *, opens: bool) -> None:
        """Notice that another turn begins: the one before it is over, also where nothing says so.

        A fork may end in the middle of a turn of its parent; what it used is in the parent's log.
        """
        state = self.state
        unended = state.is_unanswered and not state.has_request and not state.missing
        if unended and state.parent is None and not state.is_imported:
            self._miss(offset, line)
        state.is_open = opens
        state.is_unanswered = state.was_told = state.has_request = False
        state.missing = 0

    def finish(self) -> None:
        """Add what is known only at the end of the stretch."""
        self._totals.finish()

    def _response_id(self, ids: SessionIds, response: str, raw: int) -> int:
        """Return the id of a response; some gateways give all of a session the same name."""
        state = self.state
        if not response:
            return state.ids.inside(str(state.time_ms), str(raw))
        if is_universal(response):
            return ids.inside(response)
        name = content_id(response)
        is_again = name in state.names or state.inherits
        state.names = [*(known for known in state.names if known != name), name][-MOST_NAMES:]
        return ids.inside(response, str(raw)) if is_again else ids.inside(response)

    def _begin(self, offset: int, line: bytes) -> None:
        self._prompts.work()
        if self.state.interaction is None and not self.state.is_agent:
            self._prompts.begin_unprompted(offset, line)

    def _miss(self, offset: int, line: bytes) -> None:
        """Add a request of which nothing is known but that it was made."""
        state = self.state
        self._begin(offset, line)
        if state.turn:
            nth = (str(state.missed),) if state.missed else ()
            request = state.of_turn(state.turn, "unanswered", *nth)
        else:
            request = state.ids.inside("unanswered", str(state.prompts), str(state.missed))
        state.missed += 1
        self._put(request, None, _NOT_KNOWN, _turn_mark(state.turn, _NOT_KNOWN), 0, "")
        state.missing = request
        state.is_unanswered = state.was_told = False
        state.has_request = True

    def _add(
        self, used: Counters | None, request: int, raw: int, mark: int, within: int, model: str
    ) -> None:
        state = self.state
        if state.missing:  # its row came after all, when the turn was over
            state.requests -= 1
            request = state.missing
        state.missing = 0
        state.is_unanswered = state.was_told = False
        state.has_request, state.is_silent = True, state.is_silent and used is None
        self._put(request, used, raw, mark, within, model)

    def _put(
        self, request: int, used: Counters | None, raw: int, mark: int, within: int, model: str
    ) -> None:
        state = self.state
        spent = spend(used or _NOTHING)
        # Without a count the log may be older than that model.
        is_unnamed = state.model is None and used is not None
        fallback = FALLBACK_MODEL if is_unnamed else UNKNOWN_MODEL
        part = RequestPart(
            id=request,
            session=state.session,
            interaction=state.interaction,
            anchor_ms=state.started_ms if state.is_agent else state.time_ms,
            time_ms=state.time_ms,
            model=state.model or model or fallback,
            input=spent.input,
            cache_read=spent.cache_read,
            cache_write_5m=spent.cache_write,
            cache_write_1h=0,
            output=spent.output,
            reasoning=None if used is None else spent.reasoning,
            basis=Basis.UNKNOWN if used is None else Basis.EXACT,
            rank=0 if state.parent is None else 1,
            ordinal=state.requests,
            vector=raw,
            turn=mark,
            within=within,
            tier=state.tier,
        )
        self.batch.requests.append(part)
        state.requests += 1


def _turn_mark(turn: str, raw: int) -> int:
    """Return what a request is known by in its turn: a name like `turn-1` says little alone."""
    if not turn:
        return 0
    return content_id("codex-turn", turn, *(() if is_universal(turn) else (str(raw),)))


def _response_mark(thread: str, response: str, raw: int) -> int:
    """Return what a response is known by; a gateway may give all of them one name."""
    if not response:
        return 0
    own = () if is_universal(response) else (str(raw),)
    return content_id("codex-response", thread, response, *own)


def _named_model(payload: Payload) -> str:
    return text_of(payload.model) or text(mapping(value(payload.metadata)).get("model"))
