"""Token counts as people write them: 12000, 12,000, 12k, 1.5M, or 8k-12k for “about”."""

import re

from ledger.core.errors import LedgerError
from ledger.core.usage import LARGEST_COUNT, Basis, Usage

HINT = "Write it like 12000, 12k, 1.5M, or 8k-12k when you are not sure."
_ONE = re.compile(r"(\d+(?:\.\d+)?)\s*([km]?)")
UNITS = {"": 1, "k": 1_000, "m": 1_000_000}

Range = tuple[int, int]


def amount(text: str) -> Range:
    """Return the least and the greatest count meant; raises LedgerError when it is no count."""
    parts = re.split(r"\s*(?:-|–|\bto\b)\s*", text.strip().lower().replace(",", "").lstrip("~"))
    if not 1 <= len(parts) <= 2:
        raise LedgerError(f"“{text.strip()}” is not a count of tokens.", HINT)
    counts = [_count(part, text) for part in parts]
    low, high = min(counts), max(counts)
    return low, high


def _count(part: str, text: str) -> int:
    match = _ONE.fullmatch(part.strip())
    if match is None:
        raise LedgerError(f"“{text.strip()}” is not a count of tokens.", HINT)
    count = round(float(match[1]) * UNITS[match[2]])
    if count > LARGEST_COUNT:
        raise LedgerError(f"“{text.strip()}” is more tokens than anybody has used.", HINT)
    return count


def usage_of(fresh: str, output: str) -> Usage:
    """Return the usage of two typed counts; a field left empty counts nothing.

    Two empty fields are an unknown usage. Raises LedgerError for what is no count.
    """
    ranges = [amount(text) if text.strip() else (0, 0) for text in (fresh, output)]
    if not fresh.strip() and not output.strip():
        return Usage(basis=Basis.UNKNOWN)
    middle = [(low + high) // 2 for low, high in ranges]
    total = sum(middle)
    least, most = sum(low for low, _ in ranges), sum(high for _, high in ranges)
    if least == most or not total:
        whole = bool(fresh.strip() and output.strip())
        basis = Basis.EXACT if whole else Basis.PARTIAL
        return Usage(input=middle[0], output=middle[1], basis=basis)
    return Usage(
        input=middle[0],
        output=middle[1],
        basis=Basis.ESTIMATED,
        low=least / total,
        high=most / total,
    )
