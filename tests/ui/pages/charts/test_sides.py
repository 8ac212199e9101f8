"""What groups are by."""

import pytest

from ledger.core.columns import Columns
from ledger.core.filters import ANY, Filter
from ledger.core.vocabulary import Kind
from ledger.flows.insights.drill_down import DrillDown
from ledger.metrics.frame import Frame
from ledger.ui.pages.charts.sides import OPTIONS, SIDES, choice_of, largest_first, namer, work_label
from tests.ui.pages.fakes import frame

FRAME = Frame.of(Columns(projects=("/home/ada/atlas", "/home/ada/old/notes"), models=("m",)))


@pytest.mark.parametrize(
    ("by", "key", "name"),
    [
        ("tool", "codex", "Codex CLI"),
        ("tool", "unheard-of", "unheard-of"),
        ("model", "m", "m"),
        ("project", "/home/ada/atlas", "atlas"),
        ("kind", "fix", "fix until green"),
        ("kind", "of another version", "of another version"),
    ],
)
def test_keys_have_the_names_people_know(by, key, name):
    assert namer(FRAME, by)(key) == name


def test_a_key_narrows_to_its_group():
    assert choice_of("tool", "codex") == DrillDown(tool="codex")
    assert choice_of("model", "m") == DrillDown(model="m")
    assert choice_of("project", "/p") == DrillDown(project="/p")
    assert choice_of("kind", "fix") == DrillDown(kind=int(Kind.FIX))


def test_shared_work_is_called_by_its_projects_short_name():
    assert work_label(FRAME, "/home/ada/atlas · refactor · 2026-10") == "atlas · refactor · 2026-10"
    assert work_label(FRAME, "refactor") == "refactor"


def test_every_side_can_be_chosen():
    assert [option.key for option in OPTIONS] == [side.by for side in SIDES]


def test_groups_are_offered_by_how_often_they_occur():
    five_rows = frame(5)  # of two tools in turn, the first one of them first
    everything = five_rows.select(ANY)
    assert largest_first(five_rows, everything, "tool") == ["claude-code", "codex"]
    assert largest_first(five_rows, everything, "model") == ["m-1"]
    codex_only = five_rows.select(Filter(tools=frozenset({"codex"})))
    assert largest_first(five_rows, codex_only, "tool") == ["codex"]
    assert largest_first(Frame.empty(), Frame.empty().select(ANY), "project") == []
