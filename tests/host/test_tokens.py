import lzma
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from ledger.core.usage import Basis
from ledger.host import tokens
from ledger.host.tokens import (
    CHARACTERS,
    CL100K,
    CLAUDE,
    CLAUDE_NEW,
    GEMINI,
    O200K,
    OPENAI,
    OPENAI_OLD,
    OTHER,
    Factor,
    TokenTableError,
    estimate,
    factor_of,
)

ROOT = Path(__file__).resolve().parents[2]

# What must hold where neither a network client nor a network exists.
OFFLINE = """
import socket, sys

class Refused:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {"requests", "urllib3", "blobfile", "httpx"}:
            raise ImportError(name)
        return None

def refuse(*args, **kwargs):
    raise AssertionError("a socket was opened")

sys.meta_path.insert(0, Refused())
socket.socket = socket.create_connection = socket.getaddrinfo = refuse
from ledger.host import tokens
tokens.check()
usage = tokens.estimate("hello world", "gpt-5")
print(usage.output, tokens.estimate("hello world", "gpt-4").output, "requests" in sys.modules)
"""


@pytest.fixture
def without_tables(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Return an empty folder that stands in the place of the shipped resources."""
    monkeypatch.setattr(tokens, "resource", lambda name: tmp_path / Path(name).name)
    tokens._encoding.cache_clear()
    yield tmp_path
    tokens._encoding.cache_clear()


@pytest.mark.parametrize(
    ("table", "text", "expected"),
    [
        (O200K, "hello world", [24912, 2375]),
        (CL100K, "hello world", [15339, 1917]),
        (CL100K, "tiktoken is great!", [83, 1609, 5963, 374, 2294, 0]),
    ],
)
def test_known_texts_give_the_known_tokens(table: str, text: str, expected: list[int]) -> None:
    assert tokens._encoding(table).encode_ordinary(text) == expected


def test_the_shipped_tables_are_the_published_ones() -> None:
    tokens.check()


def test_it_works_without_a_network_or_a_client_for_one(tmp_path: Path) -> None:
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "TMPDIR": str(tmp_path)}
    run = subprocess.run(
        [sys.executable, "-c", OFFLINE], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert run.stderr == ""
    assert run.stdout.split() == ["2", "2", "False"]
    assert list(tmp_path.iterdir()) == []  # no cache folder


def test_an_estimate_says_that_it_is_one() -> None:
    usage = estimate("hello world " * 100, "claude-sonnet-4-5")
    assert usage.basis is Basis.ESTIMATED
    assert (usage.input, usage.cache_read, usage.reasoning) == (0, 0, None)
    counted = len(tokens._encoding(O200K).encode_ordinary("hello world " * 100))
    assert usage.output == round(counted * 1.18)
    assert usage.output * usage.low == pytest.approx(counted * 1.05, abs=1)
    assert usage.output * usage.high == pytest.approx(counted * 1.35, abs=1)


@pytest.mark.parametrize(
    ("model", "factor"),
    [
        ("claude-3-5-sonnet-20241022", CLAUDE),
        ("claude-sonnet-4-20250514", CLAUDE),
        ("claude-opus-4-1-20250805", CLAUDE),
        ("anthropic/claude-sonnet-4.5", CLAUDE),
        ("claude-instant-1.2", CLAUDE),
        ("claude-opus-4-7", CLAUDE_NEW),
        ("claude-opus-4-10-20270101", CLAUDE_NEW),
        ("claude-fable-5", CLAUDE_NEW),
        ("claude", CLAUDE_NEW),
        ("gemini-2.5-pro", GEMINI),
        ("models/gemini-3-flash", GEMINI),
        ("gpt-5.1-codex", OPENAI),
        ("gpt-4o", OPENAI),
        ("gpt-4.1-mini", OPENAI),
        ("o3", OPENAI),
        ("codex-mini", OPENAI),
        ("gpt-4-turbo", OPENAI_OLD),
        ("gpt-3.5-turbo", OPENAI_OLD),
        ("llama-3", OTHER),
        ("o2000", OTHER),
        ("", OTHER),
    ],
)
def test_the_factor_follows_the_models_name(model: str, factor: Factor) -> None:
    assert factor_of(model) == factor


def test_no_text_is_no_tokens() -> None:
    assert estimate("", "gpt-5").total == 0


def test_marks_of_the_tokenizer_inside_a_text_are_only_text() -> None:
    assert estimate("<|endoftext|>", "gpt-5").output > 1


def test_a_long_text_is_scaled_up_from_its_first_part(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "word " * 2000
    whole = estimate(text, "gpt-5").output
    monkeypatch.setattr(tokens, "SAMPLE_CHARACTERS", 1000)
    assert estimate(text, "gpt-5").output == pytest.approx(whole, rel=0.01)


def test_without_a_table_length_is_counted_and_less_is_promised(without_tables: Path) -> None:
    usage = estimate("x" * 360, "gpt-5")
    assert (usage.output, usage.low, usage.high) == (100, CHARACTERS.low, CHARACTERS.high)
    with pytest.raises(TokenTableError, match="cannot be read"):
        tokens.check()


def test_a_changed_table_is_refused(without_tables: Path) -> None:
    table = without_tables / "o200k_base.tiktoken.xz"
    table.write_bytes(lzma.compress(b"IQ== 0\n"))
    with pytest.raises(TokenTableError, match="not the one"):
        tokens._encoding(O200K)


def test_a_damaged_table_is_refused(without_tables: Path) -> None:
    (without_tables / "o200k_base.tiktoken.xz").write_bytes(b"no archive")
    with pytest.raises(TokenTableError, match="cannot be read"):
        tokens._encoding(O200K)


@given(st.text(st.characters(), max_size=200), st.sampled_from(["gpt-5", "claude-opus-5", "x"]))
@hypothesis_settings(max_examples=50)
def test_any_text_has_an_estimate_within_its_range(text: str, model: str) -> None:
    usage = estimate(text, model)
    assert 0 < usage.low <= 1 <= usage.high
    assert (usage.output > 0) == bool(text)
