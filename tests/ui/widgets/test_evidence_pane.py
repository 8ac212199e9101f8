from dataclasses import replace

import pytest
from PySide6.QtGui import QGuiApplication

from ledger.core.evidence import Fate, Horizon, Observation, Suggestion, Survival
from ledger.core.rows import EditRow
from ledger.core.vocabulary import Kind, Outcome, Tag
from ledger.flows.evidence.details import InteractionDetails
from ledger.ui.widgets import evidence_pane
from ledger.ui.widgets.evidence_pane import MOST_FILES, EvidencePane
from tests.ui.pages import fakes

EDIT = EditRow(1, 0, "/p/export.py", 2, 1, Outcome.APPLIED, False)
SUGGESTION = Suggestion(
    interaction=1, tag=Tag.EDITED, confidence=0.7, worth=0.5, why=("40 of 75 lines.", "2 edits.")
)
WEEK = Survival(
    interaction=1, horizon=Horizon.WEEK, fate=Fate.MEASURED, looked_ms=0, anywhere=0.5, landed=0.5
)
BARE = InteractionDetails(row=fakes.row(1))


@pytest.fixture
def pane(qtbot):
    widget = EvidencePane()
    qtbot.addWidget(widget)
    widget.resize(280, 400)
    widget.show()
    return widget


def test_a_suggestion_stands_with_its_confidence_and_every_reason(pane):
    pane.show_details(replace(BARE, suggestion=SUGGESTION), same=False)
    assert pane.pill.text() == "edited"
    assert pane.sure.text() == "70 % sure"
    assert pane.why.full_text() == "40 of 75 lines.\n2 edits."


def test_without_evidence_it_says_so_and_shows_no_empty_headings(pane):
    pane.show_details(BARE, same=False)
    assert pane.why.full_text() == evidence_pane.NOTHING
    assert pane.observed.full_text() == "Nobody looked at this interaction yet."
    for part in (pane.pill, pane.sure, pane.survives, pane.edits, pane.find_button):
        assert not part.isVisible()


def test_the_kind_of_work_and_the_files_are_told(pane):
    observation = Observation(interaction=1, version=1, end=0, kind=Kind.FIX, runs=2, failed_runs=1)
    row = replace(fakes.row(1), edits=(EDIT,) * (MOST_FILES + 2))
    pane.show_details(InteractionDetails(row=row, observation=observation), same=False)
    assert "fix until green" in pane.observed.full_text()
    lines = pane.files.full_text().splitlines()
    assert lines[0] == "export.py   +2 −1   applied"
    assert lines[-1] == "… and 2 more edits"


def test_the_commit_is_looked_for_when_asked_and_can_be_copied(qtbot, pane):
    pane.show_details(replace(BARE, survivals=(WEEK,)), same=False)
    assert pane.find_button.isVisible()
    with qtbot.waitSignal(pane.commit_wanted):
        pane.find_button.click()
    pane.show_looking()
    assert pane.landed.full_text() == evidence_pane.LOOKING
    pane.show_landing("1a2b3c4d5e6f7a8b")
    assert pane.landed.full_text() == "Landed in 1a2b3c4d5e"
    pane.copy_button.click()
    assert QGuiApplication.clipboard().text() == "git show 1a2b3c4d5e6f7a8b"


def test_a_tag_in_between_leaves_the_commit_and_another_interaction_does_not(pane):
    week_known = replace(BARE, survivals=(WEEK,))
    pane.show_details(week_known, same=False)
    pane.show_landing("1a2b3c4d5e6f7a8b")
    pane.show_details(week_known, same=True)
    assert pane.copy_button.isVisible()
    pane.show_details(week_known, same=False)
    assert not pane.copy_button.isVisible()
    assert pane.find_button.isVisible()


def test_where_git_names_no_commit_it_says_so(pane):
    pane.show_details(replace(BARE, survivals=(WEEK,)), same=False)
    pane.show_landing("")
    assert pane.landed.full_text() == evidence_pane.NOT_FOUND
    assert not pane.copy_button.isVisible()
