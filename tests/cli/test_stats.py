import json

import pytest

from ledger.cli.stats import as_object, figure_object, period_days
from ledger.core.figures import Doubt, Figure, Ratio, Summary
from ledger.core.filters import Filter
from ledger.core.ids import shown
from ledger.core.usage import Basis
from ledger.host import paths, prices
from ledger.metrics.registry import METRICS
from ledger.store.store import Store
from tests.cli.printed import listed, objects
from tests.making import claude_log
from tests.store.worlds import prompt, reading, request, session


@pytest.mark.parametrize("by", ["tool", "model", "project", "kind", "day", "all"])
def test_stats_have_the_shape_scripts_rely_on(program, imported, by):
    [value] = objects(program("stats", "--by", by, "--json")[1])
    [group] = value["groups"] if by != "day" else value["groups"][:1]
    assert set(group) >= {"key", "interactions", "requests", "usage", "tags", "str", "coverage"}
    assert set(group["usage"]) == {"input", "cache_read", "cache_write", "output", "reasoning"}
    assert set(group["tags"]) == {"kept", "edited", "thrown_away", "untagged"}
    assert set(group["str"]) >= {"lower", "upper", "point", "interval"}
    if by != "day":
        assert (group["interactions"], group["requests"]) == (3, 3)
        assert group["usage"]["output"] == 300


def test_stats_move_with_a_tag(program, imported):
    [before] = objects(program("stats", "--json")[1])
    program("tag", listed(program)[0]["id"], "kept")
    [after] = objects(program("stats", "--json")[1])
    assert before["groups"][0]["str"]["lower"] == 0
    assert after["groups"][0]["str"]["lower"] > 0
    assert after["groups"][0]["tags"]["kept"] == 1
    assert 0 < after["groups"][0]["coverage"] < 1


def test_stats_of_an_empty_ledger_claim_nothing(program):
    code, out, _ = program("stats", "--json")
    [group] = json.loads(out)["groups"]
    assert code == 0
    assert group["interactions"] == 0
    assert group["str"]["point"] is None
    assert group["coverage"] is None


def test_every_figure_of_a_group_is_in_its_object_under_its_own_name():
    ratio = Ratio(
        lower=1.0,
        upper=2.0,
        point=1.5,
        assumed=True,
        low=1.2,
        high=1.8,
        blocks=7,
        days=5,
        sampled=True,
        answers=12,
        sample_low=1.1,
        sample_high=1.9,
    )
    group = Summary(
        key="k", interactions=1, requests=2, unknown=3, input=4, cache_read=5, cache_write=6,
        output=7, reasoning=8, kept=9, edited=10, thrown_away=11, untagged=12, mte=13.5,
        ratio=ratio, ratio_all=Ratio(), kept_share_lower=0.1, kept_share_upper=0.2, coverage=0.3,
        coverage_blocks=0.4, counted=0.5,
    )  # fmt: skip
    assert as_object(group, {}) == {
        "key": "k", "interactions": 1, "requests": 2, "requests_unknown": 3,
        "usage": {"input": 4, "cache_read": 5, "cache_write": 6, "output": 7, "reasoning": 8},
        "mte": 13.5,
        "tags": {"kept": 9, "edited": 10, "thrown_away": 11, "untagged": 12},
        "str": {
            "lower": 1.0, "upper": 2.0, "point": 1.5, "assumed": True, "interval": [1.2, 1.8],
            "sampled": True, "answers": 12, "sample_interval": [1.1, 1.9],
            "blocks": 7, "days": 5,
        },
        "str_all": {
            "lower": None, "upper": None, "point": None, "assumed": False, "interval": None,
            "sampled": False, "answers": 0, "sample_interval": None,
            "blocks": 0, "days": 0,
        },
        "kept_share": {"lower": 0.1, "upper": 0.2},
        "coverage": 0.3, "coverage_blocks": 0.4, "counted": 0.5,
    }  # fmt: skip


def test_a_project_has_its_short_name_and_its_directory(program, imported):
    [value] = objects(program("stats", "--by", "project", "--json")[1])
    [group] = value["groups"]
    assert (group["key"], group["directory"]) == ("atlas", "/home/ada/atlas")


def test_the_table_gives_bounds_until_enough_is_tagged(program, imported):
    program("tag", listed(program)[0]["id"], "kept")
    head, row, caption = program("stats", "--by", "tool")[1].splitlines()
    assert head.split()[:3] == ["TOOL", "INTERACTIONS", "KEPT"]
    assert row.split()[:3] == ["claude-code", "3", "1"]
    assert " to " in row
    assert ";" not in row  # no point: three interactions are too few
    assert "33 %" in row
    assert caption.startswith("STR: lower to upper")


def test_a_point_comes_with_its_interval_and_says_when_it_assumes(program, scratch_home):
    claude_log(scratch_home, "s1", 120)
    program("import")
    ids = [row["id"] for row in listed(program)]
    program("tag", *ids[:100], "kept")
    row = program("stats")[1].splitlines()[1]
    assert "; about " in row
    assert row.count(" to ") == 2


def test_a_filter_narrows_the_figures(program, imported):
    [value] = objects(program("stats", "--until", "2020-01-01", "--json")[1])
    assert value["groups"][0]["interactions"] == 0


def test_the_panel_stands_below_the_groups(program, imported):
    program("tag", listed(program)[0]["id"], "kept")
    out = program("stats")[1]
    [line] = [line for line in out.splitlines() if line.startswith("Coverage")]
    assert "33" in line
    assert "3 interactions" in line
    assert "Cost at list prices" in out
    assert "Cost at list prices" not in program("stats", "--by", "tool")[1]


def test_scripts_get_every_figure_whatever_the_groups(program, imported):
    [value] = objects(program("stats", "--by", "tool", "--json")[1])
    panel = {figure["key"]: figure for figure in value["panel"]}
    assert list(panel) == [metric.key for metric in METRICS if metric.compute]
    assert panel["coverage"]["value"] == 0.0
    assert panel["str"]["ends"] == "bounds"
    assert panel["cost"]["low"] > 0
    assert set(value["prices"]) == {"read", "source", "own", "unknown"}


def test_every_part_of_a_figure_is_in_its_object():
    figure = Figure(
        key="cost", value=1.5, low=1.0, high=2.0, n=7, of="requests", unit="US dollars",
        note="A note.", doubt=Doubt.BOUNDS,
    )  # fmt: skip
    assert figure_object(figure) == {
        "key": "cost", "name": "Cost at list prices", "unit": "US dollars", "value": 1.5,
        "low": 1.0, "high": 2.0, "ends": "bounds", "n": 7, "of": "requests", "note": "A note.",
    }  # fmt: skip
    assert figure_object(Figure(key="cost"))["ends"] is None


def test_without_its_price_table_the_program_still_counts(program, imported, monkeypatch):
    monkeypatch.setattr(prices, "PRICES_FILE", "no-such-table.json")
    prices.shipped.cache_clear()
    code, out, err = program("stats", "--json")
    prices.shipped.cache_clear()
    [value] = objects(out)
    assert code == 0
    assert "price table" in err
    assert value["prices"] is None
    assert value["groups"][0]["interactions"] == 3


DAY_S = 86_400


@pytest.mark.parametrize(
    ("since", "until", "days"),
    [
        (None, None, None),
        (None, 5 * DAY_S, None),
        (DAY_S, 8 * DAY_S, 7),
        (8 * DAY_S, None, 2),
        (8 * DAY_S, 99 * DAY_S, 2),
        (50 * DAY_S, None, 1),
    ],
)
def test_a_period_ends_today_at_the_latest(since, until, days):
    assert period_days(Filter(since_s=since, until_s=until), 10 * DAY_S - 1) == days


def test_a_stopped_answer_is_not_free(program, scratch_home):
    """Kept beside one that was stopped and thrown away: no share is 100 % or 0 %."""
    with Store.open(paths.ledger_path()) as store:
        stopped = request(22, 12, minute=30, basis=Basis.UNKNOWN)
        parts = [session(), prompt(11), request(21, 11), prompt(12, minute=30), stopped]
        store.add([reading(*parts)])
    assert program("tag", shown(11), "kept")[0] == 0
    assert program("tag", shown(12), "thrown-away")[0] == 0
    said = json.loads(program("stats", "--json")[1])
    panel = {figure["key"]: figure for figure in said["panel"]}
    (group,) = said["groups"]
    assert group["requests_unknown"] == 1
    assert group["counted"] < 1
    assert group["kept_share"]["lower"] < 0.001
    assert panel["kept_share"]["value"] is None
    assert panel["rework"]["high"] > 0.999
    assert panel["counted"]["value"] is None
    assert panel["mte"]["high"] - panel["mte"]["low"] == 0.5
    assert "1 request told no counts." in panel["kept_share"]["note"]
    everything = program("stats")[1]
    line = next(line for line in everything.splitlines() if line.startswith("Kept share"))
    assert "under 1" in line
