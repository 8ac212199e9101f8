"""`doctor --reconcile`: what tools say in total, what was counted, and where both stand."""

from ledger.cli.console import local, opened_store, say, say_json, table
from ledger.core.ids import shown
from ledger.core.rows import Stretch
from ledger.core.vocabulary import Tool
from ledger.flows.importing.reconcile import (
    COUNTERS,
    Outcome,
    Reconciled,
    reconciled,
    summary_words,
)

MICRO = 1_000_000


def show_totals(*, as_json: bool) -> None:
    """Show every total of a tool beside what was counted; what differs with its places."""
    with opened_store() as store:
        rows = reconciled(store.tool_totals())
    if as_json:
        say_json({"totals": [as_object(row) for row in rows]})
        return
    say(summary_words(rows))
    for row in rows:
        _show(row)


def _show(row: Reconciled) -> None:
    total = row.total
    session = total.session_key or shown(total.session)
    say("")
    say(
        f"{Tool(total.tool).full_name}, session {session}, "
        f"{total.model or 'all models'}, {local(total.time_ms)}: {row.outcome}"
    )
    if row.outcome is not Outcome.SAME:
        table(("", "THE TOOL SAYS", "COUNTED", "DIFFERENCE"), _cells(row))
    if total.micro_dollars >= 0:
        say(f"The tool says it cost {total.micro_dollars / MICRO:.4f} dollars.")
    for sentence in row.words:
        say(sentence)
    for path, offset, length in ((total.path, total.offset, total.length), *total.more_places):
        say(f"Said in {path} at byte {offset} ({length} bytes).")
    if row.outcome is not Outcome.SAME:
        for stretch in total.counted_in:
            say(_place(stretch))


def _place(stretch: Stretch) -> str:
    number = shown(stretch.interaction)
    return f"Counted: {number} in {stretch.path}, bytes {stretch.offset} to {stretch.end}."


def _cells(row: Reconciled) -> list[tuple[str, ...]]:
    said, counted, difference = (
        amounts._asdict() for amounts in (row.total.said, row.total.counted, row.difference)
    )
    return [
        (name, f"{said[key]:,}", f"{counted[key]:,}", f"{difference[key]:+,}")
        for key, name in COUNTERS.items()
        if said[key] >= 0
    ]


def as_object(row: Reconciled) -> dict[str, object]:
    """Return a total as scripts read it; the shape is documented in docs/command-line.md."""
    total = row.total
    said = {key: value for key, value in total.said._asdict().items() if key != "unknown"}
    difference = {key: value for key, value in row.difference._asdict().items() if key != "unknown"}
    if said["requests"] < 0:
        said["requests"] = difference["requests"] = None
    return {
        "tool": total.tool,
        "session": total.session_key,
        "directory": total.directory,
        "time_ms": total.time_ms,
        "model": total.model or None,
        "outcome": str(row.outcome),
        "said": said,
        "said_dollars": None if total.micro_dollars < 0 else total.micro_dollars / MICRO,
        "counted": total.counted._asdict(),
        "difference": difference,
        "notes": list(row.words),
        "place": {"path": total.path, "offset": total.offset, "length": total.length},
        "more_places": [
            {"path": path, "offset": offset, "length": length}
            for path, offset, length in total.more_places
        ],
        "counted_in": [
            {
                "interaction": shown(stretch.interaction),
                "path": stretch.path,
                "offset": stretch.offset,
                "end": stretch.end,
            }
            for stretch in total.counted_in
        ],
        "continues": total.continues,
        "continued": total.continued,
    }
