"""What every page is, what pages are made from, and how one asks for another."""

from abc import abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ledger.app.filter_model import FilterModel
from ledger.app.ledger_client import LedgerClient
from ledger.app.stored import StoredSettings
from ledger.host.settings import Settings
from ledger.host.window_state import WindowState
from ledger.ui.abstract import check_complete
from ledger.ui.keymap import ChartQuestion, PageName

if TYPE_CHECKING:  # it loads numpy, and the window is painted before
    from ledger.app.questions import Questions


@dataclass(frozen=True)
class Route:
    """Which page is to be shown, and what there."""

    page: PageName
    interaction: int | None = None  # the Ledger page opens it
    disagreements: bool = False  # the Ledger page lists them alone
    question: ChartQuestion | None = None  # the Charts page answers it


@dataclass(frozen=True)
class PageContext:
    """What pages are made from; each takes what it needs."""

    client: LedgerClient
    filter_model: FilterModel
    settings: StoredSettings
    state: WindowState | None
    questions: Callable[[], "Questions"]  # the daily ones, made when they are first wanted


class Page(QWidget):
    """One page of the window; a class that does not say how it is activated is refused.

    Signals:
        requested(Route): the person wants another page, or something there.
        demo_requested(): the person wants to look around in made-up work.
    """

    requested = Signal(Route)
    demo_requested = Signal()

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        check_complete(cls)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("canvas")

    @abstractmethod
    def activate(self) -> None:
        """Bring the page up to date; called whenever it is shown."""

    def use(self, settings: Settings) -> None:
        """Work by these settings from now on; called once at first, and whenever they change."""

    def prepare(self, route: Route) -> None:
        """Take up what a route asks for before the page is shown."""

    def follow(self, route: Route) -> None:
        """Take up what a route asks for once the page is shown."""
