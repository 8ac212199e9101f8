"""The goals between their file and their rows on Today: setting, removing, and how they stand."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ledger.app.ledger_client import LedgerClient
from ledger.app.stored import StoredValue
from ledger.core.goals import Goal
from ledger.flows.filters.completion import Offer, count_values, offers
from ledger.flows.filters.resolver import Names
from ledger.flows.insights import goals
from ledger.flows.insights.goals import digest, goal_statuses, quiet_hours
from ledger.host.settings import DEFAULTS, Settings
from ledger.ui.dialogs.goal_dialog import ask_goal
from ledger.ui.pages.today.goal_rows import GoalRows


class GoalSection(QObject):
    """Keeps the rows in step with the file and the ledger.

    Signals:
        filter_wanted(Filter): the person wants to see what a goal is about.
    """

    filter_wanted = Signal(object)

    def __init__(self, client: LedgerClient, now: Callable[[], float], parent: QWidget) -> None:
        super().__init__(parent)
        path = goals.path_of(client.path)
        self._client, self._now, self._page = client, now, parent
        self._settings = DEFAULTS
        self._removed: Goal | None = None
        self.rows = GoalRows()
        self.stored: StoredValue[tuple[Goal, ...]] = StoredValue(
            lambda: goals.load(path), lambda items: goals.save(path, items), (), self
        )
        self.stored.failed.connect(client.failed)
        self.stored.changed.connect(self.show)
        self.rows.set_wanted.connect(self._on_set)
        self.rows.remove_wanted.connect(self._on_remove)
        self.rows.back_wanted.connect(self._on_back)
        self.rows.shown.connect(lambda status: self.filter_wanted.emit(status.filter))

    def use(self, settings: Settings) -> None:
        """Work by these settings from now on."""
        self._settings = settings

    def draw(self) -> None:
        """Read the file again, which the command line may have changed, and show the goals."""
        self.stored.read()
        self.show()

    def show(self) -> None:
        """Show how the goals stand."""
        moment = datetime.fromtimestamp(self._now()).astimezone()
        today, settings = moment.date(), self._settings
        goals = goal_statuses(self.stored.value, self._client.frame, today)
        quiet = quiet_hours(settings.quiet_from, settings.quiet_until)
        line = digest(goals, today, moment.hour, settings.digest_day, quiet)
        self.rows.show_goals(goals, line)

    def _on_set(self) -> None:
        names = Names.of(self._client.frame)
        goal = ask_goal(self._page, lambda goal: goals.usable(goal, names), self._offers)
        if goal is not None:
            self._forget()
            self.stored.change(lambda items: goals.with_goal(items, goal))

    def _on_remove(self, place: int) -> None:
        goal = self.stored.value[place]
        if self.stored.change(lambda items: tuple(item for item in items if item != goal)):
            self._removed = goal
            self.rows.show_removed(goal.title)

    def _on_back(self) -> None:
        goal = self._removed
        self._forget()
        if goal is not None:
            self.stored.change(lambda items: goals.with_goal(items, goal))

    def _forget(self) -> None:
        self._removed = None
        self.rows.show_removed("")

    def _offers(self, line: str, cursor: int) -> Sequence[Offer]:
        frame = self._client.frame
        return offers(line, cursor, Names.of(frame), partial(count_values, frame))
