"""Shows a file as it will be written: its text, letter by letter, or what can be said of it."""

from hashlib import sha256

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from ledger.flows.review.file_preview import TEXT_FORMS
from ledger.ui.theme import Type
from ledger.ui.widgets.plain import PlainView

NO_TEXT = """This sort of file is no text, so here is what can be said of it.

Size      {size:,} bytes
SHA-256   {digest}

The same ledger and the same choices make the same bytes again. Markdown, HTML, CSV and
JSON can be read here letter by letter."""


class FileView(PlainView):
    """The finished file; `data` are its bytes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Type.MONO, parent)
        self.setProperty("kind", "bare")
        self.setAccessibleName("The file as it will be written")
        self.data = b""

    def show_file(self, data: bytes, form: str) -> None:
        """Show a finished file."""
        if data == self.data and self.toPlainText():
            return
        place = self.verticalScrollBar().value()
        self.data = data
        # A row is one line: broken, its columns cannot be followed.
        wraps = "csv" not in form
        mode = QPlainTextEdit.LineWrapMode
        self.setLineWrapMode(mode.WidgetWidth if wraps else mode.NoWrap)
        if form in TEXT_FORMS:
            self.set_text(data.decode("utf-8"))
        else:
            sentence = NO_TEXT.format(size=len(data), digest=sha256(data).hexdigest())
            self.set_text(sentence)
        self.verticalScrollBar().setValue(place)

    def clear_file(self) -> None:
        """Show nothing: there is no file."""
        self.data = b""
        self.set_text("")
