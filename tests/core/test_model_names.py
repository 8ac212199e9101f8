import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.core.model_names import canonical

CLAUDES = (
    "claude-sonnet-4-5",
    "claude-opus-4-6",
    "claude-haiku-4-5",
    "claude-opus-5",
    "claude-3-7-sonnet",
)
OTHERS = ("gpt-5", "gpt-5.1", "gpt-5.1-codex", "gpt-5.1-codex-mini", "gpt-5-mini", "gpt-5-pro",
          "gpt-5.4-nano", "gpt-6.1-sol", "gpt-4o", "gpt-4o-mini", "gpt-4.1", "o3", "o3-mini",
          "o3-pro", "codex-mini", "gemini-2.5-pro", "gemini-2.5-flash", "gemini-2.5-flash-lite",
          "gemini-2.5-pro-preview", "gemini-3-pro-preview", "gemini-2.0-flash")  # fmt: skip
SERVED = ("", "anthropic/", "openrouter/anthropic/", "vertex_ai/", "bedrock/us.anthropic.",
          "us.anthropic.", "eu.anthropic.", "apac.anthropic.", "au.anthropic.", "jp.anthropic.",
          "us-gov.anthropic.", "global.anthropic.", "anthropic.", "anthropic:", "anthropic--",
          "databricks-", "gateway.example/team-a/",
          "arn:aws:bedrock:eu-west-1:000000000000:inference-profile/eu.anthropic.",
          "projects/p/locations/us-east5/publishers/anthropic/models/")  # fmt: skip
BUILT = ("", "-20250929", "@20250929", "-latest", "@latest", "@default", "-20250929-v1:0", "-v1",
         "-v2:0", "-20250929-v1:0[1m]", "-thinking", ":thinking", ":beta")  # fmt: skip
ASKED = ("", "[1m]", "[200k]")
OTHERS_SERVED = ("", "openai/", "google/", "openrouter/openai/", "azure/", "models/", "openai:",
                 "litellm_proxy/openai/", "publishers/google/models/")  # fmt: skip
OTHERS_BUILT = ("", "-2025-08-07", "-latest", "[1m]")
cases = st.sampled_from((str, str.upper, str.title))


def dotted(name: str) -> str:
    """Return a name of Claude with a dot in its version, as some gateways write it."""
    head, dash, minor = name.rpartition("-")
    return f"{head}.{minor}" if dash and minor.isdigit() and head[-1].isdigit() else name


@given(
    st.sampled_from(CLAUDES),
    st.sampled_from((str, dotted)),
    st.sampled_from(SERVED),
    st.sampled_from(BUILT),
    st.sampled_from(ASKED),
    cases,
)
def test_a_model_has_one_name_wherever_and_however_it_is_served(
    model, spell, served, built, asked, case
):
    assert canonical(case(f"{served}{spell(model)}{built}{asked}")) == model


@given(
    st.sampled_from(OTHERS), st.sampled_from(OTHERS_SERVED), st.sampled_from(OTHERS_BUILT), cases
)
def test_so_have_the_models_of_other_vendors(model, served, built, case):
    assert canonical(case(f"{served}{model}{built}")) == model


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("claude-4.5-sonnet", "claude-sonnet-4-5"),
        ("claude-4-sonnet-20250514", "claude-sonnet-4"),
        ("claude-opus-4-0", "claude-opus-4"),
        ("claude-sonnet-3.7", "claude-3-7-sonnet"),
        ("Claude Sonnet 4.5", "claude-sonnet-4-5"),
        ("gpt-5-1-codex", "gpt-5.1-codex"),
        ("gpt-35-turbo", "gpt-3.5-turbo"),
        ("gpt-5.1-codex-max-xhigh", "gpt-5.1-codex-max"),
        ("o3-mini-high", "o3-mini"),
        ("gpt-5.6", "gpt-5.6-sol"),
        ("gemini-2.0-flash-001", "gemini-2.0-flash"),
        ("gemini-2.5-pro-preview-06-05", "gemini-2.5-pro-preview"),
        ("gemini-2-5-pro", "gemini-2.5-pro"),
        ("openai.gpt-oss-120b-1:0", "gpt-oss-120b"),
    ],
)
def test_a_model_has_one_name_however_its_version_is_written(written, name):
    assert canonical(written) == name


def test_no_two_models_are_taken_for_one():
    names = (*CLAUDES, *OTHERS)
    assert len({canonical(name) for name in names}) == len(names)


@pytest.mark.parametrize(
    "name",
    [
        "", "<synthetic>", "fake-large", "local/fake-model", "custom:Lab-A-0", "my-claude-opus-4-6",
        "claude-opus-4-6-fast", "claude-opus-4-6-acme", "gpt-5-heron", "ft:gpt-4o:acme::abc",
        "gemini-flash-latest", "gpt-5-image", "claude-sonnet", "qwen/qwen3-coder", "gpt-oss:20b",
        "gpt-4o-2024-05-13",
    ],
)  # fmt: skip
def test_what_may_be_another_model_keeps_its_name(name):
    assert canonical(name) == name


@given(st.text())
def test_any_name_has_one_name_and_that_is_its_own(name):
    assert canonical(canonical(name)) == canonical(name)
