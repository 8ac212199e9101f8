import pytest

from ledger.core.report import Include
from ledger.flows.review.names import NO_PROJECT, letters, names
from tests.reviews import MODELS, PROJECTS, a_frame, selection_of


@pytest.mark.parametrize(
    ("number", "word"), [(0, "A"), (25, "Z"), (26, "AA"), (27, "AB"), (701, "ZZ"), (702, "AAA")]
)
def test_letters_go_on(number, word):
    assert letters(number) == word


def test_projects_are_letters_and_private_models_are_other():
    frame = a_frame()
    shown_names = names(frame, selection_of(frame).mine, ())
    assert set(shown_names.projects.values()) == {"Project A", "Project B", NO_PROJECT}
    assert shown_names.projects[""] == NO_PROJECT
    assert set(shown_names.models.values()) == {"claude-opus-4-5", "gpt-5.1-codex", "other"}
    assert shown_names.tool("codex") == "Codex CLI"


def test_names_come_in_when_asked_for():
    frame = a_frame()
    shown_names = names(
        frame, selection_of(frame).mine, (Include.PROJECT_NAMES, Include.MODEL_NAMES)
    )
    assert shown_names.projects[PROJECTS[0]] == "heron"
    assert shown_names.models[MODELS[2]] == MODELS[2]


def test_projects_outside_the_period_are_not_even_counted():
    frame = a_frame()
    mine = selection_of(frame, left_out=frozenset(range(1000, 1240)) - {1000}).mine
    assert list(names(frame, mine, ()).projects) == [PROJECTS[0]]
