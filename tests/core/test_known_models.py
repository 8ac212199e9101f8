import pytest

from ledger.core.known_models import OTHER, public_name


@pytest.mark.parametrize(
    ("model", "name"),
    [
        ("claude-opus-4-5-20251101", "claude-opus-4-5"),
        ("claude-3-5-sonnet-20241022", "claude-3-5-sonnet"),
        ("claude-sonnet-4-20250514", "claude-sonnet-4"),
        ("gpt-5.1-codex", "gpt-5.1-codex"),
        ("gpt-4o-mini-2024-07-18", "gpt-4o-mini"),
        ("o3-mini", "o3-mini"),
        ("gemini-2.5-pro-preview-06-05", "gemini-2.5-pro"),
        ("CLAUDE-OPUS-4", "claude-opus-4"),
        ("acme-gateway/anthropic/claude-sonnet-4.5", "claude-sonnet-4-5"),
        ("gpt-6-sol", "gpt-6-sol"),
    ],
)
def test_a_public_model_goes_by_its_name_without_a_date(model, name):
    assert public_name(model) == name


@pytest.mark.parametrize(
    "model",
    [
        "", "acme-llama", "claude-opus-4-5-acme", "gpt-5-heron", "ft:gpt-4o:acme::abc",
        "gemini-2.5-pro-acme", "claude-heron-4", "gpt-1234567", "o3-mini\nacme",
    ],
)  # fmt: skip
def test_any_other_name_is_nobody_elses_business(model):
    assert public_name(model) == OTHER
