"""Fills and patterns."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPolygonF, QTransform

from ledger.core.vocabulary import Tag
from ledger.ui.charts import ink
from ledger.ui.colours import LIGHT, qcolour


def test_colours_mix_from_one_end_to_the_other():
    assert ink.mixed("#000000", "#ffffff", 0).name() == "#000000"
    assert ink.mixed("#000000", "#ffffff", 1).name() == "#ffffff"
    assert ink.mixed("#000000", "#ffffff", 0.5).name() == "#808080"


def test_the_three_tags_differ_by_pattern_too():
    styles = [ink.hatch(LIGHT, tag) for tag in (*Tag, 0)]
    assert styles[0] is None
    assert styles[1].style() is not styles[2].style()
    assert styles[3] is None


def test_a_pattern_keeps_its_scale_in_a_stretched_plot(qapp):
    brush = ink.hatch(LIGHT, Tag.EDITED)
    flat = _painted(QTransform(), QPolygonF(QRectF(0, 0, 40, 40)), brush)
    stretched = _painted(QTransform.fromScale(40, 0.1), QPolygonF(QRectF(0, 0, 1, 400)), brush)
    assert flat == stretched


def _painted(transform, shape, brush):
    image = QImage(40, 40, QImage.Format.Format_RGB32)
    image.fill(qcolour("#000000"))
    painter = QPainter(image)
    painter.setTransform(transform)
    ink.fill(painter, shape, brush)
    assert painter.transform() == transform
    painter.end()
    return image


def test_pens_keep_their_width_whatever_the_scale():
    assert ink.pen("#123456", 2).isCosmetic()
    assert ink.pen("#123456", 2, Qt.PenStyle.DotLine).style() is Qt.PenStyle.DotLine
