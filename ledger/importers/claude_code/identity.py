"""Says which rows are one response, also where a gateway gives many responses one message id.

A vendor's message id means one response wherever it is found: resumed and forked files and side
questions repeat it. Other programs that answer in the vendor's place may give every answer the
same id, also one that looks random. Such responses are told apart by the uuid of their first row:
copies keep it, and no two responses share it.
"""

import re

from ledger.core.ids import SessionIds, content_id, is_universal
from ledger.core.vocabulary import Tool
from ledger.importers.claude_code.records import Message, Row
from ledger.importers.claude_code.state import OpenResponse, ReaderState
from ledger.importers.fields import count

MOST_OPEN = 16  # responses that a next row may belong to; no more are ever open at once
MOST_VOUCHED = 8  # the last ones with a vendor's id

Prompt = tuple[int, int, int]  # tokens of input, cache read and cache write

_VENDOR = re.compile(
    r"(?:msg|toolu|srvtoolu)_(?:[a-z]+_)?(?=[A-Za-z-]*[0-9])[0-9A-Za-z-]{8,}", re.ASCII
)
_CLOUDS = ("msg_bdrk_", "msg_vrtx_")  # their answers come without the id of a request
_FEWEST_CHARACTERS = 6  # different ones: “000…0001” is a counter


def session_ids(key: str) -> SessionIds:
    """Return what makes the ids of one session."""
    return SessionIds(Tool.CLAUDE_CODE, key)


def _anywhere(*names: str) -> int:
    return content_id(Tool.CLAUDE_CODE, *names)


def is_vendors(source_id: str) -> bool:
    """Whether an id of a message or a call looks like one that the vendor made."""
    if not _VENDOR.fullmatch(source_id):
        return False
    return len(set(source_id.partition("_")[2].lower())) >= _FEWEST_CHARACTERS


def is_vouched(response: OpenResponse) -> bool:
    """Whether the message id can be trusted to be the vendor's own."""
    if response.request.startswith("req_") or response.id.startswith(_CLOUDS):
        return True
    # An echo may repeat the message alone.
    return response.echo or (bool(response.request) and is_vendors(response.id))


def call_id(key: str, source_id: str, row: Row) -> int:
    """Return the id of a call; one that anybody could have made counts with the row it stands in.

    Copies of the row keep its uuid.
    """
    if row.uuid and not (is_vendors(source_id) or is_universal(source_id)):
        return _anywhere(source_id, row_name(row))
    return _anywhere(source_id) if is_vendors(source_id) else session_ids(key).of(source_id)


def row_name(row: Row) -> str:
    """Return what names a row and every copy of it: its uuid, else that and its moment."""
    uuid = row.uuid or ""
    return uuid if is_universal(uuid) or not uuid else f"{uuid} {row.timestamp}"


def row_id(uuid: str, *names: str) -> int:
    """Return the id of what a row tells; every copy of the row keeps its uuid."""
    return _anywhere(uuid, *names)


def request_id(reference: str) -> int:
    """Return the id of a request that is known by the tool's own id of it alone."""
    return _anywhere("request", reference)


class ResponseIds:
    """Gives every row the id of its response; what is open stays in the state."""

    def __init__(self, state: ReaderState) -> None:
        self._state = state

    def of(self, row: Row, message: Message, *, side: bool, echo: bool = False) -> int:
        """Return the id of the response that a row belongs to.

        `side` rows may repeat a response under another id of the request.
        """
        ids, name, prompt = session_ids(self._state.key), message.id or "", prompt_of(message)
        if not name:
            return row_id(row_name(row)) if row.uuid else ids.inside(f"{row.timestamp} {prompt}")
        new = OpenResponse(
            id=name,
            first=row_name(row),
            request=row.request_id or "",
            reference=row.request_ref or "",
            prompt=prompt,
            echo=echo,
        )
        if is_vouched(new):
            if side or echo or (self._going_on(new, row) is None and not self._is_another(new)):
                return _anywhere(name)
        elif self._repeats(new):
            return _anywhere(name)
        elif not row.uuid:  # written by another program: a request's id tells a copy
            return _anywhere(name) if new.request else ids.of(name, *map(str, prompt))
        return _anywhere(name, self._found(new, row).first)

    def told(self, *, prompt: bool) -> None:
        """Note that something was said to the model: the next answer is another response."""
        state = self._state
        if prompt:
            state.responses.clear()
        for response in [*state.responses, *state.vouched]:
            response.closed = response.closed or not response.echo

    def _found(self, new: OpenResponse, row: Row) -> OpenResponse:
        """Return the open response that a row goes on with; it opens one if there is none."""
        known = self._going_on(new, row)
        if known is not None:
            known.prompt = max(known.prompt, new.prompt)
            return known
        self._state.responses.append(new)
        del self._state.responses[:-MOST_OPEN]
        return new

    def _going_on(self, new: OpenResponse, row: Row) -> OpenResponse | None:
        known = (one for one in reversed(self._state.responses) if one.id == new.id)
        return next((one for one in known if _goes_on(one, new, row)), None)

    def _repeats(self, new: OpenResponse) -> bool:
        """Whether a row without a request's id goes on with a response that has one."""
        known = next((one for one in self._state.vouched if one.id == new.id), None)
        return known is not None and not known.closed and known.prompt == new.prompt

    def _is_another(self, new: OpenResponse) -> bool:
        """Whether a response of this file that was not this one bore the vendor's id before."""
        vouched = self._state.vouched
        known = next((one for one in vouched if one.id == new.id), None)
        if known is None:
            vouched.append(new)
            del vouched[:-MOST_VOUCHED]
            return False
        if known.first == new.first or new.prompt == known.prompt or not any(new.prompt):
            return False
        return known.closed


def prompt_of(message: Message) -> Prompt:
    """Return what a response read, the same in each of its rows."""
    spent = message.usage
    if spent is None:
        return (0, 0, 0)
    return (
        count(spent.input_tokens),
        count(spent.cache_read_input_tokens),
        count(spent.cache_creation_input_tokens),
    )


def _goes_on(known: OpenResponse, new: OpenResponse, row: Row) -> bool:
    if known.first == new.first:
        return True
    if known.echo is not new.echo:
        return False
    if known.reference and new.reference:
        return known.reference == new.reference
    if known.request and new.request and known.request != new.request:
        return False
    if known.closed and not count(row.api_block_index):
        return False
    # Some gateways tell what was read only with the last row.
    return known.prompt == new.prompt or not any(known.prompt) or not any(new.prompt)
