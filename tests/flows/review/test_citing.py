import pytest

from ledger.core.errors import LedgerError
from ledger.core.report import Claim, Words
from ledger.flows.review.citing import cited
from ledger.flows.review.recipe import Recipe
from ledger.host.documents import EvidenceBook

KNOWN = {"aa11": 7, "aa22": 8}


def find(prefix: str) -> list[int]:
    return [one for name, one in KNOWN.items() if name.startswith(prefix)]


def recipe(*evidence: str) -> Recipe:
    return Recipe(period="p", words=Words(claims=(Claim(did="a", outcome="b", evidence=evidence),)))


def test_ids_become_numbers_and_numbers_stay():
    book = EvidenceBook()
    made = cited(recipe("AA1", "aa22", "E-001"), book, find)
    assert made.words.claims[0].evidence == ("E-001", "E-002", "E-001")
    assert book.interaction("E-002") == 8


@pytest.mark.parametrize(
    ("text", "said"),
    [("aa", "2 interactions"), ("bb", "no interaction"), ("", "no"), ("E-009", "no")],
)
def test_what_means_nothing_or_too_much_is_refused(text, said):
    with pytest.raises(LedgerError, match=said):
        cited(recipe(text), EvidenceBook(), find)
