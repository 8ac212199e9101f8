"""A chart as a file: PNG at twice the size, SVG as drawn, CSV with the raw figures."""

from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QGuiApplication, QImage, QImageWriter, QPainter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QWidget

from ledger.core.errors import LedgerError
from ledger.ui import theme
from ledger.ui.charts.chart import Chart
from ledger.ui.charts.table import as_csv
from ledger.ui.colours import qcolour
from ledger.ui.theme import Type

MARGIN = 24
TITLE_HEIGHT = 26
GAP = 12
DENSITY = 2.0


class Format(StrEnum):
    """The kinds of file a chart can become; the value is the ending."""

    PNG = "png"
    SVG = "svg"
    CSV = "csv"


FILTERS = {
    Format.PNG: "Picture (*.png)",
    Format.SVG: "Drawing (*.svg)",
    Format.CSV: "Table (*.csv)",
}


def image(chart: Chart, title: str, sentence: str) -> QImage:
    """Return the chart under its title and explanation, twice as dense as on screen."""
    size = _size(chart, sentence)
    result = QImage(size * DENSITY, QImage.Format.Format_ARGB32_Premultiplied)
    result.setDevicePixelRatio(DENSITY)
    painter = QPainter(result)
    _paint(painter, chart, title, sentence)
    painter.end()
    return result


def svg(chart: Chart, title: str, sentence: str) -> bytes:
    """Return the same as SVG."""
    size = _size(chart, sentence)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(size)
    generator.setViewBox(QRect(QPoint(), size))
    generator.setTitle(title)
    painter = QPainter(generator)
    _paint(painter, chart, title, sentence)
    painter.end()
    return bytes(buffer.data().data())


def copy(chart: Chart, title: str, sentence: str) -> None:
    """Put the picture on the clipboard."""
    QGuiApplication.clipboard().setImage(image(chart, title, sentence))


def copy_table(chart: Chart) -> None:
    """Put the table on the clipboard, as CSV."""
    QGuiApplication.clipboard().setText(as_csv(chart.table()))


def save(chart: Chart, title: str, sentence: str, path: Path) -> None:
    """Write the chart as its file's ending says; raises LedgerError when it cannot be written."""
    try:
        path.write_bytes(encode(chart, title, sentence, Format(path.suffix.lower().lstrip("."))))
    except OSError as error:
        reason = error.strerror or "the file cannot be written"
        raise LedgerError(f"The chart was not saved: {reason}.", "Choose another place.") from error


def encode(chart: Chart, title: str, sentence: str, kind: Format) -> bytes:
    """Return the bytes of a file of this kind."""
    if kind is Format.CSV:
        return as_csv(chart.table()).encode()
    if kind is Format.SVG:
        return svg(chart, title, sentence)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image(chart, title, sentence))
    return bytes(buffer.data().data())


def _text_box(chart: QWidget, sentence: str) -> QRectF:
    """Return where the explanation stands: beneath the title, as high as it needs."""
    metrics = QFontMetricsF(theme.current().font(Type.BODY))
    room = QRectF(0, 0, chart.width(), 1000)
    height = metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, sentence).height()
    return QRectF(MARGIN, MARGIN + TITLE_HEIGHT, chart.width(), height)


def _size(chart: QWidget, sentence: str) -> QSize:
    below = _text_box(chart, sentence).bottom() + GAP
    return QSize(chart.width() + 2 * MARGIN, round(below) + chart.height() + MARGIN)


def _paint(painter: QPainter, chart: Chart, title: str, sentence: str) -> None:
    current_theme, box = theme.current(), _text_box(chart, sentence)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillRect(
        QRect(QPoint(), _size(chart, sentence)), qcolour(current_theme.colours.surface)
    )
    painter.setFont(current_theme.font(Type.HEADING))
    painter.setPen(qcolour(current_theme.colours.text))
    painter.drawText(QRectF(MARGIN, MARGIN, chart.width(), TITLE_HEIGHT), title)
    painter.setFont(current_theme.font(Type.BODY))
    painter.setPen(qcolour(current_theme.colours.text_soft))
    painter.drawText(box, Qt.TextFlag.TextWordWrap, sentence)
    at = chart.position
    chart.point_to(None)  # a picture has nobody pointing at it
    flags = QWidget.RenderFlag.DrawChildren | QWidget.RenderFlag.IgnoreMask
    chart.render(painter, QPoint(MARGIN, round(box.bottom()) + GAP), renderFlags=flags)
    chart.point_to(at)
