"""`doctor --reconcile`: a total, what was counted, the difference, and where both stand."""

import json

import pytest

from ledger.host import paths
from ledger.store.store import Store
from tests.store.test_tool_totals import total
from tests.store.worlds import prompt, reading, request, session


@pytest.fixture
def totalled(program, scratch_home):
    """A ledger in which a tool says that it used more than its log holds."""
    with Store.open(paths.ledger_path()) as store:
        parts = [session(), prompt(11), request(21, 11), total(output=50, micro_dollars=43_500)]
        store.add([reading(*parts)])
    return program


def test_a_script_reads_every_number_and_its_place(totalled):
    code, out, _ = totalled("doctor", "--reconcile", "--json")
    assert code == 0
    (row,) = json.loads(out)["totals"]
    assert row["outcome"] == "the tool says more"
    assert (row["said"]["output"], row["counted"]["output"]) == (50, 40)
    assert row["difference"] == {
        "requests": None, "input": 0, "cache_read": 0, "cache_write": 0, "output": 10,
    }  # fmt: skip
    assert row["said_dollars"] == 0.0435
    assert row["place"] == {"path": "/logs/a.jsonl", "offset": 700, "length": 90}
    (place,) = row["counted_in"]
    assert place == {
        "interaction": f"{11:016x}", "path": "/logs/a.jsonl", "offset": 100, "end": 150,
    }  # fmt: skip


def test_a_person_reads_it_in_words(totalled):
    code, out, _ = totalled("doctor", "--reconcile")
    assert code == 0
    assert "1 total that a tool wrote itself: 1 not as counted" in out
    assert "session key-1, m-1" in out
    assert "+10" in out
    assert "The tool says it cost 0.0435 dollars." in out
    assert "Said in /logs/a.jsonl at byte 700 (90 bytes)." in out
    assert f"Counted: {11:016x} in /logs/a.jsonl, bytes 100 to 150." in out


def test_the_figures_reach_what_the_tool_says(totalled):
    code, out, _ = totalled("stats", "--json")
    assert code == 0
    panel = {figure["key"]: figure for figure in json.loads(out)["panel"]}
    assert panel["mte"]["value"] == pytest.approx(panel["mte"]["low"])
    assert panel["mte"]["high"] == pytest.approx(panel["mte"]["value"] + 10 * 5 / 1e6)
    assert panel["counted"]["value"] < 1
    assert "more than it wrote down" in panel["mte"]["note"]


def test_the_cost_reaches_what_the_tool_says_it_cost(program, scratch_home):
    sonnet = {"model": "claude-sonnet-4-5", "cache_read": 0}
    sent = sonnet | {"cache_write_5m": 0, "input": 1000}
    parts = [request(21, 11, output=1000, **sent), request(22, 11, minute=1, output=1, **sent)]
    said = total(**sonnet, cache_write=0, input=3000, output=2300, micro_dollars=43_500, minute=2)
    with Store.open(paths.ledger_path()) as store:
        store.add([reading(session(), prompt(11), *parts, said)])
    panel = {f["key"]: f for f in json.loads(program("stats", "--json")[1])["panel"]}
    assert panel["cost"]["low"] == pytest.approx(0.021015)
    assert panel["cost"]["high"] >= 0.0435
    assert panel["counted"]["value"] < 0.999


def test_without_a_total_nothing_is_compared(program, imported):
    assert program("doctor", "--reconcile")[1] == "No tool wrote a total of its own.\n"
    assert json.loads(program("doctor", "--reconcile", "--json")[1]) == {"totals": []}
