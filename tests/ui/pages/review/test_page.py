import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ledger.core.columns import Columns
from ledger.core.report import Include
from ledger.flows.review.file_preview import TEXT_FORMS
from ledger.host import export_log
from ledger.host.settings import Settings
from ledger.metrics.frame import Frame
from ledger.ui.keymap import PageName
from ledger.ui.pages.base import Route
from ledger.ui.pages.review.page import BYTES, FILE, NOTHING, PAPER, ReviewPage
from tests.reviews import a_frame
from tests.ui.pages.review.reviewing import ReviewClient, today

CTRL = Qt.KeyboardModifier.ControlModifier
FORMS = ("md", "html", "csv", "json", "docx", "rows-csv", "rows-json")


@pytest.fixture
def make(qtbot, filter_model):
    def build(client=None):
        page = ReviewPage(client or ReviewClient(), None, today)
        qtbot.addWidget(page)
        page.resize(1100, 700)
        page.show()
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow)
        with qtbot.waitSignal(page.draft.previewed):
            page.activate()
        return page

    return build


@pytest.fixture
def page(make):
    return make()


def choose(qtbot, page, form):
    with qtbot.waitSignal(page.draft.previewed):
        page.bar.forms.setCurrentIndex(page.bar.forms.findData(form))


def test_it_begins_with_the_quarter_that_is_over(page):
    assert page.draft.period.name == "2026-Q3"
    assert page.stack.currentIndex() == PAPER
    assert "2026-Q3" in page.page.full_text()


def test_losses_are_always_on_the_page(page):
    assert "thrown away" in page.page.full_text()


@pytest.mark.parametrize("form", FORMS)
def test_what_is_shown_is_what_is_saved_byte_for_byte(qtbot, page, form, tmp_path, monkeypatch):
    if form != "md":
        choose(qtbot, page, form)
    page.how.take(FILE)
    assert page.stack.currentIndex() == BYTES
    shown, text = page.file.data, page.file.toPlainText()
    target = tmp_path / "out"
    monkeypatch.setattr(page, "ask_place", lambda _title, _name: target)
    with qtbot.waitSignal(page.draft.saved):
        page.bar.save.click()
    assert target.read_bytes() == shown
    if form in TEXT_FORMS:  # a text widget shows no line feeds beside the ends of lines
        assert text.encode() == shown.replace(b"\r\n", b"\n")


def test_nothing_is_written_before_a_place_was_chosen(page, monkeypatch, tmp_path):
    calls = []
    monkeypatch.setattr(page, "ask_place", lambda *args: calls.append(args))
    QTest.keyClick(page, Qt.Key.Key_S, CTRL)
    assert calls == [("Save as Markdown", "review-2026-q3.md")]
    assert export_log.exports() == ()
    assert list(tmp_path.iterdir()) == []


def test_what_was_let_in_is_said_to_have_been_for_this_file_only(
    qtbot, page, monkeypatch, tmp_path
):
    with qtbot.waitSignal(page.draft.previewed):
        page.choices.includes[Include.TOTALS].click()
    monkeypatch.setattr(page, "ask_place", lambda _title, _name: tmp_path / "r.md")
    with qtbot.waitSignals((page.draft.saved, page.draft.previewed)):
        page.save()
    assert not page.choices.includes[Include.TOTALS].isChecked()
    assert page.bar.status.full_text() == "Saved as r.md."
    assert "this file only" in page.bar.more.full_text()
    assert page.bar.save.isEnabled()


def test_it_says_that_it_saved_until_something_changes(qtbot, page, monkeypatch, tmp_path):
    monkeypatch.setattr(page, "ask_place", lambda _title, _name: tmp_path / "r.md")
    with qtbot.waitSignal(page.draft.saved):
        page.save()
    assert page.bar.status.full_text() == "Saved as r.md."


def test_a_leak_keeps_the_page_and_forbids_the_file(qtbot, page):
    with qtbot.waitSignal(page.draft.previewed):
        page.writing.dead_end.setPlainText("The heron importer.")
    assert page.stack.currentIndex() == PAPER
    assert not page.bar.save.isEnabled()
    page.how.take(FILE)
    assert page.stack.currentIndex() == PAPER
    with qtbot.waitSignal(page.draft.previewed):
        page.bar.let_pass.emit("heron")
    assert page.bar.save.isEnabled()


def test_an_empty_ledger_says_why_and_leads_to_the_sources(qtbot, make):
    page = make(ReviewClient(Frame.of(Columns())))
    assert page.stack.currentIndex() == NOTHING
    assert "Nothing was logged" in page.empty.full_text()
    with qtbot.waitSignal(page.requested) as requested:
        page.empty.button.click()
    assert requested.args == [Route(PageName.SOURCES)]


def test_a_ledger_without_any_tag_leads_to_tagging(qtbot, make):
    frame = a_frame()
    page = make(ReviewClient(frame.with_tags(frame.id.tolist(), None)))
    assert page.stack.currentIndex() == NOTHING
    assert page.empty.button.text() == "Tag some"
    with qtbot.waitSignal(page.requested) as requested:
        page.empty.button.click()
    assert requested.args == [Route(PageName.TAG)]


def test_a_period_that_is_none_is_refused_in_a_sentence(page):
    page.periods.chosen.emit("all")
    assert "period that begins" in page.bar.status.full_text()
    assert page.draft.period.name == "2026-Q3"


def test_new_figures_make_a_new_preview(qtbot, page):
    before = page.draft.preview
    with qtbot.waitSignal(page.draft.previewed):
        page._client.show(a_frame(60))
    assert page.draft.preview.inside != before.inside


def test_settings_reach_every_part(qtbot, page):
    with qtbot.waitSignal(page.draft.previewed):
        page.use(Settings(edited_worth=25, keys={"claim.write": "Ctrl+W"}))
    assert page.draft.preview.request.edited_worth == 25
    keys = page.writing.candidates._keys.actions["claim.write"].shortcuts()
    assert [key.toString() for key in keys] == ["Ctrl+W"]


def test_where_it_is_narrow_the_document_stands_above(page):
    assert page.split.orientation() is Qt.Orientation.Horizontal
    page.resize(640, 700)
    assert page.split.orientation() is Qt.Orientation.Vertical


def test_everything_can_be_reached_with_the_tab_key(qtbot, page):
    reachable = {page.periods.other, page.bar.forms, page.bar.save, page.writing.add, page.page}
    focused = set()
    for _ in range(60):
        QTest.keyClick(page.window().focusWidget() or page, Qt.Key.Key_Tab)
        focused.add(page.window().focusWidget())
    assert reachable <= focused


def test_a_review_can_be_written_and_saved_without_a_mouse(qtbot, page, monkeypatch, tmp_path):
    monkeypatch.setattr(page, "ask_place", lambda _title, _name: tmp_path / "r.md")
    window = page.window()
    while window.focusWidget() is not page.writing.candidates:
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.writing.cards[0].outcome.isVisible())
    QTest.keyClicks(window.focusWidget(), "Rewrote the reader.")
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
    QTest.keyClicks(window.focusWidget(), "No failed import since.")
    with qtbot.waitSignal(page.draft.saved):  # once the file is made
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_S, CTRL)
    review = (tmp_path / "r.md").read_text()
    assert "Rewrote the reader." in review
    assert "No failed import since." in review
    assert "E-001" in review
