"""Everything the ledger knows of one interaction, as a card shows it: facts, never its text."""

from dataclasses import dataclass

from ledger.core.evidence import Observation, Suggestion, Survival
from ledger.core.rows import InteractionRow
from ledger.core.words import Outcome
from ledger.flows.looking import subjects_of
from ledger.flows.surviving import Repositories, Subject
from ledger.host.prices import PriceTableError, book
from ledger.metrics.dollars import cost_of
from ledger.metrics.frame import Frame
from ledger.store.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
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


def dossier(store: Store, identity: int) -> Dossier | None:
    """Return what is known of an interaction; None when there is none with this id."""
    rows = store.rows([identity])
    if not rows:
        return None
    one = (identity,)
    return Dossier(
        row=rows[0],
        suggestion=store.suggestions(one).get(identity),
        observation=store.observations(one).get(identity),
        survivals=store.survivals(one).get(identity, ()),
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
class Trail:
    """What git is asked to find the commit that brought an output to the default branch."""

    subject: Subject
    key: bytes


def trail(store: Store, identity: int) -> Trail | None:
    """Return what git is to be asked; None where nothing was observed."""
    found = subjects_of(store, [identity])
    return Trail(found[0], store.key) if found else None


def landing(found: Trail | None) -> str:
    """Ask git for the commit that brought an output to the default branch, "" if none is known."""
    if found is None:
        return ""
    with Repositories(found.key) as repositories:
        return repositories.landing(found.subject)
