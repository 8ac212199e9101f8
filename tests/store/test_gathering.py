"""Readings become one row per id before the ledger is touched."""

from ledger.core.parts import SpanPart
from ledger.store.gathering import FileKey, gather
from ledger.store.joins import SessionRow
from tests.store.worlds import prompt, reading, request, session


def test_parts_with_one_id_become_one_row():
    both = [reading(request(21, 11, output=1)), reading(request(21, 11, output=9))]
    whole = gather(both, [FileKey(1, 1), FileKey(2, 1)])
    assert [row.output for row in whole.requests.values()] == [9]


def test_a_session_that_only_parts_name_gets_a_row_with_its_tool():
    whole = gather([reading(prompt(11, in_session=4), tool="codex")], [FileKey(1, 1)])
    assert whole.sessions == {4: SessionRow(4, "codex")}


def test_names_are_gathered_from_prompts_and_sessions_and_requests():
    parts = (session(directory="/a"), prompt(11, directory="/b"), request(21, 11, model="m"))
    whole = gather([reading(*parts)], [FileKey(1, 1)])
    assert (whole.projects, whole.models) == ({"/a", "/b"}, {"m"})


def test_a_prompt_points_at_its_line_and_a_span_at_its_end():
    parts = (prompt(11, offset=100, length=50, check=7), SpanPart(11, 900), SpanPart(12, 950))
    whole = gather([reading(*parts)], [FileKey(3, 5)])
    assert whole.pointers == {
        (11, 3): (11, 3, 5, 100, 50, 7, 5, 900),
        (12, 3): (12, 3, -1, -1, 0, 0, 5, 950),
    }
