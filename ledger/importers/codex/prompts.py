"""Tells the prompts of a person from what Codex puts into their message, and adds each once.

A prompt may be logged as an event, as a message of the conversation, or as both.
"""

from collections.abc import Callable

from ledger.core.ids import bytes_id, content_id
from ledger.core.parts import Batch, PromptPart
from ledger.core.vocabulary import Origin
from ledger.importers.codex.records import Payload, Row, blocks_text, mapping, text_of, value
from ledger.importers.codex.state import Candidate, ReaderState

WRAPPERS = (
    "environment_context",
    "INSTRUCTIONS",
    "user_instructions",
    "permissions instructions",
    "turn_aborted",
    "skill",
    "subagent_notification",
    "goal_context",
    "codex_internal_context",
    "recommended_plugins",
    "collaboration_mode",
    "user_shell_command",
    "user_action",
)
AGENTS = "# AGENTS.md instructions"
EDITOR = "# Context from my IDE setup:"
EDITOR_PROMPT = "## My request for Codex:"


def own_text(message: str) -> str:
    """Return the message without what was injected; "" when nothing else was in it."""
    text = message.removeprefix("\ufeff").strip()
    while (shorter := _unwrapped(text)) is not None:
        text = shorter.strip()
    return text


def _unwrapped(message: str) -> str | None:
    """Return what follows the wrapper the message begins with; None when there is none."""
    if message.startswith(AGENTS):
        return message.partition("</INSTRUCTIONS>")[2]
    if message.startswith(EDITOR) and EDITOR_PROMPT in message:
        return message.partition(EDITOR_PROMPT)[2]
    if not message.startswith("<"):
        return None
    for name in WRAPPERS:
        if message.startswith((f"<{name}>", f"<{name} ")):
            return message.partition(f"</{name}>")[2]
    return None


def is_message(payload: Payload) -> bool:
    """Whether the item of the conversation is a user message."""
    return payload.type == "message" and payload.role == "user"


def is_prompt(row: Row) -> bool:
    """Whether the row is one of the three forms in which a person's message is logged."""
    payload = row.payload
    if payload is None:
        return False
    if row.type == "response_item":
        return is_message(payload)
    return row.type == "event_msg" and (
        payload.type == "user_message"
        or (payload.type == "item_completed" and item_type(payload) == "UserMessage")
    )


def item_type(payload: Payload) -> str:
    """Return the type of the item an `item_completed` event is about."""
    kind = mapping(value(payload.item)).get("type")
    return kind if isinstance(kind, str) else ""


def prompt_text(payload: Payload) -> str:
    """Return what the person wrote in a row that `is_prompt`."""
    if payload.type == "user_message":
        return own_text(text_of(payload.message))
    content = _content(payload)
    if not isinstance(content, list):
        return own_text(blocks_text(content))
    # Each block by itself: the context and the prompt may be blocks of one message.
    parts = (own_text(blocks_text([block])) for block in content)
    return "\n".join(part for part in parts if part)


def _content(payload: Payload) -> object:
    """Return the content of a message; of blocks whose author is told, only the person's."""
    item = mapping(value(payload.item))
    content = item.get("content") if item else value(payload.content)
    about = mapping(value(payload.internal_chat_message_metadata_passthrough))
    kinds = about.get("content_item_kinds")
    if not isinstance(content, list) or not isinstance(kinds, list) or len(kinds) != len(content):
        return content
    if not any(isinstance(kind, str) and kind != "unknown" for kind in kinds):
        return content
    pairs = zip(content, kinds, strict=True)
    return [block for block, kind in pairs if str(kind).startswith(("user.", "unknown"))]


def has_picture(payload: Payload) -> bool:
    """Whether the message holds a picture, which is a prompt even without words."""
    if payload.type == "user_message":
        return bool(value(payload.images) or value(payload.local_images))
    content = _content(payload)
    blocks = content if isinstance(content, list) else []
    return any("image" in str(mapping(block).get("type")) for block in blocks)


class Prompts:
    """Adds a prompt part where an interaction begins.

    An event is the best record of a prompt. A user message of the conversation waits until the
    model works: only if no event came until then, it was a prompt of its own.
    """

    def __init__(self, state: ReaderState, batch: Batch) -> None:
        self.state, self.batch = state, batch
        self.before_next: Callable[[], None] = lambda: None

    def event(self, payload: Payload, offset: int, line: bytes) -> None:
        """Take a `user_message` event or a completed `UserMessage`."""
        state = self.state
        candidate = self._candidate(payload, offset, line)
        if candidate is None or self._is_echo(payload, candidate):
            return
        # The model did nothing since: the waiting message is this prompt, with its context.
        paired, state.candidate = state.candidate is not None, None
        self._begin(candidate)
        state.prompt_event = payload.type
        state.unpaired = 0 if paired else candidate.print

    def _is_echo(self, payload: Payload, candidate: Candidate) -> bool:
        """Whether this is the other kind of event for the prompt that was just taken."""
        state = self.state
        return (
            state.is_quiet
            and state.prompt_event not in ("", payload.type)
            and candidate.print == state.prompt_print
            and candidate.turn == state.prompt_turn
        )

    def message(self, payload: Payload, offset: int, line: bytes) -> None:
        """Take a user message of the conversation."""
        state = self.state
        candidate = self._candidate(payload, offset, line)
        if candidate is None:
            return
        if state.unpaired and (state.is_quiet or candidate.print == state.unpaired):
            state.unpaired = 0
            return
        self._commit()
        state.candidate = candidate

    def command(self, payload: Payload, offset: int, line: bytes) -> None:
        """Take a slash command, which is an interaction if the model works on it."""
        self._commit()
        self.state.candidate = self._place(payload, offset, line, 0, Origin.COMMAND)

    def work(self) -> None:
        """Notice that the model works."""
        self._commit()
        self.state.is_quiet = self.state.is_idle = False

    def begin_unprompted(self, offset: int, line: bytes) -> None:
        """Begin an interaction for requests that no prompt stands before."""
        self.state.interaction = self.state.ids.inside("start")
        self._add(self._place(Payload(), offset, line, 0, Origin.UNPROMPTED))

    def _candidate(self, payload: Payload, offset: int, line: bytes) -> Candidate | None:
        if self.state.is_agent or self.state.is_agents_turn or self.state.is_imported:
            return None  # another agent wrote it, or it was written in another tool
        prompt = prompt_text(payload)
        if not prompt and not has_picture(payload):
            return None
        print_ = content_id(prompt) if prompt else 0
        return self._place(payload, offset, line, print_, Origin.TYPED)

    def _place(
        self, payload: Payload, offset: int, line: bytes, print_: int, origin: Origin
    ) -> Candidate:
        turn = payload.turn_id or ("" if self.state.is_between else self.state.turn)
        time_ms = self.state.time_ms
        return Candidate(offset, len(line), bytes_id(line), time_ms, turn, print_, origin)

    def _commit(self) -> None:
        candidate, self.state.candidate = self.state.candidate, None
        if candidate is not None:
            self._begin(candidate)

    def _begin(self, candidate: Candidate) -> None:
        state, turn = self.state, candidate.turn
        if state.is_agent:
            return
        # After an abort the client may send the same prompt again.
        again = state.was_aborted and candidate.print and candidate.print == state.prompt_print
        state.was_aborted, state.is_quiet, state.is_idle = False, True, False
        state.has_begun = True
        if again and state.interaction is not None:
            return
        if not turn or turn != state.prompt_turn:
            self.before_next()
        state.prompt_print = candidate.print
        state.in_turn = state.in_turn + 1 if turn and turn == state.prompt_turn else 0
        state.prompt_turn = turn
        state.interaction = self._identity(candidate)
        state.prompts += 1
        self._add(candidate)

    def _identity(self, candidate: Candidate) -> int:
        state = self.state
        if not candidate.turn:
            return state.ids.inside(str(state.prompts), str(candidate.time_ms))
        nth = (str(state.in_turn),) if state.in_turn else ()
        return state.of_turn(candidate.turn, *nth)

    def _origin(self, candidate: Candidate) -> Origin:
        if candidate.origin is not Origin.TYPED:
            return candidate.origin
        if self.state.in_turn:
            return Origin.QUEUED
        return Origin.SCRIPT if self.state.is_script else Origin.TYPED

    def _add(self, place: Candidate) -> None:
        state = self.state
        if state.interaction is None:
            return
        part = PromptPart(
            id=state.interaction,
            session=state.session,
            time_ms=place.time_ms,
            origin=self._origin(place),
            directory=state.directory,
            branch=state.branch,
            rank=0 if state.parent is None else 1,
            ordinal=state.requests,
            offset=place.offset,
            length=place.length,
            check=place.check,
        )
        self.batch.prompts.append(part)
