from importlib import import_module

import pytest
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ledger.ui import page_stack
from ledger.ui.keymap import PAGES
from ledger.ui.page_stack import PAGE_TABLE, Page, PageRow, PageStack


class Fake(QWidget):
    """A page that remembers what was asked of it."""

    title = "Fake"
    tag_requested = Signal()
    interaction_requested = Signal(int)
    demo_requested = Signal()
    chart_requested = Signal(str)
    made = 0

    def __init__(self, client, view, parent=None, **_more) -> None:
        super().__init__(parent)
        Fake.made += 1
        self.activated, self.settings, self.opened, self.asked = 0, [], [], []

    def activate(self) -> None:
        self.activated += 1

    def use(self, settings) -> None:
        self.settings.append(settings)

    def ask(self, question: str) -> None:
        self.asked.append(question)

    def open_interaction(self, identity: int) -> None:
        self.opened.append(identity)


@pytest.fixture
def stack(qtbot, client, view, choices, monkeypatch):
    Fake.made = 0
    fakes = {row.name: PageRow(row.name, __name__, "Fake") for row in PAGE_TABLE}
    monkeypatch.setattr(page_stack, "ROWS", fakes)
    made = PageStack(client, view, choices)
    qtbot.addWidget(made)
    return made


def test_the_table_names_every_page_of_the_keymap():
    assert [row.name for row in PAGE_TABLE] == [name for name, _ in PAGES]


@pytest.mark.parametrize("row", PAGE_TABLE, ids=lambda row: row.name)
def test_every_row_leads_to_a_page(row):
    kind = getattr(import_module(row.module), row.kind)
    assert issubclass(kind, QWidget)
    assert kind.title == dict(PAGES)[row.name]
    assert callable(kind.activate)


def test_a_page_is_made_when_it_is_first_shown_and_only_once(stack):
    assert Fake.made == 0
    first = stack.show_page("today")
    assert stack.show_page("today") is first
    assert Fake.made == 1
    assert isinstance(first, Page)
    assert first.activated == 2


def test_a_page_may_ask_for_another(qtbot, stack):
    page = stack.show_page("today")
    with qtbot.waitSignal(stack.page_requested) as told:
        page.tag_requested.emit()
    assert told.args == ["tag"]
    with qtbot.waitSignal(stack.demo_requested):
        page.demo_requested.emit()


def test_an_interaction_opens_in_the_ledger(qtbot, stack):
    page = stack.show_page("today")
    with qtbot.waitSignal(stack.page_requested) as told:
        page.interaction_requested.emit(7)
    assert told.args == ["ledger"]
    assert stack.page("ledger").opened == [7]


def test_a_question_opens_in_the_charts(qtbot, stack):
    page = stack.show_page("today")
    with qtbot.waitSignal(stack.page_requested) as told:
        page.chart_requested.emit("size")
    assert told.args == ["charts"]
    assert stack.page("charts").asked == ["size"]


def test_settings_reach_pages_at_once_and_when_they_change(stack, choices):
    page = stack.show_page("today")
    choices.set("tag_set_size", 25)
    assert [settings.tag_set_size for settings in page.settings] == [10, 25]


def test_the_questions_follow_the_settings_and_are_those_of_the_tag_page(
    qtbot, client, view, choices, monkeypatch
):
    chosen = []
    monkeypatch.setattr(
        "ledger.app.questions.Questions.choose", lambda _self, *values: chosen.append(values)
    )
    stack = PageStack(client, view, choices)
    qtbot.addWidget(stack)
    choices.set("questions_hour", 9)
    assert chosen == []  # nobody wanted them yet
    stack.begin_questions()
    choices.set("questions_a_day", 0)
    assert chosen == [(2, 9), (0, 9)]
    assert stack.page("tag").questions is stack._questions


def test_disagreements_are_shown_on_the_ledger_page(qtbot, client, view, choices):
    stack = PageStack(client, view, choices)
    qtbot.addWidget(stack)
    with qtbot.waitSignal(stack.page_requested) as told:
        stack.show_disagreements()
    assert told.args == ["ledger"]
    assert stack.page("ledger").shown.value() == "differing"
