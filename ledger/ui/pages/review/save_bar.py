"""The last line of the page: what the look through the file found, which sort, and Save."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ledger.core.report import Include
from ledger.flows.review.file_preview import ROW_FORMS, Preview
from ledger.flows.review.leaks import Leak
from ledger.ui.icons import pixmap
from ledger.ui.keymap import Where, key_of
from ledger.ui.theme import Type
from ledger.ui.widgets.buttons import Button
from ledger.ui.widgets.layouts import FlowLayout, empty, in_order
from ledger.ui.widgets.plain import PlainLabel
from ledger.ui.widgets.setting_row import CalmCombo

FORM_WORDS = {
    "md": "Markdown",
    "html": "HTML page",
    "pdf": "PDF",
    "docx": "Word (DOCX)",
    "csv": "CSV, a row a week",
    "json": "JSON",
    "rows-csv": "Rows as CSV",
    "rows-json": "Rows as JSON",
    "rows-parquet": "Rows as Parquet",
}
CLEAN = "Looked through: no secret, path, address or name that must not leave."
MAKING = "Making the file …"
SIGN = 18
MOST_FOUND = 3


class SaveBar(QFrame):
    """Says whether the file may leave, and offers to save it.

    Signals:
        form_chosen(str): another sort of file.
        save_wanted(): the person wants it saved.
        let_pass(str): this word may stand in the file.
        let_in(Include): this may be in the next file.
    """

    form_chosen = Signal(str)
    save_wanted = Signal()
    let_pass = Signal(str)
    let_in = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("strip")
        self._sign = PlainLabel()
        self._sign.setFixedSize(SIGN, SIGN)
        self.status = PlainLabel("", wrap=True)
        self.more = PlainLabel("", Type.CAPTION, "text_soft", wrap=True)
        self._ways = QWidget()
        self._flow = FlowLayout(self._ways, 8)
        self.forms = CalmCombo()
        self.forms.setAccessibleName("Sort of file")
        for form, label in FORM_WORDS.items():
            self.forms.addItem(label, form)
        self.forms.currentIndexChanged.connect(
            lambda _row: self.form_chosen.emit(self.forms.currentData())
        )
        self.save = Button("Save …", "primary", "save", key=key_of("review.save", Where.REVIEW))
        self.save.clicked.connect(self.save_wanted)
        self._arrange()
        self.show_making()

    def _arrange(self) -> None:
        text_column = QVBoxLayout()
        text_column.setSpacing(2)
        for widget in (self.status, self.more, self._ways):
            text_column.addWidget(widget)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 10, 24, 10)
        row.setSpacing(10)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(text_column, 1)
        row.addWidget(self.forms, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.save, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def show_making(self) -> None:
        """Say that the file is being made; nothing can be saved meanwhile."""
        self.save.setEnabled(False)
        self._say("clock", "text_faint", MAKING)

    def show_preview(self, preview: Preview) -> None:
        """Say what the look through the file found."""
        self._clear_ways()
        self.save.setEnabled(preview.file is not None)
        if preview.file is not None:
            self._say("check", "kept_ink", CLEAN, _inside(preview))
        elif preview.leaks:
            leaks = [f"{leak.what} ({leak.where})" for leak in preview.leaks[:MOST_FOUND]]
            extra = len(preview.leaks) - MOST_FOUND
            more = f", and {extra} more" if extra > 0 else ""
            sentence = f"It cannot leave like this: it would hold {'; '.join(leaks)}{more}."
            self._say("warning", "danger", sentence, "Say it in other words, or:")
            self._offer(preview.leaks[:MOST_FOUND])
        elif preview.problem is not None:
            self._say("warning", "warning", preview.problem.title, preview.problem.hint)

    def say_saved(self, sentence: str, more: str) -> None:
        """Say that a file was written, and what holds from now on."""
        self._clear_ways()
        self._say("check", "kept_ink", sentence, more)

    def say_refused(self, sentence: str, more: str) -> None:
        """Say that nothing was written."""
        self._clear_ways()
        self._say("warning", "danger", sentence, more)

    def _say(self, sign: str, ink: str, sentence: str, more: str = "") -> None:
        self._sign.setPixmap(pixmap(sign, ink, SIGN, self.devicePixelRatioF()))
        self.status.setText(sentence)
        self.status.set_ink(ink if ink in ("danger", "warning") else "text")
        self.more.setText(more)
        self.more.setVisible(bool(more))

    def _clear_ways(self) -> None:
        empty(self._flow)
        self._ways.hide()

    def _offer(self, leaks: tuple[Leak, ...]) -> None:
        for include in dict.fromkeys(leak.include for leak in leaks if leak.include is not None):
            button = Button(f"Let in {include.words}")
            button.clicked.connect(lambda _checked=False, kind=include: self.let_in.emit(kind))
            self._flow.addWidget(button)
        for word in dict.fromkeys(leak.word for leak in leaks if leak.word):
            button = Button(f"Let “{word}” pass")
            button.clicked.connect(lambda _checked=False, text=word: self.let_pass.emit(text))
            self._flow.addWidget(button)
        self._ways.setVisible(self._flow.count() > 0)
        in_order(self.save, self._ways.findChildren(Button))


def _inside(preview: Preview) -> str:
    """Say how large the file is and what was let in."""
    size = len(preview.file.data) if preview.file else 0
    let = [include.words for include in Include if include in preview.request.recipe.include]
    contents = "the rows" if preview.request.form in ROW_FORMS else "the figures and your words"
    if let:
        return f"{size:,} bytes: {contents}, and let in for once: {', '.join(let)}."
    return f"{size:,} bytes: {contents}, nothing more."
