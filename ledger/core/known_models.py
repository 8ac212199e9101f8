"""Model names that are public: any other name is a secret of whoever runs that model.

A name passes when it is made of published words and short version numbers only, so nothing that a
person chose can be part of it.
"""

import re
from functools import lru_cache

from ledger.core.model_names import canonical

OTHER = "other"

_VERSION = r"[0-9]{1,2}(?:[.-][0-9]{1,2})?"
_DATE = r"(?:-20[0-9]{6}|-20[0-9]{2}-[0-9]{2}-[0-9]{2}|-[0-9]{4})?"
_PUBLIC = re.compile(
    "|".join(
        (
            rf"(?P<c1>claude-(?:opus|sonnet|haiku|fable|mythos)-{_VERSION}){_DATE}(?:-latest)?",
            rf"(?P<c2>claude-{_VERSION}-(?:opus|sonnet|haiku)){_DATE}(?:-latest)?",
            rf"(?P<g1>gpt-{_VERSION}o?(?:-(?:mini|nano|pro|turbo|codex|max|high|low|medium|luna|sol|terra|astra))*){_DATE}",
            r"(?P<g2>o[1-9](?:-(?:mini|pro|preview))?)" + _DATE,
            r"(?P<g3>codex-mini(?:-latest)?|gpt-oss-(?:20b|120b))",
            (
                rf"(?P<m>gemini-{_VERSION}-(?:pro|flash|flash-lite|ultra|nano))"
                r"(?:-(?:preview|exp|latest|[0-9]{2,3}|[0-9]{2}-[0-9]{2}|[0-9]{2}-20[0-9]{2}))*"
            ),
        )
    )
)


@lru_cache(maxsize=1024)
def public_name(model: str) -> str:
    """Return a public model's one name without its date; “other” for any other model."""
    match = _PUBLIC.fullmatch(canonical(model))
    if match is None:
        return OTHER
    return next(name for name in match.groupdict().values() if name)
