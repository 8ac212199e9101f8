from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.core.filters import ANY, Filter
from ledger.core.vocabulary import TOOLS, Intent, Tag
from ledger.metrics.frame import MAX_SCANNED_IDS, Frame
from ledger.metrics.grouping import grouping
from ledger.metrics.table import PORTIONS, ROWS
from tests.metrics.rows import MODELS, MONDAY_S, PROJECTS, Row, columns, frame, ledgers, spent


def content(made):
    """Return all that a frame says, whatever the numbering of its names."""
    rows = [
        (*(int(getattr(made, name)[at]) for name in ROWS if name != "project"),
         made.projects[made.project[at]],
         tuple(sorted(name for name, ids in made.labels.items() if int(made.id[at]) in ids)))
        for at in range(len(made))
    ]  # fmt: skip
    portions = sorted(
        (int(made.id[made.owner[at]]), made.models[made.model[at]],
         *(int(getattr(made, name)[at]) for name in PORTIONS if name not in ("owner", "model")))
        for at in range(len(made.owner))
    )  # fmt: skip
    return rows, portions


# Where the ledgers are crowded, and mostly beside the quarter-hours.
moments = st.builds(
    lambda day, minute: MONDAY_S + day * 86_400 + 9 * 3600 + minute * 60,
    st.integers(0, 2),
    st.integers(-5, 250),
)

filters = st.builds(
    Filter,
    since_s=st.none() | moments,
    until_s=st.none() | moments,
    tools=st.frozensets(st.sampled_from([str(tool) for tool in TOOLS] + ["none"]), max_size=2),
    models=st.frozensets(st.sampled_from((*MODELS, "none")), max_size=2),
    projects=st.frozensets(st.sampled_from((*PROJECTS, "/none")), max_size=2),
    labels=st.frozensets(st.sampled_from(("x", "y", "none")), max_size=2),
    tags=st.frozensets(st.integers(0, 3), max_size=2),
    intents=st.frozensets(st.sampled_from(Intent), max_size=2),
    ids=st.none() | st.frozensets(st.integers(0, 110), max_size=40),
)


def passes(row, wanted):
    """Say whether a row agrees with all of the filter but time and model."""
    return (
        (not wanted.tools or row.tool in wanted.tools)
        and (not wanted.projects or row.project in wanted.projects)
        and (not wanted.labels or bool(row.labels & wanted.labels))
        and (not wanted.tags or row.tag in wanted.tags)
        and (not wanted.intents or row.intent in wanted.intents)
        and (wanted.ids is None or row.id in wanted.ids)
    )


def is_within(moment, wanted):
    since = -(10**12) if wanted.since_s is None else wanted.since_s
    until = 10**12 if wanted.until_s is None else wanted.until_s
    return since <= moment < until


@given(ledgers(), filters)
def test_a_selection_is_what_the_filter_says(rows, wanted):
    made = frame(rows)
    found = made.select(wanted)
    mine = [row for row in rows if passes(row, wanted)]
    model = {row.id: {use.model for use in row.uses} & wanted.models for row in mine}
    expected = {
        row.id
        for row in mine
        if is_within(row.time_s, wanted) and (not wanted.models or model[row.id])
    }
    assert set(made.id[found.interactions].tolist()) == expected
    assert set(made.id[found.rows].tolist()) == expected
    portions = sorted(
        (row.id, use.te)
        for row in mine
        for use in row.uses
        if is_within(use.quarter * 900, wanted)
        and (not wanted.models or use.model in wanted.models)
    )
    chosen = made.owner[found.parts]
    ids = made.id[chosen].tolist()
    assert sorted(zip(ids, made.te[found.portions].tolist(), strict=True)) == portions


@given(ledgers(), filters, moments)
def test_periods_add_up(rows, wanted, cut):
    made = frame(rows)
    wanted = replace(wanted, since_s=None, until_s=None)
    whole = made.select(wanted)
    parts = made.select(replace(wanted, until_s=cut)), made.select(replace(wanted, since_s=cut))
    for name in ("interactions", "portions"):
        both = [getattr(part, name).astype(int) for part in parts]
        assert (both[0] + both[1] == getattr(whole, name)).all()


@given(ledgers(), ledgers(), st.sets(st.integers(0, 120)), st.sampled_from((0, 28, 50)))
def test_a_patched_frame_is_that_of_the_changed_rows(rows, changed, gone, shift):
    changed = [replace(row, id=row.id + shift) for row in changed]
    after = {row.id: row for row in rows if row.id not in gone}
    after |= {row.id: row for row in changed}
    made = frame(rows).patched(columns(changed), gone)
    assert content(made) == content(frame(list(after.values())))
    assert content(made.patched(columns(changed))) == content(made)
    assert {name: getattr(made, name).dtype for name in (*ROWS, *PORTIONS)} == {
        name: getattr(frame([]), name).dtype for name in (*ROWS, *PORTIONS)
    }


@given(ledgers(), st.sets(st.integers(0, 110)), st.sampled_from((None, 0, *Tag)))
def test_a_retagged_frame_is_that_of_the_retagged_rows(rows, ids, tag):
    made = frame(rows)
    made.select(), made.blocks, made.days()
    before = content(made)
    other = made.with_tags(ids, tag)
    expected = [replace(row, tag=int(tag or 0)) if row.id in ids else row for row in rows]
    assert content(other) == content(frame(expected))
    assert content(made) == before


@given(ledgers(), st.data())
def test_a_revised_frame_is_that_of_the_judged_rows(rows, data):
    made = frame(rows)
    made.warm(), grouping(made, "kind"), grouping(made, "model"), made.cache(dict)
    before = content(made)
    judged = st.builds(
        lambda row, tag, intent, kind, label: replace(
            row, tag=tag, intent=intent, kind=kind, suggested=tag, confidence=kind,
            labels=frozenset(label),
        ),
        st.sampled_from(rows or [Row(1)]), st.integers(0, 3), st.integers(0, 1),
        st.integers(0, 4), st.sampled_from(("", "x")),
    )  # fmt: skip
    changed = {row.id: row for row in data.draw(st.lists(judged, max_size=5))}
    other = made.revised(columns(list(changed.values())))
    expected = frame(list(({row.id: row for row in rows} | changed).values()))
    assert content(other) == content(expected)
    assert other.delivering.tolist() == expected.delivering.tolist()
    assert grouping(other, "kind").group.tolist() == expected.kind.tolist()
    assert content(made) == before


def test_revising_keeps_what_times_places_and_usage_say_and_nothing_else():
    made = frame([Row(1), Row(2)]).warm()
    models = grouping(made, "model")
    made.cache(dict)["key"] = 1
    other = made.revised(columns([Row(2, intent=1)]))
    assert other.blocks is made.blocks
    assert grouping(other, "model") is models
    assert other.cache(dict) == {}


def test_rows_that_came_or_went_meanwhile_are_put_in_place_all_the_same():
    made = frame([Row(1), Row(2)])
    assert made.revised(columns([Row(3)]), gone=[1]).id.tolist() == [2, 3]


def test_many_ids_are_found_as_few_are():
    rows = [Row(number * 3, MONDAY_S + number) for number in range(100)]
    made = frame(rows)
    few = [*range(0, 3 * MAX_SCANNED_IDS - 3, 3), 1]
    assert made.positions(few).tolist() == list(range(len(few) - 1))
    many = list(range(200))
    assert sorted(made.positions(many).tolist()) == list(range(67))
    assert made.positions(few).tolist() == list(range(len(few) - 1))
    assert made.positions([]).tolist() == []


def test_an_empty_frame_answers():
    made = Frame.empty()
    assert len(made) == 0
    assert len(made.select(ANY).interactions) == 0
    assert made.positions(range(40)).tolist() == []
    assert made.days().days == ()
    assert len(made.patched(columns([Row(1)]))) == 1


def test_a_frame_cannot_be_written():
    made = frame([Row(1)])
    with pytest.raises(ValueError, match="read-only"):
        made.tag[0] = 1


def test_unknown_requests_stand_at_their_ceiling_and_known_ones_do_not():
    made = frame([Row(1, uses=(spent(30, high=40), spent(5, unknown=1)))])
    assert made.te_ceiling.tolist() == [40, 5 + 10_000_000]
    assert frame([Row(1, uses=(spent(30, high=40),))]).te_ceiling.tolist() == [40]


def test_portions_that_are_estimated_or_unknown_are_unsure():
    uses = (spent(30), spent(30, high=40), spent(5, unknown=1), spent(7, low=6))
    assert frame([Row(1, uses=uses)]).unsure.tolist() == [1, 2, 3]


def test_kept_things_belong_to_one_frame_and_outlive_a_tag():
    made = frame([Row(1)])
    made.cache(dict)["key"] = 1
    assert made.with_tags([1], Tag.KEPT).cache(dict) == {"key": 1}
    assert made.patched(columns([])).cache(dict) == {}


def test_selections_index_by_slice_where_nothing_is_left_out():
    found = frame([Row(1), Row(2)]).select()
    assert found.rows == slice(None)
    assert isinstance(frame([Row(1), Row(2, tag=1)]).select(Filter(tags={1})).rows, np.ndarray)


@pytest.mark.parametrize(("second", "before"), [(0, 0), (1, 1), (899, 1), (900, 1), (901, 2)])
def test_a_portion_lies_on_the_side_of_a_cut_where_its_quarter_begins(second, before):
    uses = tuple(spent(1, MONDAY_S + quarter * 900) for quarter in range(3))
    made = frame([Row(1, MONDAY_S, uses=uses)])
    cut = MONDAY_S + second
    assert made.select(Filter(until_s=cut)).portions.tolist() == [at < before for at in range(3)]
    assert made.select(Filter(since_s=cut)).portions.tolist() == [at >= before for at in range(3)]
