"""Squares of work and kept share."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from ledger.ui.charts.squares import paint_legend, paint_ring, paint_square, shade, side
from ledger.ui.colours import LIGHT


def test_a_larger_kept_share_is_stronger_in_colour():
    lightness = [shade(LIGHT, share / 4).lightness() for share in range(5)]
    assert lightness == sorted(lightness, reverse=True)
    assert len(set(lightness)) == 5


def test_more_work_makes_a_larger_square():
    sides = [side(blocks, 9) for blocks in range(10)]
    assert sides[0] == 0
    assert sides == sorted(sides)
    assert sides[9] == 1.0
    assert side(1, 1) > 0


def painted(draw):
    """Return a small picture."""
    image = QImage(40, 40, QImage.Format.Format_RGB32)
    image.fill("white")
    painter = QPainter(image)
    draw(painter, QRectF(4, 4, 32, 32))
    painter.end()
    return image


def test_untagged_work_is_hollow_and_no_work_is_a_dot(qapp):
    full = painted(lambda p, cell: paint_square(p, cell, LIGHT, 1.0, 1.0))
    hollow = painted(lambda p, cell: paint_square(p, cell, LIGHT, 1.0, None))
    none = painted(lambda p, cell: paint_square(p, cell, LIGHT, 0.0, None))
    assert full.pixelColor(10, 10) == shade(LIGHT, 1.0)
    assert hollow.pixelColor(10, 10).name() == none.pixelColor(10, 10).name() == "#ffffff"
    assert hollow != none


def test_the_cell_pointed_at_is_framed(qapp):
    ring = painted(lambda p, cell: paint_ring(p, cell, LIGHT))
    assert ring.pixelColor(20, 20).name() == "#ffffff"
    assert ring.pixelColor(20, 4).name() != "#ffffff"


def test_the_key_is_drawn(qapp):
    assert painted(lambda p, _cell: paint_legend(p, 2, 20)) != painted(lambda _p, _cell: None)
