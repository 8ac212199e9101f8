from datetime import UTC, date

import numpy as np
import pytest

from ledger.core.figures import Change
from ledger.core.filters import ANY
from ledger.core.vocabulary import Intent, Kind, Tag
from ledger.flows.insights import findings
from ledger.flows.insights.findings import (
    MOST,
    cache_sentence,
    interval_words,
    kind_sentence,
    shift_sentence,
    stop_sentence,
    uneven_sentence,
)
from ledger.metrics.changes import CacheShare
from ledger.metrics.fate_rates import FateRate
from ledger.metrics.frame import Frame
from ledger.metrics.tally import summary_of
from tests.flows.insights.test_charts import DAY, MTE, NOON, frame, steady
from tests.metrics.kinds import HOUR, kinds_frame


def said(made, now_s=NOON):
    whole = summary_of(made, made.select(ANY), "all", zone=UTC)
    trying = findings.findings(made, ANY, whole, now_s, UTC)
    while True:
        try:
            next(trying)
        except StopIteration as end:
            return end.value


def claimed(made, now_s=NOON):
    """Return what each family claims."""
    about = findings.FindingContext(made, ANY, made.select(ANY), now_s, UTC, 50)
    families = (
        findings._kinds, findings._tools, findings._stop, findings._shift, findings._cache,
        findings._uneven, findings._few_thrown,
    )  # fmt: skip
    return [found for found in (family(about) for family in families) if found]


def kinds(*groups):
    """Return one block every two hours; a group is (kind, kept, thrown away, untagged)."""
    rows, at = [], 0
    for kind, kept, thrown, untagged in groups:
        for tag, number in ((Tag.KEPT, kept), (Tag.THROWN_AWAY, thrown), (0, untagged)):
            for _ in range(number):
                rows.append((at * 2 * HOUR, kind, tag))
                at += 1
    return kinds_frame(*rows)


def test_findings_are_at_most_three_and_claims_come_first():
    thrown = [
        (NOON - n * DAY, Tag.THROWN_AWAY, (40 if n == 0 else 1) * MTE // 10) for n in range(20)
    ]
    rows = [
        *((t, tag, te, 0) for t, tag, te in steady(20, ago=30)),
        *((t, tag, 20 * te, 1) for t, tag, te in steady(20, ago=30)),
        *thrown,
        (NOON - 5, 0, 90 * MTE, 2, 0),
        (NOON - 9, Tag.KEPT, 50 * MTE, 2, int(Intent.EXPERIMENT)),
    ]
    found = said(frame(*rows))
    assert len(found) == MOST
    texts = [one.text for one in found]
    assert any(text.startswith("Claude Code gave more signal per token") for text in texts)
    assert not any("experiments" in text for text in texts)


def test_nothing_is_found_where_nothing_differs():
    assert said(frame(*steady(20))) == ()
    assert said(Frame.empty()) == ()


def test_a_kind_whose_interval_stays_apart_is_told():
    made = kinds((Kind.REFACTOR, 30, 2, 0), (Kind.DRAFT, 10, 40, 0), (Kind.FIX, 20, 20, 0))
    first = said(made)[0]
    assert first.text.startswith("Refactors: you kept 30 of 32 half-hours")
    assert first.words == "kind:refactor"


@pytest.mark.parametrize(
    "groups",
    [
        [(Kind.REFACTOR, 6, 1, 0), (Kind.DRAFT, 5, 20, 0)],  # too few
        [(Kind.REFACTOR, 10, 0, 90), (Kind.DRAFT, 5, 20, 0)],  # only the winners are tagged
        [(Kind.UNSORTED, 40, 0, 0), (Kind.DRAFT, 5, 40, 0)],  # it has no kind
    ],
)
def test_a_kind_is_not_told_where_little_is_known(groups):
    found = [one.statement.text for one in claimed(kinds(*groups))]
    assert not any(text.startswith(("Refactors", "unsorted")) for text in found)


def test_chance_alone_makes_next_to_no_claims():
    """With every kind alike, ten tries of nine kinds each claim at most one."""
    draw = np.random.Generator(np.random.PCG64(7))
    claims = 0
    for _ in range(10):
        rows = [
            (n * 2 * HOUR, int(draw.integers(1, 10)), Tag.KEPT if draw.random() < 0.6 else 3)
            for n in range(250)
        ]
        claims += sum("you kept" in one.statement.text for one in claimed(kinds_frame(*rows)))
    assert claims <= 1


def test_a_size_past_which_little_is_kept_is_told():
    small = [(NOON - n * DAY, Tag.KEPT, MTE) for n in range(60)]
    large = [(NOON - n * DAY - 3 * HOUR, Tag.THROWN_AWAY, 20 * MTE) for n in range(30)]
    texts = [one.statement.text.replace("\u202f", " ") for one in claimed(frame(*small, *large))]
    assert any(
        text.startswith("Half-hours past ") and "0 % end up kept (0–" in text for text in texts
    )


def test_a_change_of_the_cache_is_told_only_when_it_is_clear():
    def made(before, now):
        old = [(n * 24 * HOUR, 1, 1) for n in range(28)]
        new = [((28 + n) * 24 * HOUR, 1, 1) for n in range(28)]
        joined = kinds_frame(*old, *new)
        noise = np.arange(56) * 37 % 11 * 40
        object.__setattr__(joined, "cache_read", np.repeat([before, now], 28) + noise)
        return joined, int(joined.time_s[-1]) + 7 * DAY

    def texts(*pair):
        return [one.statement.text for one in claimed(*made(*pair))]

    assert any("read from a cache" in text for text in texts(1000, 9000))
    assert not any("read from a cache" in text for text in texts(3000, 3100))


def test_uneven_spending_is_told():
    rows = [(NOON - n * DAY, Tag.KEPT, 60 * MTE if n == 0 else MTE) for n in range(40)]
    assert any("The largest 5" in one.statement.text for one in claimed(frame(*rows)))


def test_housekeeping_fills_what_claims_leave():
    rows = [*steady(20), (NOON - 5, 0, 30 * MTE)]
    texts = [one.text for one in said(frame(*rows))]
    assert any("largest untagged" in text for text in texts)


GOOD, REST = FateRate("refactor", 12, 10, 9, 1), FateRate("all", 60, 50, 20, 30)


def plain(statement):
    return statement.text.replace("\u202f", " ")


def test_a_kind_is_told_with_its_number_its_interval_and_the_rest():
    said = kind_sentence(GOOD, REST, 0.95)
    assert plain(said) == (
        "Refactors: you kept 9 of 10 half-hours (62–99 %), of all other work 40 % (27–54 %)."
    )
    assert said.words == "kind:refactor"


def test_a_size_is_told_against_those_that_stopped_before():
    said = stop_sentence(
        3.0, FateRate("past", 60, 60, 17, 0), FateRate("short", 80, 80, 60, 0), 0.95
    )
    assert plain(said).startswith("Half-hours past 3.0 M tokens: 28 % end up kept (18–41 %, of 60)")
    assert plain(said).endswith("Of those that stop before it is 75 % (65–83 %).")
    assert said.chart == "size"


def test_a_change_leads_to_its_chart():
    change = Change(week=date(2026, 8, 3), weeks_either_way=2, factor=1.8, p=0.001)
    assert "3 Aug 2026" in shift_sentence(change).text
    assert shift_sentence(change).chart == "changing"


def test_what_is_read_from_a_cache_is_told_for_both_periods():
    one, other = CacheShare(0.62, 0.55, 0.7, 20), CacheShare(0.81, 0.75, 0.86, 19)
    assert plain(cache_sentence(one, other, date(2026, 11, 14), 28)) == (
        "62 % of the input was read from a cache in the four weeks to 14 Nov (55–70 %), "
        "81 % in the four weeks before (75–86 %). What is read from a cache costs about a tenth."
    )


def test_uneven_spending_is_told_with_how_many():
    assert plain(uneven_sentence(0.53, 240)) == (
        "The largest 5 % of your 240 half-hours of work took 53 % of the tokens."
    )


def test_an_interval_of_nothing_contrary_reaches_the_end():
    assert interval_words(FateRate("x", 10, 10, 10, 0), 0.95).replace("\u202f", " ") == "78–100 %"
