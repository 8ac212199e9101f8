"""What portions and selections would have cost at list prices as of their day.

Three ends, because a portion adds up requests: which of them had a long prompt, how long a cache
write lived and what an estimate really was is not always known. Nothing here enters a figure that
rests on token-equivalents.
"""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import numpy as np

from ledger.core.columns import QUARTER_S
from ledger.core.prices import Price, PriceBook, Rates
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

QUARTERS_A_DAY = 24 * 3600 // QUARTER_S
EPOCH = date(1970, 1, 1)
MILLION = 1_000_000
HOUR_SURCHARGE = CACHE_WRITE_1H_WEIGHT - CACHE_WRITE_5M_WEIGHT
# In the order of `Rates`.
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
MICRO = 1_000_000


class Charges(NamedTuple):
    """One element per portion of a frame; amounts of unpriced portions mean nothing."""

    low: Ints
    middle: Ints
    high: Ints
    priced: Bools  # false where the book has no price for something that was used
    assumed: Ints  # tokens written to a cache for five minutes, as far as anybody can tell


class _ChargesCache(dict[PriceBook, Charges], TagIndependent):
    """The charges of one frame under each book."""


class _Tables(NamedTuple):
    """Every price of the frame's models, one row each; the last row is no price at all."""

    base: Floats  # shape (prices, 5), dollars x 10^-12 per token
    long: Floats
    longer: Ints  # tokens of a long prompt; 0 where there is no such thing
    row: Ints  # of each portion


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
    return np.where(knows, charged.middle / MILLION, np.nan)


def cache_writes(frame: Frame) -> tuple[Ints, Ints, Ints]:
    """Return the tokens written for five minutes, for an hour, and those that may be either.

    The columns keep the sum of both; token-equivalents weigh them differently, so what is left of
    `te` after everything else tells how many lived an hour.
    """
    known = (
        INPUT_WEIGHT * frame.input
        + CACHE_READ_WEIGHT * frame.cache_read
        + OUTPUT_WEIGHT * frame.output
        + CACHE_WRITE_5M_WEIGHT * frame.cache_write
    )
    hour, remainder = np.divmod(frame.te - known, HOUR_SURCHARGE)
    tells = (remainder == 0) & (hour >= 0) & (hour <= frame.cache_write)
    hour = np.where(tells, hour, 0)
    return frame.cache_write - hour, hour, np.where(tells, 0, frame.cache_write)


def _charges(frame: Frame, book: PriceBook) -> Charges:
    tables = _tables(frame, book)
    short_lived, hour, either = cache_writes(frame)
    tokens = (frame.input, frame.output, frame.cache_read, short_lived, hour)
    low = _micro_dollars(tokens, tables.base, tables.row)
    middle, high = low.copy(), low.copy()
    _add_long_prompts(frame, tables, tokens, (low, middle, high))
    _add_hour_writes(tables, either, high)
    _add_uncertainty(frame, tables, tokens, (low, high))
    priced = ~np.isnan(low + middle + high)
    return Charges(
        low=_as_integers(np.floor(low), priced),
        middle=_as_integers(np.rint(middle), priced),
        high=_as_integers(np.ceil(high), priced),
        priced=priced,
        assumed=either,
    )


def _as_integers(amount: Floats, priced: Bools) -> Ints:
    return np.where(priced, amount, 0.0).astype(np.int64)


def _tables(frame: Frame, book: PriceBook) -> _Tables:
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
    base = [_rate_row(price.rates) for price in prices] + [[np.nan] * len(WEIGHTS)]
    long = [_rate_row(price.long or price.rates) for price in prices] + [[np.nan] * len(WEIGHTS)]
    longer = [price.longer if price.long else 0 for price in prices] + [0]
    return _Tables(np.asarray(base), np.asarray(long), np.asarray(longer), row)


def _rate_row(rates: Rates) -> list[float]:
    return [np.nan if rate is None else float(rate) for rate in rates]


def _micro_dollars(tokens: tuple[Ints, ...], rates: Floats, row: Ints) -> Floats:
    """Return micro-dollars; NaN where a counter that is not 0 has no price."""
    total = np.zeros(len(row))
    for at, counter in enumerate(tokens):
        total += np.where(counter > 0, counter * rates[row, at], 0.0)
    return total / MILLION


def _add_long_prompts(
    frame: Frame, tables: _Tables, tokens: tuple[Ints, ...], ends: tuple[Floats, Floats, Floats]
) -> None:
    """Charge what may have been long prompts: certainly, probably, perhaps."""
    low, middle, high = ends
    longer = tables.longer[tables.row]
    prompt = frame.input + frame.cache_read + frame.cache_write
    long_prompts = np.flatnonzero((longer > 0) & (prompt > longer))
    if not len(long_prompts):
        return
    long = _micro_dollars(
        tuple(counter[long_prompts] for counter in tokens), tables.long, tables.row[long_prompts]
    )
    known = np.maximum(frame.requests - frame.unknown, 1)[long_prompts]
    low[long_prompts] = np.where(known == 1, long, low[long_prompts])
    middle[long_prompts] = np.where(
        prompt[long_prompts] > longer[long_prompts] * known, long, middle[long_prompts]
    )
    high[long_prompts] = long


def _add_hour_writes(tables: _Tables, either: Ints, high: Floats) -> None:
    """Charge at most what it cost if all cache writes of unknown life lived an hour."""
    undecided = np.flatnonzero(either)
    extra = np.nan_to_num(tables.long[:, 4] - tables.long[:, 3])[tables.row[undecided]]
    high[undecided] += either[undecided] * np.maximum(extra, 0.0) / MILLION


def _add_uncertainty(
    frame: Frame, tables: _Tables, tokens: tuple[Ints, ...], ends: tuple[Floats, Floats]
) -> None:
    """Move the ends of portions with estimated or unknown counts as far as they may lie.

    Every token-equivalent that was perhaps used cost no more than the dearest that can have been.
    """
    low, high = ends
    unsure = frame.unsure
    if not len(unsure):
        return
    row = tables.row[unsure]
    used = np.stack([counter[unsure] > 0 for counter in tokens], axis=1)
    dearest = _highest_price(tables.long[row], used)
    anything = _highest_price(tables.long[row], np.ones_like(used))
    less = dearest * (frame.te[unsure] - frame.te_low[unsure]) / MILLION
    more = dearest * (frame.te_high[unsure] - frame.te[unsure]) / MILLION
    uncounted = frame.te_ceiling[unsure] - frame.te_high[unsure]
    lost = np.where(uncounted > 0, uncounted * anything, 0.0) / MILLION
    low[unsure] = np.maximum(low[unsure] - less, 0.0)
    high[unsure] += more + lost


def _highest_price(rates: Floats, used: Bools) -> Floats:
    """Return the highest price per twentieth; NaN where no price is known, 0 where none is used."""
    by_counter = np.where(used, rates / WEIGHTS, -1.0)
    most = np.where(np.isnan(by_counter), -1.0, by_counter).max(axis=1)
    dearest: Floats = np.where(np.isnan(rates).all(axis=1), np.nan, np.maximum(most, 0.0))
    return dearest


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """Dollars; `high` is None while something has no price: it may have cost anything."""

    low: float
    middle: float  # of what is priced
    high: float | None
    priced: float | None  # share of token-equivalents that has a price; None when there are none
    unknown: float  # share of requests that told no counts
    assumed: float | None  # share of cache writes taken to live five minutes
    portions: int

    @property
    def value(self) -> float | None:
        """The best single figure, unknown requests costing as much as the others on average."""
        if self.high is None or self.unknown > UNKNOWN_SHARE or not self.portions:
            return None
        return min(max(self.middle / (1 - self.unknown), self.low), self.high)


def cost_of(frame: Frame, selection: Selection, book: PriceBook) -> Cost:
    """Return what the selected portions would have cost as of their days."""
    charged, parts = charges(frame, book), selection.parts
    te, priced = frame.te[parts], charged.priced[parts]
    low, middle, high = (
        float(amounts[parts][priced].sum(dtype=float)) / MICRO
        for amounts in (charged.low, charged.middle, charged.high)
    )
    return Cost(
        low=low,
        middle=middle,
        high=high if priced.all() else None,
        priced=share(int(te[priced].sum()), int(te.sum())),
        unknown=share(int(frame.unknown[parts].sum()), int(frame.requests[parts].sum())) or 0.0,
        assumed=share(int(charged.assumed[parts].sum()), int(frame.cache_write[parts].sum())),
        portions=len(te),
    )
