from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.core.figures import Link
from ledger.core.filters import Filter
from ledger.metrics import chart_data as module
from ledger.metrics.chart_data import OTHERS, OUTCOMES, flow, sessions, week_hours
from tests.metrics.rows import HALF_S, MONDAY_S, Row, Use, frame, ledgers, spent

ZONES = [UTC, ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Kathmandu"), ZoneInfo("America/New_York")]


def flowed(rows, wanted=None):
    made = frame(rows)
    return flow(made, made.select(wanted or Filter()))


@settings(max_examples=40)
@given(ledgers())
def test_all_that_was_spent_flows_through_both_halves(rows):
    found = flowed(rows)
    whole = sum(use.te for row in rows for use in row.uses) / 20_000_000
    to_model = sum(link.mte for link in found.links if link.source in found.tools)
    to_outcome = sum(link.mte for link in found.links if link.target in found.outcomes)
    assert to_model == pytest.approx(whole)
    assert to_outcome == pytest.approx(whole)
    for model in found.models:
        into = sum(link.mte for link in found.links if link.target == model)
        out = sum(link.mte for link in found.links if link.source == model)
        assert into == pytest.approx(out)


def test_names_stand_from_large_to_small():
    rows = [
        Row(1, tool="codex", tag=3, uses=(spent(20_000_000, model="b"),)),
        Row(2, tool="claude-code", tag=1, uses=(spent(60_000_000, model="a"),)),
    ]
    found = flowed(rows)
    assert found.tools == ("claude-code", "codex")
    assert found.models == ("a", "b")
    assert found.outcomes == OUTCOMES == ("kept", "edited", "thrown away", "untagged")
    assert found.links == (
        Link("claude-code", "a", 3.0),
        Link("codex", "b", 1.0),
        Link("a", "kept", 3.0),
        Link("b", "thrown away", 1.0),
    )


def test_beyond_the_eight_largest_they_are_drawn_together():
    uses = tuple(spent(20_000_000 * (20 - n), model=f"m{n:02}") for n in range(11))
    found = flowed([Row(1, tag=0, uses=uses)])
    assert found.models == (*(f"m{n:02}" for n in range(8)), OTHERS)
    assert Link("claude-code", OTHERS, 12 + 11 + 10) in found.links
    assert Link(OTHERS, "untagged", 33.0) in found.links


def test_a_filter_is_followed():
    rows = [Row(1, tag=1, uses=(spent(5),)), Row(2, tool="codex", uses=(spent(5),))]
    assert flowed(rows, Filter(tools=frozenset({"codex"}))).tools == ("codex",)


def test_an_empty_selection_has_no_links():
    found = flowed([])
    assert (found.tools, found.models, found.links) == ((), (), ())


def dots(rows, wanted=None, **more):
    made = frame(rows)
    return sessions(made, made.select(wanted or Filter()), zone=UTC, **more)


@settings(max_examples=40)
@given(ledgers(unknown=False))
def test_every_session_adds_up_what_its_interactions_spent(rows):
    found = {dot.session: dot for dot in dots(rows)}
    assert set(found) == {row.session for row in rows}
    for session, dot in found.items():
        mine = sorted((row.time_s, row.id) for row in rows if row.session == session)
        uses = [(row.tag, use.te) for row in rows if row.session == session for use in row.uses]
        tagged = sum(te for tag, te in uses if tag)
        whole = sum(te for _, te in uses)
        assert (dot.time_s, dot.first) == mine[0]
        assert dot.interactions == len(mine)
        assert dot.mte == pytest.approx(whole / 20_000_000)
        assert dot.coverage == pytest.approx(tagged / whole if whole else 0.0)
        if tagged:
            kept = sum(te * {1: 1, 2: 0.5, 3: 0}[tag] for tag, te in uses if tag)
            assert dot.worth == pytest.approx(kept / tagged)
        else:
            assert dot.worth is None


def test_a_session_with_an_uncounted_request_is_not_called_kept_throughout():
    rows = [
        Row(1, tag=1, uses=(spent(10),)),
        Row(2, MONDAY_S + 60, tag=3, uses=(Use(0, unknown=1),)),
        Row(3, MONDAY_S + 120, uses=(Use(0, unknown=1),)),
    ]
    (dot,) = dots(rows)
    assert dot.worth == pytest.approx(1 / 2)
    assert dot.coverage == pytest.approx(2 / 3)
    assert dot.mte == pytest.approx(10 / 20_000_000)


def test_they_come_in_the_order_of_their_beginning():
    rows = [Row(n, MONDAY_S + 60 * n, session=90 - n, uses=(spent(5),)) for n in range(9)]
    assert [dot.session for dot in dots(rows)] == [90 - n for n in range(9)]


def test_a_filter_leaves_sessions_out_and_keeps_the_tool():
    rows = [Row(1, session=1, tool="codex", uses=(spent(5),)), Row(2, session=2, uses=(spent(5),))]
    (only,) = dots(rows, Filter(tools=frozenset({"codex"})))
    assert (only.session, only.tool, only.first) == (1, "codex", 1)


def test_edited_counts_as_the_person_says():
    assert dots([Row(1, tag=2, uses=(spent(5),))], edited_worth=30)[0].worth == pytest.approx(0.3)


def test_of_too_many_an_even_sample_is_drawn(monkeypatch):
    monkeypatch.setattr(module, "MOST_DOTS", 5)
    rows = [Row(n, MONDAY_S + 60 * n, session=n, uses=(spent(5),)) for n in range(20)]
    assert [dot.session for dot in dots(rows)] == [0, 4, 8, 12, 16]


def test_an_empty_selection_has_no_sessions():
    assert dots([]) == []


def hours(rows, zone=UTC, wanted=None, **more):
    made = frame(rows)
    return week_hours(made, made.select(wanted or Filter()), zone=zone, **more)


@settings(max_examples=40)
@given(ledgers(), st.sampled_from(ZONES))
def test_every_block_is_counted_at_the_local_hour_it_begins_in(rows, zone):
    expected = {}
    for _, half in {row.block for row in rows if row.is_prompted}:
        begin = datetime.fromtimestamp(half * HALF_S, UTC).astimezone(zone)
        key = begin.weekday(), begin.hour
        expected[key] = expected.get(key, 0) + 1
    found = hours(rows, zone)
    assert {
        (day, hour): count
        for day, row in enumerate(found.blocks)
        for hour, count in enumerate(row)
        if count
    } == expected


def at(moment, zone, **more):
    time_s = int(datetime.fromisoformat(moment).replace(tzinfo=zone).timestamp())
    return Row(1, time_s, uses=(spent(100, time_s),), **more)


@pytest.mark.parametrize(
    ("moment", "hour"),
    [("2026-03-29T09:15", 9), ("2026-10-25T09:15", 9), ("2026-10-25T01:45", 1)],
)
def test_days_on_which_clocks_change_keep_their_hours(moment, hour):
    zone = ZoneInfo("Europe/Berlin")
    found = hours([at(moment, zone)], zone)
    assert found.blocks[6][hour] == 1  # both are Sundays


def test_the_kept_share_is_of_what_is_tagged():
    berlin = ZoneInfo("Europe/Berlin")
    rows = [
        Row(n, at("2026-06-03T10:05", berlin).time_s, tag=tag, uses=(spent(te),))
        for n, (tag, te) in enumerate([(1, 100), (2, 100), (3, 200), (0, 900)])
    ]
    found = hours(rows, berlin)
    assert found.kept_share[2][10] == pytest.approx(150 / 400)
    assert hours(rows, berlin, edited_worth=100).kept_share[2][10] == pytest.approx(0.5)
    assert sum(share is not None for row in found.kept_share for share in row) == 1


def test_automation_begins_no_block():
    row = at("2026-06-03T10:05", UTC, origin=4, tag=3)
    found = hours([row])
    assert sum(map(sum, found.blocks)) == 0
    assert found.kept_share[2][10] == 0.0


def test_an_empty_selection_is_an_empty_week():
    found = hours([])
    assert len(found.blocks) == len(found.kept_share) == 7
    assert {len(row) for row in found.blocks} == {24}
    assert sum(map(sum, found.blocks)) == 0
