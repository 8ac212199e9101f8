"""Sentences are said only as far as gates and intervals support them."""

from dataclasses import replace

import numpy as np
import pytest

from ledger.core.figures import Ratio, Summary
from ledger.flows.insights import headline

SURE = Ratio(lower=2.9, upper=3.5, point=3.2, low=2.6, high=4.0, blocks=60, days=20)
WHOLE = Summary(
    key="all",
    interactions=200,
    requests=900,
    kept=100,
    edited=30,
    thrown_away=20,
    untagged=50,
    mte=18.0,
    ratio=SURE,
    kept_share_lower=0.61,
    kept_share_upper=0.62,
    coverage=0.78,
    coverage_blocks=0.8,
)


def words(said):
    """Return all sentences as one text with ordinary spaces."""
    return " ".join(statement.text for statement in said).replace("\u202f", " ")


def test_the_headline_says_share_ratio_and_coverage():
    assert words(headline.headline(WHOLE)) == (
        "61 % of what you spent went into work you kept. "
        "For each million tokens you got 3.2 half-hours of kept work, between 2.6 and 4.0. "
        "78 % of it is tagged. Edited work counts half."
    )


def test_every_sentence_leads_to_its_formula():
    assert [s.anchor for s in headline.headline(WHOLE)] == ["kept-share", "str", "coverage"]


def test_a_share_that_the_untagged_could_raise_is_told_as_at_least():
    wide = replace(WHOLE, kept_share_upper=0.83)
    assert "At least 61 % of what you spent" in words(headline.headline(wide))


def test_an_assumption_is_named():
    assumed = replace(WHOLE, ratio=replace(SURE, assumed=True))
    assert "if what is untagged turned out like the rest" in words(headline.headline(assumed))


def test_an_empty_period_says_only_that():
    assert words(headline.headline(Summary(key="all"))) == "Nothing was logged in this period."


def test_what_edited_work_counts_is_said_only_where_there_is_some():
    assert "Edited" not in words(headline.headline(replace(WHOLE, edited=0)))
    assert "counts 30" in words(headline.headline(WHOLE, edited_worth=30))


def test_without_a_tag_no_figure_is_shown():
    untagged = replace(WHOLE, coverage=0.0, ratio=Ratio(lower=0.0, upper=4.0, blocks=60, days=9))
    said = words(headline.headline(untagged, tags_needed=12))
    assert said == (
        "Nothing is tagged yet. "
        "Say what became of a few of your 200 interactions, and this page begins to answer. "
        "A first estimate needs at least 12 tags."
    )


@pytest.mark.parametrize(
    ("ratio", "reason"),
    [
        (Ratio(lower=1.0, upper=1.0, blocks=5, days=5), "needs 8 half-hours of work, 5 so far"),
        (Ratio(lower=1.0, upper=1.0, blocks=9, days=2), "needs work on 3 days, 2 so far"),
    ],
)
def test_too_little_work_is_told_without_a_figure(ratio, reason):
    said = words(headline.headline(replace(WHOLE, ratio=ratio)))
    assert "Too little to say yet." in said
    assert reason in said
    assert "For each million tokens" not in said


def test_below_half_coverage_bounds_stand_with_the_tags_still_needed():
    bare = Ratio(lower=0.4, upper=6.1, blocks=60, days=20)
    said = words(headline.headline(replace(WHOLE, ratio=bare, coverage=0.3), tags_needed=8))
    assert "between 0.4 and 6.1 half-hours of kept work." in said
    assert "An estimate needs at least 8 more tags." in said


def test_requests_without_counts_can_keep_an_estimate_back():
    bare = Ratio(lower=0.4, upper=6.1, blocks=60, days=20)
    summary = replace(WHOLE, ratio=bare, unknown=300)
    assert "no token counts" in headline.lacking(summary)


@pytest.mark.parametrize(
    ("blocks", "spending", "reason"),
    [
        (0.9, 0.3, "An estimate needs more tags."),
        (0.1, 0.9, "An estimate needs more tags."),
        (0.9, 0.9, "The figures vary too much for an estimate."),
    ],
)
def test_tags_are_asked_for_only_where_work_or_spending_lacks_them(blocks, spending, reason):
    bare = Ratio(lower=0.4, upper=6.1, blocks=60, days=20)
    summary = replace(WHOLE, ratio=bare, coverage=spending, coverage_blocks=blocks)
    assert headline.lacking(summary) == reason


def test_between_eight_and_thirty_half_hours_only_the_interval_is_said():
    ratio = replace(SURE, point=None, blocks=12)
    said = words(headline.headline(replace(WHOLE, ratio=ratio)))
    assert "you got between 2.6 and 4.0 half-hours of kept work." in said
    assert "3.2" not in said


def between(low, high, point=None):
    """Return a summary with this interval."""
    ratio = Ratio(lower=low, upper=high, point=point, low=low, high=high, blocks=40, days=20)
    return replace(WHOLE, ratio=ratio)


def test_a_difference_is_told_only_when_intervals_lie_apart():
    more = headline.change(between(3, 4, 3.5), between(1, 2, 1.5), "these", "those")
    less = headline.change(between(1, 2, 1.5), between(3, 4, 3.5), "these", "those")
    same = headline.change(between(1, 3.1, 2), between(3, 4, 3.5), "these", "those")
    assert more.text.startswith("More signal per token in these: 3.5 (3.0–4.0)")
    assert less.text.startswith("Less signal per token in these")
    assert same.text.startswith("No clear difference.")


def test_a_period_without_interval_is_named():
    bare = replace(WHOLE, ratio=Ratio(lower=1.0, upper=2.0, blocks=3, days=2))
    said = headline.change(between(3, 4), bare, "these weeks", "the weeks before").text
    assert said == (
        "Too little to say yet. In the weeks before you began 3 half-hours of work on 2 days."
    )


def test_a_period_without_interactions_is_named():
    said = headline.change(Summary(key="all"), WHOLE, "these weeks", "before").text
    assert "Nothing was logged in these weeks." in said


def test_tools_are_told_apart_only_beyond_what_a_tokenizer_explains():
    names = {"a": "Alpha", "b": "Beta"}
    far = [replace(between(6, 8, 7), key="a"), replace(between(1, 2, 1.5), key="b")]
    near = [replace(between(2.5, 4, 3), key="a"), replace(between(1, 2, 1.5), key="b")]
    said = headline.compared(far, names)
    assert said is not None
    assert said.text.startswith("Alpha gave more signal per token than Beta: 7.0 (6.0–8.0)")
    assert said.text.endswith("You chose which got which job.")
    assert headline.compared(near, names) is None


def test_one_group_is_not_compared_with_itself():
    assert headline.compared([replace(between(1, 2), key="a")], {}) is None
    assert headline.compared([], {}) is None


def test_a_few_large_throwaways_are_worth_knowing():
    sizes = np.asarray([50, *[1] * 19])
    said = headline.concentration(sizes, sizes)
    assert said is not None
    assert said.text.startswith("1 interaction of the 20 that you threw away took 72")


@pytest.mark.parametrize("sizes", [[], [5] * 7, [1] * 40])
def test_even_or_few_throwaways_are_not(sizes):
    sizes = np.asarray(sizes, dtype=np.int64)
    assert headline.concentration(sizes, sizes) is None


def test_few_throwaways_are_told_only_if_what_was_not_counted_cannot_change_it():
    low, high = np.asarray([50, *[1] * 19]), np.asarray([50, *[1] * 18, 20])
    said = headline.concentration(low, high)
    assert said is not None
    assert "took at least 57" in said.text
    assert headline.concentration(low, np.asarray([1000] * 20)) is None


def test_few_is_the_least_number_that_makes_half():
    for sizes, few in (([5, 1, 1, 1], 1), ([1, 1, 1, 1], 2), ([3, 2, 2], 2)):
        assert headline.number_to_half(np.asarray(sizes), np.asarray(sizes)) == few


def test_with_many_requests_uncounted_no_share_is_told_as_if_it_were_known():
    half = replace(WHOLE, unknown=300, kept_share_lower=0.0, kept_share_upper=0.8)
    said = words(headline.headline(half))
    assert "Between 0 % and 80 % of what you spent went into work you kept." in said
    assert "Some of it is tagged." in said
    assert "All" not in said
    everything = replace(half, coverage=1.0)
    assert "All of it is tagged." in words(headline.headline(everything))


def test_large_untagged_interactions_are_worth_a_tag():
    said = headline.lift(0.5, 0.75, 5)
    assert said is not None
    assert "bring" in said.text
    assert headline.lift(0.5, 0.51, 5) is None
    assert headline.lift(0.5, 0.5, 0) is None


def test_experiments_are_named_without_blame():
    said = headline.experiments(0.18)
    assert said is not None
    assert "no waste" in said.text
    assert headline.experiments(0.0) is None


def test_requests_without_counts_are_named():
    assert headline.unknown(WHOLE) is None
    said = headline.unknown(replace(WHOLE, unknown=1))
    assert said is not None
    assert said.text.startswith("1 request tells no token counts")


def test_a_point_from_questions_says_how_many_answers_it_rests_on():
    figure = Ratio(
        lower=1.0, upper=6.0, point=3.2, sampled=True, answers=34, sample_low=2.6, sample_high=4.0,
        blocks=200, days=40,
    )  # fmt: skip
    said = headline.ratio(Summary(key="all", interactions=300, coverage=0.2, ratio=figure))
    assert said is not None
    assert said.text == (
        "For each million tokens you got 3.2 half-hours of kept work, between 2.6 and 4.0: "
        "34 answers to questions drawn by lot speak for the rest."
    )
