"""A document that has one block of every sort."""

from ledger.core.document import Bullets, Document, Paragraph, Section, Terms
from tests.documents import PICTURE, TABLE

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
