"""From tools to models to what became of the output: ribbons as wide as the tokens they carry."""

from collections.abc import Mapping

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPainterPath, QResizeEvent
from PySide6.QtWidgets import QWidget

from ledger.core.figures import Flow
from ledger.core.formatting import percent, tokens
from ledger.core.text_safety import one_line
from ledger.core.vocabulary import UNTAGGED
from ledger.flows.insights.drill_down import DrillDown
from ledger.metrics.chart_data import OTHERS
from ledger.ui import theme
from ledger.ui.charts.chart import EITHER_PAIR
from ledger.ui.charts.ink import TAG_NAMES, fill_tag, hatch
from ledger.ui.charts.painted import PaintedChart
from ledger.ui.charts.ribbons import NO_LAYOUT, NODE, Node, Ribbon, lay_out_flow
from ledger.ui.charts.table import Column, Kind, Table
from ledger.ui.colours import qcolour
from ledger.ui.theme import Type

HEIGHT = 400
HEAD = 30.0
LABEL = 150.0  # pixels beside the last layer for its labels
BESIDE = 8.0  # pixels between a node and its label
LINE = 16.0
VEIL = 0.85  # labels stand on ribbons of every colour
TAG_OF = {name: tag for tag, name in TAG_NAMES.items()}
TITLES = ("Tool", "Model", "What became of it")
NONE = Flow(tools=(), models=(), outcomes=(), links=())
COLUMNS = (Column("From", Kind.TEXT), Column("To", Kind.TEXT), Column("Tokens", Kind.MTE))


class FlowChart(PaintedChart):
    """Draws a Flow; one walks through its nodes, layer by layer, and then its ribbons."""

    steps = EITHER_PAIR

    def __init__(
        self, names: Mapping[str, str] | None = None, parent: QWidget | None = None
    ) -> None:
        """`names` gives tools the names people know."""
        super().__init__("Tokens from tool to model to what became of them", parent)
        self.flow, self.names, self.placed = NONE, names or {}, NO_LAYOUT
        self.setFixedHeight(HEIGHT)

    def show_figures(self, flow: Flow) -> None:
        """Show another flow."""
        self.forget_position()
        self.flow = flow
        self._lay_out()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay everything out for the new width."""
        super().resizeEvent(event)
        self._lay_out()

    def _lay_out(self) -> None:
        area = QRectF(0, HEAD, self.width() - LABEL, self.height() - HEAD - BESIDE)
        self.placed = lay_out_flow(self.flow, area)

    def name(self, node: Node) -> str:
        """Return the name of a node as people know it."""
        name = self.names.get(node.name, node.name) if node.layer == 0 else node.name
        return one_line(name) or f"unknown {TITLES[node.layer].lower()}"

    def points(self) -> int:
        """Return the number of nodes and ribbons."""
        return len(self.placed.nodes) + len(self.placed.ribbons)

    def _ribbon(self, position: int) -> Ribbon | None:
        at = position - len(self.placed.nodes)
        return self.placed.ribbons[at] if at >= 0 else None

    def reading(self, position: int) -> str:
        """Return what flows through a node or along a ribbon in words."""
        ribbon = self._ribbon(position)
        if ribbon is None:
            node = self.placed.nodes[position]
            total = sum(other.mte for other in self.placed.nodes if other.layer == node.layer)
            return f"{self.name(node)} · {tokens(node.mte)} tokens, {percent(node.mte / total)}"
        source, target = self.placed.nodes[ribbon.source], self.placed.nodes[ribbon.target]
        share = percent(ribbon.mte / source.mte)
        return (
            f"{self.name(source)} → {self.name(target)} · {tokens(ribbon.mte)} tokens, "
            f"{share} of {self.name(source)}"
        )

    def choice(self, position: int) -> DrillDown | None:
        """Return the tool, model or tag of a node, or both ends of a ribbon."""
        ribbon = self._ribbon(position)
        if ribbon is None:
            return _choice((self.placed.nodes[position],))
        return _choice((self.placed.nodes[ribbon.source], self.placed.nodes[ribbon.target]))

    def table(self) -> Table:
        """Return the flow ribbon by ribbon."""
        nodes = self.placed.nodes
        rows = (
            (self.name(nodes[ribbon.source]), self.name(nodes[ribbon.target]), ribbon.mte)
            for ribbon in self.placed.ribbons
        )
        return Table(COLUMNS, tuple(rows))

    def sizeHint(self) -> QSize:
        """Return the height of the chart."""
        return QSize(480, HEIGHT)

    def paint(self, painter: QPainter) -> None:
        """Draw the titles of the layers, the ribbons, the nodes and their labels."""
        for at, ribbon in enumerate(self.placed.ribbons, len(self.placed.nodes)):
            self._paint_ribbon(painter, ribbon, pointed=self._concerns(at, ribbon))
        painter.setPen(Qt.PenStyle.NoPen)
        for at, node in enumerate(self.placed.nodes):
            _paint_node(painter, node, pointed=at == self.position)
        self._paint_titles(painter)
        painter.setFont(theme.current().font(Type.CAPTION))
        for layer in range(len(TITLES)):
            self._paint_labels(painter, [node for node in self.placed.nodes if node.layer == layer])

    def _concerns(self, at: int, ribbon: Ribbon) -> bool:
        """Whether a ribbon is what is pointed at, or leaves or reaches it."""
        return self.position is not None and self.position in (at, ribbon.source, ribbon.target)

    def _paint_titles(self, painter: QPainter) -> None:
        painter.setFont(theme.current().font(Type.CAPTION))
        painter.setPen(qcolour(theme.colours().axis))
        for layer, title in enumerate(TITLES):
            lefts = [node.box.left() for node in self.placed.nodes if node.layer == layer]
            if lefts:
                painter.drawText(QRectF(lefts[0], 0, LABEL, LINE), 0, title)

    def _paint_ribbon(self, painter: QPainter, ribbon: Ribbon, *, pointed: bool) -> None:
        colours = theme.colours()
        source, target = self.placed.nodes[ribbon.source], self.placed.nodes[ribbon.target]
        path = _path(source.box.right(), target.box.left(), ribbon)
        tag = _tag(target)
        if tag is None:
            painter.fillPath(path, qcolour(colours.line_strong, 0.8 if pointed else 0.4))
            return
        painter.fillPath(path, qcolour(colours.tag(tag), 0.85 if pointed else 0.5))
        pattern = hatch(colours, tag)
        if pattern is not None:
            painter.fillPath(path, pattern)

    def _paint_labels(self, painter: QPainter, nodes: list[Node]) -> None:
        """Write beside each node its name and how much flows through it, where there is room."""
        colours, metrics = theme.colours(), QFontMetricsF(painter.font())
        total, free_from = sum(node.mte for node in nodes), -LINE
        for node in nodes:
            y = max(node.box.center().y() - LINE / 2, 0)
            if y < free_from or (y + LINE > self.height()):
                continue
            x = node.box.right() + BESIDE
            figure = f"  {percent(node.mte / total)}"
            room = LABEL - BESIDE - metrics.horizontalAdvance(figure)
            name = metrics.elidedText(self.name(node), Qt.TextElideMode.ElideMiddle, room)
            width = metrics.horizontalAdvance(name + figure)
            ground = QRectF(x - 4, y - 1, width + 8, LINE + 2)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(qcolour(colours.surface, VEIL))
            painter.drawRoundedRect(ground, 4, 4)
            painter.setPen(qcolour(colours.text))
            painter.drawText(QRectF(x, y, LABEL, LINE), Qt.AlignmentFlag.AlignVCenter, name)
            painter.setPen(qcolour(colours.text_soft))
            after = QRectF(x + metrics.horizontalAdvance(name), y, LABEL, LINE)
            painter.drawText(after, Qt.AlignmentFlag.AlignVCenter, figure)
            free_from = y + LINE

    def position_at(self, place: QPointF) -> int | None:
        """Return the node or ribbon under the pointer."""
        for at, node in enumerate(self.placed.nodes):
            if node.box.adjusted(-4, 0, LABEL / 2, 0).contains(place) and node.layer == 0:
                return at
            if node.box.adjusted(-4, 0, 4, 0).contains(place):
                return at
        for at, ribbon in enumerate(self.placed.ribbons, len(self.placed.nodes)):
            source, target = self.placed.nodes[ribbon.source], self.placed.nodes[ribbon.target]
            if _path(source.box.right(), target.box.left(), ribbon).contains(place):
                return at
        return None


def _tag(node: Node) -> int | None:
    return TAG_OF.get(node.name, UNTAGGED) if node.layer == len(TITLES) - 1 else None


def _choice(nodes: tuple[Node, ...]) -> DrillDown | None:
    """Return what nodes narrow to; None where one has no name of its own to filter by."""
    if any(node.name in ("", OTHERS) for node in nodes):
        return None
    parts: dict[int, str] = {node.layer: node.name for node in nodes}
    tag = TAG_OF.get(parts.get(2, ""))
    return DrillDown(tool=parts.get(0, ""), model=parts.get(1), tag=tag)


def _path(left: float, right: float, ribbon: Ribbon) -> QPainterPath:
    """Return the outline of a ribbon: level at both ends."""
    middle, height = (left + right) / 2, max(ribbon.height, 1.0)
    a, b = ribbon.from_y, ribbon.to_y
    path = QPainterPath(QPointF(left, a))
    path.cubicTo(middle, a, middle, b, right, b)
    path.lineTo(right, b + height)
    path.cubicTo(middle, b + height, middle, a + height, left, a + height)
    path.closeSubpath()
    return path


def _paint_node(painter: QPainter, node: Node, *, pointed: bool) -> None:
    colours, tag = theme.colours(), _tag(node)
    if tag is not None:
        fill_tag(painter, node.box, colours, tag)
    else:
        painter.fillRect(node.box, qcolour(colours.text_soft if pointed else colours.text_faint))
    if pointed:
        painter.fillRect(QRectF(node.box.left(), node.box.top(), NODE, 2), qcolour(colours.text))
