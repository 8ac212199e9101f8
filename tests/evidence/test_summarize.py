from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.core.evidence import ActKind
from ledger.core.vocabulary import Kind, Outcome
from ledger.evidence.fingerprint import decode
from ledger.evidence.kinds import OwnRule
from ledger.evidence.summarize import RULES, net, summarize
from tests.evidence.acting import asked, did, edited, lines, looked, ran

KEY = b"k" * 32


def seen(*acts, **more):
    return summarize(7, 900, acts, KEY, **more)


def test_what_is_kept_of_an_interaction():
    observation = seen(
        asked("please make the tests of the parser green"),
        looked(),
        did(ActKind.SEARCH),
        ran(failed=True),
        edited("/a.py", ("x", "y"), human_changed=True),
        ran(),
        did(ActKind.REFUSAL, "not so"),
        did(ActKind.HAND_EDIT, "/a.py"),
        did(ActKind.HAND_EDIT, "/b.py"),
        did(ActKind.REWIND),
    )
    assert (observation.interaction, observation.end, observation.version) == (7, 900, RULES)
    assert observation.kind is Kind.FIX
    assert observation.words == 8
    assert observation.print != 0
    assert (
        observation.runs,
        observation.failed_runs,
        observation.reads,
        observation.hand_edits,
    ) == (2, 1, 2, 2)
    assert (observation.refused, observation.rewound) == (True, True)


def test_a_refusal_without_words_is_no_refusal_with_words():
    assert not seen(asked(), did(ActKind.REFUSAL)).refused
    assert not seen(asked()).rewound


def test_an_output_is_put_back_only_when_every_file_of_it_is():
    both = asked(), edited("/a.py"), edited("/b.py")
    first, second = did(ActKind.RESTORE, "/a.py"), did(ActKind.RESTORE, "/b.py")
    assert seen(*both, first, second).restored
    assert not seen(*both, first).restored
    assert not seen(asked(), first).restored


def test_own_rules_and_version_are_those_in_force():
    observation = seen(asked(), edited("/a.tf"), own=[OwnRule("*.tf", Kind.DATA)], version=5)
    assert (observation.kind, observation.version) == (Kind.DATA, 5)


def test_only_applied_edits_leave_traces_one_for_each_file_at_its_place():
    observation = seen(
        asked(),
        edited("b.py", ("", lines(12)), before="", after=lines(12)),
        edited("/a.py", ("", lines(12)), outcome=Outcome.REJECTED),
        edited("/c.py", ("x", lines(9))),
        edited("", ("", lines(9))),
        placed=lambda path: f"/home/{path}" if path[0] != "/" else path,
    )
    assert [trace.path for trace in observation.traces] == ["/c.py", "/home/b.py"]
    assert observation.traces[1].grams > 20
    assert decode(observation.traces[1].features).whole


def test_what_was_added_and_taken_away_again_leaves_nothing_added():
    forth, back = ("x\n", f"x\n{lines(12)}"), (lines(12), "")
    observation = seen(
        asked(),
        edited("/a.py", forth, before="x\n", after=f"x\n{lines(12)}"),
        edited("/a.py", back, before=f"x\n{lines(12)}", after="x\n"),
    )
    assert [(trace.grams, trace.lines) for trace in observation.traces] in ([], [(0, 0)])


def change(act):
    return act.edit


def test_a_file_is_known_from_before_the_first_to_after_the_last_change():
    first = change(edited("/a", ("", "a\n"), before="", after="a\n"))
    replaced_only = change(edited("/a", ("a\n", "a\nb\n")))
    whole = change(edited("/a", ("b", "c"), before="a\nb\n", after="a\nc\n"))
    assert net([first]) == ("", "a\n")
    assert net([first, replaced_only]) == ("", "a\nb\n")
    assert net([first, replaced_only, whole]) == ("", "a\nc\n")
    assert net([replaced_only]) == (None, None)
    assert net([replaced_only, whole]) == (None, "a\nc\n")
    missing = change(edited("/a", ("zzz", "y")))
    assert net([first, missing]) == ("", None)
    assert net([first, missing, whole]) == ("", "a\nc\n")


@settings(max_examples=25)
@given(prompt=st.text(max_size=80))
def test_no_word_of_the_prompt_stays(prompt):
    observation = seen(asked(prompt), edited("/a.py", (prompt, prompt + "b")))
    stored = repr(
        [observation.print, observation.words, *(trace.features for trace in observation.traces)]
    )
    assert len(prompt.strip()) < 6 or prompt not in stored
