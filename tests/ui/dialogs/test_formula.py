from hypothesis import given
from hypothesis import strategies as st

from ledger.ui.dialogs import formula
from ledger.ui.dialogs.formula import passage, show_formula, slug

PAGE = """# The measure

Intro.

## Kept share {#kept-share}

K is the **share** of tokens in
work you kept.

- a list
- of two

### A detail

More.

## Coverage

See [the rest](other.md).
"""


def test_an_anchor_names_a_passage_with_what_stands_below_it():
    kept_share = passage(PAGE, "kept-share")
    assert kept_share.title == "Kept share"
    assert "K is the share of tokens in work you kept." in kept_share.text
    assert "- a list\n- of two" in kept_share.text
    assert "A DETAIL" in kept_share.text
    assert "the rest" not in kept_share.text


def test_a_heading_without_an_anchor_is_found_by_its_words():
    assert passage(PAGE, "coverage").text == "See the rest."


def test_a_picture_is_left_out():
    page = "# Flow {#flow}\n\nWidths.\n\n![Flow](../pictures/flow.png)\n\nMore."
    assert passage(page, "flow").text.split() == ["Widths.", "More."]


def test_an_unknown_anchor_shows_the_whole_page():
    assert "Intro." in passage(PAGE, "nowhere").text


@given(st.text(), st.text(min_size=1))
def test_of_any_page_a_heading_of_it_is_shown_or_the_whole_of_it(page, anchor):
    shown = passage(page, anchor)
    assert shown.title in page or shown.title == "How figures are computed"
    assert shown.text == shown.text.strip()


def test_slugs_are_made_as_on_the_web():
    assert slug("Signal-to-token ratio (STR)") == "signal-to-token-ratio-str"


def test_a_page_is_found_by_the_anchor_on_it():
    assert formula.page_text("kept-share").startswith("# Kept share")
    assert "## Paid" in formula.page_text("cost-per-block-paid")


def test_an_anchor_on_no_page_gives_the_list_of_pages():
    assert formula.page_text("nowhere").startswith("# How the figures are computed")


def test_missing_pages_are_said_and_not_raised(monkeypatch, tmp_path):
    monkeypatch.setattr(formula, "PACKAGE", tmp_path / "nowhere")
    monkeypatch.setattr(formula, "PAGES", "no-such-folder")
    assert formula.page_text("str") == formula.MISSING


def test_the_passage_opens_in_a_window(qtbot):
    dialog = show_formula("kept-share")
    qtbot.addWidget(dialog)
    assert dialog.isVisible()
    assert dialog.text.toPlainText()
