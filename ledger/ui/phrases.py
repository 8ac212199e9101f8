"""How moments and amounts are written in the window."""

from datetime import UTC, datetime

from ledger.core.rows import EditRow, InteractionRow
from ledger.core.usage import TWENTIETHS, Basis
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
        found = [("Token-equivalents", "unknown"), ("Requests", str(row.requests))]
    else:
        found = _counts(row)
    if row.branch:
        found.append(("Branch", row.branch))
    return [*found, ("Project", project), ("Model", ", ".join(row.models) or "–")]


def _counts(row: InteractionRow) -> list[tuple[str, str]]:
    usage = row.usage
    found = [
        ("Token-equivalents", cost(row)),
        ("Fresh input", amount(usage.input)),
        ("Cache read", amount(usage.cache_read)),
        ("Cache written", amount(usage.cache_write)),
        ("Output", amount(usage.output)),
        ("Requests", str(row.requests)),
    ]
    if usage.reasoning:
        found.insert(5, ("of it reasoning", amount(usage.reasoning)))
    if row.unknown:
        found.append(("Unknown usage", f"{row.unknown} of {row.requests}"))
    return found


def clock(time_ms: int) -> str:
    """Return the local time of day: “10:39”."""
    return f"{datetime.fromtimestamp(time_ms / 1000, UTC).astimezone():%H:%M}"
