from dataclasses import FrozenInstanceError

import pytest

from ledger.host.settings import DEFAULTS
from ledger.ui.keymap import PageName
from ledger.ui.pages.base import Page, Route


def test_a_route_is_a_value():
    assert Route(PageName.LEDGER, interaction=7) == Route(PageName.LEDGER, interaction=7)
    assert Route(PageName.LEDGER, interaction=7) != Route(PageName.LEDGER)
    with pytest.raises(FrozenInstanceError):
        Route(PageName.LEDGER).page = PageName.TAG


def test_a_page_says_itself_how_it_comes_up_to_date(qtbot):
    page = Page()
    qtbot.addWidget(page)
    with pytest.raises(NotImplementedError):
        page.activate()


def test_a_page_that_has_nothing_to_choose_takes_settings_and_routes(qtbot):
    page = Page()
    qtbot.addWidget(page)
    with qtbot.assertNotEmitted(page.requested):
        page.use(DEFAULTS)
        page.prepare(Route(PageName.TODAY))
        page.follow(Route(PageName.TODAY))


def test_a_route_arrives_as_it_was_sent(qtbot):
    page = Page()
    qtbot.addWidget(page)
    with qtbot.waitSignal(page.requested) as requested:
        page.requested.emit(Route(PageName.LEDGER, interaction=2**40))
    assert requested.args == [Route(PageName.LEDGER, interaction=2**40)]
