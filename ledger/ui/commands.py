"""What the palette offers: pages and commands of the keymap, and every value of the filter."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from ledger.app.filter_model import FilterModel
from ledger.app.ledger_client import LedgerClient
from ledger.flows.filters import periods
from ledger.ui.actions import Handlers
from ledger.ui.dialogs.palette import Entry
from ledger.ui.keymap import PAGES, Where, key_label, rows_at
from ledger.ui.widgets.facets import FACETS, Facet

HIDDEN = frozenset(("palette",))


def entries(
    client: LedgerClient,
    filter_model: FilterModel,
    handlers: Handlers,
    set_period: Callable[[str], None],
    own: Mapping[str, str],
) -> list[Entry]:
    """Return everything the palette can do now, pages first."""
    return [
        *_commands(handlers, own),
        *_periods(set_period),
        *(entry for facet in FACETS for entry in _values(client, filter_model, facet)),
    ]


def _commands(handlers: Handlers, own: Mapping[str, str]) -> Iterator[Entry]:
    titles = {f"page.{name}": title for name, title in PAGES}
    for row in rows_at(Where.ANYWHERE, own):
        if row.command in HIDDEN or row.command not in handlers:
            continue
        is_page = row.command in titles
        yield Entry(
            titles.get(row.command, row.label),
            "Page" if is_page else "Command",
            handlers[row.command],
            row.icon,
            key_label(row.keys[0]) if row.keys else "",
        )


def _periods(set_period: Callable[[str], None]) -> Iterator[Entry]:
    for key, label in periods.PRESETS:
        yield Entry(label, "Time", partial(set_period, key), "calendar")


def _values(client: LedgerClient, filter_model: FilterModel, facet: Facet) -> Iterator[Entry]:
    for choice in facet.choices(client.frame):

        def narrow(value: object = choice.value) -> None:
            filter_model.set(facet.put(filter_model.filter, frozenset((value,))))

        yield Entry(f"Only {choice.label}", facet.label, narrow, facet.icon)
