import pytest

from ledger.ui import page_stack
from ledger.ui.keymap import ChartQuestion, PageName
from ledger.ui.page_stack import PAGE_TABLE, PageRow, PageStack
from ledger.ui.pages.base import Page, Route

TODAY = Route(PageName.TODAY)


class Fake(Page):
    """A page that remembers what was asked of it."""

    count = 0

    def __init__(self) -> None:
        super().__init__()
        Fake.count += 1
        self.calls, self.settings = [], []

    def activate(self) -> None:
        self.calls.append("activate")

    def use(self, settings) -> None:
        self.settings.append(settings)

    def prepare(self, route) -> None:
        self.calls.append(("prepare", route, self.isVisible()))

    def follow(self, route) -> None:
        self.calls.append(("follow", route, self.isVisible()))


@pytest.fixture
def stack(qtbot, client, filter_model, choices, monkeypatch):
    Fake.count = 0
    fakes = {row.name: PageRow(row.name, lambda _context: Fake()) for row in PAGE_TABLE}
    monkeypatch.setattr(page_stack, "ROWS", fakes)
    widget = PageStack(client, filter_model, choices)
    qtbot.addWidget(widget)
    return widget


def test_the_table_names_every_page_in_its_order():
    assert [row.name for row in PAGE_TABLE] == list(PageName)


def test_every_row_makes_a_page_of_its_own(qtbot, client, filter_model, choices, state):
    stack = PageStack(client, filter_model, choices, state)
    qtbot.addWidget(stack)
    kinds = {row.name: type(stack.page(row.name)) for row in PAGE_TABLE}
    assert {name: kind.__name__ for name, kind in kinds.items()} == {
        name: f"{name.capitalize()}Page" for name in PageName
    }


def test_a_page_is_made_when_it_is_first_shown_and_only_once(stack):
    assert Fake.count == 0
    first = stack.show_route(TODAY)
    assert stack.show_route(TODAY) is first
    assert Fake.count == 1
    assert first.calls.count("activate") == 2


def test_a_page_takes_up_a_route_before_and_after_it_is_shown(stack):
    stack.show()
    stack.show_route(TODAY)
    route = Route(PageName.CHARTS, question=ChartQuestion.SIZE)
    page = stack.show_route(route)
    assert page.calls == [("prepare", route, False), "activate", ("follow", route, True)]


def test_a_page_may_ask_for_another(qtbot, stack):
    page = stack.show_route(TODAY)
    route = Route(PageName.LEDGER, interaction=7)
    with qtbot.waitSignal(stack.requested) as requested:
        page.requested.emit(route)
    assert requested.args == [route]
    with qtbot.waitSignal(stack.demo_requested):
        page.demo_requested.emit()


def test_settings_reach_pages_at_once_and_when_they_change(stack, choices):
    page = stack.show_route(TODAY)
    choices.set("tag_set_size", 25)
    assert [settings.tag_set_size for settings in page.settings] == [10, 25]


def test_the_questions_follow_the_settings_and_are_those_of_the_tag_page(
    qtbot, client, filter_model, choices, monkeypatch
):
    calls = []
    monkeypatch.setattr(
        "ledger.app.questions.Questions.choose", lambda _self, *values: calls.append(values)
    )
    stack = PageStack(client, filter_model, choices)
    qtbot.addWidget(stack)
    choices.set("questions_hour", 9)
    assert calls == []  # nobody wanted them yet
    stack.begin_questions()
    choices.set("questions_a_day", 0)
    assert calls == [(2, 9), (0, 9)]
    assert stack.page("tag").questions is stack._questions


def test_disagreements_are_shown_on_the_ledger_page(qtbot, client, filter_model, choices):
    stack = PageStack(client, filter_model, choices)
    qtbot.addWidget(stack)
    page = stack.page(PageName.LEDGER)
    with qtbot.waitSignal(page.disagreements.model().found):
        stack.show_route(Route(PageName.LEDGER, disagreements=True))
    assert page.shown.value() == "differing"
