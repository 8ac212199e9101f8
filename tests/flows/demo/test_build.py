import pytest

from ledger.core.evidence import Fate, Horizon
from ledger.core.filters import ANY
from ledger.core.vocabulary import Tag
from ledger.flows import transcript
from ledger.flows.demo import build
from ledger.flows.evidence.disagreements import disagreements
from ledger.flows.workspace import Workspace
from ledger.metrics.tally import summary_by_group
from ledger.store.store import Store

NOW_MS = 1_780_000_000_000


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo") / "demo"
    build.make(folder, NOW_MS)
    return folder


def frame_of(folder):
    with Store.open(build.ledger_path(folder)) as store:
        assert store.check() == []
        return Workspace(store, lambda: NOW_MS).load().frame


def test_the_demo_is_the_same_each_time_and_ends_before_now(folder, tmp_path):
    build.make(tmp_path / "again", NOW_MS)
    one, two = frame_of(folder), frame_of(tmp_path / "again")
    assert one.id.tolist() == two.id.tolist()
    assert one.tag.tolist() == two.tag.tolist()
    assert len(one) > 300
    assert one.time_s.max() <= NOW_MS // 1000


def test_it_shows_all_three_tools_every_tag_and_some_untagged(folder):
    frame = frame_of(folder)
    groups = summary_by_group(frame, frame.select(ANY), "tool")
    assert {group.key for group in groups} == {"claude-code", "codex", "gemini-cli"}
    for group in groups:
        assert min(group.kept, group.edited, group.thrown_away, group.untagged) > 0


def test_its_prompts_and_diffs_can_be_read_like_real_ones(folder):
    frame = frame_of(folder)
    with Store.open(build.ledger_path(folder)) as store:
        rows = store.rows(frame.id.tolist())
    assert all(transcript.read_prompt(row).text for row in rows)
    edited = next(row for row in rows if row.edits and row.tool == "claude-code")
    assert any("+" in step.text for step in transcript.read_transcript(edited).steps)


def test_nothing_in_it_can_be_taken_for_real_work(folder):
    assert all(key == "" or key.startswith("/demo/") for key in frame_of(folder).projects)


def test_removing_it_leaves_nothing(tmp_path):
    build.make(tmp_path / "demo", NOW_MS)
    build.remove(tmp_path / "demo")
    assert not (tmp_path / "demo").exists()


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo") / "demo"
    build.make(folder, NOW_MS)
    with Store.open(build.ledger_path(folder)) as store:
        made = Workspace(store, lambda: NOW_MS)
        made.load()
        yield made


def test_every_tag_is_suggested_and_some_outputs_have_no_suggestion(workspace):
    assert set(workspace.frame.suggested.tolist()) == {0, *Tag}


def test_most_suggestions_agree_with_the_demos_person_and_some_do_not(workspace):
    frame = workspace.frame
    both = (frame.tag > 0) & (frame.suggested > 0) & (frame.confidence >= 70)
    agreed = (frame.tag == frame.suggested)[both]
    assert 0.75 < agreed.mean() < 1
    assert disagreements(workspace.store, frame, ANY)


def test_survival_grows_no_more_with_time(workspace):
    found = workspace.store.evidence.survivals(workspace.frame.id.tolist())
    assert any(one.fate is Fate.REVERTED for some in found.values() for one in some)
    for some in found.values():
        shares = [one.anywhere for one in some]
        assert shares == sorted(shares, reverse=True)
        assert {one.horizon for one in some} <= {Horizon.DAY, Horizon.WEEK, Horizon.MONTH}


def test_kinds_of_work_are_those_of_its_own_logs(workspace):
    assert len(set(workspace.frame.kind.tolist()) - {0}) >= 3


def test_questions_are_drawn_and_the_ledger_is_sound(workspace):
    assert workspace.frame.questions
    assert workspace.store.check() == []


def test_the_same_questions_are_drawn_each_time(workspace, tmp_path):
    build.make(tmp_path / "again", NOW_MS)
    with Store.open(build.ledger_path(tmp_path / "again")) as other:
        assert other.evidence.key != workspace.store.evidence.key
        assert other.evidence.questions() == workspace.store.evidence.questions()
