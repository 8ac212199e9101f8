"""Words that must never leave a log: planted in every text of it, searched for in every coding."""

import base64
import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from tests.whole.log_trees import Tree

CANARY = "Kanarienvogel7919"

_STRUCTURE = """
type role id uuid parentUuid sessionId session_id requestId timestamp model model_slug cwd
version cliVersion cli_version gitBranch branch userType isSidechain stop_reason service_tier
originator source model_provider status subtype tool_use_id toolUseID sourceToolUseID
sourceToolAssistantUUID messageId leafUuid call_id turn_id callId agentId forked_from_id name
path filePath file_path fileName displayName projectHash kind startTime lastUpdated operation
promptId conversation_id parent_thread_id thread_id history_mode promptSource entrypoint
permissionMode decision outcome approval_policy notebook_path workdir requestRef
"""
# Names under which tools keep what is no text: ids, kinds, times, models, places.
STRUCTURE = frozenset(_STRUCTURE.split())


def with_canaries(tree: Tree) -> Tree:
    """Return the logs with the canary in every text that somebody wrote."""
    return {
        name: b"\n".join(map(_sung_line, data.split(b"\n")))
        if name.endswith(".jsonl")
        else _sung_line(data)
        for name, data in tree.items()
    }


def _sung_line(line: bytes) -> bytes:
    try:
        return json.dumps(_sung(json.loads(line)), ensure_ascii=False).encode()
    except (ValueError, RecursionError):  # a damaged line is damaged by a canary too
        return line.replace(b"{", b'{"%s":' % CANARY.encode(), 1)


def _sung(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            name: inner if name in STRUCTURE and isinstance(inner, str) else _sung(inner)
            for name, inner in value.items()
        }
    if isinstance(value, list):
        return [_sung(inner) for inner in value]
    return _marked(value) if isinstance(value, str) else value


def _marked(text: str) -> str:
    """Put the canary where the text keeps its meaning for whoever parses it."""
    if not text.strip():
        return text
    if text[0] in "{[":  # the arguments of a call are JSON inside a text
        with suppress(ValueError):
            return json.dumps(_sung(json.loads(text)), ensure_ascii=False)
    if text.startswith("***"):
        return text.replace("\n+", f"\n+{CANARY} ")
    return f"{text[0]}{CANARY} {text[1:]}" if text[0] in "+- " else f"{text} {CANARY}"


def forms(word: str) -> set[bytes]:
    """Return a word in every coding that might carry it."""
    plain = word.encode()
    found = {plain, word.encode("utf-16-le"), word.encode("utf-16-be"), plain[::-1]}
    found |= {plain.hex().encode(), plain.hex().upper().encode(), plain.lower(), plain.upper()}
    for shift in range(3):  # the letters that do not hang on what stands before and after
        found.add(base64.b64encode(b"\0" * shift + plain)[4 if shift else 0 : -4])
    return found


def sightings(paths: Iterable[Path], word: str = CANARY) -> Iterator[str]:
    """Yield every file that holds the word, in its content or in its name."""
    wanted = forms(word)
    for path in paths:
        if word in path.name:
            yield f"name of {path}"
        if path.is_file() and any(form in path.read_bytes() for form in wanted):
            yield str(path)
