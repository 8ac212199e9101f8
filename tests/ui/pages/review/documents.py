"""A document that has one block of every sort."""

from ledger.core.document import (
    Anchor,
    Area,
    Bar,
    Bullets,
    Document,
    Ink,
    Label,
    Line,
    Paragraph,
    Picture,
    Section,
    Table,
    Terms,
)

PICTURE = Picture(
    width=200,
    height=50,
    words="A bar, a line and a word.",
    marks=(
        Bar(0, 0, 100, 20, Ink.KEPT),
        Area(((100, 0), (200, 0), (200, 20)), Ink.BAND),
        Line(((0, 30), (200, 30)), Ink.RULE, dashed=True),
        Label(100, 45, "middle", anchor=Anchor.MIDDLE, bold=True),
    ),
)
TABLE = Table(
    head=("What", "Number"),
    rows=(("kept", "200"), ("thrown away", "40")),
    numbers=frozenset((1,)),
    caption="What became of it",
)
BLOCKS = (
    Paragraph("<b>said first</b> & loudly", large=True),
    Paragraph("beside", soft=True),
    Bullets(("one", "two")),
    Terms("Definitions", (("Half-hour", "30 minutes"),)),
    TABLE,
    PICTURE,
)


def document(*more: Section) -> Document:
    """Return a document with all blocks in its first section."""
    return Document(title="Title", subtitle="Sub", sections=(Section("First", BLOCKS), *more))
