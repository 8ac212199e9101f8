import pytest

from tests.cli.printed import objects


def test_every_model_of_the_ledger_is_listed_with_its_price(program, imported):
    code, out, _ = program("prices")
    assert code == 0
    assert "claude-opus-4-5" in out
    assert "the list" in out
    [[model]] = objects(program("prices", "--json")[1])
    assert (model["from"], model["input"], model["output"]) == ("the list", 5.0, 25.0)


def test_a_model_without_a_price_says_so_and_takes_ones_own(program, imported):
    [[before]] = objects(program("prices", "acme/large", "--json")[1])
    assert (before["from"], before["input"]) == ("none", None)
    [[given]] = objects(program("prices", "acme/large", "--set", "3/15/0.3", "--json")[1])
    assert given == {
        "model": "acme/large", "from": "your own", "input": 3.0, "output": 15.0,
        "cache_read": 0.3, "cache_write_5m": None, "cache_write_1h": None,
    }  # fmt: skip
    [[other]] = objects(program("prices", "acme/large", "--set", "1 / 2", "--json")[1])
    assert (other["input"], other["cache_read"]) == (1.0, None)
    [[after]] = objects(program("prices", "acme/large", "--forget", "--json")[1])
    assert after == before


def test_a_price_of_ones_own_goes_before_the_lists_in_every_figure(program, imported):
    cost = {"panel": "cost"}
    [listed] = objects(program("stats", "--json")[1])
    program("prices", "anthropic/claude-opus-4.5", "--set", "500/2500/50/625/1000")
    [own] = objects(program("stats", "--json")[1])
    values = [
        next(figure["value"] for figure in stats["panel"] if figure["key"] == cost["panel"])
        for stats in (listed, own)
    ]
    assert values[1] == pytest.approx(100 * values[0])
    assert own["prices"]["own"] == ["claude-opus-4-5"]
    assert listed["prices"]["own"] == listed["prices"]["unknown"] == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--set", "3/15"), "Which model?"),
        (("acme", "--set", "three"), "dollars for a million tokens"),
        (("a,b", "--set", "3/4"), "dollars for a million tokens"),
    ],
)
def test_what_is_no_price_is_refused_with_a_reason(program, imported, arguments, said):
    code, _, err = program("prices", *arguments)
    assert code == 1
    assert said in err
