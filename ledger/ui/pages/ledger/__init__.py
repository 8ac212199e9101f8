"""The Ledger page and its parts."""

from ledger.ui.pages.base import Page, PageContext


def make(context: PageContext) -> Page:
    """Return the page; what it is made of is loaded only now."""
    from ledger.ui.pages.ledger.page import LedgerPage

    return LedgerPage(context.client, context.filter_model)
