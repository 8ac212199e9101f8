import pytest

from ledger.core.filters import ANY
from ledger.flows import demo, reading
from ledger.flows.desk import Desk
from ledger.metrics.groups import by_group
from ledger.store.store import Store

NOW_MS = 1_780_000_000_000


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo") / "demo"
    demo.make(folder, NOW_MS)
    return folder


def frame_of(folder):
    with Store.open(demo.ledger_path(folder)) as store:
        assert store.check() == []
        return Desk(store, lambda: NOW_MS).load().frame


def test_the_demo_is_the_same_each_time_and_ends_before_now(folder, tmp_path):
    demo.make(tmp_path / "again", NOW_MS)
    one, two = frame_of(folder), frame_of(tmp_path / "again")
    assert one.id.tolist() == two.id.tolist()
    assert one.tag.tolist() == two.tag.tolist()
    assert len(one) > 300
    assert one.time_s.max() <= NOW_MS // 1000


def test_it_shows_all_three_tools_every_tag_and_some_untagged(folder):
    frame = frame_of(folder)
    groups = by_group(frame, frame.select(ANY), "tool")
    assert {group.key for group in groups} == {"claude-code", "codex", "gemini-cli"}
    for group in groups:
        assert min(group.kept, group.edited, group.thrown_away, group.untagged) > 0


def test_its_prompts_and_diffs_can_be_read_like_real_ones(folder):
    frame = frame_of(folder)
    with Store.open(demo.ledger_path(folder)) as store:
        rows = store.rows(frame.id.tolist())
    assert all(reading.prompt(row).text for row in rows)
    edited = next(row for row in rows if row.edits and row.tool == "claude-code")
    assert any("+" in step.text for step in reading.transcript(edited).steps)


def test_nothing_in_it_can_be_taken_for_real_work(folder):
    assert all(key == "" or key.startswith("/demo/") for key in frame_of(folder).projects)


def test_removing_it_leaves_nothing(tmp_path):
    demo.make(tmp_path / "demo", NOW_MS)
    demo.remove(tmp_path / "demo")
    assert not (tmp_path / "demo").exists()
