"""Finds keys, tokens and passwords in text: some thirty families, each by what it looks like.

Every quantifier is bounded, so hostile text costs linear time. A rule is tried only where its
literal occurs. Placeholders (EXAMPLE, xxxx, 1234...) are no secrets.
"""

import re
from collections import Counter
from collections.abc import Iterator
from math import log2
from typing import NamedTuple

LEAST_ENTROPY = 3.5  # bits per character of a value that has no prefix of its own
SHORTEST_VALUE, LONGEST_VALUE = 12, 200
REPEATS = 4  # so many equal characters in a row are no key


class Secret(NamedTuple):
    """Where a secret stands and which rule found it; its text is never kept."""

    rule: str
    start: int
    end: int


class _Rule(NamedTuple):
    name: str
    literals: tuple[str, ...]  # any of them must occur, in lower case
    pattern: re.Pattern[str]  # group 1, where there is one, is the value
    entropy: float = 0.0


def _rule(name: str, literals: str, pattern: str, entropy: float = 0.0) -> _Rule:
    return _Rule(name, tuple(literals.split()), re.compile(pattern), entropy)


_B = r"(?<![A-Za-z0-9_-])"  # not in the middle of a longer word
_E = r"(?![A-Za-z0-9_-])"
_NAMED = (
    r"(?i)(?:password|passwd|secret|token|api[_-]?key|access[_-]?key|auth[_-]?key|private[_-]?key)"
    r"[\"']?[ \t]{0,3}(?:=|:|=>)[ \t]{0,3}[\"']?"
)

RULES = (
    _rule("AWS access key", "akia asia", _B + r"(?:AKIA|ASIA)[A-Z2-7]{16}" + _E),
    _rule("Anthropic key", "sk-ant-", _B + r"sk-ant-[A-Za-z0-9_-]{20,200}"),
    _rule("OpenAI key", "sk-", _B + r"sk-(?!ant-)(?:proj-|svcacct-|admin-)?[A-Za-z0-9_-]{32,200}"),
    _rule("Google key", "aiza", _B + r"AIza[A-Za-z0-9_-]{35}" + _E),
    _rule("Google OAuth token", "ya29.", _B + r"ya29\.[A-Za-z0-9_-]{20,400}"),
    _rule("GitHub token", "ghp_ gho_ ghu_ ghs_ ghr_", _B + r"gh[pousr]_[A-Za-z0-9]{36,251}"),
    _rule("GitHub token", "github_pat_", _B + r"github_pat_[A-Za-z0-9_]{60,100}"),
    _rule("GitLab token", "glpat- gldt- glrt-", _B + r"gl(?:pat|dt|rt)-[A-Za-z0-9_-]{20,64}"),
    _rule(
        "Slack token", "xoxb- xoxp- xoxa- xoxr- xoxs- xapp-",
        _B + r"x(?:ox[abprs]|app)-[A-Za-z0-9-]{10,250}",
    ),
    _rule("Slack webhook", "hooks.slack.com", r"hooks\.slack\.com/services/[A-Za-z0-9/]{30,80}"),
    _rule(
        "Stripe key", "sk_live_ rk_live_ sk_test_ rk_test_",
        _B + r"[sr]k_(?:live|test)_[A-Za-z0-9]{16,200}",
    ),
    _rule("npm token", "npm_", _B + r"npm_[A-Za-z0-9]{36}" + _E),
    _rule("package index token", "pypi-", _B + r"pypi-[A-Za-z0-9_-]{50,250}"),
    _rule("Hugging Face token", "hf_", _B + r"hf_[A-Za-z0-9]{30,60}" + _E),
    _rule("Groq key", "gsk_", _B + r"gsk_[A-Za-z0-9]{40,60}" + _E),
    _rule("xAI key", "xai-", _B + r"xai-[A-Za-z0-9]{60,100}"),
    _rule("Perplexity key", "pplx-", _B + r"pplx-[A-Za-z0-9]{40,60}"),
    _rule("Replicate token", "r8_", _B + r"r8_[A-Za-z0-9]{37,40}" + _E),
    _rule("DigitalOcean token", "dop_v1_ doo_v1_", _B + r"do[op]_v1_[a-f0-9]{64}"),
    _rule("SendGrid key", "sg.", _B + r"SG\.[A-Za-z0-9_-]{16,32}\.[A-Za-z0-9_-]{16,64}"),
    _rule("Twilio key", "sk", _B + r"SK[a-f0-9]{32}" + _E),
    _rule("Mailgun key", "key-", _B + r"key-[a-f0-9]{32}" + _E),
    _rule("Telegram token", ":aa", _B + r"[0-9]{8,10}:AA[A-Za-z0-9_-]{32,34}" + _E),
    _rule(
        "Discord webhook", "discord",
        r"discord(?:app)?\.com/api/webhooks/[0-9]{16,20}/[A-Za-z0-9_-]{50,80}",
    ),
    _rule("Shopify token", "shpat_ shpss_ shpca_", _B + r"shp(?:at|ss|ca)_[a-fA-F0-9]{32}"),
    _rule("Vault token", "hvs. hvb.", _B + r"hv[sb]\.[A-Za-z0-9_-]{24,200}"),
    _rule("Databricks token", "dapi", _B + r"dapi[a-f0-9]{32}" + _E),
    _rule("Linear key", "lin_api_", _B + r"lin_api_[A-Za-z0-9]{40}"),
    _rule("Notion token", "ntn_ secret_", _B + r"(?:ntn_|secret_)[A-Za-z0-9]{40,60}" + _E),
    _rule("Azure storage key", "accountkey=", r"(?i)AccountKey=([A-Za-z0-9+/]{60,100}={0,2})"),
    _rule(
        "JSON web token", "eyj",
        _B + r"eyJ[A-Za-z0-9_-]{10,800}\.eyJ[A-Za-z0-9_-]{10,2000}\.[A-Za-z0-9_-]{10,600}",
    ),
    _rule("private key", "private key", r"-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----"),
    _rule(
        "password in an address", "://",
        r"[a-z][a-z0-9+.-]{1,20}://[^\s:/@\"'<>]{1,80}:([^\s:/@\"'<>]{3,120})@",
    ),
    _rule(
        "bearer token", "bearer",
        r"(?i)\bbearer[ \t]{1,3}([A-Za-z0-9._~+/-]{20,500})", LEAST_ENTROPY,
    ),
    _rule(
        "named secret", "password passwd secret token key",
        _NAMED + rf"([^\s\"'<>,;]{{{SHORTEST_VALUE},{LONGEST_VALUE}}})", LEAST_ENTROPY,
    ),
)  # fmt: skip

_PLACEHOLDER = re.compile(
    r"(?i)example|placeholder|changeme|change-me|dummy|redacted|your[_-]|my[_-]|insert|\*{3}|\.{3}"
    r"|x{6}|1234567|abcdef|<|\$\{|\{\{|process\.env|os\.environ|getenv"
)
_RUN = re.compile(r"([A-Za-z0-9])\1{" + str(REPEATS) + ",}")


def secrets_in(text: str) -> Iterator[Secret]:
    """Yield every secret in the text, rule by rule."""
    lower = text.lower()
    for rule in RULES:
        if not any(literal in lower for literal in rule.literals):
            continue
        for match in rule.pattern.finditer(text):
            group = 1 if rule.pattern.groups else 0
            if _is_real(match.group(group), rule.entropy):
                yield Secret(rule.name, *match.span(group))


def _is_real(value: str, least_entropy: float) -> bool:
    if _PLACEHOLDER.search(value) or _RUN.search(value):
        return False
    return _entropy(value) >= least_entropy


def _entropy(value: str) -> float:
    counts = Counter(value).values()
    return -sum(count / len(value) * log2(count / len(value)) for count in counts)
