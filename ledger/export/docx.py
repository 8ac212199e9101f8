"""The document as DOCX: headings, paragraphs and tables in one style, no author, no dates.

Of python-docx's template nothing stays but the empty page. A picture is its table.
"""

from collections.abc import Mapping
from io import BytesIO
from typing import cast
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.document import Document as Paper
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Pt, RGBColor, Twips
from docx.styles.style import ParagraphStyle

from ledger.core.document import (
    COLOURS,
    Block,
    Bullets,
    Document,
    Ink,
    Paragraph,
    Picture,
    Table,
    Terms,
)
from ledger.core.text_safety import clean

EARLIEST_DATE = (1980, 1, 1, 0, 0, 0)  # that a zip can name
UNIX_SYSTEM, PRIVATE_FILE = 3, 0o600 << 16
KEPT_PARTS = (
    "/officeDocument",
    "/styles",
)  # parts of the template; its author, dates and picture go
PAGE_WIDTH, PAGE_HEIGHT, MARGIN = 11906, 16838, 1247  # A4, in twentieths of a point
FONT, BASE, HANGING = "Calibri", "Normal", 284
# Size in half-points, space before and after in twentieths.
STYLES = (
    ("Title", 44, 0, 60, True, Ink.TEXT),
    ("Subtitle", 20, 0, 240, False, Ink.SOFT),
    ("Heading 1", 28, 400, 120, True, Ink.TEXT),
    ("Heading 2", 21, 240, 60, True, Ink.TEXT),
    ("Large", 25, 60, 120, False, Ink.TEXT),
    ("Soft", 18, 40, 100, False, Ink.SOFT),
    ("Bullet", 20, 0, 60, False, Ink.TEXT),
    ("Cell", 18, 40, 40, False, Ink.TEXT),
    ("CellHead", 18, 40, 40, True, Ink.SOFT),
)
RULE = {"val": "single", "sz": "4", "space": "0", "color": COLOURS[Ink.RULE][1:]}


def render(document: Document) -> bytes:
    """Return the file."""
    paper = _empty_page()
    _styles(paper)
    _add_paragraph(paper, document.title, "Title")
    _add_paragraph(paper, document.subtitle, "Subtitle")
    for section in document.sections:
        _add_paragraph(paper, section.title, "Heading 1")
        for block in section.blocks:
            _block(paper, block)
    out = BytesIO()
    paper.save(out)
    return _without_dates(out)


def _empty_page() -> Paper:
    """Return an empty A4 page without styles, properties, or anything else of the template."""
    paper = docx.Document()
    for relations in (paper.part.package.rels, paper.part.rels):
        for name in [
            key for key, relation in relations.items() if not relation.reltype.endswith(KEPT_PARTS)
        ]:
            del relations[name]
    for child in list(paper.styles.element):
        paper.styles.element.remove(child)
    paper.element.body.sectPr.attrib.clear()  # numbers of the session that made the template
    page = paper.sections[0]
    page.page_width, page.page_height = Twips(PAGE_WIDTH), Twips(PAGE_HEIGHT)
    page.left_margin = page.right_margin = Twips(MARGIN)
    page.top_margin = page.bottom_margin = Twips(MARGIN)
    return paper


def _styles(paper: Paper) -> None:
    base = _style(paper, BASE)
    base.element.set(qn("w:default"), "1")
    base.font.name, base.font.size = FONT, Pt(10)
    base.paragraph_format.space_after, base.paragraph_format.line_spacing = Twips(100), 1.15
    base.element.get_or_add_rPr().append(_element("lang", {"val": "en-GB"}))
    for name, size, before, after, bold, ink in STYLES:
        style = _style(paper, name)
        style.base_style = base
        style.font.size, style.font.bold = Pt(size / 2), bold or None
        style.font.color.rgb = RGBColor.from_string(COLOURS[ink][1:])
        shape = style.paragraph_format
        shape.space_before, shape.space_after = Twips(before), Twips(after)
        if name == "Bullet":
            shape.left_indent, shape.first_line_indent = Twips(HANGING), Twips(-HANGING)
        if name.startswith("Heading"):
            shape.keep_with_next = True
            level = {"val": str(int(name[-1]) - 1)}
            style.element.get_or_add_pPr().append(_element("outlineLvl", level))


def _style(paper: Paper, name: str) -> ParagraphStyle:
    style = paper.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=True)
    return cast("ParagraphStyle", style)


def _element(name: str, values: Mapping[str, str]) -> BaseOxmlElement:
    """Return an element for what python-docx has no word for."""
    element = OxmlElement(f"w:{name}")
    for key, value in values.items():
        element.set(qn(f"w:{key}"), value)
    return element


def _add_paragraph(paper: Paper, text: str, style: str = BASE) -> None:
    paper.add_paragraph(clean(text), style)


def _block(paper: Paper, block: Block) -> None:
    match block:
        case Paragraph():
            _add_paragraph(
                paper, block.text, "Large" if block.large else "Soft" if block.soft else BASE
            )
        case Bullets():
            for item in block.items:
                _add_paragraph(paper, f"•\t{item}", "Bullet")
        case Terms():
            _add_paragraph(paper, block.title, "Heading 2")
            for name, text in block.pairs:
                _add_paragraph(paper, f"{name}: {text}")
        case Table():
            _table(paper, block)
        case Picture():
            if block.twin is not None:
                _table(paper, block.twin)


def _table(paper: Paper, table: Table) -> None:
    if table.caption:
        _add_paragraph(paper, table.caption, "Heading 2")
    rows = (table.head, *table.rows)
    grid = paper.add_table(len(rows), len(table.head))
    inside = paper.element.body.tbl_lst[-1]
    inside.tblPr.find(qn("w:tblW")).attrib.update({qn("w:type"): "pct", qn("w:w"): "5000"})
    rules = _element("tblBorders", {})
    rules.extend([_element("bottom", RULE), _element("insideH", RULE)])
    inside.tblPr.find(qn("w:tblW")).addnext(rules)
    for number, (row, line) in enumerate(zip(rows, inside.tr_lst, strict=True)):
        row_properties = line.get_or_add_trPr()
        row_properties.append(_element("cantSplit", {}))
        if not number:
            row_properties.append(_element("tblHeader", {}))
        for at, (text, cell) in enumerate(zip(row, grid.rows[number].cells, strict=True)):
            line.tc_lst[at].get_or_add_tcPr().clear()  # columns are as wide as their words
            paragraph = cell.paragraphs[0]
            paragraph.style = "Cell" if number else "CellHead"
            paragraph.add_run(clean(text))
            if at in table.numbers:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _add_paragraph(paper, "")


def _without_dates(file: BytesIO) -> bytes:
    """Return the same parts in a fixed order, all of one date."""
    out = BytesIO()
    with ZipFile(file) as source, ZipFile(out, "w", ZIP_DEFLATED, compresslevel=9) as target:
        for name in sorted(source.namelist()):
            entry = ZipInfo(name, EARLIEST_DATE)
            entry.compress_type, entry.create_system = ZIP_DEFLATED, UNIX_SYSTEM
            entry.external_attr = PRIVATE_FILE
            target.writestr(entry, source.read(name))
    return out.getvalue()
