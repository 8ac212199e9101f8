"""From tool to model to what became of it."""

import pytest
from PySide6.QtCore import QPointF

from ledger.core.figures import Flow, Link
from ledger.core.vocabulary import Tag
from ledger.flows.insights.drill_down import DrillDown
from ledger.ui.charts.flow_chart import NONE, FlowChart
from tests.ui.charts.figures import flow, plain

# What test_painted.py has it show.
GIVEN = FlowChart, lambda: (flow(),)


@pytest.fixture
def chart(qtbot):
    widget = FlowChart({"codex": "Codex CLI"})
    qtbot.addWidget(widget)
    widget.resize(900, 400)
    widget.show()
    widget.show_figures(flow())
    return widget


def place_of(chart, name):
    """Return the number of a node."""
    return next(n for n, node in enumerate(chart.placed.nodes) if node.name == name)


def ribbon_of(chart, source, target):
    """Return the number of a ribbon among the points."""
    ends = place_of(chart, source), place_of(chart, target)
    index = [(r.source, r.target) for r in chart.placed.ribbons].index(ends)
    return len(chart.placed.nodes) + index


def test_a_node_says_how_much_flows_through_it(chart):
    assert plain(chart.reading(place_of(chart, "codex"))) == "Codex CLI · 4.0 M tokens, 40 %"
    assert plain(chart.reading(place_of(chart, "kept"))) == "kept · 6.0 M tokens, 60 %"


def test_a_ribbon_says_how_much_of_its_source_it_carries(chart):
    assert plain(chart.reading(ribbon_of(chart, "claude-code", "gpt"))) == (
        "claude-code → gpt · 1.0 M tokens, 17 % of claude-code"
    )


def test_a_node_narrows_to_itself_and_a_ribbon_to_both_ends(chart):
    assert chart.choice(place_of(chart, "codex")) == DrillDown(tool="codex")
    assert chart.choice(place_of(chart, "untagged")) == DrillDown(tag=0)
    ribbon = ribbon_of(chart, "opus", "thrown away")
    assert chart.choice(ribbon) == DrillDown(model="opus", tag=Tag.THROWN_AWAY)


def test_what_was_folded_or_has_no_name_is_no_filter(chart):
    links = (Link("codex", "", 1.0), Link("codex", "others", 1.0))
    chart.show_figures(Flow(tools=("codex",), models=("", "others"), outcomes=(), links=links))
    assert chart.choice(place_of(chart, "")) is None
    assert chart.choice(place_of(chart, "others")) is None
    assert chart.name(chart.placed.nodes[place_of(chart, "")]) == "unknown model"


def test_the_pointer_finds_nodes_and_ribbons(chart):
    for n, node in enumerate(chart.placed.nodes):
        assert chart.position_at(node.box.center()) == n
    ribbon = chart.placed.ribbons[0]
    beside = chart.placed.nodes[ribbon.source].box.right() + 200
    position = chart.position_at(QPointF(beside, ribbon.from_y + ribbon.height / 2))
    assert position is None or position < chart.points()
    assert chart.position_at(QPointF(chart.width() / 4, 2)) is None


def test_everything_of_a_node_is_marked_with_it(chart):
    before = chart.grab().toImage()
    chart.point_to(place_of(chart, "kept"))
    assert chart.grab().toImage() != before


def test_the_table_holds_every_ribbon(chart):
    assert min(chart.table().rows) == ("Codex CLI", "gpt", 4.0)
    assert len(chart.table().rows) == len(flow().links)


def test_it_is_laid_out_for_its_width(chart):
    before = chart.placed.nodes[-1].box.left()
    chart.resize(600, 400)
    assert chart.placed.nodes[-1].box.left() < before


def test_nothing_can_be_drawn(chart):
    chart.show_figures(NONE)
    assert chart.points() == 0
    assert not chart.grab().isNull()
