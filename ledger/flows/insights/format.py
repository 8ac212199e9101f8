"""Figures of the panel as people read them: the value, its ends, and what it rests on."""

from ledger.core.figures import Figure
from ledger.core.formatting import NARROW, count, percent, short
from ledger.metrics.charges import Cost
from ledger.metrics.registry import BY_KEY, Form

NOTHING = "–"
CENT = 0.01
WHOLE_DOLLARS = 99.5


def format_figure(value: float | None, form: Form) -> str:
    """Return a value in its form; “–” where there is none."""
    if value is None:
        return NOTHING
    match form:
        case Form.SHARE:
            return percent(value)
        case Form.DOLLARS:
            return format_dollars(value)
        case Form.COUNT:
            return f"{round(value):,}".replace(",", NARROW)
        case Form.NUMBER:
            return short(value)


def format_dollars(value: float) -> str:
    """Return an amount of US dollars; a trace is never called nothing."""
    if 0 < value < CENT:
        return "under $0.01"
    if value >= WHOLE_DOLLARS:
        return f"${value:,.0f}".replace(",", NARROW)
    return f"${value:.2f}"


def cost_words(cost: Cost) -> str:
    """Return what something cost, or the least it was and what has no price; "" where unknown."""
    if cost.value is not None:
        return format_dollars(cost.value)
    if not cost.lacking:
        return ""
    without = f"no price for {'; '.join(lacking.words for lacking in cost.lacking)}"
    return f"at least {format_dollars(cost.low)}, {without}" if cost.low else without


def value_words(figure: Figure) -> str:
    """Return the figure's value, “–” where the gates forbid one."""
    return format_figure(figure.value, BY_KEY[figure.key].form)


def ends_words(figure: Figure) -> str:
    """Return what the figure lies between, "" where it is a plain count."""
    form = BY_KEY[figure.key].form
    if figure.low is None and figure.high is None:
        return ""
    if figure.high is None:
        return f"at least {format_figure(figure.low, form)}"
    if figure.low is None:
        return f"at most {format_figure(figure.high, form)}"
    return f"{format_figure(figure.low, form)} to {format_figure(figure.high, form)}"


def basis_words(figure: Figure) -> str:
    """Return how much the figure rests on: “120 work blocks”."""
    return count(figure.n, figure.of.removesuffix("s"), figure.of) if figure.of else ""
