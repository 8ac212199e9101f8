"""A small document with one of everything, for the tests of the formats."""

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

TABLE = Table(
    head=("Tool", "Share"),
    rows=(("Claude Code", "61 % (56–65)"), ("Codex CLI", "too few to say")),
    numbers=frozenset((1,)),
    caption="By tool",
)
PICTURE = Picture(
    width=100,
    height=40,
    marks=(
        Bar(0, 0, 40, 10, Ink.KEPT),
        Area(((0, 20), (50, 20), (50, 30)), Ink.BAND),
        Line(((0, 35), (100, 35)), Ink.RULE, 0.5, dashed=True),
        Label(50, 38, "kept 61 %", Ink.TEXT, 8, Anchor.MIDDLE, bold=True),
    ),
    words="What became of it.",
    twin=Table(head=("Week", "n"), rows=(("2026-07-06", "7"),), numbers=frozenset((1,))),
)


def a_document(text: str = "Ordinary words.") -> Document:
    """Return a document that says this text in every place where a person's words may stand."""
    return Document(
        title="A title",
        subtitle="A subtitle · of it",
        sections=(
            Section("First", (Paragraph("Said first.", large=True), Paragraph(text), TABLE)),
            Section(
                "Second",
                (
                    Bullets((text, "A second point")),
                    Terms("Delivery 1", (("Outcome", text), ("Evidence", "E-001"))),
                    PICTURE,
                    Paragraph("Said softly.", soft=True),
                ),
            ),
        ),
    )
