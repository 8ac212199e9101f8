"""Where nodes and ribbons stand."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QRectF

from ledger.core.figures import Flow, Link
from ledger.core.usage import TWENTIETHS
from ledger.ui.charts.ribbons import NO_LAYOUT, lay_out_flow
from tests.ui.charts.figures import flow

AREA = QRectF(0, 30, 800, 360)
TOOLS, MODELS, OUTCOMES = ("a", "b", "kept"), ("kept", "m", "n"), ("kept", "edited", "untagged")
# Nothing, or at least the twentieth of one token, which is the least that the ledger counts.
MTE = st.just(0.0) | st.floats(1 / (TWENTIETHS * 1e6), 1e4)


@st.composite
def flows(draw):
    """Draw a flow in which a name occurs in every layer."""
    first = [Link(a, b, draw(MTE)) for a in TOOLS for b in MODELS]
    second = [Link(a, b, draw(MTE)) for a in MODELS for b in OUTCOMES]
    return Flow(tools=TOOLS, models=MODELS, outcomes=OUTCOMES, links=(*first, *second))


@settings(max_examples=30)
@given(flows())
def test_nodes_of_a_layer_never_overlap_and_stay_inside(figures):
    layout = lay_out_flow(figures, AREA)
    for layer in range(3):
        boxes = [node.box for node in layout.nodes if node.layer == layer]
        assert all(a.bottom() < b.top() for a, b in pairwise(boxes))
        assert all(box.top() >= AREA.top() and box.bottom() <= AREA.bottom() + 10 for box in boxes)


@settings(max_examples=30)
@given(flows())
def test_ribbons_join_neighbouring_layers_and_lose_nothing(figures):
    layout = lay_out_flow(figures, AREA)
    for ribbon in layout.ribbons:
        source, target = layout.nodes[ribbon.source], layout.nodes[ribbon.target]
        assert target.layer == source.layer + 1
    drawn = sum(ribbon.mte for ribbon in layout.ribbons)
    assert drawn == pytest.approx(sum(link.mte for link in figures.links))


def test_ribbons_leave_a_node_side_by_side():
    layout = lay_out_flow(flow(), AREA)
    gpt = next(n for n, node in enumerate(layout.nodes) if node.name == "gpt")
    leaving = sorted((r.from_y, r.height) for r in layout.ribbons if r.source == gpt)
    assert leaving[0][0] == pytest.approx(layout.nodes[gpt].box.top())
    assert leaving[1][0] == pytest.approx(leaving[0][0] + leaving[0][1])


def test_what_nothing_flows_through_has_no_node():
    assert "edited" not in [node.name for node in lay_out_flow(flow(), AREA).nodes]


def test_nothing_flows_nowhere():
    nothing = Flow(tools=("a",), models=(), outcomes=("kept",), links=())
    assert lay_out_flow(nothing, AREA) == NO_LAYOUT
