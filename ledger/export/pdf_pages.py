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
    drawable,
    load_fonts,
    width,
    without_maker,
)

WIDTH, HEIGHT = A4
MARGIN, TOP, BOTTOM, FOOTER_Y = 62.0, 64.0, 66.0, 36.0
TEXT_WIDTH = WIDTH - 2 * MARGIN
SMALL_SIZE, COLUMN_GAP, MIN_COLUMN_WIDTH = 8.5, 12.0, 40.0
HEADING_ROOM = 96.0  # for a heading with the beginning of what follows
SHORT_TABLE = 12  # rows; a longer one may end on the next page
HAIRLINE = 0.5
SIDES = (TA_LEFT, TA_RIGHT)
GRID = platypus.TableStyle(
    (
        ("LINEBELOW", (0, 0), (-1, -1), HAIRLINE, colour(Ink.RULE)),
        ("FONTNAME", (0, 0), (-1, -1), REGULAR),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("TOPPADDING", (0, 0), (-1, -1), 2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-2, -1), COLUMN_GAP),
        ("RIGHTPADDING", (-1, 0), (-1, -1), 0),
    )
)


def _style(size: float, lead: float, ink: Ink = Ink.TEXT, **options: object) -> ParagraphStyle:
    return ParagraphStyle(
        "",
        **{"fontName": REGULAR, "bulletFontName": REGULAR, "allowWidows": 0} | options,
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
CAPTION = _style(SMALL_SIZE, 12, Ink.SOFT, spaceBefore=7, spaceAfter=9)
POINT = _style(9.5, 14, leftIndent=14, bulletIndent=2, bulletColor=colour(Ink.SOFT), spaceAfter=2)
TERM = _style(9.5, 14, leftIndent=82, bulletFontSize=SMALL_SIZE, bulletColor=colour(Ink.SOFT))
HEADS = tuple(_style(SMALL_SIZE, 12, Ink.SOFT, fontName=BOLD, alignment=side) for side in SIDES)
CELLS = tuple(_style(SMALL_SIZE, 12, alignment=side) for side in SIDES)


def render(document: Document, fonts: Path) -> bytes:
    """Return the PDF; raises LedgerError for characters that the fonts in this folder lack."""
    load_fonts(fonts)
    title = drawable(document.title)
    _, pages = _lay_out(document, title, 0)
    return _lay_out(document, title, pages)[0]  # now that the foot knows how many there are


def _lay_out(document: Document, title: str, count: int) -> tuple[bytes, int]:
    out = BytesIO()
    paper = platypus.BaseDocTemplate(out, pagesize=A4, initialFontName=REGULAR)
    frame = platypus.Frame(
        MARGIN, BOTTOM, TEXT_WIDTH, HEIGHT - TOP - BOTTOM, *(0, 0, 0, 0), id="text"
    )
    foot = partial(_draw_footer, title, count)
    paper.addPageTemplates(platypus.PageTemplate(frames=[frame], onPage=foot))
    paper.build(list(_flowables(document)), canvasmaker=Paper)
    return without_maker(out.getvalue()), paper.page


def _draw_footer(title: str, count: int, canvas: Canvas, paper: platypus.BaseDocTemplate) -> None:
    canvas.setFont(REGULAR, 7.5)
    canvas.setFillColor(colour(Ink.SOFT))
    canvas.drawString(MARGIN, FOOTER_Y, f"{title} · page {paper.page} of {count}")


def _flowables(document: Document) -> Iterator[Flowable]:
    yield _paragraph(document.title, TITLE)
    yield _paragraph(document.subtitle, SUBTITLE)
    yield platypus.HRFlowable(TEXT_WIDTH, HAIRLINE, color=colour(Ink.RULE), lineCap="butt")
    for section in document.sections:
        yield from _section(section)


def _section(section: Section) -> Iterator[Flowable]:
    yield CondPageBreak(HEADING_ROOM)
    before = [_paragraph(section.title, HEADING)]
    for block in section.blocks:
        flowables = [*before, *_block(block)]
        before = []
        if isinstance(block, Picture) or (
            isinstance(block, Table) and len(block.rows) <= SHORT_TABLE
        ):
            yield KeepTogether(flowables)
        else:
            yield from flowables
    yield from before


def _block(block: Block) -> Iterator[Flowable]:
    match block:
        case Paragraph():
            yield _paragraph(block.text, LARGE if block.large else SOFT if block.soft else PLAIN)
        case Bullets():
            for item in block.items:
                yield _paragraph(item, POINT, "•")
            yield platypus.Spacer(0, 5)
        case Terms():
            yield CondPageBreak(4 * PLAIN.leading)
            yield _paragraph(block.title, SUBHEADING)
            for name, text in block.pairs:
                yield _paragraph(text, TERM, drawable(name))
            yield platypus.Spacer(0, 7)
        case Table():
            yield from _table(block)
        case Picture():
            yield Drawing(block, TEXT_WIDTH)
            yield _paragraph(block.words, CAPTION)


def _paragraph(text: str, style: ParagraphStyle, before: str | None = None) -> platypus.Paragraph:
    """Return a paragraph; what looks like markup in the text is text."""
    return platypus.Paragraph(escape(drawable(text), quote=False), style, bulletText=before)


def _table(table: Table) -> Iterator[Flowable]:
    if table.caption:
        if len(table.rows) > SHORT_TABLE:
            yield CondPageBreak(HEADING_ROOM)
        yield _paragraph(table.caption, SUBHEADING)
    rows = (table.head, *table.rows)
    yield platypus.Table(
        [
            [
                _paragraph(cell, (CELLS if number else HEADS)[at in table.numbers])
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


def widths(
    rows: tuple[tuple[str, ...], ...], numbers: frozenset[int], total_width: float
) -> list[float]:
    """Share a width among columns: numbers get what they need, words what is left."""
    count = len(rows[0])
    needed = [
        max(width(row[at], BOLD, SMALL_SIZE) for row in rows) + 1 + COLUMN_GAP * (at < count - 1)
        for at in range(count)
    ]
    text_columns = [at for at in range(count) if at not in numbers]
    left = total_width - sum(needed[at] for at in numbers)
    if not text_columns or left < MIN_COLUMN_WIDTH * len(
        text_columns
    ):  # then numbers take a second line too
        text_columns, left = list(range(count)), total_width
    narrow_first = sorted(text_columns, key=needed.__getitem__)
    for done, at in enumerate(narrow_first):
        needed[at] = min(needed[at], left / (len(text_columns) - done))
        left -= needed[at]
    needed[text_columns[0]] += left
    return needed
