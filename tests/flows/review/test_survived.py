from ledger.core.evidence import Fate, Horizon, Survival
from ledger.flows.review.survived import FEWEST, survived


def looks(number: int, anywhere: float, fate: Fate = Fate.MEASURED, **more) -> list[Survival]:
    return [
        Survival(interaction=n, horizon=Horizon.WEEK, fate=fate, looked_ms=0, anywhere=anywhere,
                 grams=100 + n, **more)
        for n in range(number)
    ]  # fmt: skip


def test_survival_is_weighted_and_has_its_baseline():
    week, month = survived([*looks(10, 1.0, baseline=0.9), *looks(10, 0.5, baseline=0.9)])
    assert (week.horizon, week.share.n) == ("7 days", 20)
    assert week.share.value == 0.75
    assert week.share.low < 0.75 < week.share.high <= 1
    assert week.baseline == 0.9
    assert month.share.value is None


def test_reverted_work_counts_as_gone_and_unmeasured_work_does_not_count():
    found = [*looks(10, 0.0, Fate.REVERTED), *looks(10, 1.0), *looks(9, 1.0, Fate.PARKED)]
    week, _ = survived(found)
    assert (week.share.n, week.share.value) == (20, 0.5)


def test_few_are_too_few():
    week, _ = survived(looks(FEWEST - 1, 1.0))
    assert week.share.value is None
    assert week.share.n == FEWEST - 1
