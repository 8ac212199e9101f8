import json
import threading

import pytest

from ledger.core.errors import TeamError
from ledger.core.sealed_sum import Headcount, Sealed, Team, TeamBook
from ledger.export.sealing import member_key
from ledger.host import json_document, team_book
from ledger.host.team_book import Progress, load_progress, progress_path, save_progress
from tests.teaming import PERIOD, card, secrets_of

KEYS = [member_key(secrets_of(number)) for number in range(6)]
BOOK = TeamBook(
    (
        Team(
            id="a1", name="Ätlas", key=KEYS[0], confirmed=frozenset(KEYS[1:]),
            sealed=(Sealed(PERIOD, frozenset(key.sign for key in KEYS), card().vector),),
        ),
    ),
    Headcount(PERIOD, 6),
)  # fmt: skip
CAME_IN = Progress(("key one", "key two"), "the round")


def test_what_is_kept_is_read_back():
    assert team_book.load() == TeamBook()
    team_book.save(BOOK)
    assert team_book.load() == BOOK


def test_only_its_owner_can_read_it():
    team_book.save(BOOK)
    assert team_book.book_path().stat().st_mode & 0o777 == 0o600


def test_of_others_only_public_keys_and_of_a_comparison_only_a_count_is_kept():
    team_book.save(BOOK)
    document = json.loads(team_book.book_path().read_text())
    assert document["compared"] == {"period": "2026-P07", "people": 6}
    (team,) = document["teams"]
    assert team.keys() == {"id", "name", "key", "confirmed", "sealed"}
    assert all(len(key) == 129 for key in team["confirmed"])


@pytest.mark.parametrize(
    "text", ["{", "[]", '{"version": 1}', '{"version": 1, "teams": [{}], "compared": null}', "9"]
)
def test_a_damaged_book_stops_everything_instead_of_being_begun_anew(text):
    team_book.save(BOOK)
    team_book.book_path().write_text(text)
    with pytest.raises(TeamError, match=r"is damaged|is no JSON"):
        team_book.load()


def test_a_newer_book_is_left_alone():
    team_book.book_path().write_text('{"version": 2}')
    with pytest.raises(TeamError, match="newer version"):
        team_book.load()


def test_a_book_that_cannot_be_read_or_written_is_told():
    team_book.book_path().mkdir()
    with pytest.raises(TeamError, match="were not read"):
        team_book.load()
    with pytest.raises(TeamError, match="were not saved"):
        team_book.save(BOOK)


def test_a_second_program_waits_until_the_first_is_done():
    order, inside = [], threading.Event()

    def second() -> None:
        inside.wait()
        with team_book.alone():
            order.append("second")

    thread = threading.Thread(target=second)
    thread.start()
    with team_book.alone():
        inside.set()
        thread.join(0.2)  # it cannot end while the lock is held
        order.append("first")
    thread.join()
    assert order == ["first", "second"]


def test_progress_comes_back_for_its_team_alone():
    save_progress("a", CAME_IN)
    save_progress("b", Progress(("other",)))
    assert (load_progress("a"), load_progress("b"), load_progress("c")) == (
        CAME_IN,
        Progress(("other",)),
        Progress(),
    )
    assert progress_path().stat().st_mode & 0o777 == 0o600


def test_nothing_to_keep_forgets_the_team():
    save_progress("a", CAME_IN)
    save_progress("a", Progress())
    assert progress_path().read_bytes() == b"{}\n"


@pytest.mark.parametrize("data", [b"", b"[]", b'{"a": 1}', b'{"a": {"keys": [1], "round": ""}}'])
def test_progress_that_cannot_be_read_is_asked_for_again(data):
    progress_path().write_bytes(data)
    assert load_progress("a") == Progress()


def test_a_file_of_progress_too_large_to_be_one_is_not_read(monkeypatch):
    save_progress("a", CAME_IN)
    monkeypatch.setattr(json_document, "LARGEST_BYTES", 3)
    assert load_progress("a") == Progress()
