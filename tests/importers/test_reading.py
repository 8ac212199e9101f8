import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from ledger.core.ids import bytes_id
from ledger.core.parts import Batch, Cursor, Reading, Rejected, SpanPart
from ledger.core.vocabulary import Tool
from ledger.importers import reading
from ledger.importers.base import Home, Layout, Line, Place, Step
from ledger.importers.reading import is_unchanged, lines_between, read_file


class Recorder:
    """Stands for an importer: every line becomes a span, its state is how many it saw."""

    tool = Tool.OTHER
    version = 1

    def __init__(self, layout: Layout = Layout.TAIL) -> None:
        self.kind = layout
        self.lines: list[Line] = []

    def places(self, home: Home) -> tuple[Place, ...]:
        return ()

    def keeps_days(self, place: Place) -> int | None:
        return None

    def layout(self, path: Path) -> Layout | None:
        return self.kind

    def read(self, path: Path, lines: Iterable[Line], state: str, batch: Batch) -> str:
        line_count = int(state or 0)
        for offset, data in lines:
            line_count += 1
            self.lines.append((offset, data))
            if data.startswith(b"bad"):
                batch.rejected.append(Rejected(offset, len(data), bytes_id(data), "bad"))
            batch.spans.append(SpanPart(line_count, offset + len(data)))
        return str(line_count)

    def prompt(self, line: bytes) -> str:
        return ""

    def steps(self, lines: Iterable[bytes]) -> Iterator[Step]:
        return iter(())


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "a.jsonl"


def look(
    path: Path, known: Cursor | None = None, layout: Layout = Layout.TAIL
) -> tuple[list[Line], Reading]:
    recorder = Recorder(layout)
    result = read_file(recorder, str(path), known)
    return recorder.lines, result


def test_every_line_comes_with_its_offset(log: Path):
    log.write_bytes(b"{1}\n{22}\r\n\n  \n{3}\n")
    lines, result = look(log)
    assert lines == [(0, b"{1}"), (4, b"{22}\r"), (14, b"{3}")]
    assert (result.batch.lines, result.cursor.offset, result.problem) == (3, 18, "")


def test_separators_that_are_no_newlines_do_not_split(log: Path):
    line = "{a\u2028b\u2029c\u0085d\x0be\x0cf\x1cg}".encode()
    log.write_bytes(line + b"\n")
    assert look(log)[0] == [(0, line)]


def test_a_file_is_read_on_from_where_it_was_left(log: Path):
    log.write_bytes(b"{1}\n")
    first = look(log)[1].cursor
    with log.open("ab") as file:
        file.write(b"{2}\n")
    lines, result = look(log, first)
    assert lines == [(4, b"{2}")]
    assert (result.cursor.offset, result.cursor.state) == (8, "2")


def test_nothing_new_is_nothing_read(log: Path):
    log.write_bytes(b"{1}\n")
    cursor = look(log)[1].cursor
    lines, again = look(log, cursor)
    assert lines == []
    assert again.cursor == cursor


def test_a_half_written_last_line_waits(log: Path):
    log.write_bytes(b'{1}\n{"half')
    lines, result = look(log)
    assert lines == [(0, b"{1}")]
    assert (result.batch.rejected, result.cursor.offset) == ([], 4)
    with log.open("ab") as file:
        file.write(b'"}\n')
    assert look(log, result.cursor)[0] == [(4, b'{"half"}')]


def test_a_whole_last_line_without_its_newline_counts_now_and_again_later(log: Path):
    log.write_bytes(b"{1}\n{2}")
    result = look(log)[1]
    assert result.batch.spans == [(1, 3), (2, 7)]
    assert (result.cursor.offset, result.cursor.state, result.batch.lines) == (4, "1", 1)
    with log.open("ab") as file:
        file.write(b"\n")
    lines, again = look(log, result.cursor)
    assert lines == [(4, b"{2}")]
    assert again.batch.spans == [(2, 7)]


def test_a_last_line_that_only_looks_whole_is_not_held_against_the_file(log: Path):
    log.write_bytes(b"{1}\nbad}")
    result = look(log)[1]
    assert (result.batch.spans, result.batch.rejected) == ([(1, 3)], [])


def test_a_mark_at_the_beginning_is_no_part_of_the_first_line(log: Path):
    log.write_bytes(b"\xef\xbb\xbf{1}\n{2}\n")
    lines, result = look(log)
    assert lines == [(3, b"{1}"), (7, b"{2}")]
    assert result.cursor.offset == 11
    assert lines_between(str(log), 3, 6) == [b"{1}"]


def test_a_mark_before_a_line_without_newline_is_taken_off_too(log: Path):
    log.write_bytes(b"\xef\xbb\xbf{1}")
    assert look(log)[0] == [(3, b"{1}")]


def test_a_mark_further_on_is_left_alone(log: Path):
    log.write_bytes(b"{1}\n\xef\xbb\xbf{2}\n")
    assert look(log)[0][1] == (4, b"\xef\xbb\xbf{2}")


def test_a_hole_of_nul_bytes_is_the_importers_to_judge(log: Path):
    log.write_bytes(b"\0\0\0\n{2}\n")
    assert look(log)[0] == [(0, b"\0\0\0"), (4, b"{2}")]


@pytest.mark.parametrize("block", [1, 3, 7, 64])
def test_a_line_too_long_is_skipped_and_the_next_one_read(
    log: Path, monkeypatch: pytest.MonkeyPatch, block: int
):
    monkeypatch.setattr(reading, "BLOCK_BYTES", block)
    monkeypatch.setattr(reading, "LONGEST_LINE", 20)
    long = b"x" * 200
    log.write_bytes(b"{1}\n" + long + b"\n{3}\n{4}\n")
    lines, result = look(log)
    assert lines == [(0, b"{1}"), (205, b"{3}"), (209, b"{4}")]
    assert result.batch.rejected == [(4, 200, 0, reading.TOO_LONG)]
    assert (result.batch.lines, result.cursor.offset) == (4, 213)


def test_a_line_too_long_that_is_not_finished_waits(log: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(reading, "BLOCK_BYTES", 4)
    monkeypatch.setattr(reading, "LONGEST_LINE", 20)
    log.write_bytes(b"{1}\n" + b"x" * 200 + b"}")
    lines, result = look(log)
    assert lines == [(0, b"{1}")]
    assert (result.batch.rejected, result.cursor.offset) == ([], 4)


lines_of_a_file = st.lists(st.binary(max_size=9).map(lambda line: line.replace(b"\n", b"")))


@given(lines_of_a_file, st.integers(1, 12))
def test_lines_are_the_same_however_large_the_blocks_are(
    tmp_path_factory: pytest.TempPathFactory, content: list[bytes], block: int
):
    path = tmp_path_factory.mktemp("logs") / "a.jsonl"
    path.write_bytes(b"".join(b"+" + line + b"\n" for line in content))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "BLOCK_BYTES", block)
        lines = look(path)[0]
    assert [data for _, data in lines] == [b"+" + line for line in content]
    data = path.read_bytes()
    assert all(data[offset : offset + len(line)] == line for offset, line in lines)


@pytest.mark.parametrize(
    "rewritten",
    [
        b"{9}\n{2}\n{3}\n",  # another beginning
        b"{1}\n{9}\n{3}\n",  # other bytes before the place
        b"{1}\n",  # shorter
    ],
)
def test_a_rewritten_file_is_read_from_its_beginning(log: Path, rewritten: bytes):
    log.write_bytes(b"{1}\n{2}\n")
    cursor = look(log)[1].cursor
    log.write_bytes(rewritten)
    lines, result = look(log, cursor)
    assert lines[0][0] == 0
    assert result.cursor.offset == len(rewritten)


def test_a_newer_importer_reads_from_the_beginning(log: Path):
    log.write_bytes(b"{1}\n")
    cursor = look(log)[1].cursor
    assert look(log, cursor._replace(parser=0))[0] == [(0, b"{1}")]


def test_a_moved_file_is_read_on(log: Path):
    log.write_bytes(b"{1}\n")
    cursor = look(log)[1].cursor
    moved = log.rename(log.with_name("b.jsonl"))
    assert look(moved, cursor)[0] == []


def test_lines_that_may_be_amended_are_read_again_from_the_beginning(log: Path):
    log.write_bytes(b"{1}\n")
    cursor = look(log, layout=Layout.LINES)[1].cursor
    assert cursor.state == ""
    assert look(log, cursor, Layout.LINES)[0] == [(0, b"{1}")]


def test_a_document_is_one_line(log: Path):
    log.write_bytes(b"\xef\xbb\xbf{\n 1\n}\n")
    lines, result = look(log, layout=Layout.DOCUMENT)
    assert lines == [(3, b"{\n 1\n}\n")]
    assert (result.batch.lines, result.cursor.offset) == (1, 10)


def test_an_empty_document_is_nothing(log: Path):
    log.write_bytes(b" \n")
    assert look(log, layout=Layout.DOCUMENT)[0] == []


def test_a_document_too_long_is_rejected(log: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(reading, "LONGEST_DOCUMENT", 5)
    log.write_bytes(b"{12345}")
    lines, result = look(log, layout=Layout.DOCUMENT)
    assert lines == []
    assert len(result.batch.rejected) == 1


def packed(*pieces: bytes) -> bytes:
    return b"".join(zstandard.ZstdCompressor().compress(piece) for piece in pieces)


def test_a_packed_log_is_unpacked_on_the_way(log: Path):
    path = log.with_suffix(".jsonl.zst")
    path.write_bytes(packed(b"{1}\n{2}\n", b"{3}\n"))
    lines, result = look(path)
    assert lines == [(0, b"{1}"), (4, b"{2}"), (8, b"{3}")]
    assert look(path, result.cursor)[0] == lines
    assert lines_between(str(path), 4, 11) == [b"{2}", b"{3}"]


def test_a_damaged_packed_log_is_a_sentence(log: Path):
    path = log.with_suffix(".jsonl.zst")
    path.write_bytes(b"\0" * 40)
    result = look(path)[1]
    assert (result.problem, result.batch) == ("the compressed file is damaged", Batch())


def test_a_vanished_file_is_a_sentence_and_keeps_its_place(log: Path):
    log.write_bytes(b"{1}\n")
    cursor = look(log)[1].cursor
    log.unlink()
    result = look(log, cursor)[1]
    assert result.problem == "No such file or directory"
    assert (result.cursor, result.batch) == (cursor, Batch())


def test_a_pipe_does_not_hold_us_for_ever(log: Path):
    os.mkfifo(log)
    assert look(log)[1].problem == "not a regular file"


def test_a_folder_and_a_loop_of_links_are_sentences(log: Path):
    log.mkdir()
    assert look(log)[1].problem == "not a regular file"
    loop = log.with_name("loop.jsonl")
    loop.symlink_to(loop)
    assert "symbolic links" in look(loop)[1].problem


def test_an_unreadable_file_is_a_sentence(log: Path, monkeypatch: pytest.MonkeyPatch):
    def refuse(path: str, flags: int) -> int:
        raise PermissionError(13, "Permission denied", path)

    log.write_bytes(b"{1}\n")
    monkeypatch.setattr(reading.os, "open", refuse)
    assert look(log)[1].problem == "Permission denied"


def test_lines_are_given_back_for_a_pointer(log: Path):
    log.write_bytes(b"{1}\n\n{2}\n{3}\n")
    assert lines_between(str(log), 4, 9) == [b"{2}"]
    assert lines_between(str(log), 5, 1000) == [b"{2}", b"{3}"]


def test_lines_of_a_vanished_log_raise(log: Path):
    with pytest.raises(FileNotFoundError):
        lines_between(str(log), 0, 5)


def test_a_changed_line_is_noticed():
    assert is_unchanged(b"{1}", bytes_id(b"{1}"))
    assert not is_unchanged(b"{2}", bytes_id(b"{1}"))


def test_a_packed_log_that_was_damaged_since_is_as_good_as_gone(tmp_path):
    log = tmp_path / "log.jsonl.zst"
    packed = zstandard.compress(b'{"a": 1}\n' * 1000)
    log.write_bytes(packed[:20] + b"\xff" * 20)
    with pytest.raises(OSError, match="damaged"):
        reading.bytes_between(str(log), 0, 8)


@pytest.mark.parametrize("ending", [".jsonl", ".jsonl.zst"])
@pytest.mark.parametrize(
    ("line", "variable"),
    [(b"bad\n", "MOST_BAD_LINES"), (b"\n", "MOST_EMPTY_LINES"), (b"{}\n", "MOST_EMPTY_LINES")],
)
def test_a_file_of_lines_that_hold_nothing_is_given_up_with_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str, line: bytes, variable: str
):
    monkeypatch.setattr(reading, "BLOCK_BYTES", 60)
    monkeypatch.setattr(reading, variable, 40)
    path = tmp_path / f"a{ending}"
    data = line * 5000
    path.write_bytes(zstandard.ZstdCompressor().compress(data) if "zst" in ending else data)
    result = read_file(Recorder(), str(path), None)
    assert result.batch.rejected[-1].reason == reading.GIVEN_UP
    assert result.cursor.offset < 1000


def test_bad_lines_between_good_ones_are_never_too_many(log: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(reading, "MOST_BAD_LINES", 2)
    log.write_bytes(b"bad\nbad\ngood\n" * 50)
    result = read_file(Recorder(), str(log), None)
    assert {line.reason for line in result.batch.rejected} == {"bad"}
    assert result.cursor.offset == 650
