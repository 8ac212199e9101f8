import pytest

from ledger.core.edits import LogEntry, SetLogged, set_notes
from ledger.core.usage import Usage
from ledger.flows import finding, importing, reading
from ledger.importers.base import Home, StepKind
from tests.making import START_MS, append, claude_lines, claude_log


@pytest.fixture
def home(tmp_path):
    return Home(tmp_path / "home", {})


def rows_of(desk, home):
    """Import everything and return the rows, oldest first."""
    for readings, _ in importing.read(finding.jobs(finding.look_around(home), {}), None):
        desk.add(readings)
    return desk.store.rows(desk.load().frame.id.tolist())


def test_every_prompt_is_found_where_its_pointer_says(desk, home):
    claude_log(home.path, "s1", 3)
    rows = rows_of(desk, home)
    assert reading.prompts(rows) == {
        row.id: reading.Prompt(f"prompt number {number}") for number, row in enumerate(rows)
    }


def test_a_transcript_tells_this_interaction_and_not_the_next(desk, home):
    claude_log(home.path, "s1", 3)
    told = reading.transcript(rows_of(desk, home)[1])
    assert [(step.kind, step.text) for step in told.steps] == [
        (StepKind.PROMPT, "prompt number 1"),
        (StepKind.ANSWER, "answer number 1"),
    ]
    assert told.missing == ""


def test_a_log_that_is_gone_says_so_and_another_copy_is_read_instead(desk, home):
    log = claude_log(home.path, "s1", 1)
    copy = home.path / ".config" / "claude" / "projects" / "copy" / log.name
    copy.parent.mkdir(parents=True)
    copy.write_bytes(log.read_bytes())
    [row] = rows_of(desk, home)
    assert len(row.pointers) == 2
    log.unlink()
    assert reading.prompt(row).text == "prompt number 0"
    assert len(reading.transcript(row).steps) == 2
    copy.unlink()
    assert reading.prompt(row) == reading.Prompt("", reading.GONE)
    assert reading.transcript(row) == reading.Transcript((), reading.GONE)


def test_a_log_that_was_rewritten_shows_no_other_prompt(desk, home):
    log = claude_log(home.path, "s1", 2)
    first = rows_of(desk, home)[0]
    log.write_text(log.read_text().replace("prompt number 0", "another prompt."))
    assert reading.prompt(first) == reading.Prompt("", reading.CHANGED)
    assert reading.transcript(first) == reading.Transcript((), reading.CHANGED)


def test_a_log_that_only_grew_is_still_the_same(desk, home):
    log = claude_log(home.path, "s1", 1)
    [row] = rows_of(desk, home)
    append(log, *claude_lines("s1", 1, first=1))
    assert reading.prompt(row).text == "prompt number 0"
    assert len(reading.transcript(row).steps) == 2


def test_a_log_that_is_cut_off_in_the_middle_of_the_prompt_is_changed(desk, home):
    log = claude_log(home.path, "s1", 1)
    [row] = rows_of(desk, home)
    log.write_bytes(log.read_bytes()[:40])
    assert reading.prompt(row).missing == reading.CHANGED


def test_an_interaction_entered_by_hand_has_no_text_to_show(desk):
    entry = LogEntry(7, START_MS, "other", "m", "/p", Usage(input=1))
    desk.do(SetLogged(((entry, True),)))
    [row] = desk.store.rows([7])
    assert reading.prompt(row) == reading.Prompt("", reading.BY_HAND)
    desk.do(set_notes(((7, "Asked for a summary"),)))
    [row] = desk.store.rows([7])
    assert reading.prompt(row) == reading.Prompt("", "Asked for a summary")
    assert reading.transcript(row) == reading.Transcript((), "Asked for a summary")


@pytest.mark.parametrize("words", [reading.GONE, reading.CHANGED, reading.NO_TEXT])
def test_what_is_missing_is_said_in_whole_sentences(words):
    assert words[0].isupper()
    assert words.endswith(".")
