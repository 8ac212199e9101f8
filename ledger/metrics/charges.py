"""What portions and selections would have cost at list prices as of their day.

A portion adds up requests of one model at one tariff, so what counted requests cost follows exactly
from their sums. The three ends are for the rest: what an estimate really was, and what a request
without counts may have used. Nothing here enters a figure that rests on token-equivalents.
"""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import numpy as np

from ledger.core.columns import QUARTER_S
from ledger.core.prices import COMPONENTS, Price, PriceBook, Rates
from ledger.core.tariff import CONTEXT_STEPS, Tariff
from ledger.core.usage import (
    CACHE_READ_WEIGHT,
    CACHE_WRITE_1H_WEIGHT,
    CACHE_WRITE_5M_WEIGHT,
    INPUT_WEIGHT,
    OUTPUT_WEIGHT,
)
from ledger.metrics.arrays import Bools, Floats, Ints
from ledger.metrics.frame import Frame, Selection, TagIndependent
from ledger.metrics.ratio import UNKNOWN_SHARE
from ledger.metrics.shares import share
from ledger.metrics.unpriced import Lack, Portions, Unpriced, unpriced

QUARTERS_A_DAY = 24 * 3600 // QUARTER_S
EPOCH = date(1970, 1, 1)
# In the order of `Rates`, which ends with searches: they are no tokens.
WEIGHTS = np.asarray(
    (
        INPUT_WEIGHT,
        OUTPUT_WEIGHT,
        CACHE_READ_WEIGHT,
        CACHE_WRITE_5M_WEIGHT,
        CACHE_WRITE_1H_WEIGHT,
    ),
    dtype=np.float64,
)
TOKENS = len(WEIGHTS)
# Amounts are whole numbers of 10^-12 dollars, as micro-dollars for a million tokens make them:
# exact in 64-bit floats up to 9,007 dollars a portion, and to sixteen digits beyond.
PICO = 10**12


class Charges(NamedTuple):
    """One element per portion of a frame; amounts are what is priced, in 10^-12 dollars."""

    low: Floats
    middle: Floats
    high: Floats
    lacks: Ints  # of `Lack`, 0 where everything that was used has a price
    row: Ints  # position in `prices` of the one that holds, -1 where there is none on that day
    prices: tuple[Price, ...]

    @property
    def priced(self) -> Bools:
        """Which portions have a price for everything that was used."""
        priced: Bools = self.lacks == 0
        return priced


class _ChargesCache(dict[PriceBook, Charges], TagIndependent):
    """The charges of one frame under each book."""


class _Tables(NamedTuple):
    """Rates of every price at every tariff of a frame, NaN where none is known."""

    rates: Floats  # shape (kinds, 6), in the order of `Rates`
    long: Floats  # the same for a prompt of any length
    kind: Ints  # of each portion: a row of the two
    row: Ints  # these two as in `Charges`
    prices: tuple[Price, ...]


def charges(frame: Frame, book: PriceBook) -> Charges:
    """Return what every portion would have cost, made once per frame and book."""
    cache = frame.cache(_ChargesCache)
    if book not in cache:
        cache[book] = _charges(frame, book)
    return cache[book]


def exposure(frame: Frame, book: PriceBook) -> Floats:
    """Return what every portion would have cost in dollars, NaN where nobody knows.

    For comparing models: the same text is not the same number of tokens to all of them.
    """
    charged = charges(frame, book)
    knows = charged.priced & (frame.unknown == 0)
    return np.where(knows, charged.middle / PICO, np.nan)


def _charges(frame: Frame, book: PriceBook) -> Charges:
    tables = _tables(frame, book)
    used = (
        frame.input,
        frame.output,
        frame.cache_read,
        frame.cache_write - frame.cache_write_1h,
        frame.cache_write_1h,
        frame.searches,
    )
    middle, lacks = np.zeros(len(frame.owner)), np.zeros(len(frame.owner), dtype=np.int64)
    for at, counter in enumerate(used):
        rate = tables.rates[tables.kind, at]
        is_known = ~np.isnan(rate)
        middle += np.where(is_known, counter * np.nan_to_num(rate), 0.0)
        lacks |= np.where(is_known | (counter == 0), 0, 1 << at)
    low, high = middle.copy(), middle.copy()
    _add_uncertainty(frame, tables, used, (low, high, lacks))
    return Charges(low, middle, high, lacks, tables.row, tables.prices)


def _tables(frame: Frame, book: PriceBook) -> _Tables:
    """Look up the price of every portion, then the rates of every (price, tariff) that occurs."""
    prices: list[Price] = []
    row = np.full(len(frame.owner), -1, dtype=np.int64)
    utc_day = frame.quarter // QUARTERS_A_DAY
    for model, name in enumerate(frame.models):
        history = book.history(name)
        if not history:
            continue
        portions = np.flatnonzero(frame.model == model)
        since = [(price.since - EPOCH).days if price.since else -(2**31) for price in history]
        at = np.searchsorted(np.asarray(since), utc_day[portions], side="right") - 1
        row[portions] = np.where(at < 0, -1, at + len(prices))
        prices += history
    tariffs = int(frame.tariff.max(initial=0)) + 1
    kind = np.where(row < 0, 0, (row + 1) * tariffs + frame.tariff)
    rates = np.full(((len(prices) + 1) * tariffs, len(COMPONENTS)), np.nan)
    long = rates.copy()
    for occurring in np.flatnonzero(np.bincount(kind, minlength=1)).tolist():
        place, code = divmod(occurring, tariffs)
        if place:
            rates[occurring], long[occurring] = _at_tariff(prices[place - 1], Tariff.of_code(code))
    return _Tables(rates, long, kind, row, tuple(prices))


def _at_tariff(price: Price, tariff: Tariff) -> tuple[list[float], list[float]]:
    """Return the rates of a price at a tariff, and at the same one with the longest prompt."""
    longest = tariff._replace(longer_than=CONTEXT_STEPS[-1])
    return _as_floats(price.at(tariff)), _as_floats(price.at(longest))


def _as_floats(rates: Rates) -> list[float]:
    return [np.nan if rate is None else float(rate) for rate in rates]


def _add_uncertainty(
    frame: Frame, tables: _Tables, used: tuple[Ints, ...], ends: tuple[Floats, Floats, Ints]
) -> None:
    """Move the ends of portions with estimated or unknown counts as far as they may lie.

    Every token-equivalent that was perhaps used cost no more than the dearest that can have been.
    """
    low, high, lacks = ends
    unsure = frame.unsure
    if not len(unsure):
        return
    kind = tables.kind[unsure]
    is_used = np.stack([counter[unsure] > 0 for counter in used[:TOKENS]], axis=1)
    anything = _highest_price(tables, kind, np.ones_like(is_used))
    dearest = _highest_price(tables, kind, is_used)
    fees = used[TOKENS][unsure] * np.nan_to_num(tables.rates[kind, TOKENS])
    less = dearest * (frame.te[unsure] - frame.te_low[unsure])
    more = dearest * (frame.te_high[unsure] - frame.te[unsure])
    uncounted = frame.te_ceiling[unsure] - frame.te_high[unsure]
    low[unsure] = np.maximum(low[unsure] - less, np.minimum(fees, low[unsure]))
    high[unsure] += more + uncounted * anything
    lacks[unsure] |= np.where((uncounted > 0) & (anything == 0), int(Lack.UNCOUNTED), 0)


def _highest_price(tables: _Tables, kind: Ints, is_used: Bools) -> Floats:
    """Return the highest known price per twentieth, whatever the prompt's length; 0 where none."""
    per_twentieth = np.fmax(tables.rates[kind, :TOKENS], tables.long[kind, :TOKENS]) / WEIGHTS
    most: Floats = np.nan_to_num(np.where(is_used, per_twentieth, 0.0)).max(axis=1)
    return most


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """Dollars; `high` is None while something has no price: it may have cost anything."""

    low: float
    middle: float  # of what is priced
    high: float | None
    priced: float | None  # share of token-equivalents in portions whose price is known in full
    unknown: float  # share of requests that told no counts
    portions: int
    lacking: tuple[Unpriced, ...] = ()  # what has no known price, by model
    own: tuple[str, ...] = ()  # models at a price of the person's own

    @property
    def value(self) -> float | None:
        """The best single figure, unknown requests costing as much as the others on average."""
        if self.high is None or self.unknown > UNKNOWN_SHARE or not self.portions:
            return None
        return min(max(self.middle / (1 - self.unknown), self.low), self.high)


def cost_of(frame: Frame, selection: Selection, book: PriceBook) -> Cost:
    """Return what the selected portions would have cost as of their days."""
    charged, parts = charges(frame, book), selection.parts
    te, lacks, model = frame.te[parts], charged.lacks[parts], frame.model[parts]
    lacking = np.flatnonzero(lacks)
    low, middle, high = (
        float(amounts[parts].sum(dtype=float)) / PICO
        for amounts in (charged.low, charged.middle, charged.high)
    )
    without = Portions(
        model[lacking], frame.tariff[parts][lacking], charged.row[parts][lacking], lacks[lacking]
    )
    used = [frame.models[at] for at in np.flatnonzero(np.bincount(model)).tolist()]
    return Cost(
        low=low,
        middle=middle,
        high=None if len(lacking) else high,
        priced=share(int(te[lacks == 0].sum()), int(te.sum())),
        unknown=share(int(frame.unknown[parts].sum()), int(frame.requests[parts].sum())) or 0.0,
        portions=len(te),
        lacking=unpriced(without, frame.models, charged.prices, book),
        own=tuple(name for name in used if book.is_own(name)),
    )
