"""What a selection costs is what its requests cost, added up one by one by somebody else."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from fractions import Fraction
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.core.filters import Filter
from ledger.core.tariff import Region, Tier
from ledger.host.paths import resource
from ledger.host.prices import PRICES_FILE, shipped
from ledger.metrics.charges import Cost, cost_of
from ledger.metrics.frame import Frame
from ledger.store.store import Store
from tests.store.worlds import prompt, reading, request, session

TABLE = json.loads(resource(PRICES_FILE).read_text("utf-8"), parse_float=Fraction)
START_MS = 1_767_225_600_000  # 2026-01-01
OCTOBER_MS = 1_791_190_800_000  # 2026-10-05
YEAR_MS = 365 * 86_400_000
COUNTERS = ("input", "output", "cache_read", "cache_write_5m", "cache_write_1h")
SPELLED: dict[str, tuple[str, ...]] = {
    "claude-opus-4-6": ("claude-opus-4-6", "anthropic/claude-opus-4.6", "claude-opus-4-6[1m]",
                        "eu.anthropic.claude-opus-4-6-20260205-v1:0"),
    "claude-sonnet-4-5": ("claude-sonnet-4-5-20250929", "claude-sonnet-4-5@20250929"),
    "claude-haiku-5-5": ("claude-haiku-5-5",),
    "gpt-5.5": ("gpt-5.5", "openai/gpt-5.5-2026-04-23"),
    "gpt-5-mini": ("gpt-5-mini", "gpt-5-mini-2025-08-07"),
    "gpt-5.6-sol": ("gpt-5.6", "gpt-5.6-sol"),
    "gpt-6-astra": ("gpt-6-astra",),
    "o3": ("o3", "o3-high"),
    "gemini-2.5-pro": ("gemini-2.5-pro", "models/gemini-2.5-pro"),
    "acme-large": ("acme-large",),
}  # fmt: skip
SIZES = st.sampled_from((0, 0, 1, 17, 1000, 99_999, 100_001, 200_001, 272_001)) | st.integers(
    0, 300_000
)
REQUESTS = st.fixed_dictionaries(
    {
        "model": st.sampled_from([(m, name) for m, names in SPELLED.items() for name in names]),
        "time_ms": st.integers(START_MS, START_MS + YEAR_MS)
        | st.integers(START_MS, START_MS + 3_600_000),
        "tier": st.sampled_from(Tier) | st.just(Tier.UNSAID),
        "region": st.just(Region.ANYWHERE) | st.sampled_from(Region),
        "searches": st.just(0) | st.integers(0, 5),
        "owner": st.sampled_from((11, 12, 13)),
        **dict.fromkeys(COUNTERS, SIZES),
    }
)


def dollars_of(drawn: dict) -> tuple[Fraction, bool]:
    """Return what one request cost, and whether everything of it has a price."""
    rows = [row for row in TABLE["models"] if drawn["model"][0] in row["names"]]
    if not rows:
        return Fraction(0), not any(drawn[name] for name in (*COUNTERS, "searches"))
    [row] = rows
    day = datetime.fromtimestamp(drawn["time_ms"] / 1000, UTC).date()
    prices = [
        one for one in row["prices"] if day >= date.fromisoformat(one.get("since", "1999-01-01"))
    ]
    if not prices:
        return Fraction(0), False
    price = prices[-1]
    of_tokens = component(price, drawn)
    amount, whole = Fraction(0), True
    for name in COUNTERS:
        rate = of_tokens(name)
        if drawn[name] and rate is None:
            whole = False
        amount += drawn[name] * Fraction(rate or 0) / 1_000_000
    fee = TABLE["searches"].get(row["vendor"])
    if drawn["searches"] and fee is None:
        whole = False
    return amount + drawn["searches"] * Fraction(fee or 0) / 1000, whole


def component(price: dict, drawn: dict) -> Callable[[str], Fraction | None]:
    """Return how much of a dollar a million tokens of each kind cost, None where nobody knows."""
    size = sum(drawn[name] for name in COUNTERS if name != "output")
    is_long = "longer" in price and size > price["longer_than"]
    standard = price["longer"] if is_long else price
    region = Fraction(1)
    if drawn["region"] is not Region.ANYWHERE:
        times = price.get("regions", {}).get(drawn["region"].name.lower())
        if times is None:
            return lambda _name: None
        region = Fraction(times)
    if drawn["tier"] in (Tier.UNSAID, Tier.STANDARD):
        return lambda name: standard[name] * region if name in standard else None
    tier = price.get("tiers", {}).get(drawn["tier"].name.lower(), {})
    times = tier.get("times_longer" if is_long else "times")
    if times is not None:
        return lambda name: standard[name] * times * region if name in standard else None
    own = {} if is_long else tier
    return lambda name: own[name] * region if name in own else None


def framed(drawn: list[dict], folder: Path) -> Frame:
    """Return the ledger of requests as figures see it, by way of the ledger file."""
    numbers = count(21)
    parts = [session(), *(prompt(owner, minute=0) for owner in (11, 12, 13))]
    for one in drawn:
        fields = {name: one[name] for name in COUNTERS}
        part = request(next(numbers), one["owner"], model=one["model"][1], **fields)
        moment = one["time_ms"]
        parts.append(
            part._replace(
                time_ms=moment, anchor_ms=moment, tier=one["tier"], region=one["region"],
                searches=one["searches"],
            )
        )  # fmt: skip
    folder.mkdir(exist_ok=True)
    with Store.open(folder / "ledger.db") as store:
        store.add([reading(*parts)])
        return Frame.of(store.columns())


def check(frame: Frame, wanted: Filter, drawn: list[dict]) -> None:
    cost = cost_of(frame, frame.select(wanted), shipped())
    each = [dollars_of(one) for one in drawn]
    total = float(sum(amount for amount, _ in each))
    assert abs(cost.low - total) < 1e-9
    assert abs(cost.middle - total) < 1e-9
    whole = all(is_whole for _, is_whole in each)
    assert (cost.high is not None) == whole
    assert bool(cost.lacking) != whole
    if whole and drawn:
        assert abs(cost.value - total) < 1e-9
    has_tokens = (any(one[name] for name in COUNTERS) for one in drawn)
    if any(tokens and not is_whole for tokens, (_, is_whole) in zip(has_tokens, each, strict=True)):
        assert cost.priced < 1


@settings(max_examples=60)
@given(st.lists(REQUESTS, min_size=1, max_size=12))
def test_a_selection_costs_what_its_requests_cost_one_by_one(drawn):
    with TemporaryDirectory() as folder:
        frame = framed(drawn, Path(folder))
    check(frame, Filter(), drawn)
    for owner in (11, 12, 13):
        its = [one for one in drawn if one["owner"] == owner]
        check(frame, Filter(ids=frozenset({owner})), its)
    for model in {one["model"][0] for one in drawn}:
        its = [one for one in drawn if one["model"][0] == model]
        check(frame, Filter(models=frozenset({SPELLED[model][0]})), its)


@settings(max_examples=40)
@given(st.lists(REQUESTS, min_size=1, max_size=8), st.randoms())
def test_how_requests_share_quarter_hours_changes_nothing(drawn, luck):
    """All in one quarter of the day, or each in one of its own: a day has one price."""
    day_ms = 86_400_000
    with TemporaryDirectory() as folder:
        apart = [
            {**one, "time_ms": one["time_ms"] // day_ms * day_ms + luck.randrange(day_ms)}
            for one in drawn
        ]
        together = [{**one, "time_ms": one["time_ms"] // day_ms * day_ms} for one in drawn]
        first, second = (
            framed(some, Path(folder, name)) for name, some in (("a", apart), ("b", together))
        )
    costs = [cost_of(frame, frame.select(), shipped()) for frame in (first, second)]
    assert costs[0].low == costs[1].low
    assert costs[0].high == costs[1].high
    assert costs[0].lacking == costs[1].lacking
    assert costs[0].priced == costs[1].priced


def priced(*drawn: dict) -> Cost:
    """Return the cost of requests of 5 October 2026, all of one interaction."""
    blank = {**dict.fromkeys(COUNTERS, 0), "owner": 11, "searches": 0, "time_ms": OCTOBER_MS,
             "tier": Tier.UNSAID, "region": Region.ANYWHERE}  # fmt: skip
    with TemporaryDirectory() as folder:
        made = [{**blank, **one, "model": ("", one["model"])} for one in drawn]
        frame = framed(made, Path(folder))
    return cost_of(frame, frame.select(), shipped())


def test_fast_mode_costs_six_times_as_much():
    fast = {"model": "claude-opus-4-6", "input": 1_000_000, "output": 100_000, "tier": Tier.FAST}
    assert priced(fast).value == 45.0
    assert priced({**fast, "tier": Tier.STANDARD}).value == 7.5


def test_the_priority_tier_has_its_own_price_and_one_that_is_sold_by_contract_has_none():
    codex = {"model": "gpt-5.5", "input": 100_000, "output": 10_000, "tier": Tier.PRIORITY}
    assert priced(codex).value == 2.0
    assert priced({**codex, "tier": Tier.UNSAID}).value == 0.8
    by_contract = priced({**codex, "model": "claude-opus-4-6"})
    assert (by_contract.value, by_contract.priced) == (None, 0.0)


def test_one_model_under_eight_names_is_one_model_at_one_price():
    names = (
        "claude-sonnet-4-5", "claude-sonnet-4-5-20250929", "claude-sonnet-4-5[1m]",
        "claude-sonnet-4-5@20250929", "anthropic/claude-sonnet-4.5",
        "us.anthropic.claude-sonnet-4-5-20250929-v1:0",
        "jp.anthropic.claude-sonnet-4-5-20250929-v1:0",
        "arn:aws:bedrock:eu-west-1:000000000000:inference-profile/eu.anthropic.claude-sonnet-4-5-20250929-v1:0",
    )  # fmt: skip
    cost = priced(*({"model": name, "input": 1000} for name in names))
    assert (cost.value, cost.priced) == (0.024, 1.0)
