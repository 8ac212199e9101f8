"""Figures as people read them: short, in plain words, never more exact than they are."""

from datetime import date

# Where rounding to the next coarser form begins to give a rounder number.
TENTH, ONE_DECIMAL, NO_DECIMAL = 0.0995, 0.995, 9.95
THOUSAND_MILLIONS = 999.5
NARROW = "\u202f"  # a thin space that does not break the line


def percent(share: float) -> str:
    """Return a share 0..1 in whole percent; a trace is never called nothing, nor most all."""
    if 0 < share < 0.01:
        return f"under 1{NARROW}%"
    if 0.99 < share < 1:
        return f"over 99{NARROW}%"
    return f"{round(share * 100)}{NARROW}%"


def short(value: float) -> str:
    """Return a number with two figures that matter: 3.2, 0.42, 120."""
    if value == 0:
        return "0"
    if value >= NO_DECIMAL:
        return f"{value:,.0f}".replace(",", NARROW)
    if value >= ONE_DECIMAL:
        return f"{value:.1f}"
    return f"{value:.2f}" if value >= TENTH else f"{value:#.2g}"


def ends(low: float, high: float) -> tuple[str, str]:
    """Return both ends of an interval, equally exact where that leaves something of each."""
    if high >= ONE_DECIMAL and low >= TENTH:
        return (f"{low:.1f}" if low < ONE_DECIMAL else short(low)), short(high)
    return short(low), short(high)


def span(low: float, high: float) -> str:
    """Return an interval in words: “between 2.6 and 4.0”."""
    return "between {} and {}".format(*ends(low, high))


def dash(low: float, high: float) -> str:
    """Return an interval in brief: “2.6–4.0”."""
    return "{}–{}".format(*ends(low, high))


def span_of_shares(low: float, high: float) -> str:
    """Return an interval of shares in words: “between 19 % and 39 %”."""
    return f"between {percent(low)} and {percent(high)}"


def dash_of_shares(low: float, high: float) -> str:
    """Return an interval of shares in brief: “19–39 %”."""
    return f"{round(low * 100)}–{round(high * 100)}{NARROW}%"


def tokens(mte: float) -> str:
    """Return token-equivalents, given in millions, as “4.2 M”, “830 k” or “1.2 bn”."""
    if mte >= THOUSAND_MILLIONS:
        return f"{short(mte / 1000)}{NARROW}bn"
    if mte >= 0.9995:
        return f"{short(mte)}{NARROW}M"
    if mte >= 0.0005:
        return f"{round(mte * 1000)}{NARROW}k"
    return "0" if mte == 0 else f"under 1{NARROW}k"


def count(number: int, singular: str, plural: str = "") -> str:
    """Return a number with its noun: “1 tag”, “8 tags”."""
    noun = singular if number == 1 else plural or f"{singular}s"
    return f"{number:,}".replace(",", NARROW) + f" {noun}"


def day(value: date, *, year: bool = False) -> str:
    """Return a date as “5 Oct”, or “5 Oct 2026”."""
    text = f"{value.day} {value:%b}"
    return f"{text} {value.year}" if year else text


def days(first: date, last: date) -> str:
    """Return a stretch of days, both included, naming each month and year once."""
    if first == last:
        return day(first, year=True)
    if first.year != last.year:
        return f"{day(first, year=True)} – {day(last, year=True)}"
    if first.month == last.month:
        return f"{first.day}–{day(last, year=True)}"
    return f"{day(first)} – {day(last, year=True)}"
