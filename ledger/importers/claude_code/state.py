"""What one stretch of a Claude Code file tells the next, and which session a file belongs to."""

from pathlib import Path

from msgspec import Struct

from ledger.core.parts import EditPart, PromptPart, RequestPart
from ledger.importers.fields import encoded_state, resumed, text


class OpenResponse(Struct):
    """A response that a later row may belong to, told from others that bear its message id."""

    id: str  # of the message
    first: str  # the uuid of its first row
    request: str = ""  # the vendor's id of the request
    reference: str = ""  # the tool's own
    prompt: tuple[int, int, int] = (0, 0, 0)  # input, cache read and cache write
    echo: bool = False  # seen in a live echo
    closed: bool = False  # something was said to the model since


class Announced(Struct):
    """A request that was sent and has no answer so far."""

    model: str
    thread: str  # who sent it: requests of one thread follow one another
    time_ms: int
    interaction: int
    told: bool = False  # as one without an answer


class ReaderState(Struct):
    """What one stretch leaves to the next; it travels as JSON in the cursor."""

    key: str = ""
    subagent: bool = False  # by its rows: the file's name does not say so
    directory_known: bool = False
    anchor_ms: int = 0
    last_ms: int = 0
    interaction: int = 0
    command: PromptPart | None = None  # a slash command that has not made the model work yet
    calls: dict[str, EditPart] = {}  # edits without a result so far
    model: str = ""  # of the last response
    owed: bool = False  # something was said to the model that it has not answered yet
    unfinished: RequestPart | None = None  # the last response, when its end was not logged
    responses: list[OpenResponse] = []
    vouched: list[OpenResponse] = []  # the last responses with a message id of the vendor
    announced: dict[str, Announced] = {}


def decode_state(state: str) -> ReaderState:
    """Return what a cursor's state holds; a fresh one at the start of a file, or when damaged."""
    return resumed(state, ReaderState())


def encode_state(state: ReaderState) -> str:
    """Return the state as the text a cursor keeps."""
    return encoded_state(state)


def is_subagent(path: Path) -> bool:
    """Whether the file is a sub-agent's."""
    return path.name.startswith("agent-") or bool(_host(path))


def session_key(path: Path) -> str:
    """Return the session a file belongs to; "" when only its rows know."""
    host = _host(path)
    if host:
        return text(host)
    if path.name.startswith("agent-"):
        return ""
    # Some builds wrote `<session>/chat.jsonl`: a plain word is no session's name.
    return text(path.stem if _is_named(path.stem) else f"{path.parent.name}/{path.stem}")


def _host(path: Path) -> str:
    """Return the session in whose folder of sub-agents a file lies; "" if in none.

    Logs lie at `projects/<project>/<session>/subagents/**`. A folder of that name above the logs
    says nothing: people keep settings wherever they like.
    """
    folders = path.parts[:-1]
    is_anchored = "projects" in folders
    if is_anchored:
        folders = folders[len(folders) - folders[::-1].index("projects") :]
    for place in range(len(folders) - 1, 0, -1):
        if folders[place] == "subagents":
            above = folders[place - 1]
            is_innermost = folders[place + 1 : place + 2] in ((), ("workflows",))
            is_own = is_innermost and (path.name.startswith("agent-") or _is_named(above))
            if place > 1 if is_anchored else is_own:
                return above
    return ""


def _is_named(name: str) -> bool:
    return any(letter.isdigit() for letter in name)
