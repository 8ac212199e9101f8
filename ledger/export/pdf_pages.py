"""Sets a document on pages: what stays together, how tables share the width, what stands below."""

from collections.abc import Iterator
from functools import partial
from html import escape  # that of xml.sax loads network code
from io import BytesIO
from pathlib import Path

from reportlab import platypus
from reportlab.lib.enums import TA_LEFT, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import CondPageBreak, Flowable, KeepTogether

from ledger.core.document import (
    Block,
    Bullets,
    Document,
    Ink,
    Paragraph,
    Picture,
    Section,
    Table,
    Terms,
)
from ledger.export.pdf_paper import (
    BOLD,
    REGULAR,
    Drawing,
    Paper,
    colour,
    known,
    load_fonts,
    unsigned,
    width,
)

WIDTH, HEIGHT = A4
MARGIN, TOP, BOTTOM, FOOT = 62.0, 64.0, 66.0, 36.0
TEXT_WIDTH = WIDTH - 2 * MARGIN
SMALL, BETWEEN, NARROWEST = 8.5, 12.0, 40.0
ROOM = 96.0  # for a heading with the beginning of what follows
SHORT_TABLE = 12  # rows; a longer one may end on the next page
HAIRLINE = 0.5


def _style(size: float, lead: float, ink: Ink = Ink.TEXT, **more: object) -> ParagraphStyle:
    return ParagraphStyle(
        "",
        **{"fontName": REGULAR, "bulletFontName": REGULAR, "allowWidows": 0} | more,
        fontSize=size,
        leading=lead,
        textColor=colour(ink),
    )


TITLE = _style(22, 28, fontName=BOLD, spaceAfter=3)
SUBTITLE = _style(9.5, 14, Ink.SOFT, spaceAfter=4)
HEADING = _style(13, 18, fontName=BOLD, spaceBefore=19, spaceAfter=4)
SUBHEADING = _style(9.5, 14, fontName=BOLD, spaceAfter=1)
PLAIN = _style(9.5, 14, spaceAfter=7)
SOFT = _style(9.5, 14, Ink.SOFT, spaceAfter=7)
LARGE = _style(12, 17.5, spaceAfter=7)
CAPTION = _style(SMALL, 12, Ink.SOFT, spaceBefore=7, spaceAfter=9)
POINT = _style(9.5, 14, leftIndent=14, bulletIndent=2, bulletColor=colour(Ink.SOFT), spaceAfter=2)
TERM = _style(9.5, 14, leftIndent=82, bulletFontSize=SMALL, bulletColor=colour(Ink.SOFT))
SIDES = (TA_LEFT, TA_RIGHT)
HEADS = tuple(_style(SMALL, 12, Ink.SOFT, fontName=BOLD, alignment=side) for side in SIDES)
CELLS = tuple(_style(SMALL, 12, alignment=side) for side in SIDES)
GRID = platypus.TableStyle(
    (
        ("LINEBELOW", (0, 0), (-1, -1), HAIRLINE, colour(Ink.RULE)),
        ("FONTNAME", (0, 0), (-1, -1), REGULAR),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("TOPPADDING", (0, 0), (-1, -1), 2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-2, -1), BETWEEN),
        ("RIGHTPADDING", (-1, 0), (-1, -1), 0),
    )
)


def render(document: Document, fonts: Path) -> bytes:
    """Return the PDF; raises LedgerError for characters that the fonts in this folder lack."""
    load_fonts(fonts)
    title = known(document.title)
    _, pages = _set(document, title, 0)
    return _set(document, title, pages)[0]  # now that the foot knows how many there are


def _set(document: Document, title: str, count: int) -> tuple[bytes, int]:
    out = BytesIO()
    paper = platypus.BaseDocTemplate(out, pagesize=A4, initialFontName=REGULAR)
    frame = platypus.Frame(
        MARGIN, BOTTOM, TEXT_WIDTH, HEIGHT - TOP - BOTTOM, *(0, 0, 0, 0), id="text"
    )
    foot = partial(_foot, title, count)
    paper.addPageTemplates(platypus.PageTemplate(frames=[frame], onPage=foot))
    paper.build(list(_story(document)), canvasmaker=Paper)
    return unsigned(out.getvalue()), paper.page


def _foot(title: str, count: int, canvas: Canvas, paper: platypus.BaseDocTemplate) -> None:
    canvas.setFont(REGULAR, 7.5)
    canvas.setFillColor(colour(Ink.SOFT))
    canvas.drawString(MARGIN, FOOT, f"{title} · page {paper.page} of {count}")


def _story(document: Document) -> Iterator[Flowable]:
    yield _words(document.title, TITLE)
    yield _words(document.subtitle, SUBTITLE)
    yield platypus.HRFlowable(TEXT_WIDTH, HAIRLINE, color=colour(Ink.RULE), lineCap="butt")
    for section in document.sections:
        yield from _section(section)


def _section(section: Section) -> Iterator[Flowable]:
    yield CondPageBreak(ROOM)
    before = [_words(section.title, HEADING)]
    for block in section.blocks:
        made = [*before, *_block(block)]
        before = []
        if isinstance(block, Picture) or (
            isinstance(block, Table) and len(block.rows) <= SHORT_TABLE
        ):
            yield KeepTogether(made)
        else:
            yield from made
    yield from before


def _block(block: Block) -> Iterator[Flowable]:
    match block:
        case Paragraph():
            yield _words(block.text, LARGE if block.large else SOFT if block.soft else PLAIN)
        case Bullets():
            for item in block.items:
                yield _words(item, POINT, "•")
            yield platypus.Spacer(0, 5)
        case Terms():
            yield CondPageBreak(4 * PLAIN.leading)
            yield _words(block.title, SUBHEADING)
            for name, text in block.pairs:
                yield _words(text, TERM, known(name))
            yield platypus.Spacer(0, 7)
        case Table():
            yield from _table(block)
        case Picture():
            yield Drawing(block, TEXT_WIDTH)
            yield _words(block.words, CAPTION)


def _words(text: str, style: ParagraphStyle, before: str | None = None) -> platypus.Paragraph:
    """Return a paragraph; what looks like markup in the text is text."""
    return platypus.Paragraph(escape(known(text), quote=False), style, bulletText=before)


def _table(table: Table) -> Iterator[Flowable]:
    if table.caption:
        if len(table.rows) > SHORT_TABLE:
            yield CondPageBreak(ROOM)
        yield _words(table.caption, SUBHEADING)
    rows = (table.head, *table.rows)
    yield platypus.Table(
        [
            [
                _words(cell, (CELLS if number else HEADS)[at in table.numbers])
                for at, cell in enumerate(row)
            ]
            for number, row in enumerate(rows)
        ],
        colWidths=widths(rows, table.numbers, TEXT_WIDTH),
        repeatRows=1,
        splitInRow=1,
        style=GRID,
        spaceAfter=10,
    )


def widths(rows: tuple[tuple[str, ...], ...], numbers: frozenset[int], whole: float) -> list[float]:
    """Share a width among columns: numbers get what they need, words what is left."""
    count = len(rows[0])
    needed = [
        max(width(row[at], BOLD, SMALL) for row in rows) + 1 + BETWEEN * (at < count - 1)
        for at in range(count)
    ]
    words = [at for at in range(count) if at not in numbers]
    left = whole - sum(needed[at] for at in numbers)
    if not words or left < NARROWEST * len(words):  # then numbers take a second line too
        words, left = list(range(count)), whole
    narrow_first = sorted(words, key=needed.__getitem__)
    for done, at in enumerate(narrow_first):
        needed[at] = min(needed[at], left / (len(words) - done))
        left -= needed[at]
    needed[words[0]] += left
    return needed
