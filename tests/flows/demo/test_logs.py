import json
import random
from datetime import datetime

import pytest

from ledger.core.vocabulary import Tool
from ledger.flows.demo import logs
from ledger.flows.demo.build import WRITERS
from ledger.flows.demo.logs import FOLLOW_UPS, TASKS, Talk
from ledger.flows.importing import discovery, pipeline
from ledger.importers.base import Home
from tests.making import START_MS

EDITING, ASKING = TASKS[0], TASKS[1]


def written(tool, seed=1, tasks=((EDITING, 1.0), (ASKING, 0.5))):
    """Return the path and the text of a made-up session."""
    talk = Talk(random.Random(seed), "demo0010", START_MS, "/demo/atlas")
    return WRITERS[tool](talk, list(tasks))


def batches(tool, home):
    """Return what the importers make of the session."""
    path, text = written(tool)
    log = home / path
    log.parent.mkdir(parents=True)
    log.write_text(text, "utf-8")
    todo = discovery.jobs(discovery.scan_places(Home(home, {})), {})
    assert [job.tool for job in todo] == [tool]
    return [reading.batch for readings, _ in pipeline.read(todo, None) for reading in readings]


@pytest.mark.parametrize("tool", WRITERS)
def test_an_importer_finds_and_reads_all_of_it(tool, tmp_path):
    [batch] = batches(tool, tmp_path)
    assert batch.rejected == []
    assert len(batch.prompts) == 2
    assert {request.interaction for request in batch.requests} == {p.id for p in batch.prompts}
    assert all(request.output > 0 for request in batch.requests)
    assert {request.model for request in batch.requests} <= set(logs.MODELS[tool])


@pytest.mark.parametrize("tool", [Tool.CLAUDE_CODE, Tool.CODEX])
def test_an_edit_is_read_as_one_that_was_applied(tool, tmp_path):
    [batch] = batches(tool, tmp_path)
    assert {edit.path.rsplit("/", 2)[-1] for edit in batch.edits} == {"export.py"}
    assert max(edit.added for edit in batch.edits) == len(EDITING.new)
    assert max(edit.removed for edit in batch.edits) == len(EDITING.old)
    assert max(edit.outcome for edit in batch.edits).name == "APPLIED"


@pytest.mark.parametrize("tool", WRITERS)
def test_the_same_dice_write_the_same_log_and_others_another(tool):
    assert written(tool) == written(tool)
    assert written(tool) != written(tool, seed=2)


@pytest.mark.parametrize("tool", WRITERS)
def test_time_only_goes_forward(tool):
    _, text = written(tool)
    rows = [json.loads(line) for line in text.splitlines()]
    times = [datetime.fromisoformat(row["timestamp"]) for row in rows if "timestamp" in row]
    assert times == sorted(times)
    assert times[0].timestamp() * 1000 >= START_MS


def test_a_conversation_grows_by_what_was_said():
    talk = Talk(random.Random(3), "n", START_MS, "/demo/atlas")
    fresh, cached, output = talk.usage(1.0)
    again = talk.usage(1.0)
    assert again[1] == cached + fresh + output


def test_ids_are_never_used_twice():
    talk = Talk(random.Random(3), "n", START_MS, "/demo/atlas")
    assert len({talk.key("a") for _ in range(50)}) == 50


def test_the_tasks_hold_no_real_place_and_every_change_has_lines():
    for task in TASKS:
        assert task.prompt
        assert task.answer
        assert not task.file.startswith("/")
        assert bool(task.file) == bool(task.new)
    assert len(set(FOLLOW_UPS)) == len(FOLLOW_UPS)
