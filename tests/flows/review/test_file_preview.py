import pytest

from ledger.core.report import Include
from ledger.flows.review.exporting import FORMATS
from ledger.flows.review.file_preview import ROW_FORMS, FileRequest, allowed_in, preview
from ledger.flows.review.recipe import Recipe
from ledger.host.whoami import Identity
from tests.reviews import CLAIMS, QUARTER, a_frame

WHO = Identity(("ada",), ("lovelace",), "/home/ada")


def request(form="md", period=QUARTER, **more):
    recipe = Recipe(period=period.name, **more)
    return FileRequest(form=form, period=period, recipe=recipe, edited_worth=50)


def test_the_file_is_the_same_when_made_twice():
    frame = a_frame()
    for form in ("md", "html", "csv", "json", "rows-csv"):
        first, second = (preview(frame, request(form), WHO) for _ in range(2))
        assert first.file.data == second.file.data


@pytest.mark.parametrize("form", sorted({*FORMATS, *ROW_FORMS} - {"pdf", "docx"}))
def test_every_form_has_a_file_and_nothing_of_what_stays(form):
    shown = preview(a_frame(), request(form, words=CLAIMS), WHO)
    assert shown.problem is None
    assert b"heron" not in shown.file.data
    assert (shown.page is not None) is (form not in ROW_FORMS)


def test_a_name_that_must_not_leave_is_told_with_both_ways_out():
    claims = CLAIMS.__class__(dead_end="The heron importer.")
    shown = preview(a_frame(), request(words=claims), WHO)
    assert shown.file is None
    assert shown.page is not None
    (leak,) = shown.leaks
    assert (leak.word, leak.include) == ("heron", Include.PROJECT_NAMES)
    assert leak.where == "in the dead end"


def test_a_word_may_pass_and_a_kind_may_be_let_in():
    claims = CLAIMS.__class__(dead_end="The heron importer.")
    for permission in (
        {"allowed": frozenset(("heron",))},
        {"include": frozenset((Include.PROJECT_NAMES,))},
    ):
        assert preview(a_frame(), request(words=claims, **permission), WHO).file is not None


def test_the_names_behind_the_letters_are_for_ones_own_screen():
    shown = preview(a_frame(), request(), WHO)
    assert {alias.real for alias in shown.aliases} == {"heron", "atlas-core"}
    assert {alias.shown for alias in shown.aliases} == {"Project A", "Project B"}


def test_a_period_without_work_says_why_there_is_no_file():
    period = QUARTER.__class__(
        name="2020-Q1", first=QUARTER.first.replace(year=2020), last=QUARTER.last.replace(year=2020)
    )
    for form in ("md", "rows-csv"):
        shown = preview(a_frame(), request(form, period), WHO)
        assert shown.file is None
        assert shown.problem.hint


def test_the_rows_behind_it_are_told_newest_first_and_those_left_out_apart():
    frame = a_frame()
    everything = preview(frame, request(), WHO).inside
    times = dict(zip(frame.id.tolist(), frame.time_s.tolist(), strict=True))
    assert [times[identity] for identity in everything] == sorted(
        map(times.get, everything), reverse=True
    )
    out = frozenset(everything[:3])
    left = preview(frame, request(left_out=out), WHO)
    assert set(left.outside) == out
    assert set(left.inside) == set(everything) - out


def test_rows_and_reviews_let_in_different_things():
    assert Include.TIMES in allowed_in("rows-csv")
    assert Include.MONEY not in allowed_in("rows-csv")
    assert Include.TIMES not in allowed_in("pdf")
