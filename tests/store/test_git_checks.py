"""What git showed, stored and read back."""

from ledger.core.edits import Aspect, Changes
from ledger.core.evidence import ChangeFingerprint, Fate, Horizon, Survival
from ledger.store.git_checks import DAY_MS
from tests.store.worlds import MINUTE_MS, START_MS, observation, prompt, reading, session

NOW = Survival(interaction=11, horizon=Horizon.NOW, fate=Fate.PARKED, looked_ms=5, anywhere=0.25)
WEEK = Survival(
    interaction=11, horizon=Horizon.WEEK, fate=Fate.MEASURED, looked_ms=6, anywhere=1.0,
    landed=0.0, baseline=0.9, grams=70, lines=12, lines_left=9, commit="c0ffee",
)  # fmt: skip


def test_what_is_written_is_read_back_the_nearest_horizon_first(store):
    changes = store.evidence.set_survivals([WEEK, NOW], now_ms=9)
    assert changes == Changes(Aspect.EVIDENCE, ids=frozenset({11}))
    assert store.evidence.survivals([11, 12]) == {11: (NOW, WEEK)}


def test_of_one_horizon_the_last_look_holds(store):
    store.evidence.set_survivals([NOW], now_ms=9)
    later = Survival(interaction=11, horizon=Horizon.NOW, fate=Fate.UNKNOWN, looked_ms=7)
    store.evidence.set_survivals([later], now_ms=9)
    assert store.evidence.survivals([11]) == {11: (later,)}


def test_what_was_measured_at_a_horizon_stays_what_was_unknown_may_be_learnt(store):
    unknown = Survival(interaction=11, horizon=Horizon.WEEK, fate=Fate.UNKNOWN, looked_ms=1)
    store.evidence.set_survivals([unknown], now_ms=9)
    store.evidence.set_survivals([WEEK], now_ms=9)
    store.evidence.set_survivals([unknown], now_ms=9)
    assert store.evidence.survivals([11]) == {11: (WEEK,)}


def test_every_fate_and_horizon_can_be_stored(store):
    many = [
        Survival(interaction=number, horizon=horizon, fate=fate, looked_ms=1)
        for number, fate in enumerate(Fate)
        for horizon in Horizon
    ]
    store.evidence.set_survivals(many, now_ms=9)
    by_interaction = store.evidence.survivals(range(len(Fate)))
    assert [survival for group in by_interaction.values() for survival in group] == many


TRACE = (ChangeFingerprint("/a.py", b"x", 50, 9),)
HOUR_MS = 60 * MINUTE_MS


def survival_at(identity: int, horizon: Horizon, at_ms: int) -> Survival:
    return Survival(interaction=identity, horizon=horizon, fate=Fate.MEASURED, looked_ms=at_ms)


def with_traces(store, *ids: int) -> None:
    store.add([reading(session(), *(prompt(n, minute=n - 11) for n in ids))])
    store.evidence.set_observations([observation(n, traces=TRACE) for n in ids])


def test_only_what_left_a_trace_is_looked_at_and_the_newest_first(store):
    with_traces(store, 11, 12, 13)
    store.evidence.set_observations([observation(12)])
    store.evidence.set_observations([observation(14)])
    assert store.evidence.due_for_git(START_MS, 9) == [13, 11]
    assert store.evidence.due_for_git(START_MS, 1) == [13]


def test_each_horizon_is_due_once_and_now_every_day(store):
    with_traces(store, 11)
    horizons, due = [], []
    for day in range(40):
        now_ms = START_MS + day * DAY_MS + HOUR_MS
        if store.evidence.due_for_git(now_ms, 9):
            due.append(day)
            open_ = {
                Horizon.DAY: day >= 1, Horizon.WEEK: day >= 7, Horizon.MONTH: day >= 30,
            }  # fmt: skip
            survivals = [survival_at(11, Horizon.NOW, now_ms)]
            survivals += [survival_at(11, h, now_ms) for h, is_due in open_.items() if is_due]
            horizons += [survival.horizon for survival in survivals]
            store.evidence.set_survivals(survivals, now_ms=now_ms)
        assert store.evidence.due_for_git(now_ms, 9) == []
    assert due == [*range(31), 31, 38]
    assert set(horizons) == set(Horizon)


def test_a_look_that_found_nothing_is_not_repeated_at_once(store):
    with_traces(store, 11)
    now_ms = START_MS + 8 * DAY_MS
    assert not store.evidence.set_survivals([], checked_ids=[11], now_ms=now_ms)
    assert store.evidence.due_for_git(now_ms + HOUR_MS, 9) == []
    assert store.evidence.due_for_git(now_ms + 7 * HOUR_MS, 9) == [11]


def test_new_traces_are_looked_at_at_once(store):
    with_traces(store, 11)
    now_ms = START_MS + HOUR_MS
    store.evidence.set_survivals([survival_at(11, Horizon.NOW, now_ms)], now_ms=now_ms)
    assert store.evidence.due_for_git(now_ms, 9) == []
    store.evidence.set_observations([observation(11, traces=TRACE, hand_edits=1)])
    assert store.evidence.due_for_git(now_ms, 9) == []
    assert store.evidence.survivals([11])
    store.evidence.set_observations([observation(11, traces=(TRACE[0]._replace(features=b"y"),))])
    assert store.evidence.due_for_git(now_ms, 9) == [11]
    assert store.evidence.survivals([11]) == {}
