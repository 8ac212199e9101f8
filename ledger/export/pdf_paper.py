"""What a PDF is drawn on and with: paper that names nobody, the shipped fonts, vector pictures."""

import unicodedata
from functools import cache
from pathlib import Path

from reportlab import rl_config
from reportlab.lib.colors import Color, HexColor
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfdoc import PDFDocument, PDFInfo
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from ledger.core.document import COLOURS, Anchor, Area, Bar, Ink, Label, Line, Mark, Picture, Point
from ledger.core.errors import LedgerError

REGULAR, BOLD = "Inter-Regular", "Inter-SemiBold"
DASHES = (3, 2)
MAX_CODE_POINT = 0xFFFF  # a PDF names no character beyond in its list of what the codes mean
MOST_NAMED = 5
MAKER = b"ReportLab Generated PDF document (opensource)"
NO_ID = b"[<00><00>]"

rl_config.useA85 = 0  # bytes as they are: smaller, and what `finished.py` unpacks
rl_config.trustedSchemes = []  # nothing is ever fetched for a page


class _NoInfo(PDFInfo):
    """What a PDF says about its making: nothing."""

    def format(self, document: PDFDocument) -> bytes:
        return b"null"


class Paper(Canvas):
    """Pages that say nothing about who made them, with what, and when."""

    def __init__(self, *place: object, **options: object) -> None:
        super().__init__(*place, **options | {"invariant": 1, "pageCompression": 1, "lang": "en"})
        self._doc.info = _NoInfo()
        self._doc._ID = NO_ID  # noqa: SLF001 - otherwise a digest of all that is written


def without_maker(data: bytes) -> bytes:
    """Return the finished file without the line that names reportlab; every place stays."""
    return data.replace(MAKER, b" " * len(MAKER), 1)


@cache
def load_fonts(folder: Path) -> None:
    """Make the two shipped fonts known to reportlab, once."""
    for name in (REGULAR, BOLD):
        font = TTFont(name, str(folder / f"{name}.ttf"))
        font.face.name = name.encode("ascii")  # both files still bear the name they were cut from
        pdfmetrics.registerFont(font)


def drawable(text: str) -> str:
    """Return the text composed; raises LedgerError when the fonts cannot draw it."""
    text = unicodedata.normalize("NFC", text).replace("\u202f", "\u00a0").replace("\n", " ")
    drawn = pdfmetrics.getFont(REGULAR).face.charToGlyph
    missing = sorted({c for c in text if ord(c) not in drawn or ord(c) > MAX_CODE_POINT})
    if missing:
        named = ", ".join(f"“{c}”" for c in missing[:MOST_NAMED] if c.isprintable())
        raise LedgerError(
            f"The PDF’s font has no signs for some of what is in the document: {named}.",
            "Choose HTML or DOCX, which use the fonts of the reader’s computer.",
        )
    return text


def width(text: str, font: str, size: float) -> float:
    """Return how wide a text is, in points."""
    return float(pdfmetrics.stringWidth(text, font, size))


def colour(ink: Ink) -> Color:
    """Return the colour of an ink."""
    return HexColor(COLOURS[ink])


class Drawing(Flowable):
    """A picture as wide as the text around it."""

    def __init__(self, picture: Picture, wide: float) -> None:
        super().__init__()
        self._picture, self._scale = picture, wide / picture.width

    def wrap(self, *_room: float) -> tuple[float, float]:
        """Return the size in points."""
        return self._picture.width * self._scale, self._picture.height * self._scale

    def draw(self) -> None:
        """Draw every mark; a picture's origin is the top left, a page's the bottom left."""
        self.canv.scale(self._scale, self._scale)
        self.canv.translate(0, self._picture.height)
        for mark in self._picture.marks:
            self._mark(mark)

    def _mark(self, mark: Mark) -> None:
        canvas = self.canv
        canvas.setFillColor(colour(mark.ink))
        match mark:
            case Line():
                canvas.setStrokeColor(colour(mark.ink))
                canvas.setLineWidth(mark.width)
                canvas.setDash(*DASHES if mark.dashed else ())
                self._outline(mark.points, stroke=1, fill=0)
            case Area():
                self._outline(mark.points, stroke=0, fill=1)
            case Bar():
                canvas.rect(mark.x, -mark.y, mark.width, -mark.height, stroke=0, fill=1)
            case Label():
                self._label(mark)

    def _outline(self, points: tuple[Point, ...], *, stroke: int, fill: int) -> None:
        path = self.canv.beginPath()
        for at, (x, y) in enumerate(points):
            (path.lineTo if at else path.moveTo)(x, -y)
        self.canv.drawPath(path, stroke=stroke, fill=fill)

    def _label(self, label: Label) -> None:
        self.canv.setFont(BOLD if label.bold else REGULAR, label.size)
        draw = {
            Anchor.START: self.canv.drawString,
            Anchor.MIDDLE: self.canv.drawCentredString,
            Anchor.END: self.canv.drawRightString,
        }[label.anchor]
        draw(label.x, -label.y, drawable(label.text))
