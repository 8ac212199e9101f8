from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.core.evidence import ActKind
from ledger.core.vocabulary import Kind, Outcome
from ledger.evidence.kinds import RULES, OwnRule, kind_of, work_in
from tests.evidence.acting import asked, did, edited, lines, looked, ran

DOCUMENT = Path(__file__).parents[2] / "docs" / "kinds.md"
SWAPPED = (lines(5, "old"), lines(5, "new"))


@pytest.mark.parametrize(
    ("acts", "kind"),
    [
        ([did(ActKind.ANSWER, "Because.")], Kind.QUESTION),
        ([did(ActKind.WEB), did(ActKind.ANSWER)], Kind.QUESTION),
        ([looked()] * 3, Kind.QUESTION),
        ([looked()] * 4, Kind.REVIEW),
        ([looked()] * 4 + [ran()], Kind.OPERATIONS),
        ([ran()], Kind.OPERATIONS),
        ([edited("/n.ipynb")], Kind.DATA),
        ([edited("/q.SQL"), edited("/a.py")], Kind.DATA),
        ([edited("/README.md")], Kind.WRITING),
        ([edited("/docs/x.rst"), ran(failed=True)], Kind.WRITING),
        ([ran(failed=True), edited(), ran()], Kind.FIX),
        ([ran(failed=True), edited(), ran(failed=True)], Kind.FIX),
        ([edited(), ran(failed=True), edited(), ran()], Kind.CHANGE),
        ([ran(failed=True), edited()], Kind.CHANGE),
        ([ran(), edited(), ran()], Kind.CHANGE),
        ([edited("/n.py", ("", lines(3)), before="", after=lines(3))], Kind.DRAFT),
        ([edited("/n.py", ("", lines(3))), edited("/a.py", ("x\n", "y\n"))], Kind.DRAFT),
        ([edited("/a.py", ("x\n", f"x\n{lines(10)}"))], Kind.DRAFT),
        ([edited("/a.py", ("x\n", f"x\n{lines(9)}"))], Kind.CHANGE),
        ([edited("/a.py", SWAPPED), edited("/b.py", SWAPPED)], Kind.REFACTOR),
        ([edited("/a.py", ("x\n", "y\n"), ("z\n", "w\n"), SWAPPED)], Kind.REFACTOR),
        ([edited("/a.py", SWAPPED)], Kind.CHANGE),
        ([edited("/a.py", SWAPPED), edited("/b.py", ("", lines(9)))], Kind.CHANGE),
        ([edited()], Kind.CHANGE),
    ],
)
def test_the_table_sorts(acts, kind):
    assert kind_of([asked(), *acts]) is kind


def test_without_an_act_of_the_model_nothing_is_sorted():
    assert kind_of([]) is Kind.UNSORTED
    assert kind_of([asked()]) is Kind.UNSORTED


def test_the_words_of_the_prompt_play_no_part():
    acts = [ran(failed=True), edited(), ran()]
    assert kind_of([asked("refactor this"), *acts]) is kind_of([asked("重构这个"), *acts])


@pytest.mark.parametrize("outcome", set(Outcome) - {Outcome.FAILED})
def test_what_became_of_an_edit_does_not_decide_what_it_was(outcome):
    acts = [asked(), edited("/n.py", ("", lines(20)), outcome=outcome)]
    assert kind_of(acts) is Kind.DRAFT


def test_an_edit_that_did_not_fit_is_not_counted_beside_one_that_did():
    torn = edited("/n.py", ("", lines(50)), outcome=Outcome.FAILED)
    assert kind_of([asked(), torn, edited()]) is Kind.CHANGE
    assert kind_of([asked(), torn]) is Kind.DRAFT


@pytest.mark.parametrize(
    ("pattern", "matches"),
    [
        ("*.tf", True),
        ("main.tf", True),
        ("infra/*", True),
        ("/home/ada/infra/*", True),
        ("*/infra/*.tf", True),
        ("*.py", False),
        ("infra", False),
        ("tf", False),
        ("other/*", False),
    ],
)
def test_own_rules_match_a_path_or_a_name(pattern, matches):
    acts = [asked(), edited("/home/ada/infra/main.tf")]
    kind = kind_of(acts, [OwnRule(pattern, Kind.OPERATIONS)])
    assert kind is (Kind.OPERATIONS if matches else Kind.CHANGE)


def test_the_first_own_rule_that_fits_half_of_the_lines_wins():
    acts = [asked(), edited("/a.tf", ("", lines(5))), edited("/b.py", ("x\n", lines(4)))]
    rules = [OwnRule("*.py", Kind.DATA), OwnRule("*.tf", Kind.OPERATIONS), OwnRule("*", Kind.FIX)]
    assert kind_of(acts, rules) is Kind.DATA
    assert kind_of([*acts, edited("/a.tf", ("", lines(3)))], rules) is Kind.OPERATIONS
    assert kind_of([asked(), ran()], rules) is Kind.OPERATIONS  # no file: the table


def test_whole_files_are_counted_by_what_differs_and_quoted_context_not_at_all():
    whole = edited("/a.py", ("x", "y"), before=lines(100), after=lines(100) + "more\n")
    (file,) = work_in([whole]).files
    assert (file.added, file.removed) == (1, 0)
    quoted = edited("/a.py", (lines(50), lines(50) + "one\n\n"))
    (file,) = work_in([quoted, quoted]).files
    assert (file.added, file.removed, file.places) == (2, 0, 2)


ACTS = st.one_of(
    st.builds(ran, failed=st.booleans()),
    st.builds(looked),
    st.builds(did, st.sampled_from(sorted(set(ActKind) - {ActKind.EDIT}))),
    st.builds(
        lambda path, old, new, outcome: edited(path, (old, new), outcome=outcome),
        st.sampled_from(["/a.py", "/b.md", "/c.csv", "", "/d"]),
        st.sampled_from(["", "a\n", lines(8)]),
        st.sampled_from(["", "b\n", lines(12)]),
        st.sampled_from(Outcome),
    ),
)


@settings(max_examples=50)
@given(acts=st.lists(ACTS, max_size=8))
def test_everything_is_sorted_the_same_way_each_time(acts):
    kind = kind_of(acts)
    assert kind is kind_of(list(acts))
    assert (kind in (Kind.QUESTION, Kind.REVIEW, Kind.OPERATIONS, Kind.UNSORTED)) == (
        not any(act.edit for act in acts)
    )


def test_the_document_shows_the_table_as_it_is():
    rows = [
        f"| {number} | {rule.kind.title} | {rule.when} |" for number, rule in enumerate(RULES, 1)
    ]
    text = DOCUMENT.read_text(encoding="utf-8")
    assert [line for line in text.splitlines() if line[:3].strip("| ").isdigit()] == rows
    assert {rule.kind for rule in RULES} == set(Kind) - {Kind.UNSORTED}
