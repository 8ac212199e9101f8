"""When git is to be asked about an interaction."""

from ledger.core.evidence import Fate, Horizon, Survival, Trace
from ledger.store.checkups import DAY_MS
from tests.store.worlds import MINUTE_MS, START_MS, observation, prompt, reading, session

TRACE = (Trace("/a.py", b"x", 50, 9),)
HOUR_MS = 60 * MINUTE_MS


def looked(identity: int, horizon: Horizon, at_ms: int) -> Survival:
    return Survival(interaction=identity, horizon=horizon, fate=Fate.MEASURED, looked_ms=at_ms)


def with_traces(store, *ids: int) -> None:
    store.add([reading(session(), *(prompt(n, minute=n - 11) for n in ids))])
    store.set_observations([observation(n, traces=TRACE) for n in ids])


def test_only_what_left_a_trace_is_looked_at_and_the_newest_first(store):
    with_traces(store, 11, 12, 13)
    store.set_observations([observation(12)])
    store.set_observations([observation(14)])
    assert store.to_survive(START_MS, 9) == [13, 11]
    assert store.to_survive(START_MS, 1) == [13]


def test_each_horizon_is_due_once_and_now_every_day(store):
    with_traces(store, 11)
    seen, due = [], []
    for day in range(40):
        now_ms = START_MS + day * DAY_MS + HOUR_MS
        if store.to_survive(now_ms, 9):
            due.append(day)
            open_ = {
                Horizon.DAY: day >= 1, Horizon.WEEK: day >= 7, Horizon.MONTH: day >= 30,
            }  # fmt: skip
            found = [looked(11, Horizon.NOW, now_ms)]
            found += [looked(11, h, now_ms) for h, is_due in open_.items() if is_due]
            seen += [one.horizon for one in found]
            store.set_survivals(found, now_ms=now_ms)
        assert store.to_survive(now_ms, 9) == []
    assert due == [*range(31), 31, 38]
    assert set(seen) == set(Horizon)


def test_a_look_that_found_nothing_is_not_repeated_at_once(store):
    with_traces(store, 11)
    now_ms = START_MS + 8 * DAY_MS
    assert not store.set_survivals([], looked=[11], now_ms=now_ms)
    assert store.to_survive(now_ms + HOUR_MS, 9) == []
    assert store.to_survive(now_ms + 7 * HOUR_MS, 9) == [11]


def test_new_traces_are_looked_at_at_once(store):
    with_traces(store, 11)
    now_ms = START_MS + HOUR_MS
    store.set_survivals([looked(11, Horizon.NOW, now_ms)], now_ms=now_ms)
    assert store.to_survive(now_ms, 9) == []
    store.set_observations([observation(11, traces=TRACE, hand_edits=1)])
    assert store.to_survive(now_ms, 9) == []
    assert store.survivals([11])
    store.set_observations([observation(11, traces=(TRACE[0]._replace(features=b"y"),))])
    assert store.to_survive(now_ms, 9) == [11]
    assert store.survivals([11]) == {}
