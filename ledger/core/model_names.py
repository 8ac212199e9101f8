"""One name for each model, however a vendor, a cloud, a gateway or a tool spells it.

A spelling adds to a model's name where it is served (a path, a cloud's region, the vendor), when
and how it was built (a date, a build) or how it is asked for (a context size, an effort). None of
these makes another model. What tells models apart is kept: the family, the version, and words such
as mini, pro or codex. A name that fits no family here is left exactly as it is written.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final

# Where a model is served: `us.anthropic.` of a cloud, `anthropic--` and `openai:` of gateways.
_VENDORS: Final = "anthropic|openai|google|gemini|vertex-ai|bedrock|azure|openrouter"
_SERVED: Final = re.compile(
    rf"(?:[a-z]{{2,8}}(?:-[a-z]+)?\.)?(?:{_VENDORS})(?:[.:]|--)|databricks-"
)
_DATE: Final = r"[-@:]20\d{6}|-20\d\d-\d\d-\d\d"
_CONTEXT: Final = r"\[\d+[km]\]|:\d+[km]|-1m"
_NEWEST: Final = r"[-@:]latest|@default|:beta"
_EFFORT: Final = r"-(?:none|minimal|low|medium|high|xhigh)"

_TIERS: Final = "opus|sonnet|haiku|fable|mythos"
_CLAUDE: Final = re.compile(
    rf"claude-(?:(?P<tier>{_TIERS})-)?(?P<major>\d{{1,2}})(?:[.-](?P<minor>\d{{1,2}}))?"
    rf"(?:-(?P<tier_behind>{_TIERS}))?"
    rf"(?:{_DATE}|{_CONTEXT}|{_NEWEST}|-v\d+(?::\d+)?|[-:]thinking)*"
)
_GPT: Final = re.compile(
    r"gpt-(?P<major>\d{1,2})(?P<omni>o?)(?:[.-](?P<minor>\d)(?![\dk]))?"
    r"(?P<words>(?:-(?:mini|nano|pro|turbo|codex|max|chat|spark|luna|sol|terra|astra|preview"
    r"|instruct|\d\dk))*)"
    rf"(?:{_DATE}|{_CONTEXT}|{_NEWEST}|{_EFFORT}|-(?:0\d|1[0-2])\d\d)*"
)
_OPENAI: Final = re.compile(
    r"(?P<name>o[1-9](?:-(?:mini|pro|preview|deep-research))*|codex-mini|gpt-oss-\d+b)"
    rf"(?:{_DATE}|{_CONTEXT}|{_NEWEST}|{_EFFORT}|-1:0)*"
)
_GEMINI: Final = re.compile(
    r"gemini-(?P<major>\d)(?:[.-](?P<minor>\d))?"
    r"(?P<words>-(?:pro|flash-lite|flash|ultra|nano|argon)"
    r"(?:-(?:preview|exp|thinking|image|tts|live|customtools))*)"
    rf"(?:{_DATE}|{_CONTEXT}|{_NEWEST}|[-@]00\d|-\d\d-\d\d(?:\d\d)?|-\d{{4}})*"
)

# Builds that are sold as something of their own.
_OWN: Final = frozenset(
    (
        "gpt-3.5-0301",
        "gpt-3.5-turbo-0301",
        "gpt-3.5-turbo-0613",
        "gpt-3.5-turbo-1106",
        "gpt-4-0125-preview",
        "gpt-4-1106-preview",
        "gpt-4o-2024-05-13",
        "gemini-2.5-flash-preview-09-2025",
    )
)
# Names that the vendor itself sends on to a model of another name.
_SENT_ON: Final = {
    "gpt-3.5-0301": "gpt-3.5-turbo-0301",
    "gpt-4-0125-preview": "gpt-4-turbo-preview",
    "gpt-4-1106-preview": "gpt-4-turbo-preview",
    "gpt-5.6": "gpt-5.6-sol",
}
_DOTLESS: Final = {"35": "3.5", "41": "4.1", "45": "4.5"}  # as a cloud writes that allows no dot
_FIRST_NEW_ORDER: Final = 4  # from Claude 4 on the vendor writes the version behind the tier


@lru_cache(maxsize=4096)
def canonical(name: str) -> str:
    """Return the one name of a model; an unknown model keeps the name it is written with."""
    written = name.strip()
    bare = written.lower().rsplit("/", 1)[-1].replace("_", "-").replace(" ", "-")
    bare = _SERVED.sub("", bare, count=1) if _SERVED.match(bare) else bare
    if bare not in _OWN:
        for family, named in _FAMILIES:
            match = family.fullmatch(bare)
            if match and (found := named(match)):
                return _SENT_ON.get(found, found)
        return written
    return _SENT_ON.get(bare, bare)


def _claude(match: re.Match[str]) -> str:
    before, behind = match["tier"], match["tier_behind"]
    tier, major = before or behind, int(match["major"])
    if not tier or (before and behind):
        return ""
    version = f"{major}-{minor}" if (minor := int(match["minor"] or 0)) else str(major)
    return f"claude-{tier}-{version}" if major >= _FIRST_NEW_ORDER else f"claude-{version}-{tier}"


def _gpt(match: re.Match[str]) -> str:
    major, minor = match["major"], match["minor"]
    version = f"{major}.{minor}" if minor and minor != "0" else _DOTLESS.get(major, major)
    return f"gpt-{version}{match['omni']}{match['words']}"


def _openai(match: re.Match[str]) -> str:
    return match["name"]


def _gemini(match: re.Match[str]) -> str:
    minor = f".{match['minor']}" if match["minor"] else ""
    return f"gemini-{match['major']}{minor}{match['words']}"


_FAMILIES: Final[tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...]] = (
    (_CLAUDE, _claude),
    (_GPT, _gpt),
    (_OPENAI, _openai),
    (_GEMINI, _gemini),
)
