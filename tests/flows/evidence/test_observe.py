import pytest

from ledger.core.evidence import ActKind
from ledger.core.vocabulary import Kind
from ledger.evidence.kinds import OwnRule
from ledger.evidence.summarize import RULES
from ledger.flows.evidence import observe
from tests.flows.claude_work import rows_of, work_log, worked

KEY = b"k" * 32


def test_a_log_is_seen_with_what_happened_after_it(workspace, tmp_path):
    work_log(tmp_path)
    first, second = rows_of(workspace, tmp_path)
    observation = observe.observe(first, KEY)
    assert observation.interaction == first.id
    assert observation.kind is Kind.DRAFT
    assert (observation.runs, observation.failed_runs, observation.hand_edits) == (1, 1, 1)
    assert [trace.path for trace in observation.traces] == ["/home/ada/atlas/a.py"]
    assert observation.end == first.pointers[0].end
    second_observation = observe.observe(second, KEY)
    assert (second_observation.kind, second_observation.hand_edits, second_observation.traces) == (
        Kind.QUESTION,
        0,
        (),
    )


def test_own_rules_decide_and_give_another_version(workspace, tmp_path):
    work_log(tmp_path)
    row = rows_of(workspace, tmp_path)[0]
    own = observe.own_rules("*.py: writing")
    assert own == (OwnRule("*.py", Kind.WRITING),)
    version = observe.version_of(own)
    assert version != observe.version_of(()) == RULES
    assert version != observe.version_of(observe.own_rules("*.py: data"))
    observation = observe.observe(row, KEY, own, version)
    assert (observation.kind, observation.version) == (Kind.WRITING, version)


@pytest.mark.parametrize(
    ("setting", "rules"),
    [
        ("", []),
        ("  ", []),
        ("*.tf: operations, docs/*: writing", [("*.tf", 8), ("docs/*", 7)]),
        ("a b.py:draft", [("a b.py", 2)]),
        ("C:x: data", [("C:x", 6)]),
        ("*.tf: dance, : data, *.x", []),
    ],
)
def test_own_rules_are_read_from_their_setting(setting, rules):
    assert [(rule.pattern, int(rule.kind)) for rule in observe.own_rules(setting)] == rules


def test_a_log_that_is_gone_or_another_shows_nothing(workspace, tmp_path):
    log = work_log(tmp_path)
    row = rows_of(workspace, tmp_path)[0]
    text = log.read_text()
    log.write_text(text.replace("prompt number 0", "prompt number 7"))
    assert observe.observe(row, KEY) is None
    log.unlink()
    assert observe.observe(row, KEY) is None
    missing = observe.missing_log_observation(row, 3)
    assert (missing.version, missing.end, missing.traces) == (3, row.pointers[0].end, ())


def test_what_a_sub_agent_did_is_seen_from_its_own_log(workspace, tmp_path):
    log = work_log(tmp_path)
    text = log.read_text()
    call = '{"type":"tool_use","id":"t9","name":"Agent","input":{"prompt":"x"}}'
    sent = (
        '{"type":"assistant","uuid":"u8","timestamp":"2026-05-28T20:26:49Z","isSidechain":false,'
        f'"message":{{"id":"m9","model":"x","content":[{call}]}}}}\n'
        '{"type":"user","uuid":"u9","timestamp":"2026-05-28T20:26:50Z","isSidechain":false,'
        '"message":{"content":[{"type":"tool_result","tool_use_id":"t9","content":"done"}]},'
        '"toolUseResult":{"agentId":"a1"}}\n'
    )
    lines = text.splitlines(keepends=True)
    log.write_text("".join([*lines[:6], sent, *lines[6:]]))
    helper = log.parent / "s1" / "subagents" / "agent-a1.jsonl"
    helper.parent.mkdir(parents=True)
    rows = worked("/home/ada/atlas/b.py")
    helper.write_text("".join(f"{row}\n" for row in rows).replace(
        '"isSidechain": false', '"isSidechain": true'))  # fmt: skip
    row = rows_of(workspace, tmp_path)[0]
    observation = observe.observe(row, KEY)
    assert [trace.path[-4:] for trace in observation.traces] == ["a.py", "b.py"]
    assert observation.runs == 2
    kinds = [act.kind for act in observe.acts_at(row.pointers[0])]
    assert kinds.index(ActKind.DELEGATE) < len(kinds) - 2
    helper.unlink()
    assert len(observe.observe(row, KEY).traces) == 1


@pytest.mark.parametrize(
    ("path", "absolute"),
    [
        ("a.py", "/home/ada/a.py"),
        ("../x/a.py", "/home/x/a.py"),
        ("/a.py", "/a.py"),
        ("~/a.py", "~/a.py"),
        ("C:\\a.py", "C:\\a.py"),
        ("C:/a.py", "C:/a.py"),
    ],
)
def test_a_path_is_made_absolute_below_where_the_tool_worked(path, absolute):
    assert observe.absolute_path(path, "/home/ada") == absolute
    assert observe.absolute_path("a.py", "") == "a.py"
