from ledger.app.attempt import attempt
from ledger.core.errors import LedgerError


class AtOnce:
    def read(self, work, answer):
        answer(work())


def test_a_result_reaches_the_answer():
    found, refused = [], []
    attempt(AtOnce(), lambda: 7, found.append, refused.append)
    assert (found, refused) == ([7], [])


def test_an_expected_error_reaches_whoever_shows_it():
    def fail():
        raise LedgerError("No.", "Do this.")

    found, refused = [], []
    attempt(AtOnce(), fail, found.append, refused.append)
    assert found == []
    assert str(refused[0]) == "No. Do this."
