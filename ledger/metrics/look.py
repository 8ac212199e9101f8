"""One selection, looked at by many questions: sums that several of them need are made once."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import tzinfo
from functools import cached_property
from typing import NamedTuple

from ledger.core.figures import Doubt, Summary
from ledger.core.prices import PriceBook
from ledger.metrics.blocks import EDITED_WORTH
from ledger.metrics.dollars import Cost, cost_of
from ledger.metrics.frame import Frame, Selection
from ledger.metrics.grouping import grouping
from ledger.metrics.tally import Tally, summary_at, tally


class Answer(NamedTuple):
    """What one question found; None where the gates forbid to say it."""

    value: float | None = None
    low: float | None = None
    high: float | None = None
    n: int = 0
    of: str = "work blocks"  # what `n` counts
    note: str = ""
    doubt: Doubt = Doubt.NONE


@dataclass(frozen=True, eq=False, kw_only=True)
class Look:
    """A selection with all that a question may depend on; nothing here is read from anywhere.

    `plan_fee_month` is in dollars, 0 without a plan. `period_days` is how long the period is that
    was asked about; None: from the first to the last day with anything in it. `redone` are
    interactions that were asked again almost word for word (`rework.soon_again` says which can be).
    """

    frame: Frame
    selection: Selection
    zone: tzinfo | None = None
    edited_worth: int = EDITED_WORTH
    interval: bool = True
    book: PriceBook | None = None
    plan_fee_month: int = 0
    period_days: int | None = None
    redone: Collection[int] | None = None

    @cached_property
    def tally(self) -> Tally:
        """The sums of everything selected, as one group."""
        return tally(
            self.frame,
            self.selection,
            grouping(self.frame, "all"),
            zone=self.zone,
            edited_worth=self.edited_worth,
            interval=self.interval,
        )

    @cached_property
    def summary(self) -> Summary:
        """The summary of everything selected."""
        return summary_at(self.tally, 0)

    @cached_property
    def cost(self) -> Cost | None:
        """What it would have cost at list prices; None without a price table."""
        return None if self.book is None else cost_of(self.frame, self.selection, self.book)
