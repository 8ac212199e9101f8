from datetime import UTC

import pytest
from hypothesis import given, settings

from ledger.core.filters import Filter
from ledger.metrics import sessions as module
from ledger.metrics.sessions import sessions
from tests.metrics.rows import MONDAY_S, Row, frame, ledgers, spent


def dots(rows, wanted=None, **more):
    made = frame(rows)
    return sessions(made, made.select(wanted or Filter()), zone=UTC, **more)


@settings(max_examples=40)
@given(ledgers())
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
