"""What looks at logs showed, and what is still to be looked at."""

from hypothesis import given
from hypothesis import strategies as st

from ledger.core.edits import Aspect, Changes
from ledger.core.evidence import ChangeFingerprint, Fate, Horizon, Survival
from ledger.core.parts import SpanPart
from ledger.core.vocabulary import Kind
from ledger.store import observations
from tests.store.worlds import observation, prompt, reading, request, session

TRACES = (
    ChangeFingerprint("/atlas/a.py", b"\x00\xff" * 20, 40, 8),
    ChangeFingerprint("/atlas/b\udc80.py", b"", 0, 1),
)


def log(store, *ids: int, end: int = 900) -> None:
    parts = [part for n in ids for part in (prompt(n, minute=n), SpanPart(n, end))]
    store.add([reading(session(), *parts)])


def test_what_is_written_is_read_back(store):
    whole = observation(
        11, kind=Kind.FIX, print=2**64 - 1, words=7, runs=3, failed_runs=2, reads=4, hand_edits=1,
        refused=True, rewound=True, traces=TRACES[:1],
    )  # fmt: skip
    assert store.evidence.set_observations([whole, observation(12)]) == Changes(
        Aspect.EVIDENCE, ids=frozenset({11, 12})
    )
    assert store.evidence.observations([11, 13]) == {11: whole}


@given(print_=st.integers(0, 2**64 - 1))
def test_a_print_keeps_all_its_bits(print_):
    row = observations._row(observation(11, print=print_), 1)
    assert -(2**63) <= row[4] < 2**63
    assert row[4] % 2**64 == print_


def test_a_later_look_replaces_the_former_with_its_traces(store):
    store.evidence.set_observations([observation(11, traces=TRACES)])
    assert len(store.evidence.observations([11])[11].traces) == 2
    store.evidence.set_observations([observation(11, traces=TRACES[:1], end=950)])
    assert store.evidence.observations([11])[11] == observation(11, traces=TRACES[:1], end=950)


def test_nothing_to_store_is_no_change(store):
    stamp = store.stamp()
    assert not store.evidence.set_observations([])
    assert store.stamp() == stamp


def test_what_nobody_looked_at_comes_newest_first(store):
    log(store, 11, 12, 13, 14)
    assert store.evidence.due_for_logs(1, 3) == [14, 13, 12]
    store.evidence.set_observations([observation(14), observation(13)])
    assert store.evidence.due_for_logs(1, 9) == [12, 11]


def test_a_longer_log_is_looked_at_again(store):
    log(store, 11, 12)
    store.evidence.set_observations([observation(11, end=900), observation(12, end=900)])
    assert store.evidence.due_for_logs(1, 9) == []
    store.add([reading(SpanPart(11, 1200), start=5000, mtime_ns=2)])
    assert store.evidence.due_for_logs(1, 9) == [11]


def test_what_grew_while_it_was_read_stays_on_the_list(store):
    log(store, 11, end=1200)
    store.evidence.set_observations([observation(11, end=900)])
    assert store.evidence.due_for_logs(1, 9) == [11]


def test_reading_a_log_again_asks_for_no_second_look(store):
    log(store, 11, 12)
    store.evidence.set_observations([observation(11, end=900), observation(12, end=900)])
    log(store, 11, 12)
    store.add([reading(request(21, 11))])
    assert store.evidence.due_for_logs(1, 9) == []


def test_newer_rules_look_at_everything_again_after_what_nobody_saw(store):
    log(store, 11, 12, 13)
    store.evidence.set_observations([observation(12, version=1), observation(13, version=2)])
    assert store.evidence.due_for_logs(2, 9) == [11, 12]
    assert store.evidence.due_for_logs(2, 1) == [11]
    assert store.evidence.due_for_logs(3, 9)[0] == 11
    assert set(store.evidence.due_for_logs(3, 9)) == {11, 12, 13}
    assert store.evidence.due_for_logs(1, 9) == [11, 13]
    assert store.evidence.count_due(2, 0) == (2, 0)
    assert store.evidence.count_due(3, 0) == (3, 0)


def test_a_log_that_is_gone_takes_nothing_away_and_is_not_asked_for_again(store):
    log(store, 11, 12)
    store.evidence.set_observations([observation(11, kind=Kind.FIX, traces=TRACES[:1])])
    store.evidence.set_observations([], [observation(n, version=2, end=0) for n in (11, 12)])
    assert store.evidence.due_for_logs(2, 9) == []
    expected = observation(11, kind=Kind.FIX, traces=TRACES[:1], version=2)
    assert store.evidence.observations([11])[11] == expected
    assert store.evidence.observations([12])[12].kind is Kind.UNSORTED


def test_the_three_before_a_new_one_are_looked_at_again_once(store):
    log(store, 11, 12, 13, 14, 15)
    store.evidence.set_observations([observation(n, end=900) for n in range(11, 16)])
    log(store, 16)
    assert store.evidence.due_for_logs(1, 9) == [16, 15, 14, 13]
    store.evidence.set_observations([observation(n, end=900) for n in range(13, 17)])
    store.add([reading(SpanPart(16, 950), start=5000, mtime_ns=2)])
    assert store.evidence.due_for_logs(1, 9) == [16]


def test_later_traces_are_those_of_later_interactions_with_a_file_in_common(store):
    log(store, 11, 12, 13, 14)
    a, b, c = (ChangeFingerprint(f"/atlas/{name}.py", name.encode(), 50, 9) for name in "abc")
    traces_by_id = {11: (a, b), 12: (b, c), 13: (c,), 14: (a,)}
    store.evidence.set_observations(
        [observation(n, traces=traces) for n, traces in traces_by_id.items()]
    )
    assert store.evidence.later_traces([11, 13]) == {11: (b, c, a), 13: ()}


def test_an_interaction_without_a_log_is_not_waited_for(store):
    store.add([reading(session(), request(21, None))])  # made by the store for the request
    assert store.count() == 1
    assert store.evidence.due_for_logs(1, 9) == []


def test_the_lists_are_walked_by_an_index(store):
    raw = store._connection.raw
    for question in (
        "SELECT interaction FROM unobserved ORDER BY time_ms DESC, interaction DESC LIMIT 5",
        "SELECT interaction FROM observation WHERE version < 3 OR version > 3 LIMIT 5",
        "SELECT interaction FROM checkup WHERE due_ms <= 5 ORDER BY due_ms LIMIT 5",
    ):
        plan = [row[3] for row in raw.execute(f"EXPLAIN QUERY PLAN {question}")]
        steps = [step for step in plan if "OR" not in step and "INDEX " not in step[:8]]
        assert all("USING COVERING INDEX" in step or "USING INDEX" in step for step in steps), plan


def test_the_same_traces_again_forget_nothing_whatever_their_paths_are_made_of(store):
    log(store, 11)
    clash = ChangeFingerprint("/atlas/b\udc81.py", b"", 0, 2)  # kept as the same path
    store.evidence.set_observations([observation(11, traces=(*TRACES, clash))])
    survival = Survival(interaction=11, horizon=Horizon.WEEK, fate=Fate.PARKED, looked_ms=5)
    store.evidence.set_survivals([survival], now_ms=9)
    store.evidence.set_observations([observation(11, traces=(*TRACES, clash), version=2)])
    assert store.evidence.survivals([11]) == {11: (survival,)}
    store.evidence.set_observations([observation(11, traces=TRACES[:1], version=3)])
    assert store.evidence.survivals([11]) == {}
