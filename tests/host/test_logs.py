import logging
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from ledger.host import logs
from ledger.host.paths import log_path

SECRET = "the words of a prompt"
log = logging.getLogger("ledger.somewhere")


@pytest.fixture(autouse=True)
def _stopped() -> Iterator[None]:
    yield
    logs.stop()
    logging.getLogger("ledger").setLevel(logging.NOTSET)


def failed(cause: bool = False) -> ValueError:
    try:
        try:
            raise KeyError(SECRET)
        except KeyError as first:
            if cause:
                raise ValueError(SECRET) from first
            raise ValueError(SECRET) from None
    except ValueError as error:
        return error


def test_messages_are_written_to_a_private_file() -> None:
    logs.start()
    log.info("Read %s files of %s.", 3, "codex")
    (line,) = log_path().read_text().splitlines()
    assert line.endswith("Z INFO ledger.somewhere: Read 3 files of codex.")
    assert stat.S_IMODE(log_path().stat().st_mode) == 0o600


def test_an_exceptions_words_are_never_written() -> None:
    logs.start()
    error = failed(cause=True)
    log.error("It failed.", exc_info=error)
    log.error("It failed: %s.", error)
    log.error(error)
    text = log_path().read_text()
    assert SECRET not in text
    assert len(text.splitlines()) == 3
    assert text.count("ValueError at ") == 3
    assert text.count("caused by KeyError") == 3
    assert "test_logs.py:" in text


def test_a_trace_tells_types_and_places_only() -> None:
    trace = logs.safe_trace(failed())
    assert trace.startswith("ValueError at tests/host/test_logs.py:")
    assert "KeyError" not in trace
    assert SECRET not in trace


def test_a_trace_of_an_exception_never_raised_is_its_type() -> None:
    assert logs.safe_trace(UnicodeError(SECRET)) == "UnicodeError"


def test_a_trace_of_many_places_tells_those_nearest_to_the_failure() -> None:
    def dive(depth: int) -> None:
        if not depth:
            raise ValueError(SECRET)
        dive(depth - 1)

    with pytest.raises(ValueError, match=SECRET) as caught:
        dive(logs.MOST_FRAMES + 5)
    places = logs.safe_trace(caught.value).removeprefix("ValueError at ").split(" < ")
    assert len(places) == logs.MOST_FRAMES
    assert places[0] != places[1] == places[-1]


def test_a_chain_that_bites_its_tail_ends() -> None:
    first, second = ValueError(), KeyError()
    first.__cause__, second.__cause__ = second, first
    assert logs.safe_trace(first) == "ValueError; caused by KeyError"


def test_a_field_cannot_fill_the_log_or_forge_a_line() -> None:
    logs.start()
    log.warning("Odd file %s.", "a\n2026-01-01 FORGED" + "x" * 5000)
    (line,) = log_path().read_text().splitlines()
    assert len(line) < 400


def test_a_message_that_does_not_fit_its_fields_loses_only_itself() -> None:
    record = logging.LogRecord(
        "ledger.x", logging.INFO, "a/b.py", 7, "Read %d files.", (SECRET,), None
    )
    line = logs.SafeFormatter().format(record)
    assert SECRET not in line
    assert line.endswith("unreadable message at a/b.py:7")


def test_the_log_stays_small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "LARGEST_BYTES", 2000)
    logs.start()
    for number in range(200):
        log.info("Message %s.", number)
    files = sorted(log_path().parent.glob("signal-ledger.log*"))
    assert len(files) == 3
    assert all(path.stat().st_size <= 2000 for path in files)
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in files)


def test_a_place_that_cannot_be_written_to_stops_nobody(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    logs.start(tmp_path / "no" / "such" / "file.log")
    log.error("Nobody hears this.")
    assert capsys.readouterr().err == ""


def test_starting_twice_writes_once() -> None:
    logs.start()
    logs.start()
    log.info("Once.")
    assert len(log_path().read_text().splitlines()) == 1


def test_other_programs_messages_are_not_written() -> None:
    logs.start()
    logging.getLogger("urllib3").error(SECRET)
    assert log_path().read_text() == ""


def test_a_full_disk_is_not_shouted_about(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    logs.start()
    (handler,) = [h for h in logging.getLogger("ledger").handlers if hasattr(h, "stream")]

    def full(text: str) -> None:
        raise OSError(28, SECRET)

    monkeypatch.setattr(handler.stream, "write", full, raising=False)
    log.error("Not written: %s.", SECRET)
    assert capsys.readouterr().err == ""
