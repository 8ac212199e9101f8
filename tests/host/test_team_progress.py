import pytest

from ledger.host import team_progress
from ledger.host.team_progress import Progress, load, progress_path, save

SOME = Progress(("key one", "key two"), "the round")


def test_progress_comes_back_for_its_team_alone():
    save("a", SOME)
    save("b", Progress(("other",)))
    assert (load("a"), load("b"), load("c")) == (SOME, Progress(("other",)), Progress())
    assert progress_path().stat().st_mode & 0o777 == 0o600


def test_nothing_to_keep_forgets_the_team():
    save("a", SOME)
    save("a", Progress())
    assert progress_path().read_bytes() == b"{}\n"


@pytest.mark.parametrize("data", [b"", b"[]", b'{"a": 1}', b'{"a": {"keys": [1], "round": ""}}'])
def test_what_cannot_be_read_is_asked_for_again(data):
    progress_path().write_bytes(data)
    assert load("a") == Progress()


def test_a_file_too_large_to_be_one_is_not_read(monkeypatch):
    save("a", SOME)
    monkeypatch.setattr(team_progress, "LARGEST_BYTES", 3)
    assert load("a") == Progress()
