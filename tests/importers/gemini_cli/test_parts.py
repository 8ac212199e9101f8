from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from ledger.core.ids import content_id
from ledger.core.usage import Basis
from tests.importers.gemini_cli.cases import SESSION, batch, edit_call, gemini, info, metadata, user


def test_every_part_names_its_session_and_interaction(tmp_path: Path) -> None:
    call = edit_call("c1")
    parts = batch(tmp_path, metadata(), user("u1", "Hi"), gemini("g1", toolCalls=[call]))
    session, interaction = parts.sessions[0].id, parts.prompts[0].id
    assert {part.session for part in (*parts.prompts, *parts.requests, *parts.edits)} == {session}
    assert {part.interaction for part in (*parts.requests, *parts.edits)} == {interaction}
    assert [span.interaction for span in parts.spans] == [interaction]
    assert parts.edits[0].id == content_id("gemini-cli", SESSION, "g1", "c1")


def test_two_calls_without_an_id_are_two_edits(tmp_path: Path) -> None:
    calls = [edit_call(""), edit_call("")]
    parts = batch(tmp_path, metadata(), user("u1", "Hi"), gemini("g1", toolCalls=calls))
    assert len({part.id for part in parts.edits}) == 2


def test_all_prompts_of_a_session_work_in_its_directory(tmp_path: Path) -> None:
    parts = batch(
        tmp_path, metadata(directories=["/home/ada/p"]), user("u1", "Hi"), user("u2", "Ho", 3)
    )
    assert {part.directory for part in (*parts.sessions, *parts.prompts)} == {"/home/ada/p"}


def test_a_session_begins_with_its_first_message_when_it_does_not_say(tmp_path: Path) -> None:
    parts = batch(tmp_path, metadata(startTime=None), user("u1", "Hi", 7), gemini("g1", 9))
    assert parts.sessions[0].time_ms == parts.prompts[0].time_ms


def test_an_answer_that_never_came_is_unknown_and_not_free(tmp_path: Path) -> None:
    parts = batch(
        tmp_path,
        metadata(),
        user("u1", "Hi"),
        info("i1", "Request cancelled."),
        user("u2", "And?", 5),
        gemini("g1", 6),
    )
    lost = next(part for part in parts.requests if part.interaction == parts.prompts[0].id)
    assert (lost.basis, lost.time_ms) == (Basis.UNKNOWN, parts.prompts[0].time_ms)
    assert len({part.id for part in parts.requests}) == 2


@given(st.lists(st.sampled_from(["one", "1", SESSION]), min_size=2, max_size=2, unique=True))
def test_the_same_names_in_two_sessions_are_two_things(sessions: list[str]) -> None:
    ids: list[int] = []
    for session in sessions:
        with TemporaryDirectory() as folder:
            calls = [edit_call("c1")]
            log = (metadata(sessionId=session), user("1", "Hi"), gemini("2", toolCalls=calls))
            parts = batch(Path(folder), *log, user("3", "Lost", 5), user("4", "And?", 6))
            ids += (part.id for part in parts.sessions)
            ids += (part.id for part in (*parts.prompts, *parts.requests, *parts.edits))
    assert len(ids) == len(set(ids)) == 2 * 7
