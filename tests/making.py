"""Small logs and parts that many tests need; every number is chosen, none is random."""

import json
from pathlib import Path

from ledger.core.ids import content_id
from ledger.core.parts import Batch, Cursor, PromptPart, Reading, RequestPart, SessionPart
from ledger.core.vocabulary import Origin, Tool

START_MS = 1_780_000_000_000  # 2026-05-28T20:26:40Z
MINUTE_MS = 60_000


def stamp(time_ms: int) -> str:
    """Return a moment as Claude Code writes it."""
    from datetime import UTC, datetime

    moment = datetime.fromtimestamp(time_ms / 1000, UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def claude_lines(session: str, prompts: int, *, first: int = 0, cwd: str = "/home/ada/atlas"):
    """Return log lines of a Claude Code session: each prompt gets one response of 1,210 tokens."""
    lines = []
    for number in range(first, first + prompts):
        time_ms = START_MS + number * 40 * MINUTE_MS
        common = {"sessionId": session, "cwd": cwd, "gitBranch": "main", "version": "2.1.197",
                  "isSidechain": False, "userType": "external"}  # fmt: skip
        lines.append(
            common
            | {
                "type": "user",
                "uuid": f"{session}-p{number}",
                "timestamp": stamp(time_ms),
                "message": {"role": "user", "content": f"prompt number {number}"},
            }
        )
        lines.append(
            common
            | {
                "type": "assistant",
                "uuid": f"{session}-a{number}",
                "timestamp": stamp(time_ms + 5_000),
                "requestId": f"req_{session}_{number}",
                "message": {
                    "id": f"msg_{session}_{number}",
                    "model": "claude-opus-4-5",
                    "role": "assistant",
                    "stop_reason": "end_turn",
                    "content": [{"type": "text", "text": f"answer number {number}"}],
                    "usage": {
                        "input_tokens": 10,
                        "cache_read_input_tokens": 1000,
                        "cache_creation_input_tokens": 100,
                        "output_tokens": 100,
                    },
                },
            }
        )
    return [json.dumps(line) for line in lines]


def claude_log(home: Path, session: str = "s1", prompts: int = 3, **more) -> Path:
    """Write a Claude Code session below a home folder."""
    path = home / ".claude" / "projects" / "-home-ada-atlas" / f"{session}.jsonl"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(line + "\n" for line in claude_lines(session, prompts, **more)))
    return path


def append(path: Path, *lines: str) -> None:
    """Add lines to a log as a tool does."""
    with path.open("a") as log:
        log.write("".join(line + "\n" for line in lines))


def interaction_id(number: int) -> int:
    """Return the id that `made_reading` gives its interaction of this number."""
    return content_id("made", str(number))


def made_reading(
    count: int, *, project: str = "/p", gap_ms: int = 40 * MINUTE_MS, per: int = 1
) -> Reading:
    """Return parts of `count` interactions with `per` requests of 1,000 input tokens each."""
    batch = Batch()
    session = content_id("made-session", project)
    batch.sessions.append(SessionPart(session, "made", START_MS, project))
    for number in range(count):
        time_ms = START_MS + number * gap_ms
        identity = interaction_id(number)
        batch.prompts.append(
            PromptPart(identity, session, time_ms, Origin.TYPED, project, "", 0, 0, 0, 0, 0)
        )
        for request in range(per):
            batch.requests.append(
                RequestPart(
                    content_id("made-request", str(number), str(request)), session, identity,
                    time_ms, time_ms, "model-a", 1000, 0, 0, 0, 0, None,
                )
            )  # fmt: skip
    return Reading(Tool.CLAUDE_CODE, Cursor("/made.jsonl"), batch)
