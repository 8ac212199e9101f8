"""Where the nodes and ribbons of a flow stand, in pixels."""

from typing import NamedTuple

from PySide6.QtCore import QRectF

from ledger.core.figures import Flow, Link

NODE = 12.0  # pixels a node is wide
GAP = 14.0  # pixels between two nodes
LEAST = 2.0  # pixels, so that a trace is seen
LAYERS = 3


class Node(NamedTuple):
    """A name in one of the three layers, what flows through it, and where it stands."""

    layer: int
    name: str
    mte: float
    box: QRectF


class Ribbon(NamedTuple):
    """What flows from one node to another, and how high it begins and ends."""

    source: int  # place among the nodes
    target: int
    mte: float
    from_y: float
    to_y: float
    height: float


class FlowLayout(NamedTuple):
    """Nodes layer by layer, and the ribbons between them."""

    nodes: tuple[Node, ...]
    ribbons: tuple[Ribbon, ...]


NO_LAYOUT = FlowLayout((), ())


def lay_out_flow(flow: Flow, area: QRectF) -> FlowLayout:
    """Lay a flow out: each layer as high as what flows through it, names in their order."""
    links = [(_layer(flow, link), link) for link in flow.links if link.mte > 0]
    names = (flow.tools, flow.models, flow.outcomes)
    through = [_through(layer, names[layer], links) for layer in range(LAYERS)]
    if not links:
        return NO_LAYOUT
    gaps = max(sum(mte > 0 for mte in layer.values()) for layer in through) - 1
    total = max(sum(layer.values()) for layer in through)
    scale = max(area.height() - gaps * GAP, 1) / total
    nodes: list[Node] = []
    for layer in range(LAYERS):
        nodes += _column(layer, through[layer], scale, area)
    return FlowLayout(tuple(nodes), tuple(_ribbons(links, nodes, scale)))


def _layer(flow: Flow, link: Link) -> int:
    """Return the layer a link leaves from; a name may occur in several layers."""
    return 0 if link.source in flow.tools and link.target in flow.models else 1


def _through(layer: int, names: tuple[str, ...], links: list[tuple[int, Link]]) -> dict[str, float]:
    """Return what flows through each name of a layer."""
    into = dict.fromkeys(names, 0.0)
    out = dict.fromkeys(names, 0.0)
    for start, link in links:
        if start == layer:
            out[link.source] += link.mte
        elif start == layer - 1:
            into[link.target] += link.mte
    return {name: max(into[name], out[name]) for name in names}


def _column(layer: int, through: dict[str, float], scale: float, area: QRectF) -> list[Node]:
    """Stand the nodes of a layer above each other."""
    x = area.left() + (area.width() - NODE) * layer / (LAYERS - 1)
    y, nodes = area.top(), []
    for name, mte in through.items():
        if mte > 0:
            height = max(mte * scale, LEAST)
            nodes.append(Node(layer, name, mte, QRectF(x, y, NODE, height)))
            y += height + GAP
    return nodes


def _ribbons(links: list[tuple[int, Link]], nodes: list[Node], scale: float) -> list[Ribbon]:
    """Join the nodes; ribbons leave and arrive in the order of the nodes at their other end."""
    place = {(node.layer, node.name): at for at, node in enumerate(nodes)}
    ends = [
        (place[layer, link.source], place[layer + 1, link.target], link.mte)
        for layer, link in links
    ]
    leaving = [node.box.top() for node in nodes]
    arriving = list(leaving)
    from_y: dict[tuple[int, int], float] = {}
    for source, target, mte in sorted(ends):
        from_y[source, target] = leaving[source]
        leaving[source] += mte * scale
    ribbons = []
    for target, source, mte in sorted((target, source, mte) for source, target, mte in ends):
        height = mte * scale
        start, end = from_y[source, target], arriving[target]
        ribbons.append(Ribbon(source, target, mte, start, end, height))
        arriving[target] += height
    return sorted(ribbons)
