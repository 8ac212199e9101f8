"""The five steps of a sealed sum as cards, each with what is done in it."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from ledger.app.sealed_round import SealedRound
from ledger.core.formatting import count
from ledger.core.sealed_sum import Round, Team
from ledger.core.team import LEAST_PEOPLE, Period
from ledger.flows.team import exchange, sealed_sum
from ledger.flows.team.sealed_sum import Proposal
from ledger.ui.dialogs import save_file
from ledger.ui.pages.compare.key_rows import KeyRows
from ledger.ui.pages.compare.line_table import LineTable
from ledger.ui.pages.compare.step_card import StepCard
from ledger.ui.pages.compare.team_result import TeamResult
from ledger.ui.theme import Type
from ledger.ui.widgets.buttons import Button
from ledger.ui.widgets.layouts import in_order
from ledger.ui.widgets.plain import PlainLabel
from ledger.ui.widgets.setting_row import CalmCombo

Ask = Callable[[str, str], Path | None]


def _row(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return row


class KeysStep(StepCard):
    """Makes one's keys of a team."""

    def __init__(self, sealed_round: SealedRound, ask: Ask) -> None:
        super().__init__(
            1,
            "Make your keys",
            "Once for each team. The private halves stay in this computer’s keyring.",
            "your key file to everybody in the team. It holds no secret: any chat or mail will do.",
        )
        self._sealed_round, self._ask = sealed_round, ask
        self.name = QLineEdit()
        self.name.setPlaceholderText("What you call the team; the name stays here")
        self.name.setAccessibleName("Name of the team")
        self.make = Button("Make my keys", "primary")
        self.key_words = PlainLabel("", Type.HEADING, wrap=True)
        self.aloud = PlainLabel(
            "Your six words. Read them aloud when a colleague asks; never send them along.",
            Type.CAPTION, "text_soft", wrap=True,
        )  # fmt: skip
        self.save = Button("Save my key file …", icon_name="save")
        self._form = QWidget()
        row = QHBoxLayout(self._form)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.name, 1)
        row.addWidget(self.make)
        self.body.addWidget(self._form)
        for widget in (self.key_words, self.aloud):
            self.body.addWidget(widget)
        self.body.addWidget(self.save, 0, Qt.AlignmentFlag.AlignLeft)
        self.make.clicked.connect(self._join)
        self.name.returnPressed.connect(self._join)
        self.save.clicked.connect(self._save)

    def _join(self) -> None:
        self.clear_message()
        self._sealed_round.join(self.name.text())

    def _save(self) -> None:
        self.clear_message()
        if (place := self._ask("Save my key file", "key")) is not None:
            self._sealed_round.save_key(place)

    def show_team(self, team: Team | None, *, joining: bool) -> None:
        """Show the keys of a team, or the form for a new one."""
        has = team is not None and not joining
        self._form.setVisible(not has)
        for widget in (self.key_words, self.aloud, self.save):
            widget.setVisible(has)
        if team is not None:
            self.key_words.setText("   ".join(team.key.words))
        self.show_state(f"“{team.name}”" if has and team else "", done=has, is_open=True)
        self.send.setVisible(has)


class ConfirmStep(StepCard):
    """Confirms the others' keys by voice."""

    def __init__(self, sealed_round: SealedRound) -> None:
        super().__init__(
            2,
            "Confirm the others by voice",
            "Open the key file of each colleague, call them, and type the six words that they read "
            "to you. Words that came with the file confirm nothing.",
        )
        self._sealed_round = sealed_round
        self.open = Button("Open key files …", icon_name="folder")
        self.keys = KeyRows()
        self.needed_keys = PlainLabel("", ink="text_soft", wrap=True)
        self.body.addWidget(self.keys)
        self.body.addWidget(self.open, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self.needed_keys)
        self.open.clicked.connect(self._open)
        self.keys.confirm_wanted.connect(self._confirm)
        self.keys.drop_wanted.connect(sealed_round.drop)

    def _open(self) -> None:
        self.clear_message()
        if paths := save_file.ask_files(self, "Open your colleagues’ key files"):
            self._sealed_round.take_keys(paths)

    def _confirm(self, key: object, heard: str) -> None:
        self.clear_message()
        self._sealed_round.confirm(key, heard)  # type: ignore[arg-type]

    def show_team(self, team: Team | None) -> None:
        """Show whose keys wait and how many are confirmed."""
        self.keys.show_keys(self._sealed_round.waiting)
        in_order(self.open, self.keys.stops())
        self.keys.setVisible(bool(self._sealed_round.waiting))
        if team is None:
            self.show_state("", done=False, is_open=False)
            return
        missing = sealed_sum.missing_people(team)
        people = len(team.members)
        state = f"{people} of at least {LEAST_PEOPLE} people, you among them"
        if missing:
            self.needed_keys.setText(f"{count(missing, 'more key')} before a round can be made.")
        else:
            state = f"{people} people, you among them"
            self.needed_keys.setText(
                "Enough for a round. Whoever is missing can still be confirmed."
            )
        self.show_state(state, done=not missing, is_open=True)


class RoundStep(StepCard):
    """Makes the round of a period, or takes the one that a colleague made."""

    def __init__(self, sealed_round: SealedRound, ask: Ask, now_s: int) -> None:
        super().__init__(
            3,
            "Agree on a round",
            "One of you makes it, for four weeks that are over; all the others open that file.",
            "the round file to everybody. All seal the same one.",
        )
        self._sealed_round, self._ask = sealed_round, ask
        self.period = CalmCombo()
        self.period.setAccessibleName("Four weeks of the round")
        for period in exchange.rounds_possible(now_s):
            self.period.addItem(f"{period}  ·  {period.words}", str(period))
        self.make = Button("Make the round …")
        self.open = Button("Open the one I was given …", icon_name="folder")
        self.shown = PlainLabel("", Type.STRONG, wrap=True)
        self.forget = Button("Another round", "link")
        self._choice = QWidget()
        row = _row(self.period, self.make, self.open)
        row.setContentsMargins(0, 0, 0, 0)
        self._choice.setLayout(row)
        self.body.addWidget(self._choice)
        self.body.addWidget(self.shown)
        self.body.addWidget(self.forget, 0, Qt.AlignmentFlag.AlignLeft)
        self.make.clicked.connect(self._make)
        self.open.clicked.connect(self._open)
        self.forget.clicked.connect(sealed_round.forget_round)

    def _make(self) -> None:
        self.clear_message()
        if (place := self._ask("Save the round file", "round")) is not None:
            self._sealed_round.make_round(Period.read(self.period.currentData()), place)

    def _open(self) -> None:
        self.clear_message()
        if paths := save_file.ask_files(self, "Open the round file"):
            self._sealed_round.take_round(paths[0])

    def show_round(self, team: Team | None, round_: Round | None) -> None:
        """Show the round there is, or how to come by one."""
        self._choice.setVisible(round_ is None)
        self.shown.setVisible(round_ is not None)
        self.forget.setVisible(round_ is not None)
        if round_ is not None:
            people = count(len(round_.members), "person", "people")
            self.shown.setText(f"{round_.period}: {round_.period.words}, {people}.")
        ready = team is not None and not sealed_sum.missing_people(team)
        has_round = round_ is not None
        self.show_state(
            str(round_.period) if round_ else "", done=has_round, is_open=ready or has_round
        )
        self.send.setVisible(has_round)


class SealStep(StepCard):
    """Shows one's numbers, and seals them once they are agreed to."""

    def __init__(self, sealed_round: SealedRound, ask: Ask) -> None:
        super().__init__(
            4,
            "Seal your numbers",
            "You see your numbers first. In the file nobody can read them; only the sum shows.",
            "your sealed file to everybody, or to the one who adds them up.",
        )
        self._sealed_round, self._ask = sealed_round, ask
        self.proposal: Proposal | None = None
        self.lines = LineTable()
        self.masked = PlainLabel(sealed_sum.MASKED, ink="text_soft", wrap=True)
        self.notes = PlainLabel("", ink="warning", wrap=True)
        self.seal = Button("Seal and save …", "primary", "lock")
        for widget in (self.lines, self.masked, self.notes):
            self.body.addWidget(widget)
        self.body.addWidget(self.seal, 0, Qt.AlignmentFlag.AlignLeft)
        self.seal.clicked.connect(self._seal)
        self.show_proposal(None)

    def show_proposal(self, proposal: Proposal | None) -> None:
        """Show what would be sealed; None where there is nothing to seal."""
        self.proposal = proposal
        for widget in (self.lines, self.masked, self.seal):
            widget.setVisible(proposal is not None)
        if proposal is not None:
            self.refusal.hide()
            self.lines.show_lines(proposal.lines)
            self.notes.setText("\n".join(proposal.notes))
        self.notes.setVisible(proposal is not None and bool(proposal.notes))

    def _seal(self) -> None:
        proposal = self.proposal
        if proposal is None:
            return
        self.clear_message()
        if (place := self._ask("Save my sealed numbers", "seal")) is not None:
            self._sealed_round.seal(proposal, self.lines.lines, place)

    def show_round(self, round_: Round | None, *, sealed: bool) -> None:
        """Show whether it is time to seal."""
        state = "sealed" if sealed else ""
        self.seal.set_label("Save the sealed file again …" if sealed else "Seal and save …")
        self.show_state(state, done=sealed, is_open=round_ is not None)


class OpenStep(StepCard):
    """Adds up everybody's sealed files."""

    def __init__(self, sealed_round: SealedRound, ask: Callable[[str, str], Path | None]) -> None:
        super().__init__(
            5,
            "Open the sum",
            "When everybody’s sealed file is here. With one missing, nothing can be read.",
        )
        self._sealed_round = sealed_round
        self._round: Round | None = None
        self.files = Button("Choose the sealed files …")
        self.folder = Button("Choose a folder …", icon_name="folder")
        self.result = TeamResult(ask)
        self.result.refused.connect(self.refuse)
        self.result.saved.connect(lambda name: self.say(f"Saved as {name}."))
        self.body.addLayout(_row(self.files, self.folder))
        self.body.addWidget(self.result)
        self.files.clicked.connect(self._ask_files)
        self.folder.clicked.connect(self._ask_folder)

    def _ask_files(self) -> None:
        self.clear_message()
        if paths := save_file.ask_files(self, "Choose the sealed files"):
            self._sealed_round.open(paths)

    def _ask_folder(self) -> None:
        self.clear_message()
        if (folder := save_file.ask_folder(self, "Choose the folder of sealed files")) is not None:
            self._sealed_round.open([folder])

    def show_round(self, round_: Round | None) -> None:
        """Show whether there is anything to open."""
        there = round_ is not None
        if round_ != self._round:  # what was opened belongs to another round
            self._round = round_
            self.result.forget()
        self.show_state("", done=self.result.opened is not None and there, is_open=there)
