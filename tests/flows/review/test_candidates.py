import pytest

from ledger.core.errors import LedgerError
from ledger.core.evidence import Fate, Horizon, Survival
from ledger.core.report import Claim, Words
from ledger.flows.review.candidates import candidates, cited
from ledger.flows.review.recipe import Recipe
from ledger.host.documents import EvidenceBook
from tests.reviews import context_of


def landed_survival(interaction: int, landed: float | None) -> Survival:
    return Survival(interaction=interaction, horizon=Horizon.MONTH, fate=Fate.MEASURED,
                    looked_ms=0, anywhere=0.97, landed=landed)  # fmt: skip


def test_only_what_was_kept_is_offered_and_the_largest_first():
    offered = candidates(context_of(), most=500)
    context = context_of()
    kept = set(context.frame.id[context.frame.tag == 1].tolist())
    assert {candidate.interaction for candidate in offered} == kept
    assert [candidate.tokens for candidate in offered] == sorted(
        (candidate.tokens for candidate in offered), reverse=True
    )


def test_what_landed_and_survived_comes_first():
    first, *others = candidates(
        context_of(),
        [landed_survival(1000, 0.9), landed_survival(1001, 0.2), landed_survival(1004, 1.0)],
    )
    assert first.interaction == 1000
    assert first.proven
    assert first.why == "kept; 97\u202f% of it there after 30 days, 90\u202f% on the default branch"
    assert not any(candidate.proven for candidate in others)


def test_what_was_never_measured_is_only_kept():
    assert candidates(context_of(), [landed_survival(1000, None)], most=300)[0].why == "kept"
    by_id = {
        candidate.interaction: candidate
        for candidate in candidates(context_of(), [landed_survival(1000, None)], most=300)
    }
    assert by_id[1000].why == "kept; 97\u202f% of it there after 30 days"
    assert not by_id[1000].proven


def test_there_are_few():
    assert len(candidates(context_of())) == 20


KNOWN = {"aa11": 7, "aa22": 8}


def find(prefix: str) -> list[int]:
    return [identity for name, identity in KNOWN.items() if name.startswith(prefix)]


def recipe(*evidence: str) -> Recipe:
    return Recipe(period="p", words=Words(claims=(Claim(did="a", outcome="b", evidence=evidence),)))


def test_ids_become_numbers_and_numbers_stay():
    book = EvidenceBook()
    numbered = cited(recipe("AA1", "aa22", "E-001"), book, find)
    assert numbered.words.claims[0].evidence == ("E-001", "E-002", "E-001")
    assert book.interaction("E-002") == 8


@pytest.mark.parametrize(
    ("text", "message"),
    [("aa", "2 interactions"), ("bb", "no interaction"), ("", "no"), ("E-009", "no")],
)
def test_what_means_nothing_or_too_much_is_refused(text, message):
    with pytest.raises(LedgerError, match=message):
        cited(recipe(text), EvidenceBook(), find)
