import json
import threading

import pytest

from ledger.core.errors import TeamError
from ledger.core.sealed import Headcount, Sealed, Team, TeamBook
from ledger.export.sealing import member_key
from ledger.host import team_book
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
    with pytest.raises(TeamError, match="damaged"):
        team_book.load()


def test_a_newer_book_is_left_alone():
    team_book.book_path().write_text('{"version": 2}')
    with pytest.raises(TeamError, match="newer version"):
        team_book.load()


def test_a_book_that_cannot_be_read_or_written_is_told():
    team_book.book_path().mkdir()
    with pytest.raises(TeamError, match="could not be read"):
        team_book.load()
    with pytest.raises(TeamError, match="could not be kept"):
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
