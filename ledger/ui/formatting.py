"""How moments, amounts and round steps are written in the window, and how typed counts are read."""

import math
import re
from datetime import UTC, datetime

from ledger.core.errors import LedgerError
from ledger.core.rows import EditRow, InteractionRow
from ledger.core.usage import LARGEST_COUNT, TWENTIETHS, Basis, Usage
from ledger.core.vocabulary import Outcome

OUTCOMES = {
    Outcome.PENDING: "no answer was logged",
    Outcome.APPLIED: "applied",
    Outcome.REJECTED: "you refused it",
    Outcome.BLOCKED: "blocked by a rule",
    Outcome.FAILED: "did not fit the file",
    Outcome.INTERRUPTED: "interrupted",
}


def moment(time_ms: int) -> str:
    """Return a local time like “Sun 22 Nov 2026, 10:39”."""
    there = datetime.fromtimestamp(time_ms / 1000, UTC).astimezone()
    return f"{there:%a} {there.day} {there:%b %Y, %H:%M}"


def short_moment(time_ms: int, now_s: float) -> str:
    """Return a local time, shorter the nearer it is: “10:39”, “22 Nov 10:39”, “22 Nov 2025”."""
    there = datetime.fromtimestamp(time_ms / 1000, UTC).astimezone()
    now = datetime.fromtimestamp(now_s, UTC).astimezone()
    if there.date() == now.date():
        return f"{there:%H:%M}"
    if there.year == now.year:
        return f"{there.day} {there:%b}  {there:%H:%M}"
    return f"{there.day} {there:%b %Y}"


def amount(tokens: float) -> str:
    """Return a number of tokens in three figures: 940, 12.4 k, 3.10 M."""
    if tokens < 999.5:
        return f"{tokens:.0f}"
    size, unit = (tokens / 1e6, "M") if tokens >= 999_500 else (tokens / 1e3, "k")
    digits = 2 if size < 9.995 else 1 if size < 99.95 else 0
    return f"{size:.{digits}f} {unit}"


def cost(row: InteractionRow) -> str:
    """Return an interaction's token-equivalents; “~” marks an estimate."""
    if row.usage.basis is Basis.UNKNOWN and not row.te:
        return "unknown"
    mark = "~" if row.usage.basis in (Basis.ESTIMATED, Basis.UNKNOWN) else ""
    return mark + amount(row.te / TWENTIETHS)


def lines(added: int, removed: int) -> str:
    """Return added and removed lines like “+12 −3”; "" for none."""
    return f"+{added} −{removed}" if added or removed else ""


def edit_line(edit: EditRow) -> str:
    """Say in one line what became of one change to a file."""
    name = edit.path.rsplit("/", 1)[-1] or "a file"
    changed = ", after you changed it" if edit.human_changed else ""
    return f"{name}   {lines(edit.added, edit.removed)}   {OUTCOMES[edit.outcome]}{changed}"


def facts(row: InteractionRow, project: str) -> list[tuple[str, str]]:
    """Return the figures of an interaction as (what, how much) pairs."""
    if row.usage.basis is Basis.UNKNOWN and not row.te:  # unknown is never 0
        pairs = [("Token-equivalents", "unknown"), ("Requests", str(row.requests))]
    else:
        pairs = _counts(row)
    if row.branch:
        pairs.append(("Branch", row.branch))
    if row.worktree:
        pairs.append(("Worktree", row.worktree))
    return [*pairs, ("Project", project), ("Model", ", ".join(row.models) or "–")]


def _counts(row: InteractionRow) -> list[tuple[str, str]]:
    usage = row.usage
    pairs = [
        ("Token-equivalents", cost(row)),
        ("Fresh input", amount(usage.input)),
        ("Cache read", amount(usage.cache_read)),
        ("Cache written", amount(usage.cache_write)),
        ("Output", amount(usage.output)),
        ("Requests", str(row.requests)),
    ]
    if usage.reasoning:
        pairs.insert(5, ("of it reasoning", amount(usage.reasoning)))
    if row.unknown:
        pairs.append(("Unknown usage", f"{row.unknown} of {row.requests}"))
    return pairs


def clock(time_ms: int) -> str:
    """Return the local time of day: “10:39”."""
    return f"{datetime.fromtimestamp(time_ms / 1000, UTC).astimezone():%H:%M}"


HINT = "Write it like 12000, 12k, 1.5M, or 8k-12k when you are not sure."
_COUNT = re.compile(r"(\d+(?:\.\d+)?)\s*([km]?)")
_UNITS = {"": 1, "k": 1_000, "m": 1_000_000}

Range = tuple[int, int]


def token_range(text: str) -> Range:
    """Return the least and the greatest count meant; raises LedgerError when it is no count."""
    parts = re.split(r"\s*(?:-|–|\bto\b)\s*", text.strip().lower().replace(",", "").lstrip("~"))
    if not 1 <= len(parts) <= 2:
        raise LedgerError(f"“{text.strip()}” is not a count of tokens.", HINT)
    counts = [_token_count(part, text) for part in parts]
    low, high = min(counts), max(counts)
    return low, high


def _token_count(part: str, text: str) -> int:
    match = _COUNT.fullmatch(part.strip())
    if match is None:
        raise LedgerError(f"“{text.strip()}” is not a count of tokens.", HINT)
    count = round(float(match[1]) * _UNITS[match[2]])
    if count > LARGEST_COUNT:
        raise LedgerError(f"“{text.strip()}” is more tokens than anybody has used.", HINT)
    return count


def usage_of(fresh: str, output: str) -> Usage:
    """Return the usage of two typed counts; a field left empty counts nothing.

    Two empty fields are an unknown usage. Raises LedgerError for what is no count.
    """
    ranges = [token_range(text) if text.strip() else (0, 0) for text in (fresh, output)]
    if not fresh.strip() and not output.strip():
        return Usage(basis=Basis.UNKNOWN)
    middle = [(low + high) // 2 for low, high in ranges]
    total = sum(middle)
    least, most = sum(low for low, _ in ranges), sum(high for _, high in ranges)
    if least == most or not total:
        is_complete = bool(fresh.strip() and output.strip())
        basis = Basis.EXACT if is_complete else Basis.PARTIAL
        return Usage(input=middle[0], output=middle[1], basis=basis)
    return Usage(
        input=middle[0],
        output=middle[1],
        basis=Basis.ESTIMATED,
        low=least / total,
        high=most / total,
    )


def round_step(span: float, most: int) -> float:
    """Return the smallest of 1, 2, 5, 10, 20 ... that cuts `span` into at most `most` parts."""
    if span <= 0:
        return 1.0
    raw = span / max(most, 1)
    power = 10.0 ** math.floor(math.log10(raw))
    for factor in (1, 2, 5, 10):
        if factor * power >= raw * (1 - 1e-9):
            return factor * power
    return 10 * power


def ticks(top: float, most: int) -> list[float]:
    """Return round values from 0 up to `top`."""
    step = round_step(top, most)
    return [n * step for n in range(math.floor(top / step + 1e-9) + 1)]
