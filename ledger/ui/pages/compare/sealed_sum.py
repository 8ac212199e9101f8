"""The sealed sum as a walk-through: five steps, and what to send to whom at each."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QWidget

from ledger.app.ledger_client import LedgerClient
from ledger.app.sealed_round import SealedRound, Step
from ledger.core.errors import LedgerError, TeamError
from ledger.export import team_files
from ledger.flows.team.exchange import Opened
from ledger.flows.team.sealed_sum import Proposal
from ledger.host.paths import is_demo
from ledger.ui.dialogs.box import ask
from ledger.ui.pages.compare.sealed_steps import (
    ConfirmStep,
    KeysStep,
    OpenStep,
    RoundStep,
    SealStep,
)
from ledger.ui.pages.compare.step_card import StepCard
from ledger.ui.widgets.buttons import Button
from ledger.ui.widgets.plain import PlainLabel
from ledger.ui.widgets.scroll_page import ScrollPage
from ledger.ui.widgets.setting_row import CalmCombo

ABOUT = (
    "A sum in which nobody sees another’s numbers: not your colleagues, not a manager, not whoever "
    "opens it. Two rounds of files in a chat, no server."
)
DEMO = TeamError(
    "This is the demo ledger, so nothing of it is sealed.",
    "Numbers of made-up work would spoil a team’s sum.",
)
NEW_TEAM = "Join another team"
WROTE = {
    Step.KEYS: "Saved as {name}. Send it to everybody in the team.",
    Step.ROUND: "Saved as {name}. Send it to everybody; all seal this one.",
    Step.SEAL: "Sealed, and saved as {name}. Your numbers for this period stand now.",
}
LEAVE = "Your keys of this team are destroyed. What you sealed before stays with those who have it."


class SealedSumPage(ScrollPage):
    """Keeps its place between two starts."""

    def __init__(
        self,
        client: LedgerClient,
        now_ms: Callable[[], int],
        place: Callable[[str, str], Path | None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("Sealed sum", parent)
        self._client, self._place = client, place
        self._joining = False
        self.sealed_round = SealedRound(client, now_ms, self)
        self.teams = CalmCombo()
        self.teams.setAccessibleName("Team")
        self.join = Button(NEW_TEAM, "quiet", "plus")
        self.leave = Button("Leave …", "quiet")
        self.keys = KeysStep(self.sealed_round, self._named)
        self.confirm = ConfirmStep(self.sealed_round)
        self.round = RoundStep(self.sealed_round, self._named, now_ms() // 1000)
        self.seal = SealStep(self.sealed_round, self._sealed_place)
        self.open = OpenStep(self.sealed_round, place)
        self.steps: dict[str, StepCard] = {
            Step.KEYS: self.keys,
            Step.CONFIRM: self.confirm,
            Step.ROUND: self.round,
            Step.SEAL: self.seal,
            Step.OPEN: self.open,
        }
        self.column.addWidget(PlainLabel(ABOUT, ink="text_soft", wrap=True))
        self._head = QWidget()
        row = QHBoxLayout(self._head)
        row.setContentsMargins(0, 0, 0, 0)
        for widget in (self.teams, self.join, self.leave):
            row.addWidget(widget)
        row.addStretch(1)
        self.column.addWidget(self._head)
        for card in self.steps.values():
            self.column.addWidget(card)
        self._connect()

    def _connect(self) -> None:
        sealed_round = self.sealed_round
        sealed_round.changed.connect(self._show)
        sealed_round.proposed.connect(self._on_proposed)
        sealed_round.wrote.connect(self._on_wrote)
        sealed_round.opened.connect(self._on_opened)
        sealed_round.refused.connect(self._on_refused)
        self.teams.activated.connect(lambda _row: self._choose())
        self.join.clicked.connect(self._begin)
        self.leave.clicked.connect(self._leave)

    def refresh(self) -> None:
        """Bring it up to date: another program may have confirmed or sealed something."""
        self.sealed_round.load()

    def _named(self, title: str, kind: str) -> Path | None:
        return self._place(title, team_files.card_file_name(kind))

    def _sealed_place(self, title: str, kind: str) -> Path | None:
        if is_demo(self._client.path):
            self.seal.refuse(DEMO)
            return None
        return self._named(title, kind)

    def _choose(self) -> None:
        self._joining = False
        for card in self.steps.values():
            card.clear_message()
        self.sealed_round.choose(self.teams.currentData())

    def _begin(self) -> None:
        self._joining = True
        self._show()
        self.keys.name.setFocus()

    def _leave(self) -> None:
        team = self.sealed_round.team
        if team is not None and ask(self, f"Leave “{team.name}”?", LEAVE, accept="Leave"):
            self.sealed_round.leave()

    def _show(self) -> None:
        sealed_round = self.sealed_round
        team_ids = [joined.id for joined in sealed_round.book.teams]
        shown = [self.teams.itemData(row) for row in range(self.teams.count())]
        if team_ids != shown:
            self._joining = False
            self.teams.clear()
            for joined in sealed_round.book.teams:
                self.teams.addItem(joined.name, joined.id)
        team = None if self._joining else sealed_round.team
        if team is not None:
            self.teams.setCurrentIndex(team_ids.index(team.id))
        self._head.setVisible(bool(team_ids))
        round_ = sealed_round.round if team is not None else None
        self.keys.show_team(team, joining=self._joining)
        self.confirm.show_team(team)
        self.round.show_round(team, round_)
        self.seal.show_round(round_, sealed=sealed_round.is_sealed and team is not None)
        self.seal.show_proposal(None)
        self.open.show_round(round_)
        if round_ is not None:
            sealed_round.propose()

    def _on_proposed(self, proposal: Proposal) -> None:
        if proposal.round == self.sealed_round.round:
            self.seal.show_proposal(proposal)

    def _on_wrote(self, step: str, place: Path) -> None:
        self.steps[step].say(WROTE[Step(step)].format(name=place.name))

    def _on_opened(self, opened: Opened) -> None:
        try:
            self.open.result.show_opened(opened)
        except TeamError as problem:
            self.open.refuse(problem)
        else:
            self.open.clear_message()
            self.open.show_round(self.sealed_round.round)

    def _on_refused(self, step: str, problem: LedgerError) -> None:
        if step == Step.OPEN:
            self.open.result.forget()
        self.steps[step].refuse(problem)
        self.ensureWidgetVisible(self.steps[step].refusal)
