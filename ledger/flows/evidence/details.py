"""What the ledger knows of one interaction, as a card shows it, and in plain sentences."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ledger.core.evidence import Fate, Horizon, Observation, Suggestion, Survival
from ledger.core.formatting import percent
from ledger.core.rows import InteractionRow
from ledger.core.vocabulary import Outcome
from ledger.flows.evidence.run import subjects_of
from ledger.flows.evidence.survival import GitSurvival, SurvivalQuery
from ledger.host.prices import PriceTableError, book
from ledger.metrics.charges import cost_of
from ledger.metrics.frame import Frame
from ledger.store.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class InteractionDetails:
    """One interaction and what is known of its output."""

    row: InteractionRow
    suggestion: Suggestion | None = None
    observation: Observation | None = None
    survivals: tuple[Survival, ...] = ()
    dollars: float | None = None  # at list prices of its day; None where nobody can tell

    @property
    def may_have_landed(self) -> bool:
        """Whether git has seen some of it on the default branch."""
        return any(one.landed for one in self.survivals)


@dataclass(frozen=True, slots=True)
class FileShare:
    """One changed file of an interaction: the lines of its applied edits."""

    path: str
    added: int
    removed: int


def details_of(store: Store, identity: int) -> InteractionDetails | None:
    """Return what is known of an interaction; None when there is none with this id."""
    rows = store.rows([identity])
    if not rows:
        return None
    one = (identity,)
    return InteractionDetails(
        row=rows[0],
        suggestion=store.evidence.suggestions(one).get(identity),
        observation=store.evidence.observations(one).get(identity),
        survivals=store.evidence.survivals(one).get(identity, ()),
        dollars=_dollars(store, identity),
    )


def _dollars(store: Store, identity: int) -> float | None:
    frame = Frame.of(store.columns_of((identity,)))
    try:
        return cost_of(frame, frame.select(), book()).value
    except PriceTableError:
        return None


def files(row: InteractionRow) -> list[FileShare]:
    """Return the files that an interaction changed, in the order of the first change."""
    found: dict[str, FileShare] = {}
    for edit in row.edits:
        if edit.outcome is Outcome.APPLIED:
            known = found.get(edit.path, FileShare(edit.path, 0, 0))
            added, removed = known.added + edit.added, known.removed + edit.removed
            found[edit.path] = FileShare(edit.path, added, removed)
    return list(found.values())


@dataclass(frozen=True, slots=True)
class CommitQuery:
    """What git is asked to find the commit that brought an output to the default branch."""

    subject: SurvivalQuery
    key: bytes


def commit_query(store: Store, identity: int) -> CommitQuery | None:
    """Return what git is to be asked; None where nothing was observed."""
    found = subjects_of(store, [identity])
    return CommitQuery(found[0], store.evidence.key) if found else None


def landed_commits(found: CommitQuery | None) -> str:
    """Ask git for the commit that brought an output to the default branch, "" if none is known."""
    if found is None:
        return ""
    with GitSurvival(found.key) as repositories:
        return repositories.landing(found.subject)


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
