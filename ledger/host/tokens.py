"""Counts the tokens of text that came without a count; the only door to tiktoken.

The tables are shipped with the program. Nothing is ever fetched, and no cache folder is touched.
"""

import base64
import hashlib
import lzma
import re
from dataclasses import dataclass
from functools import cache
from typing import Any

import tiktoken
from tiktoken_ext import openai_public

from ledger.core.errors import LedgerError
from ledger.core.usage import LARGEST_COUNT, Basis, Usage
from ledger.host.paths import resource

O200K = "o200k_base"
CL100K = "cl100k_base"
SAMPLE_CHARACTERS = 500_000  # a longer text is counted in its first part and scaled up

CHARACTERS_PER_TOKEN = 3.6
NEW_CLAUDE = (4, 7)
_VERSION = re.compile(r"(?<!\d)(\d{1,2})(?:[-.](\d{1,2}))?(?!\d)")
_OPENAI = re.compile(r"(openai/)?(chatgpt|gpt|codex|o[1-9](?!\d))")
_OPENAI_OLD = re.compile(r"(openai/)?gpt-(4(?![o.\d])|3)")


@dataclass(frozen=True, slots=True)
class Factor:
    """How a model's own count relates to a table's: `times`, and between `low` and `high`.

    `overhead` is the most tokens a message costs beyond its text.
    """

    table: str
    times: float
    low: float
    high: float
    overhead: int = 0


# Multipliers with the range that published measurements give: OpenAI's tables count OpenAI's
# models to within 3-7 tokens a message; they count 15-20 % too few on English prose for Claude,
# and from Opus 4.7 on a new tokenizer adds 20-46 %; Gemini differs by about 15 % either way.
OPENAI = Factor(O200K, 1.0, 1.0, 1.0, overhead=7)
OPENAI_OLD = Factor(CL100K, 1.0, 1.0, 1.0, overhead=7)
CLAUDE = Factor(O200K, 1.18, 1.05, 1.35)
CLAUDE_NEW = Factor(O200K, 1.5, 1.2, 1.8)
GEMINI = Factor(O200K, 1.0, 0.85, 1.15)
OTHER = Factor(O200K, 1.1, 0.8, 1.4)
CHARACTERS = Factor("", 1.0, 0.7, 1.35)  # when no table can be used


class TokenTableError(LedgerError):
    """A token table is missing, or not the one that was shipped."""


def estimate(text: str, model: str) -> Usage:
    """Return the estimated usage of an answer's text, as output tokens.

    Counts only what is written: not the system prompt, hidden reasoning or history. `low` and
    `high` give the range. Takes about a second the first time, while a table is read.
    """
    factor = factor_of(model)
    try:
        counted = float(_count(text, factor.table))
    except TokenTableError:
        factor, counted = CHARACTERS, len(text) / CHARACTERS_PER_TOKEN
    expected = counted * factor.times
    if not expected:
        return Usage(basis=Basis.ESTIMATED)
    return Usage(
        output=min(max(round(expected), 1), LARGEST_COUNT),
        basis=Basis.ESTIMATED,
        low=factor.low / factor.times,
        high=factor.high / factor.times + factor.overhead / expected,
    )


def factor_of(model: str) -> Factor:
    """Return the factor for a model by its name, in whatever way the name is written."""
    name = model.strip().lower()
    if "claude" in name:
        match = _VERSION.search(name)
        version = (int(match[1]), int(match[2] or 0)) if match else NEW_CLAUDE
        return CLAUDE_NEW if version >= NEW_CLAUDE else CLAUDE
    if "gemini" in name:
        return GEMINI
    if _OPENAI_OLD.match(name):
        return OPENAI_OLD
    return OPENAI if _OPENAI.match(name) else OTHER


def check() -> None:
    """Read every table; raises TokenTableError when one is missing or damaged."""
    for name in (O200K, CL100K):
        _encoding(name)


def _count(text: str, table: str) -> int:
    sample = text[:SAMPLE_CHARACTERS]
    counted = len(_encoding(table).encode_ordinary(sample))
    return round(counted * len(text) / len(sample)) if sample else 0


@cache
def _encoding(name: str) -> tiktoken.Encoding:
    """Build an encoding from its shipped table; takes 0.6 to 1.7 s."""
    return tiktoken.Encoding(**getattr(openai_public, name)())


def _shipped_table(url: str, expected_hash: str | None = None) -> dict[bytes, int]:
    """Return the ranks of the shipped table with the URL's name, after comparing its SHA-256."""
    name = url.rpartition("/")[2]
    hint = "Install Signal Ledger again to restore it; until then tokens are counted by length."
    try:
        data = lzma.decompress(resource(f"tiktoken/{name}.xz").read_bytes())
    except (OSError, lzma.LZMAError, LedgerError) as problem:
        raise TokenTableError(f"The token table {name} cannot be read.", hint) from problem
    if hashlib.sha256(data).hexdigest() != expected_hash:
        raise TokenTableError(f"The token table {name} is not the one that was shipped.", hint)
    pairs = (line.split() for line in data.splitlines() if line)
    return {base64.b64decode(token): int(rank) for token, rank in pairs}


def _use_shipped_tables(module: Any) -> None:
    """Put our reader in the place of the one that would download a table and cache it."""
    module.load_tiktoken_bpe = _shipped_table


_use_shipped_tables(openai_public)
