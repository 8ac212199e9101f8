import pytest

from ledger.core.report import Include
from ledger.flows.review.exporting import FORMATS
from ledger.flows.review.file_preview import ROW_FORMS, Wanted, allowed_in, preview
from ledger.flows.review.recipe import Recipe
from ledger.host.whoami import Identity
from tests.reviews import CLAIMS, QUARTER, a_frame

WHO = Identity(("ada",), ("lovelace",), "/home/ada")


def wanted(form="md", period=QUARTER, **more):
    recipe = Recipe(period=period.name, **more)
    return Wanted(form=form, period=period, recipe=recipe, edited_worth=50)


def test_the_file_is_the_same_when_made_twice():
    frame = a_frame()
    for form in ("md", "html", "csv", "json", "rows-csv"):
        first, second = (preview(frame, wanted(form), WHO) for _ in range(2))
        assert first.file.data == second.file.data


@pytest.mark.parametrize("form", sorted({*FORMATS, *ROW_FORMS} - {"pdf", "docx"}))
def test_every_form_has_a_file_and_nothing_of_what_stays(form):
    shown = preview(a_frame(), wanted(form, words=CLAIMS), WHO)
    assert shown.problem is None
    assert b"heron" not in shown.file.data
    assert (shown.page is not None) is (form not in ROW_FORMS)


def test_a_name_that_must_not_leave_is_told_with_both_ways_out():
    words = CLAIMS.__class__(dead_end="The heron importer.")
    shown = preview(a_frame(), wanted(words=words), WHO)
    assert shown.file is None
    assert shown.page is not None
    (leak,) = shown.leaks
    assert (leak.word, leak.include) == ("heron", Include.PROJECT_NAMES)
    assert leak.where == "in the dead end"


def test_a_word_may_pass_and_a_kind_may_be_let_in():
    words = CLAIMS.__class__(dead_end="The heron importer.")
    for way in (
        {"allowed": frozenset(("heron",))},
        {"include": frozenset((Include.PROJECT_NAMES,))},
    ):
        assert preview(a_frame(), wanted(words=words, **way), WHO).file is not None


def test_the_names_behind_the_letters_are_for_ones_own_screen():
    found = preview(a_frame(), wanted(), WHO)
    assert {alias.real for alias in found.aliases} == {"heron", "atlas-core"}
    assert {alias.shown for alias in found.aliases} == {"Project A", "Project B"}


def test_a_period_without_work_says_why_there_is_no_file():
    period = QUARTER.__class__(
        name="2020-Q1", first=QUARTER.first.replace(year=2020), last=QUARTER.last.replace(year=2020)
    )
    for form in ("md", "rows-csv"):
        found = preview(a_frame(), wanted(form, period), WHO)
        assert found.file is None
        assert found.problem.hint


def test_the_rows_behind_it_are_told_newest_first_and_those_left_out_apart():
    frame = a_frame()
    everything = preview(frame, wanted(), WHO).inside
    times = dict(zip(frame.id.tolist(), frame.time_s.tolist(), strict=True))
    assert [times[one] for one in everything] == sorted(map(times.get, everything), reverse=True)
    out = frozenset(everything[:3])
    left = preview(frame, wanted(left_out=out), WHO)
    assert set(left.outside) == out
    assert set(left.inside) == set(everything) - out


def test_rows_and_reviews_let_in_different_things():
    assert Include.TIMES in allowed_in("rows-csv")
    assert Include.MONEY not in allowed_in("rows-csv")
    assert Include.TIMES not in allowed_in("pdf")
