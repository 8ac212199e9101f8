"""The Tag page and its parts."""

from ledger.ui.pages.base import Page, PageContext


def make(context: PageContext) -> Page:
    """Return the page; what it is made of is loaded only now."""
    from ledger.ui.pages.tag.page import TagPage

    return TagPage(context.client, context.filter_model, questions=context.questions())
