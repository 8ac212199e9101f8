from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.core.edits import LogEntry, SetLogged, set_notes
from ledger.core.secrets import secrets_in
from ledger.core.usage import Usage
from ledger.flows import transcript
from ledger.flows.importing import discovery, pipeline
from ledger.flows.transcript import GuardedText, find_secrets, mask, matching, search
from ledger.importers.base import Home, StepKind
from tests.making import START_MS, append, claude_lines, claude_log
from tests.ui.pages.fakes import row


@pytest.fixture
def home(tmp_path):
    return Home(tmp_path / "home", {})


def rows_of(workspace, home):
    """Import everything and return the rows, oldest first."""
    for readings, _ in pipeline.read(discovery.jobs(discovery.scan_places(home), {}), None):
        workspace.add(readings)
    return workspace.store.rows(workspace.load().frame.id.tolist())


def test_every_prompt_is_found_where_its_pointer_says(workspace, home):
    claude_log(home.path, "s1", 3)
    rows = rows_of(workspace, home)
    assert transcript.read_prompts(rows) == {
        row.id: transcript.Prompt(f"prompt number {number}") for number, row in enumerate(rows)
    }


def test_a_transcript_tells_this_interaction_and_not_the_next(workspace, home):
    claude_log(home.path, "s1", 3)
    read = transcript.read_transcript(rows_of(workspace, home)[1])
    assert [(step.kind, step.text) for step in read.steps] == [
        (StepKind.PROMPT, "prompt number 1"),
        (StepKind.ANSWER, "answer number 1"),
    ]
    assert read.missing == ""


def test_a_log_that_is_gone_says_so_and_another_copy_is_read_instead(workspace, home):
    log = claude_log(home.path, "s1", 1)
    copy = home.path / ".config" / "claude" / "projects" / "copy" / log.name
    copy.parent.mkdir(parents=True)
    copy.write_bytes(log.read_bytes())
    [row] = rows_of(workspace, home)
    assert len(row.pointers) == 2
    log.unlink()
    assert transcript.read_prompt(row).text == "prompt number 0"
    assert len(transcript.read_transcript(row).steps) == 2
    copy.unlink()
    assert transcript.read_prompt(row) == transcript.Prompt("", transcript.GONE)
    assert transcript.read_transcript(row) == transcript.Transcript((), transcript.GONE)


def test_a_log_that_was_rewritten_shows_no_other_prompt(workspace, home):
    log = claude_log(home.path, "s1", 2)
    first = rows_of(workspace, home)[0]
    log.write_text(log.read_text().replace("prompt number 0", "another prompt."))
    assert transcript.read_prompt(first) == transcript.Prompt("", transcript.CHANGED)
    assert transcript.read_transcript(first) == transcript.Transcript((), transcript.CHANGED)


def test_a_log_that_only_grew_is_still_the_same(workspace, home):
    log = claude_log(home.path, "s1", 1)
    [row] = rows_of(workspace, home)
    append(log, *claude_lines("s1", 1, first=1))
    assert transcript.read_prompt(row).text == "prompt number 0"
    assert len(transcript.read_transcript(row).steps) == 2


def test_a_log_that_is_cut_off_in_the_middle_of_the_prompt_is_changed(workspace, home):
    log = claude_log(home.path, "s1", 1)
    [row] = rows_of(workspace, home)
    log.write_bytes(log.read_bytes()[:40])
    assert transcript.read_prompt(row).missing == transcript.CHANGED


def test_an_interaction_entered_by_hand_has_no_text_to_show(workspace):
    entry = LogEntry(7, START_MS, "other", "m", "/p", Usage(input=1))
    workspace.do(SetLogged(((entry, True),)))
    [row] = workspace.store.rows([7])
    assert transcript.read_prompt(row) == transcript.Prompt("", transcript.BY_HAND)
    workspace.do(set_notes(((7, "Asked for a summary"),)))
    [row] = workspace.store.rows([7])
    assert transcript.read_prompt(row) == transcript.Prompt("", "Asked for a summary")
    assert transcript.read_transcript(row) == transcript.Transcript((), "Asked for a summary")


@pytest.mark.parametrize("sentence", [transcript.GONE, transcript.CHANGED, transcript.NO_TEXT])
def test_what_is_missing_is_said_in_whole_sentences(sentence):
    assert sentence[0].isupper()
    assert sentence.endswith(".")


GITHUB = "ghp_" + "aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0eF3hJ6"
AWS = "AKIA" + "QWERTYUIOPASDFGH"
PEM = "-----BEGIN RSA PRIVATE KEY-----\nMIIEow\nAQAB\n-----END RSA PRIVATE KEY-----"


def test_a_secret_leaves_nothing_but_the_name_of_its_rule():
    text, masks = find_secrets(f"use {GITHUB} and {AWS}, please").masked()
    assert text == "use [secret: GitHub token] and [secret: AWS access key], please"
    assert [text[mask.start : mask.end] for mask in masks] == [
        "[secret: GitHub token]",
        "[secret: AWS access key]",
    ]


def test_one_secret_is_shown_and_the_others_stay_masked():
    text, masks = find_secrets(f"use {GITHUB} and {AWS}").masked({0})
    assert text == f"use {GITHUB} and [secret: AWS access key]"
    assert [mask.number for mask in masks] == [1]
    assert text[masks[0].start : masks[0].end] == "[secret: AWS access key]"


@pytest.mark.parametrize("end", ["", "\nthe next line"])
def test_a_private_key_is_masked_to_its_last_line(end):
    assert mask(f"key:\n{PEM}{end}") == f"key:\n[secret: private key]{end}"


def test_a_private_key_that_was_cut_is_masked_to_the_end_of_the_text():
    assert mask(PEM.rsplit("\n", 1)[0]) == "[secret: private key]"


def test_two_rules_on_one_place_mask_it_once():
    text = mask(f"token={GITHUB}")
    assert GITHUB not in text
    assert text.count("[secret:") == 1


def test_a_text_without_secrets_stays_as_it_is():
    assert find_secrets("nothing here [secret: x]").masked() == ("nothing here [secret: x]", ())


@settings(max_examples=40)
@given(
    st.lists(st.sampled_from([GITHUB, AWS, PEM, "words", " ", "\n", "token="]), max_size=8),
    st.sets(st.integers(0, 5)),
)
def test_masks_stand_where_they_say_and_nothing_masked_is_left(parts, shown):
    guarded: GuardedText = find_secrets(" ".join(parts))
    text, masks = guarded.masked(shown)
    assert all(text[mask.start : mask.end].startswith("[secret: ") for mask in masks)
    assert {mask.number for mask in masks} == set(range(len(guarded.secrets))) - shown
    ends = [(mask.start, mask.end) for mask in masks]
    assert all(before[1] <= after[0] for before, after in pairwise(ends))
    if not shown:
        assert not list(secrets_in(text))


@pytest.fixture
def logged_row(workspace, tmp_path):
    from ledger.flows.importing import discovery, pipeline

    log = claude_log(tmp_path / "home", "s1", 1)
    text = log.read_text().replace("prompt number 0", f"push with {GITHUB}")
    log.write_text(text.replace("answer number 0", f"done with {AWS}"))
    jobs = discovery.jobs(discovery.scan_places(Home(tmp_path / "home", {})), {})
    for readings, _progress in pipeline.read(jobs, None):
        workspace.add(readings)
    return workspace.store.rows(workspace.load().frame.id.tolist())[0]


def test_what_is_told_of_an_interaction_is_guarded(logged_row):
    read = transcript.masked_transcript(logged_row)
    assert read.prompt.masked()[0] == "push with [secret: GitHub token]"
    assert any("[secret: AWS access key]" in step.body.masked()[0] for step in read.steps)
    assert all(AWS not in step.body.masked()[0] for step in read.steps)


def test_a_list_gets_the_beginning_of_a_prompt_masked(logged_row):
    assert (
        transcript.masked_prompts([logged_row])[logged_row.id].text
        == "push with [secret: GitHub token]"
    )


ROWS = [replace(row(1), note="Connection reset by peer"), replace(row(2), note="reset connection")]


class Rows:
    """Answers for rows in slices, and remembers how many were asked for at once."""

    def __init__(self):
        self.batch_sizes = []

    def rows(self, ids):
        self.batch_sizes.append(len(ids))
        return [row for row in ROWS if row.id in ids]


def test_words_match_in_any_order_and_a_phrase_only_as_it_stands():
    assert matching(ROWS, "reset CONNECTION") == {1, 2}
    assert matching(ROWS, '"connection reset"') == {1}


def test_an_empty_list_has_no_matches():
    assert matching([], "x") == frozenset()


def test_a_few_are_read_at_a_time(monkeypatch):
    monkeypatch.setattr(transcript, "BATCH_SIZE", 1)
    store = Rows()
    assert search(store, [1, 2], "peer") == {1}
    assert store.batch_sizes == [1, 1]
