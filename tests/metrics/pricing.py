"""Price books with few prices, and portions whose token-equivalents follow from their counters."""

from datetime import date

from ledger.core.prices import ModelPrices, Price, PriceBook, Rates
from ledger.core.usage import twentieths
from tests.metrics.rows import MONDAY_S, Use

READ = date(2026, 6, 1)


def rates(dollars: int) -> Rates:
    """Return prices in the usual proportions; micro-dollars per million tokens of fresh input."""
    return Rates(dollars, 5 * dollars, dollars // 10, dollars * 5 // 4, 2 * dollars)


def book_of(dollars: dict[str, int], later: tuple[date, int] | None = None) -> PriceBook:
    """Return a book with one price for each model, and for all of them another from a day on."""
    models = []
    for name, price in dollars.items():
        prices = [Price(None, rates(price))]
        if later:
            prices.append(Price(later[0], rates(later[1])))
        models.append(ModelPrices((name,), tuple(prices)))
    return PriceBook(READ, "a test", tuple(models))


def used(
    fresh: int = 0,
    output: int = 0,
    cache_read: int = 0,
    five: int = 0,
    hour: int = 0,
    time_s: int = MONDAY_S,
    **more,
) -> Use:
    """Return a use with these counters and the token-equivalents that follow from them."""
    return Use(
        twentieths(fresh, cache_read, five, hour, output),
        quarter=time_s // 900,
        counters=(fresh, cache_read, five + hour, output, 0),
        hour=hour,
        **more,
    )
