"""The document as PDF: selectable text, embedded fonts, vector pictures, no metadata.

reportlab is loaded when the first PDF is made, and not before.
"""

import sys
from pathlib import Path
from types import ModuleType

from ledger.core.document import Document

# reportlab would run `~/.reportlab_settings`; a module of this name is asked first, and is empty.
SETTINGS = "reportlab_settings"


def render(document: Document, fonts: Path) -> bytes:
    """Return the PDF; raises LedgerError for characters that the fonts in this folder lack."""
    sys.modules.setdefault(SETTINGS, ModuleType(SETTINGS))
    from ledger.export import pdf_pages  # noqa: PLC0415 - reportlab is loaded when it is wanted

    return pdf_pages.render(document, fonts)
