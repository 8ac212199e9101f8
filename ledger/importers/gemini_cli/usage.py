"""Joins all versions of a Gemini CLI response into one request, with what it used."""

from typing import NamedTuple

from ledger.core.usage import Basis
from ledger.importers.fields import count, text
from ledger.importers.gemini_cli.edits import calls_of
from ledger.importers.gemini_cli.prompts import message_text
from ledger.importers.gemini_cli.records import Record, Tokens, part_of


class TokenUse(NamedTuple):
    """What a response used; compares so that the greatest (output, total) of two versions wins."""

    output: int
    total: int
    input: int
    cache_read: int
    reasoning: int


class Request(NamedTuple):
    """A response of the model; `used` is None when the log does not say what it cost."""

    time_ms: int
    model: str
    used: TokenUse | None
    has_output: bool = False  # it said or called something

    @property
    def basis(self) -> Basis:
        """How well the counters are known; what was said cannot have cost nothing."""
        if self.used is None:
            return Basis.UNKNOWN
        return Basis.PARTIAL if self.has_output and not self.used.output else Basis.EXACT

    def joined(self, earlier: "Request") -> "Request":
        """Return what this and an earlier version of one response tell together."""
        return Request(
            time_ms=min(self.time_ms, earlier.time_ms),
            model=self.model or earlier.model,
            used=max((used for used in (self.used, earlier.used) if used), default=None),
            has_output=self.has_output or earlier.has_output,
        )


def request_of(record: Record, time_ms: int) -> Request:
    """Return the response that a message of the model is."""
    has_output = bool(message_text(record.content) or calls_of(record.tool_calls))
    return Request(time_ms, text(record.model), token_use_of(record), has_output)


def token_use_of(record: Record) -> TokenUse | None:
    """Return the counters of a response, made disjoint; None when the log does not tell them."""
    if not len(record.tokens):
        return None
    tokens = part_of(record.tokens, Tokens)
    whole, cached = count(tokens.input), count(tokens.cached)
    thoughts, tool = count(tokens.thoughts), count(tokens.tool)
    fresh = max(whole - cached, 0) + tool
    output = count(tokens.output) + thoughts
    total = fresh + cached + output
    return TokenUse(output, total, fresh, cached, thoughts) if total else None
