"""How far the person is with a sealed team sum; every step goes through the same flows as always.

The keyring may ask the person something, so nothing that reaches it runs on the main thread.
"""

from collections.abc import Callable, Sequence
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from ledger.app.ledger_client import LedgerClient, attempt
from ledger.core.errors import LedgerError, TeamError
from ledger.core.sealed_sum import MemberKey, Round, Team, TeamBook
from ledger.core.team import Line, Period
from ledger.export import team_files
from ledger.flows.team import exchange, sealed_sum
from ledger.flows.team.sealed_sum import Proposal
from ledger.host import team_book
from ledger.host.team_book import Progress

T = TypeVar("T")


class Step(StrEnum):
    """The steps of a sealed sum, in their order."""

    KEYS = "keys"
    CONFIRM = "confirm"
    ROUND = "round"
    SEAL = "seal"
    OPEN = "open"


class SealedRound(QObject):
    """One team at a time.

    Signals:
        changed(): teams, keys or the round are others now.
        proposed(Proposal): what would be sealed.
        wrote(Step, Path): a file of this step was written.
        opened(Opened): the team's sum.
        refused(Step, LedgerError): why a step was not taken.
    """

    changed = Signal()
    proposed = Signal(object)
    wrote = Signal(str, object)
    opened = Signal(object)
    refused = Signal(str, object)

    def __init__(
        self, client: LedgerClient, now_ms: Callable[[], int], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._client, self._now_ms = client, now_ms
        self.book = TeamBook()
        self.team: Team | None = None
        self.waiting: tuple[MemberKey, ...] = ()  # opened, not confirmed yet
        self.round: Round | None = None
        self._round_file = b""

    def load(self) -> None:
        """Read the teams, and go on with the one that is on its way."""
        try:
            self.book = team_book.load()
        except TeamError as problem:
            self.refused.emit(Step.KEYS, problem)
            return
        known = [team for team in self.book.teams if self.team and team.id == self.team.id]
        going = [team for team in self.book.teams if team_book.load_progress(team.id).round]
        self._take(next(iter((*known, *going, *self.book.teams)), None))

    def choose(self, identity: str) -> None:
        """Go on with another team, by its id."""
        self._take(next((team for team in self.book.teams if team.id == identity), None))

    def _take(self, team: Team | None) -> None:
        self.team, self.waiting, self.round, self._round_file = team, (), None, b""
        if team is not None:
            progress = team_book.load_progress(team.id)
            keys = [key for text in progress.keys if (key := _read_key(text)) is not None]
            self.waiting = tuple(key for key in keys if key not in team.members)
            self._round_file = progress.round.encode("ascii", "replace")
            self.round = _read_round(self._round_file)
        self.changed.emit()

    def join(self, name: str) -> None:
        """Make keys for a team of this name."""
        self._try(Step.KEYS, lambda: sealed_sum.join(name), self._on_team)

    def save_key(self, place: Path) -> None:
        """Write the file with one's public keys."""
        if (team := self.team) is not None:
            now = self._now_ms()
            self._try(Step.KEYS, lambda: exchange.save_key(team, place, now), self._on_key)

    def leave(self) -> None:
        """Leave the team and destroy the keys of it."""
        if (team := self.team) is not None:
            self._try(Step.KEYS, lambda: _leave(team), lambda _done: self._on_left())

    def take_keys(self, paths: Sequence[Path]) -> None:
        """Open colleagues' key files; their words are still to be heard."""
        if self.team is None:
            return
        opened_keys: dict[MemberKey, None] = dict.fromkeys(self.waiting)
        for path in paths:
            try:
                key = exchange.read_key(path)
                _refuse_known(self.team, key, path)
            except TeamError as problem:
                self.refused.emit(Step.CONFIRM, problem)
            else:
                opened_keys[key] = None
        self._wait(tuple(opened_keys))

    def drop(self, key: MemberKey) -> None:
        """Forget a key that was opened and not confirmed."""
        self._wait(tuple(other for other in self.waiting if other != key))

    def confirm(self, key: MemberKey, heard: str) -> None:
        """Confirm a key by the words that its owner has just read aloud."""
        if (team := self.team) is not None:
            self._try(Step.CONFIRM, lambda: sealed_sum.confirm(team, key, heard), self._on_team)

    def make_round(self, period: Period, place: Path) -> None:
        """Make the round file of a period for everybody who is confirmed."""
        if (team := self.team) is not None:
            now = self._now_ms()
            self._try(
                Step.ROUND,
                lambda: exchange.save_round(team, period, place, now),
                self._on_round_made,
            )

    def take_round(self, path: Path) -> None:
        """Open the round file that a colleague made."""
        try:
            round_, data = exchange.read_round(path)
            team = sealed_sum.team_in(round_, self.book)
        except TeamError as problem:
            self.refused.emit(Step.ROUND, problem)
            return
        if self.team is None or team.id != self.team.id:
            self._take(team)
        self.round, self._round_file = round_, data
        self._keep()
        self.changed.emit()

    def forget_round(self) -> None:
        """Begin with another round."""
        self.round, self._round_file = None, b""
        self._keep()
        self.changed.emit()

    @property
    def is_sealed(self) -> bool:
        """Whether one's numbers are sealed for this round."""
        if self.team is None or self.round is None:
            return False
        sealed = self.team.sealed_in(self.round.period)
        return sealed is not None and sealed.signers == self.round.signers

    def propose(self) -> None:
        """Say what would be sealed; nothing is written."""
        team, round_, book = self.team, self.round, self.book
        if team is None or round_ is None:
            return
        frame, now_s = self._client.frame, self._now_ms() // 1000
        self._try(
            Step.SEAL,
            lambda: sealed_sum.propose(team, round_, frame, now_s, book),
            self.proposed.emit,
        )

    def seal(self, proposal: Proposal, shown: tuple[Line, ...], place: Path) -> None:
        """Seal what was shown and write it."""
        now = self._now_ms()
        self._try(
            Step.SEAL,
            lambda: exchange.save_seal(proposal, shown, place, now),
            self._on_sealed,
        )

    def open(self, paths: Sequence[Path]) -> None:
        """Add up the sealed files of the round."""
        round_ = self.round
        if round_ is not None:
            self._try(
                Step.OPEN,
                lambda: exchange.open_seals(round_, paths, team_book.load()),
                self.opened.emit,
            )

    def _try(self, step: Step, work: Callable[[], T], answer: Callable[[T], None]) -> None:
        attempt(self._client, work, answer, partial(self._refuse, step))

    def _refuse(self, step: Step, problem: LedgerError) -> None:
        self.refused.emit(step, problem)

    def _on_team(self, team: Team) -> None:
        self.team = team
        self.load()

    def _on_key(self, place: Path) -> None:
        self.wrote.emit(Step.KEYS, place)

    def _on_left(self) -> None:
        self.team = None
        self.load()

    def _on_round_made(self, place: Path) -> None:
        self.take_round(place)
        self.wrote.emit(Step.ROUND, place)

    def _on_sealed(self, place: Path) -> None:
        self.load()
        self.wrote.emit(Step.SEAL, place)

    def _wait(self, keys: tuple[MemberKey, ...]) -> None:
        self.waiting = keys
        self._keep()
        self.changed.emit()

    def _keep(self) -> None:
        if self.team is None:
            return
        texts = tuple(team_files.encode_key(key).decode("ascii") for key in self.waiting)
        progress = Progress(texts, self._round_file.decode("ascii"))
        try:
            team_book.save_progress(self.team.id, progress)
        except TeamError as problem:
            self.refused.emit(Step.ROUND, problem)


def _leave(team: Team) -> None:
    sealed_sum.leave(team)
    team_book.save_progress(team.id, Progress())


def _refuse_known(team: Team, key: MemberKey, path: Path) -> None:
    if key == team.key:
        raise TeamError(f"{path.name} is your own key.", "Open those of the others.")
    if key in team.confirmed:
        raise TeamError(f"{path.name} is confirmed already.", "Open those of the others.")


def _read_key(text: str) -> MemberKey | None:
    try:
        return team_files.decode_key(text.encode("ascii", "replace"))
    except TeamError:
        return None


def _read_round(data: bytes) -> Round | None:
    try:
        return team_files.decode_round(data) if data else None
    except TeamError:
        return None
