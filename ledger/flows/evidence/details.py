"""What the ledger knows of one interaction, as a card shows it, and in plain sentences."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ledger.core.evidence import Fate, Horizon, Observation, Suggestion, Survival
from ledger.core.formatting import percent
from ledger.core.rows import InteractionRow
from ledger.core.vocabulary import Outcome
from ledger.flows.evidence.run import survival_queries
from ledger.flows.evidence.survival import GitSurvival, SurvivalQuery
from ledger.host.prices import PriceTableError, book
from ledger.metrics.charges import Cost, cost_of
from ledger.metrics.frame import Frame
from ledger.store.store import Store

NOT_OBSERVED = "Nobody looked at this interaction yet."
_HORIZON_TITLES = {
    Horizon.NOW: "Now",
    Horizon.DAY: "After 1 day",
    Horizon.WEEK: "After 7 days",
    Horizon.MONTH: "After 30 days",
}
_FATE_SENTENCES = {
    Fate.REVERTED: "the files went back to what they were",
    Fate.TOO_SMALL: "too little was added to tell",
    Fate.UNKNOWN: "git cannot tell: there is no repository, its history is missing, or it is gone",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class InteractionDetails:
    """One interaction and what is known of its output."""

    row: InteractionRow
    suggestion: Suggestion | None = None
    observation: Observation | None = None
    survivals: tuple[Survival, ...] = ()
    cost: Cost | None = None  # at list prices of its day; None without a price table

    @property
    def may_have_landed(self) -> bool:
        """Whether git has seen some of it on the default branch."""
        return any(survival.landed for survival in self.survivals)


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
    ids = (identity,)
    return InteractionDetails(
        row=rows[0],
        suggestion=store.evidence.suggestions(ids).get(identity),
        observation=store.evidence.observations(ids).get(identity),
        survivals=store.evidence.survivals(ids).get(identity, ()),
        cost=cost_in_store(store, identity),
    )


def cost_in_store(store: Store, identity: int) -> Cost | None:
    """Return what an interaction would have cost at list prices; None without a price table."""
    frame = Frame.of(store.columns_of((identity,)))
    try:
        return cost_of(frame, frame.select(), book())
    except PriceTableError:
        return None


def files(row: InteractionRow) -> list[FileShare]:
    """Return the files that an interaction changed, in the order of the first change."""
    shares: dict[str, FileShare] = {}
    for edit in row.edits:
        if edit.outcome is Outcome.APPLIED:
            share = shares.get(edit.path, FileShare(edit.path, 0, 0))
            added, removed = share.added + edit.added, share.removed + edit.removed
            shares[edit.path] = FileShare(edit.path, added, removed)
    return list(shares.values())


@dataclass(frozen=True, slots=True)
class CommitQuery:
    """What git is asked to find the commit that brought an output to the default branch."""

    query: SurvivalQuery
    key: bytes
    worktrees: Mapping[str, str] = field(default_factory=dict)


def commit_query(store: Store, identity: int) -> CommitQuery | None:
    """Return what git is to be asked; None where nothing was observed."""
    queries = survival_queries(store, [identity])
    if not queries:
        return None
    return CommitQuery(queries[0], store.evidence.key, store.projects.worktrees())


def landed_commits(query: CommitQuery | None) -> str:
    """Ask git for the commit that brought an output to the default branch, "" if none is known."""
    if query is None:
        return ""
    with GitSurvival(query.key, worktrees=query.worktrees) as repositories:
        return repositories.landing(query.query)


def observed(observation: Observation | None) -> list[str]:
    """Return what the log showed, a sentence each."""
    if observation is None:
        return [NOT_OBSERVED]
    return [f"{fact}." for fact in _observed_facts(observation)]


def _observed_facts(observation: Observation) -> Iterator[str]:
    yield f"Kind of work: {observation.kind.title}"
    activities = (
        [_count(observation.reads, "look into files", "looks into files")]
        if observation.reads
        else []
    )
    if observation.runs:
        failed = f", {observation.failed_runs} failed" if observation.failed_runs else ""
        activities.append(_count(observation.runs, "command", "commands") + failed)
    if activities:
        yield "; ".join(activities)
    if observation.traces:
        lines = sum(trace.lines for trace in observation.traces)
        files_text = _count(len(observation.traces), "file", "files")
        yield f"{files_text} changed; {_count(lines, 'line', 'lines')} added that can be told apart"
    if observation.hand_edits:
        yield f"You changed {_count(observation.hand_edits, 'file', 'files')} by hand afterwards"
    if observation.refused:
        yield "You refused something and said why"
    if observation.rewound:
        yield "You took the conversation back to before it"
    if observation.restored:
        yield "Its files were put back as they were before"


def survived(survivals: Sequence[Survival]) -> list[str]:
    """Return what git showed, a sentence for each horizon."""
    return [
        f"{_HORIZON_TITLES[survival.horizon]}: {_survival_sentence(survival)}."
        for survival in survivals
    ]


def _survival_sentence(survival: Survival) -> str:
    if survival.fate in _FATE_SENTENCES or survival.anywhere is None:
        return _FATE_SENTENCES.get(survival.fate, _FATE_SENTENCES[Fate.UNKNOWN])
    sentence = f"{percent(survival.anywhere)} of it is there"
    if survival.lines:
        sentence = (
            f"{survival.lines_left} of {_count(survival.lines, 'new line', 'new lines')} are there"
        )
    if survival.landed is not None:
        sentence += f", {percent(survival.landed)} on the default branch"
    if survival.fate is Fate.PARKED:
        sentence += ", not committed"
    if survival.fate is Fate.SUPERSEDED:
        sentence += "; later AI work took the place of the rest"
    if survival.baseline is not None:
        sentence += f" (of all code of that week there: {percent(survival.baseline)})"
    return sentence


def _count(number: int, singular: str, plural: str) -> str:
    return f"{number} {singular if number == 1 else plural}"
