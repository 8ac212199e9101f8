"""Says in plain sentences what a look at a log and at git showed of one interaction."""

from collections.abc import Iterator, Sequence

from ledger.core.evidence import Fate, Horizon, Observation, Survival
from ledger.core.phrasing import percent

NOT_YET = "Nobody looked at this interaction yet."
_WHEN = {
    Horizon.NOW: "Now",
    Horizon.DAY: "After 1 day",
    Horizon.WEEK: "After 7 days",
    Horizon.MONTH: "After 30 days",
}
_FATES = {
    Fate.REVERTED: "the files went back to what they were",
    Fate.TOO_SMALL: "too little was added to tell",
    Fate.UNKNOWN: "git cannot tell: there is no repository, its history is missing, or it is gone",
}


def observed(seen: Observation | None) -> list[str]:
    """Return what the log showed, a sentence each."""
    if seen is None:
        return [NOT_YET]
    return [f"{words}." for words in _facts(seen)]


def _facts(seen: Observation) -> Iterator[str]:
    yield f"Kind of work: {seen.kind.title}"
    looked = [_count(seen.reads, "look into files", "looks into files")] if seen.reads else []
    if seen.runs:
        failed = f", {seen.failed_runs} failed" if seen.failed_runs else ""
        looked.append(_count(seen.runs, "command", "commands") + failed)
    if looked:
        yield "; ".join(looked)
    if seen.traces:
        lines = sum(trace.lines for trace in seen.traces)
        files = _count(len(seen.traces), "file", "files")
        yield f"{files} changed; {_count(lines, 'line', 'lines')} added that can be told apart"
    if seen.hand_edits:
        yield f"You changed {_count(seen.hand_edits, 'file', 'files')} by hand afterwards"
    if seen.refused:
        yield "You refused something and said why"
    if seen.rewound:
        yield "You took the conversation back to before it"


def survived(found: Sequence[Survival]) -> list[str]:
    """Return what git showed, a sentence for each horizon."""
    return [f"{_WHEN[one.horizon]}: {_survival(one)}." for one in found]


def _survival(one: Survival) -> str:
    if one.fate in _FATES or one.anywhere is None:
        return _FATES.get(one.fate, _FATES[Fate.UNKNOWN])
    words = f"{percent(one.anywhere)} of it is there"
    if one.lines:
        words = f"{one.lines_left} of {_count(one.lines, 'new line', 'new lines')} are there"
    if one.landed is not None:
        words += f", {percent(one.landed)} on the default branch"
    if one.fate is Fate.PARKED:
        words += ", not committed"
    if one.fate is Fate.SUPERSEDED:
        words += "; later AI work took the place of the rest"
    if one.baseline is not None:
        words += f" (of all code of that week there: {percent(one.baseline)})"
    return words


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
