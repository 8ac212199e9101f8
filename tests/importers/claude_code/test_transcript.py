from ledger.importers.base import Step, StepKind
from ledger.importers.claude_code.transcript import LONGEST_TEXT, steps_of
from tests.importers.claude_code.claude_logs import DONE, Row, answer, call, data_of, prompt, row
from tests.importers.claude_code.claude_logs import result as back

REFUSED = "The user doesn't want to proceed with this tool use. keep it short"


def shown(*rows: Row | bytes) -> list[Step]:
    return list(steps_of(data_of(rows).split(b"\n")[:-1]))


def text_block(content: str) -> Row:
    return {"type": "text", "text": content}


def test_a_turn_is_told_in_its_order():
    assert shown(
        prompt(0, "list it"),
        answer(1, "m", {"type": "thinking", "thinking": "Look.", "signature": "x"}),
        answer(1, "m", text_block("I will look.")),
        answer(1, "m", call("t", "Bash", command="ls", description="List")),
        back(2, "t", "a.py"),
        answer(3, "n", text_block("One file.")),
    ) == [
        Step(StepKind.PROMPT, "", "list it"),
        Step(StepKind.THINKING, "", "Look."),
        Step(StepKind.ANSWER, "", "I will look."),
        Step(StepKind.CALL, "Bash", "ls"),
        Step(StepKind.RESULT, "Bash", "a.py"),
        Step(StepKind.ANSWER, "", "One file."),
    ]


def test_an_edit_is_shown_with_the_diff_of_its_result():
    (edit,) = shown(answer(1, "m", call("t")), back(2, "t", toolUseResult=DONE))
    assert edit == (
        StepKind.EDIT,
        "/home/ada/shop/a.py",
        "@@ -7,2 +7,3 @@\n a\n-b\n+c\n+d\n\\ No newline at end of file",
    )


def test_an_open_edit_is_shown_as_it_was_proposed():
    assert shown(answer(1, "m", call("t"))) == [
        Step(StepKind.EDIT, "/home/ada/shop/a.py", "@@\n a\n-b\n+c\n+d")
    ]


def test_a_refused_edit_says_so_with_the_persons_words():
    edit, reason = shown(answer(1, "m", call("t")), back(2, "t", REFUSED, True))
    assert edit.title == "/home/ada/shop/a.py (refused)"
    assert reason == Step(StepKind.RESULT, "Edit", REFUSED)


def test_a_change_by_the_person_is_told():
    done = DONE | {"userModified": True}
    (edit,) = shown(answer(1, "m", call("t")), back(2, "t", toolUseResult=done))
    assert edit.title == "/home/ada/shop/a.py (you changed it first)"


def test_a_text_repeated_or_lengthened_by_a_later_row_is_one():
    assert shown(
        answer(1, "m", text_block("One")),
        answer(2, "m", text_block("One and two")),
        answer(3, "m", text_block("One")),
        answer(4, "m", text_block("Three")),
        answer(5, "n", text_block("One")),
    ) == [Step(StepKind.ANSWER, "", answer_text) for answer_text in ("One and two", "Three", "One")]


def test_a_call_repeated_by_a_later_row_is_one():
    assert len(shown(answer(1, "m", call("t")), answer(2, "m", call("t"), call("u")))) == 2


def test_arguments_of_other_tools_are_named():
    (step,) = shown(answer(1, "m", call("t", "Grep", pattern="a b", count=3)))
    assert step == Step(StepKind.CALL, "Grep", "pattern: a b\ncount: 3")


def test_empty_thinking_is_not_shown():
    assert shown(answer(1, "m", {"type": "thinking", "thinking": "", "signature": "x"})) == []


def test_what_happened_besides_is_a_notice():
    steps = shown(
        prompt(0, "go"),
        answer(1, "m", text_block("Limit reached"), isApiErrorMessage=True),
        prompt(2, [text_block("[Request interrupted by user]")]),
        row("system", 3, subtype="compact_boundary", content="Conversation compacted"),
        prompt(4, "<command-name>/cost</command-name>"),
    )
    assert steps[1:] == [
        Step(StepKind.NOTICE, "", "Limit reached"),
        Step(StepKind.NOTICE, "", "You interrupted it here."),
        Step(StepKind.NOTICE, "", "The conversation was compacted."),
        Step(StepKind.NOTICE, "", "You ran /cost."),
    ]


def test_a_command_that_began_it_is_the_prompt():
    assert shown(prompt(0, "<command-name>/review</command-name>"))[0].kind is StepKind.PROMPT


def test_rows_of_others_and_broken_lines_are_passed_over():
    assert shown(prompt(0, isMeta=True), answer(1, isSidechain=True), b"{broken", b"\0") == []


def test_a_long_text_is_cut_and_says_so():
    (step,) = shown(answer(1, "m", text_block("x" * (LONGEST_TEXT + 1_500))))
    assert step.text.endswith("\n… and 1,500 more characters")
    assert len(step.text) < LONGEST_TEXT + 100


def test_an_edits_result_without_its_call_is_passed_over():
    assert shown(back(2, "t", toolUseResult=DONE)) == [
        Step(StepKind.RESULT, "", "The file has been updated.")
    ]


def test_an_answer_of_plain_words_is_told():
    whole = answer(1)
    whole["message"] = {"role": "assistant", "model": "m", "content": "Hi there!"}
    assert shown(whole) == [Step(StepKind.ANSWER, "", "Hi there!")]


def test_a_title_is_told_once_and_a_new_one_again():
    given, chosen = (
        {"type": "ai-title", "aiTitle": "Fix the cart"},
        {"type": "custom-title", "customTitle": "Cart"},
    )
    steps = shown(prompt(0, "list it"), given, answer(1, "m"), given, chosen, chosen)
    assert [step.text for step in steps if step.kind is StepKind.NOTICE] == [
        "The session is called “Fix the cart”.",
        "The session is called “Cart”.",
    ]
    assert shown(given | {"aiTitle": 7}, prompt(0, "list it"))[0].kind is StepKind.PROMPT
