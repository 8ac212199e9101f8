from dataclasses import FrozenInstanceError

import pytest

from ledger.host.settings import DEFAULTS
from ledger.ui.keymap import PageName
from ledger.ui.pages.base import Page, Route


class BarePage(Page):
    def activate(self) -> None:
        pass


def test_a_route_is_a_value():
    assert Route(PageName.LEDGER, interaction=7) == Route(PageName.LEDGER, interaction=7)
    assert Route(PageName.LEDGER, interaction=7) != Route(PageName.LEDGER)
    with pytest.raises(FrozenInstanceError):
        Route(PageName.LEDGER).page = PageName.TAG


def test_a_page_that_does_not_say_how_it_is_activated_is_refused_where_it_is_written():
    with pytest.raises(TypeError, match=r"^Idle lacks activate$"):
        type("Idle", (Page,), {"use": lambda _page, settings: None})


def test_a_page_that_has_nothing_to_choose_takes_settings_and_routes(qtbot):
    page = BarePage()
    qtbot.addWidget(page)
    with qtbot.assertNotEmitted(page.requested):
        page.use(DEFAULTS)
        page.prepare(Route(PageName.TODAY))
        page.follow(Route(PageName.TODAY))


def test_a_route_arrives_as_it_was_sent(qtbot):
    page = BarePage()
    qtbot.addWidget(page)
    with qtbot.waitSignal(page.requested) as requested:
        page.requested.emit(Route(PageName.LEDGER, interaction=2**40))
    assert requested.args == [Route(PageName.LEDGER, interaction=2**40)]
