"""The one door to resources/icons: line drawings, recoloured with the theme's inks."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from ledger.host.paths import resource
from ledger.ui import theme

SCALES = (1, 2, 3)  # a drawing for every common screen density


def icon(name: str, ink: str = "text_soft", pixels: int = 20, gap: int = 0) -> QIcon:
    """Return an icon in one of the theme's inks (a name in `Palette`, or `#rrggbb`).

    `gap` leaves so many pixels empty at its right. Call it again when the theme changes: a QIcon
    keeps its colour.
    """
    return _icon(name, _colour(ink), _colour("line_strong"), pixels, gap)


def pixmap(name: str, ink: str, pixels: int, ratio: float = 1.0) -> QPixmap:
    """Return one drawing for a screen of `ratio` device pixels to the pixel."""
    return _drawn(name, _colour(ink), pixels, ratio)


def app_icon() -> QIcon:
    """Return the program's own icon, in its own colours."""
    result = QIcon()
    for pixels in (16, 22, 24, 32, 48, 64, 128, 256):
        result.addPixmap(_drawn("app", "", pixels, 1.0))
    return result


def _colour(ink: str) -> str:
    return ink if ink.startswith("#") else str(getattr(theme.colours(), ink))


@lru_cache(maxsize=512)
def _icon(name: str, colour: str, faint: str, pixels: int, gap: int) -> QIcon:
    result = QIcon()
    for scale in SCALES:
        result.addPixmap(_drawn(name, colour, pixels, float(scale), gap))
        result.addPixmap(_drawn(name, faint, pixels, float(scale), gap), QIcon.Mode.Disabled)
    return result


def _drawn(name: str, colour: str, pixels: int, ratio: float, gap: int = 0) -> QPixmap:
    source = _source(name)
    data = source.replace(b"currentColor", colour.encode()) if colour else source
    result = QPixmap(round((pixels + gap) * ratio), round(pixels * ratio))
    result.fill(Qt.GlobalColor.transparent)
    painter = QPainter(result)
    QSvgRenderer(QByteArray(data)).render(painter, QRectF(0, 0, result.height(), result.height()))
    painter.end()
    result.setDevicePixelRatio(ratio)
    return result


@lru_cache(maxsize=128)
def _source(name: str) -> bytes:
    return resource(f"icons/{name}.svg").read_bytes()
