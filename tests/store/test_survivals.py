"""What git showed, stored and read back."""

from ledger.core.edits import Aspect, Changes
from ledger.core.evidence import Fate, Horizon, Survival

NOW = Survival(interaction=11, horizon=Horizon.NOW, fate=Fate.PARKED, looked_ms=5, anywhere=0.25)
WEEK = Survival(
    interaction=11, horizon=Horizon.WEEK, fate=Fate.MEASURED, looked_ms=6, anywhere=1.0,
    landed=0.0, baseline=0.9, grams=70, lines=12, lines_left=9, commit="c0ffee",
)  # fmt: skip


def test_what_is_written_is_read_back_the_nearest_horizon_first(store):
    changes = store.set_survivals([WEEK, NOW], now_ms=9)
    assert changes == Changes(Aspect.EVIDENCE, ids=frozenset({11}))
    assert store.survivals([11, 12]) == {11: (NOW, WEEK)}


def test_of_one_horizon_the_last_look_holds(store):
    store.set_survivals([NOW], now_ms=9)
    later = Survival(interaction=11, horizon=Horizon.NOW, fate=Fate.UNKNOWN, looked_ms=7)
    store.set_survivals([later], now_ms=9)
    assert store.survivals([11]) == {11: (later,)}


def test_what_was_measured_at_a_horizon_stays_what_was_unknown_may_be_learnt(store):
    unknown = Survival(interaction=11, horizon=Horizon.WEEK, fate=Fate.UNKNOWN, looked_ms=1)
    store.set_survivals([unknown], now_ms=9)
    store.set_survivals([WEEK], now_ms=9)
    store.set_survivals([unknown], now_ms=9)
    assert store.survivals([11]) == {11: (WEEK,)}


def test_every_fate_and_horizon_can_be_stored(store):
    many = [
        Survival(interaction=number, horizon=horizon, fate=fate, looked_ms=1)
        for number, fate in enumerate(Fate)
        for horizon in Horizon
    ]
    store.set_survivals(many, now_ms=9)
    found = store.survivals(range(len(Fate)))
    assert [one for some in found.values() for one in some] == many
