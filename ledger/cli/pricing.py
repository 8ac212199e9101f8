"""`prices`: what the models of the ledger cost, and a price of one's own for those without one."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

import click

from ledger.cli.console import opened, say, say_json, table, today, with_json
from ledger.core import own_prices
from ledger.core.errors import LedgerError
from ledger.core.model_names import canonical
from ledger.core.prices import PriceBook, Rates
from ledger.host import prices, settings_file
from ledger.host.settings import changed

MILLION = 1_000_000
OF_THE_LIST, ONES_OWN, NONE = "the list", "your own", "none"
HEAD = ("MODEL", "PRICE FROM", "INPUT", "OUTPUT", "CACHE READ", "CACHE WRITE", "FOR AN HOUR")


@click.command("prices")
@click.argument("model", required=False)
@click.option("--set", "dollars", help="Dollars for a million tokens, like 3/15/0.3; - is unknown.")
@click.option("--forget", is_flag=True, help="Take your own price of the model back.")
@with_json
def prices_command(model: str | None, dollars: str | None, forget: bool, as_json: bool) -> None:
    """Show what models cost today, or give MODEL a price of your own.

    --set takes input / output / cache read / cache write / cache write for an hour, in this order;
    what is left out is unknown. A price of your own holds on every day and goes before the list's.
    """
    if dollars is not None or forget:
        _change(model, None if forget else dollars)
    with opened() as workspace:
        names = workspace.load().frame.models
    if model:
        names = (canonical(model),)
    book = prices.book()
    shown = [_Shown.of(name, book, today()) for name in names if name and name[0] != "<"]
    if as_json:
        say_json([one.as_object() for one in shown])
        return
    table(HEAD, [one.cells() for one in shown])
    say(f"Dollars for a million tokens, standard tier; the list as read on {book.read}.")


class _Shown(NamedTuple):
    """One model with what it costs today."""

    model: str
    source: str
    rates: Rates

    @classmethod
    def of(cls, model: str, book: PriceBook, day: date) -> "_Shown":
        price = book.lookup(model, day)
        if price is None:
            return cls(model, NONE, Rates())
        return cls(model, ONES_OWN if book.is_own(model) else OF_THE_LIST, price.rates)

    def as_object(self) -> dict[str, object]:
        """Return it as scripts read it: dollars for a million tokens, null where unknown."""
        parts = dict(zip(own_prices.PARTS, self.rates, strict=False))
        dollars = {name: None if rate is None else rate / MILLION for name, rate in parts.items()}
        return {"model": self.model, "from": self.source, **dollars}

    def cells(self) -> tuple[str, ...]:
        rates = ("–" if rate is None else _number(rate) for rate in self.rates[:-1])
        return (self.model, self.source, *rates)


def _number(micro: int) -> str:
    return format((Decimal(micro) / MILLION).normalize(), "f")


def _change(model: str | None, dollars: str | None) -> None:
    """Keep a person's price of a model, or forget it when there are no dollars."""
    if not model:
        raise LedgerError("Which model?", "Name it: signal-ledger prices MODEL --set 3/15/0.3.")
    settings = settings_file.load().settings
    own = own_prices.read(settings.own_prices)
    kept = {name: rates for name, rates in own.items() if canonical(name) != canonical(model)}
    text = own_prices.written(kept)
    if dollars is not None:
        text = ", ".join(part for part in (text, f"{canonical(model)} = {dollars}") if part)
    settings_file.save(changed(settings, "own_prices", text))
