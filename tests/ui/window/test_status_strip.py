import pytest

from ledger.flows.importing.pipeline import Progress
from ledger.ui.window.status_strip import StatusStrip, progress_text, time_left

HALF = Progress(files=1200, all_files=2400, size_bytes=50, all_bytes=100, elapsed_s=90.0)


@pytest.fixture
def strip(qtbot, client):
    widget = StatusStrip(client)
    qtbot.addWidget(widget)
    widget.show()
    return widget


def test_a_short_import_does_not_flicker(strip, client):
    client.progress.emit(HALF)
    client.progress.emit(None)
    strip._patience.timeout.emit()
    assert not strip.bar.isVisible()


def test_a_long_import_shows_how_far_it_is_and_can_be_stopped(qtbot, strip, client):
    client.progress.emit(HALF)
    strip._patience.timeout.emit()
    assert strip.bar.isVisible()
    assert strip.bar.value() == 500
    assert strip.sentence.full_text() == (
        "Reading logs: 1,200 of 2,400 files, about 2 minutes left"
    )
    with qtbot.waitSignal(strip.cancelled):
        strip.cancel.click()
    assert "what was read stays" in strip.sentence.full_text()


def test_in_quiet_times_it_counts_what_is_there(strip, client):
    client.frame_changed.emit()
    assert strip.sentence.full_text() == "0 interactions in this ledger"


def test_a_search_through_the_logs_shows_how_far_it_is(strip):
    strip.show_search(600, 9331)
    assert strip.sentence.full_text() == "Searching prompts: 600 of 9,331"
    strip.show_search(9331, 9331)
    assert strip.sentence.full_text() == "0 interactions in this ledger"


def test_a_guess_is_not_shown_as_an_estimate():
    start = Progress(files=0, all_files=9, size_bytes=0, all_bytes=9, elapsed_s=0.1)
    assert progress_text(start) == "Reading logs: 0 of 9 files"


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (2, "a few seconds left"),
        (22, "about 20 seconds left"),
        (58, "about 1 minute left"),
        (200, "about 3 minutes left"),
    ],
)
def test_what_is_left_is_told_as_roughly_as_it_is_known(seconds, text):
    assert time_left(seconds) == text
