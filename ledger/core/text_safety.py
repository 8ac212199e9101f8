"""Makes text from logs safe to look at: nothing invisible, nothing that turns the line around."""

import re

LONGEST_LINE = 10_000
MOST_LINES = 2_000
SYMBOLS = 0x2400  # “symbol for …” pictures of the control characters stand here in order

# Bidirectional controls, zero-width characters, line and paragraph separators, the byte order
# mark, tag characters, lone surrogates; C0 and C1 controls except tab and newline.
_HIDDEN = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e0fff\ud800-\udfff\x00-\x08\x0b-\x1f\x7f-\x9f]"
)


def _visible(match: re.Match[str]) -> str:
    code = ord(match.group())
    if code < 0x20:
        return chr(SYMBOLS + code)
    return "\u2421" if code == 0x7F else "\ufffd"


def clean(text: str) -> str:
    """Return the text with every invisible or direction-changing character made visible.

    Carriage returns before newlines go; tabs and newlines stay.
    """
    return _HIDDEN.sub(_visible, text.replace("\r\n", "\n"))


def one_line(text: str, longest: int = 300) -> str:
    """Return the text cleaned, on one line, and no longer than `longest` characters."""
    short = " ".join(text[: longest * 4].split())
    short = clean(short)
    return short if len(short) <= longest else short[: longest - 1] + "…"


def shortened(text: str, lines: int = MOST_LINES, line: int = LONGEST_LINE) -> tuple[str, int]:
    """Return the text cut to `lines` lines of `line` characters, and how many lines were left out.

    A line that is cut says so at its end.
    """
    parts = text.split("\n", lines)
    remainder = parts.pop() if len(parts) > lines else None
    left_out = remainder.count("\n") + 1 if remainder is not None else 0
    return "\n".join(_cut(part, line) for part in parts), left_out


def _cut(text: str, longest: int) -> str:
    if len(text) <= longest:
        return text
    return f"{text[:longest]} … {len(text) - longest:,} more characters"
