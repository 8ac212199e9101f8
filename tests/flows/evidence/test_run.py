import subprocess

import pytest

from ledger.core.evidence import Horizon
from ledger.core.vocabulary import Kind, Tag
from ledger.flows.evidence import run
from ledger.flows.evidence.observe import own_rules
from ledger.flows.evidence.run import EvidenceOptions, run_evidence
from tests.flows.claude_work import NEW, rows_of, work_log
from tests.making import START_MS, append, claude_lines, claude_log

DAY_MS = 86_400_000


@pytest.fixture
def repository(tmp_path):
    folder = tmp_path / "atlas"
    folder.mkdir()
    git = ["git", "-C", str(folder), "-c", "user.name=a", "-c", "user.email=a@b"]
    subprocess.run(["git", "init", "-q", "-b", "main", str(folder)], check=True)
    (folder / "a.py").write_text(NEW)
    subprocess.run([*git, "add", "."], check=True)
    dates = {"GIT_AUTHOR_DATE": f"@{START_MS // 1000 + 60} +0000",
             "GIT_COMMITTER_DATE": f"@{START_MS // 1000 + 60} +0000"}  # fmt: skip
    subprocess.run([*git, "commit", "-qm", "x"], check=True, env={"PATH": "/usr/bin:/bin"} | dates)
    return folder


def ask_directly(workspace):
    return lambda work: work(workspace)


def run_all(workspace, options: EvidenceOptions | None = None, days: int = 8):
    return list(
        run_evidence(
            ask_directly(workspace), options or EvidenceOptions(), START_MS + days * DAY_MS
        )
    )


def test_the_first_look_ends_with_a_suggestion(workspace, tmp_path, repository):
    work_log(tmp_path, path=str(repository / "a.py"))
    first, second = rows_of(workspace, tmp_path)
    steps = run_all(workspace)
    assert (steps[-1].done, steps[-1].left) == (3, 0)  # two logs, one look into git
    store = workspace.store
    assert store.evidence.observations([first.id])[first.id].kind is Kind.DRAFT
    survivals = {
        survival.horizon: survival for survival in store.evidence.survivals([first.id])[first.id]
    }
    assert set(survivals) == {Horizon.NOW, Horizon.DAY, Horizon.WEEK}
    assert survivals[Horizon.WEEK].anywhere == 1.0
    suggestion = store.evidence.suggestions([first.id, second.id])
    assert set(suggestion) == {first.id}
    assert suggestion[first.id].tag is Tag.KEPT
    assert any(first.id in step.changes.ids for step in steps)
    frame = workspace.load().frame
    assert frame.suggested.tolist() == [Tag.KEPT, 0]
    assert frame.tag.tolist() == [0, 0]


def test_a_second_look_finds_nothing_to_do_until_something_is_due(workspace, tmp_path, repository):
    work_log(tmp_path, path=str(repository / "a.py"))
    first = rows_of(workspace, tmp_path)[0]
    run_all(workspace)
    assert run_all(workspace) == []
    assert [step.done for step in run_all(workspace, days=31)] == [1]
    assert len(workspace.store.evidence.survivals([first.id])[first.id]) == 4


def test_git_is_left_alone_where_the_person_wants_it_so(workspace, tmp_path, repository):
    work_log(tmp_path, path=str(repository / "a.py"))
    first = rows_of(workspace, tmp_path)[0]
    run_all(workspace, EvidenceOptions(with_git=False))
    assert workspace.store.evidence.survivals([first.id]) == {}
    assert (
        workspace.store.evidence.suggestions([first.id])[first.id].tag is Tag.EDITED
    )  # by hand, says the log
    run_all(workspace)
    assert len(workspace.store.evidence.survivals([first.id])[first.id]) == 3


def test_other_own_rules_sort_again_and_the_old_ones_back(workspace, tmp_path):
    work_log(tmp_path)
    first = rows_of(workspace, tmp_path)[0]
    kinds = []
    for setting in ("", "*.py: data", "*.py: data", ""):
        run_all(workspace, EvidenceOptions(own_rules(setting), with_git=False))
        kinds.append(workspace.store.rows([first.id])[0].kind)
    assert kinds == [Kind.DRAFT, Kind.DATA, Kind.DATA, Kind.DRAFT]


def test_a_log_that_is_gone_is_not_looked_for_again(workspace, tmp_path):
    log = work_log(tmp_path)
    first = rows_of(workspace, tmp_path)[0]
    log.unlink()
    assert [step.done for step in run_all(workspace)] == [2]
    assert run_all(workspace) == []
    assert workspace.store.evidence.observations([first.id])[first.id].kind is Kind.UNSORTED


def test_what_is_told_later_is_seen_later(workspace, tmp_path):
    log = work_log(tmp_path, prompts=1)
    first = rows_of(workspace, tmp_path)[0]
    run_all(workspace, EvidenceOptions(with_git=False))
    assert workspace.store.evidence.observations([first.id])[first.id].hand_edits == 0
    work_log(tmp_path)
    assert log.stat().st_size
    rows_of(workspace, tmp_path)
    run_all(workspace, EvidenceOptions(with_git=False))
    assert workspace.store.evidence.observations([first.id])[first.id].hand_edits == 1


def test_many_are_looked_at_in_batches_newest_first_and_a_look_can_end_anywhere(
    workspace, tmp_path, monkeypatch
):
    monkeypatch.setattr(run, "LOGS_PER_BATCH", 2)
    log = claude_log(tmp_path, "s1", 5)
    rows = rows_of(workspace, tmp_path)
    steps = run_evidence(ask_directly(workspace), EvidenceOptions(with_git=False), START_MS)
    first_step = next(steps)
    assert (first_step.done, first_step.left) == (2, 3)
    assert first_step.changes.ids == {rows[4].id, rows[3].id}
    steps.close()
    append(log, *claude_lines("s1", 1, first=5))
    rows_of(workspace, tmp_path)  # the two before the new one are looked at again
    assert [step.done for step in run_all(workspace, EvidenceOptions(with_git=False))] == [2, 4, 6]


def test_who_wants_it_to_end_raises_in_a_pause(workspace, tmp_path):
    claude_log(tmp_path, "s1", 3)
    rows_of(workspace, tmp_path)

    def pause():
        raise InterruptedError

    with pytest.raises(InterruptedError):
        list(run_evidence(ask_directly(workspace), EvidenceOptions(), START_MS, pause))
    assert workspace.store.evidence.due_for_logs(1, 9)
