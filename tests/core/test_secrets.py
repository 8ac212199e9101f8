import random
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.core.secrets import RULES, secrets_in

ALNUM, HEX = string.ascii_letters + string.digits, "0123456789abcdef"


def of(letters: str, number: int, seed: int = 1) -> str:
    """Return letters that repeat nothing four times and look like no placeholder."""
    rng = random.Random(seed)
    return "".join(rng.choice(letters) for _ in range(number))


SAMPLES = {
    "AWS access key": "AKIA" + of("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 16),
    "Anthropic key": "sk-ant-api03-" + of(ALNUM, 80),
    "OpenAI key": "sk-proj-" + of(ALNUM, 48),
    "Google key": "AIza" + of(ALNUM, 35),
    "Google OAuth token": "ya29." + of(ALNUM, 60),
    "GitHub token": "ghp_" + of(ALNUM, 36),
    "GitLab token": "glpat-" + of(ALNUM, 20),
    "Slack token": "xoxb-" + of("0123456789", 12) + "-" + of(ALNUM, 24),
    "Slack webhook": "https://hooks.slack.com/services/T" + of(ALNUM, 40),
    "Stripe key": "sk_live_" + of(ALNUM, 24),
    "npm token": "npm_" + of(ALNUM, 36),
    "package index token": "pypi-" + of(ALNUM, 90),
    "Hugging Face token": "hf_" + of(ALNUM, 34),
    "Groq key": "gsk_" + of(ALNUM, 52),
    "xAI key": "xai-" + of(ALNUM, 80),
    "Perplexity key": "pplx-" + of(ALNUM, 48),
    "Replicate token": "r8_" + of(ALNUM, 37),
    "DigitalOcean token": "dop_v1_" + of(HEX, 64),
    "SendGrid key": "SG." + of(ALNUM, 22) + "." + of(ALNUM, 43),
    "Twilio key": "SK" + of(HEX, 32),
    "Mailgun key": "key-" + of(HEX, 32),
    "Telegram token": "1234956780"[:9] + ":AA" + of(ALNUM, 33),
    "Discord webhook": "https://discord.com/api/webhooks/123495678012349567/" + of(ALNUM, 60),
    "Shopify token": "shpat_" + of(HEX, 32),
    "Vault token": "hvs." + of(ALNUM, 30),
    "Databricks token": "dapi" + of(HEX, 32),
    "Linear key": "lin_api_" + of(ALNUM, 40),
    "Notion token": "ntn_" + of(ALNUM, 45),
    "Azure storage key": "AccountKey=" + of(ALNUM, 86) + "==",
    "JSON web token": "eyJ" + of(ALNUM, 30) + ".eyJ" + of(ALNUM, 60) + "." + of(ALNUM, 43),
    "private key": "-----BEGIN OPENSSH PRIVATE KEY-----",
    "password in an address": "postgres://ada:" + of(ALNUM, 12) + "@db/x",
    "bearer token": "Authorization: Bearer " + of(ALNUM, 40),
    "named secret": "DB_PASSWORD=" + of(ALNUM, 20),
}  # fmt: skip
CONTEXTS = (
    "{}",
    "export X={}\n",
    '{{"key": "{}"}}',
    "- {}",
    "`{}`",
    "a {} b",
    "+{}",
    "curl -H '{}'",
)


def test_every_family_has_a_sample():
    assert set(SAMPLES) == {rule.name for rule in RULES}


@pytest.mark.parametrize("name", SAMPLES)
def test_a_secret_is_found_wherever_it_stands(name):
    for context in CONTEXTS:
        text = context.format(SAMPLES[name])
        assert name in {found.rule for found in secrets_in(text)}, context


@pytest.mark.parametrize(
    "text",
    [
        "password=changeme-changeme-changeme",
        "api_key = YOUR_API_KEY_GOES_HERE_NOW",
        "AKIAIOSFODNN7EXAMPLE",
        "token: ${GITHUB_TOKEN_FROM_ENVIRONMENT}",
        "sk-" + "x" * 40,
        "ghp_" + of(ALNUM, 28) + "0" * 8,
        "the secret of good tests is patience",
        "sha256:" + of(HEX, 64),
        "a key-value store and a token per line",
        "Bearer of bad news",
    ],
)
def test_placeholders_and_plain_words_are_no_secrets(text):
    assert list(secrets_in(text)) == []


@given(st.text(max_size=300))
def test_no_text_is_too_odd(text):
    for found in secrets_in(text):
        assert 0 <= found.start < found.end <= len(text)
