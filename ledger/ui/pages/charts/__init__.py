"""The Charts page and its questions, each with its charts."""

from ledger.ui.pages.base import Page, PageContext


def make(context: PageContext) -> Page:
    """Return the page; what it is made of is loaded only now."""
    from ledger.ui.pages.charts.page import ChartsPage

    return ChartsPage(context.client, context.filter_model, state=context.state)
