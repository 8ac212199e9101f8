from dataclasses import replace

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt

from ledger.app.interactions_model import Column
from ledger.app.ledger_client import LedgerClient
from ledger.core.edits import set_tags
from ledger.core.evidence import Fate, Horizon, Suggestion, Survival
from ledger.core.filters import ANY, Filter
from ledger.core.vocabulary import Tag
from ledger.flows.tagging.suggestions import NOTHING_LEARNT
from ledger.host.settings import DEFAULTS
from ledger.importers.base import Home
from ledger.ui.keymap import PageName
from ledger.ui.pages.base import Route
from ledger.ui.pages.ledger.page import LedgerPage
from tests.making import claude_log

DISAGREEMENTS = Route(PageName.LEDGER, disagreements=True)


@pytest.fixture
def client(qtbot, tmp_path):
    home = Home(tmp_path / "home", {})
    claude_log(home.path, "s1", 3)
    claude_log(home.path, "s2", 2, first=3)
    opened = LedgerClient(tmp_path / "data" / "ledger.db", home)
    opened.start()
    with qtbot.waitSignal(opened.imported):
        opened.import_now()
    qtbot.waitUntil(lambda: len(opened.frame) == 5)
    yield opened
    opened.close()


@pytest.fixture
def page(qtbot, client, filter_model):
    widget = LedgerPage(client, filter_model)
    qtbot.addWidget(widget)
    widget.resize(1000, 700)
    widget.show()
    qtbot.waitExposed(widget)
    return widget


def order(page):
    return [page.table.model().id_at(row) for row in range(page.table.model().rowCount())]


def test_everything_is_there_newest_first(page, client):
    assert order(page) == client.frame.id[::-1].tolist()
    assert page.counted.full_text() == "5 interactions"


def test_several_are_tagged_at_once_and_taken_back_at_once(qtbot, page, client):
    page.table.selectAll()
    qtbot.keyClick(page.table, Qt.Key.Key_E)
    qtbot.waitUntil(lambda: client.frame.tag.tolist() == [Tag.EDITED] * 5)
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_U)
    qtbot.waitUntil(lambda: not client.frame.tag.any())


def test_delete_takes_the_tag_away(qtbot, page, client):
    page.table.selectRow(0)
    qtbot.keyClick(page.table, Qt.Key.Key_K)
    qtbot.waitUntil(lambda: client.frame.tag.any())
    qtbot.keyClick(page.table, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: not client.frame.tag.any())


def test_a_heading_sorts_and_again_turns_it_round(page, client):
    page.table.horizontalHeader().sectionClicked.emit(Column.TIME)
    assert order(page) == client.frame.id.tolist()
    page.table.horizontalHeader().sectionClicked.emit(Column.COST)
    assert order(page) == client.frame.id[::-1].tolist()  # all cost the same: newest first
    page.table.horizontalHeader().sectionClicked.emit(
        Column.PROMPT
    )  # prompts live in the logs: no order by them
    assert order(page) == client.frame.id[::-1].tolist()


def test_grouping_puts_sessions_together(page):
    page.grouped.setChecked(True)
    sessions = page.table.model()._sessions.tolist()
    assert sessions == sorted(sessions, key=sessions.index)
    assert len(set(sessions)) == 2


def test_enter_opens_the_card_and_moving_on_shows_the_next(qtbot, page):
    page.table.selectRow(0)
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "prompt number 4" in page.card.prompt.toPlainText())
    qtbot.keyClick(page.table, Qt.Key.Key_J)
    qtbot.waitUntil(lambda: "prompt number 3" in page.card.prompt.toPlainText())


def test_opening_from_elsewhere_chooses_the_row(qtbot, page, client):
    oldest = int(client.frame.id[0])
    page.follow(Route(PageName.LEDGER, interaction=oldest))
    assert page.table.selected_ids() == [oldest]
    qtbot.waitUntil(lambda: "prompt number 0" in page.card.prompt.toPlainText())


def test_the_choice_survives_a_new_interaction(qtbot, page, client):
    page.table.selectRow(2)
    selected_ids = page.table.selected_ids()
    claude_log(client.home.path, "s3", 1, first=9)
    client.import_now()
    qtbot.waitUntil(lambda: page.table.model().rowCount() == 6)
    assert page.table.selected_ids() == selected_ids


def test_nothing_that_passes_the_filter_says_so(page, filter_model):
    filter_model.set(Filter(tools=frozenset({"codex"})))
    page.activate()
    assert "No interaction passes" in page.empty.full_text()
    page.empty.acted.emit()
    assert filter_model.filter == ANY


def test_rows_chosen_apart_are_tagged_and_no_others(qtbot, page, client):
    model, choose = page.table.model(), QItemSelectionModel.SelectionFlag
    for row in (0, 3):
        page.table.selectionModel().select(model.index(row, 0), choose.Select | choose.Rows)
    selected_ids = page.table.selected_ids()
    qtbot.keyClick(page.table, Qt.Key.Key_K)
    qtbot.waitUntil(lambda: client.frame.tag.any())
    tagged = client.frame.id[client.frame.tag == Tag.KEPT].tolist()
    assert sorted(tagged) == sorted(selected_ids)


def test_a_key_of_ones_own_tags_in_the_list(qtbot, page, client):
    page.use(replace(DEFAULTS, keys={"tag.kept": "H"}))
    qtbot.keyClick(page.table, Qt.Key.Key_H)
    qtbot.waitUntil(lambda: client.frame.tag.tolist()[-1] == Tag.KEPT)


def test_escape_closes_the_card_and_gives_the_keys_back_to_the_list(qtbot, page):
    page.table.selectRow(0)
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert page.card.isVisible()
    assert page.close_button.isVisible()
    qtbot.keyClick(page.card, Qt.Key.Key_Escape)
    assert not page.card.isVisible()
    assert not page.close_button.isVisible()
    assert page.window().focusWidget() is page.table


def test_a_list_without_rows_leaves_enter_to_its_button(page, filter_model):
    filter_model.set(Filter(tools=frozenset({"codex"})))
    page.activate()
    page.activate()
    assert page.empty.isAncestorOf(page.window().focusWidget())


@pytest.fixture
def disputed(qtbot, page, client):
    """Git shows nothing of the newest two, and of the oldest one all; the newest is kept."""
    ids = client.frame.id[::-1].tolist()

    def survival(identity, share):
        return Survival(
            interaction=identity, horizon=Horizon.WEEK, fate=Fate.MEASURED, looked_ms=1,
            anywhere=share, landed=share, grams=400, lines=40, lines_left=round(40 * share),
        )  # fmt: skip

    def look(workspace):
        survivals = [survival(ids[0], 0.0), survival(ids[1], 0.0), survival(ids[4], 1.0)]
        workspace.write(lambda store: store.evidence.set_survivals(survivals, now_ms=1))
        return workspace.show(workspace.suggest(ids, NOTHING_LEARNT))

    client.act(look)
    client.do(set_tags(((ids[0], Tag.KEPT), (ids[1], Tag.KEPT), (ids[4], Tag.KEPT))))
    qtbot.waitUntil(lambda: client.frame.tag.sum() == 3)
    page.follow(DISAGREEMENTS)
    qtbot.waitUntil(lambda: page.disagreements.model().rowCount() == 2)
    return ids


def test_disagreements_are_a_list_of_their_own(qtbot, page, disputed):
    assert page.disagreements.isVisible()
    assert not page.table.isVisible()
    assert page.counted.full_text().startswith("2 outputs on which you, git")
    assert not page.grouped.isVisible()
    assert page.disagreements.hasFocus()


def test_an_output_is_retagged_in_place_and_the_next_one_moves_up(qtbot, page, client, disputed):
    selected_id = page.disagreements.selected_ids()[0]
    left = (set(disputed[:2]) - {selected_id}).pop()
    qtbot.keyClick(page.disagreements, Qt.Key.Key_T)
    qtbot.waitUntil(lambda: page.disagreements.model().rowCount() == 1)
    assert page.disagreements.selected_ids() == [left]
    qtbot.keyClick(page.disagreements, Qt.Key.Key_T)
    qtbot.waitUntil(lambda: "Everybody agrees" in page.empty.full_text())
    page.empty.acted.emit()
    assert page.table.isVisible()


def test_enter_opens_an_output_below_the_list(qtbot, page, disputed):
    qtbot.keyClick(page.disagreements, Qt.Key.Key_Return)
    assert page.card.isVisible()
    qtbot.waitUntil(lambda: "prompt number" in page.card.prompt.toPlainText())
    qtbot.waitUntil(lambda: "0 of 40" in page.card.evidence.why.full_text())


def test_without_evidence_there_is_nothing_to_compare(qtbot, page):
    page.follow(DISAGREEMENTS)
    qtbot.waitUntil(lambda: "Nothing to compare yet" in page.empty.full_text())


def test_an_interaction_asked_for_elsewhere_is_shown_among_all(qtbot, page, client, disputed):
    page.follow(Route(PageName.LEDGER, interaction=disputed[3]))
    assert page.table.isVisible()
    assert page.table.selected_ids() == [disputed[3]]


def test_several_suggestions_are_accepted_after_a_look_at_them(qtbot, page, client):
    ids = client.frame.id.tolist()
    suggestions = [
        Suggestion(interaction=i, tag=Tag.EDITED, confidence=0.7, worth=0.5, why=()) for i in ids
    ]
    client.act(
        lambda workspace: workspace.show(
            workspace.write(lambda store: store.evidence.set_suggestions(suggestions))
        )
    )
    qtbot.waitUntil(lambda: client.frame.suggested.all())
    page.table.selectAll()
    qtbot.keyClick(page.table, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: page.bulk.dialog is not None)
    assert not client.frame.tag.any()
    page.bulk.dialog.save.click()
    qtbot.waitUntil(lambda: client.frame.tag.tolist() == [Tag.EDITED] * 5)
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_U)
    qtbot.waitUntil(lambda: not client.frame.tag.any())
