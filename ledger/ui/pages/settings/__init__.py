"""The Settings page."""

from ledger.ui.pages.base import Page, PageContext


def make(context: PageContext) -> Page:
    """Return the page; what it is made of is loaded only now."""
    from ledger.ui.pages.settings.page import SettingsPage

    return SettingsPage(context.client, context.settings)
