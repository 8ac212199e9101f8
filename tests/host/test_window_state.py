import stat
from pathlib import Path

import pytest

from ledger.host.window_state import WindowState


def test_what_was_remembered_is_there_next_time() -> None:
    state = WindowState()
    state.set_text("page", "charts")
    state.set_blob("geometry", b"\x00\xff\x10")
    state.save()
    again = WindowState()
    assert (again.text("page"), again.blob("geometry")) == ("charts", b"\x00\xff\x10")


def test_the_file_is_private(tmp_path: Path) -> None:
    path = tmp_path / "window.json"
    WindowState(path).save()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b"\xff", b'{"page": 3, "geometry": "%"}'])
def test_anything_unreadable_is_as_if_never_written(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "window.json"
    path.write_bytes(content)
    state = WindowState(path)
    assert (state.text("page", "today"), state.blob("geometry")) == ("today", b"")


def test_a_file_out_of_all_proportion_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "window.json"
    path.write_text('{"page": "' + "x" * (4 << 20) + '"}')
    assert WindowState(path).text("page", "today") == "today"


def test_a_disk_that_refuses_stops_nobody(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    WindowState(tmp_path / "no" / "such" / "window.json").save()
    assert "not saved" in caplog.text
