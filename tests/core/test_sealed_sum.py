from dataclasses import replace

import pytest

from ledger.core.sealed_sum import (
    MODULUS,
    Headcount,
    MemberKey,
    Seal,
    Sealed,
    Team,
    TeamBook,
    round_faults,
    share_a_key,
    sum_of,
)
from ledger.core.team import Period, Vector
from ledger.export.sealing import member_key
from tests.teaming import PERIOD, card, round_of, secrets_of, team_of


def key(number: int) -> MemberKey:
    return member_key(secrets_of(number))


def test_six_words_can_be_read_aloud_and_stand_for_both_keys():
    words = key(1).words
    assert len(words) == 6
    assert all(len(word) == 5 and set(word[1::2]) <= set("aiou") for word in words)
    halves = [
        MemberKey(key(1).agree, key(2).sign), MemberKey(key(2).agree, key(1).sign), key(2)
    ]  # fmt: skip
    assert words not in [other.words for other in halves]


def test_the_words_of_a_key_never_change():
    assert key(1).words == ("samuj", "ruvag", "muvoj", "nidut", "rodit", "dumik")


def test_every_bit_of_a_hash_is_in_the_words():
    letters = {letter for number in range(60) for word in key(number).words for letter in word[::2]}
    assert len(letters) == 16


def test_a_good_round_has_no_fault():
    assert round_faults(round_of(team_of(5))) == []


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda it: replace(it, members=it.members[:4]), "5 are the least"),
        (lambda it: replace(it, period=Period.read("2026-Q3")), "not about a quarter"),
        (lambda it: replace(it, members=it.members[::-1]), "out of order"),
        (lambda it: replace(it, members=(*it.members, it.members[-1])), "twice"),
        (lambda it: replace(it, maker=bytes(32)), "one of its members"),
        (lambda it: replace(it, members=tuple(it.members[:1] * 101)), "more than 100"),
    ],
)
def test_x4_a_round_that_would_lay_somebody_open_has_a_fault(spoil, words):
    assert any(words in fault for fault in round_faults(spoil(round_of(team_of(6)))))


@pytest.mark.parametrize("half", ["agree", "sign"])
def test_x4_two_keys_with_one_half_in_common_are_one_person(half):
    double = key(9)._replace(**{half: getattr(key(1), half)})
    assert share_a_key([key(1), key(2), double])
    assert not share_a_key([key(1), key(2), key(9)])


def test_numbers_are_added_modulo_two_to_the_sixty_fourth():
    seals = [
        Seal(context=b"", sender=b"", masked=(MODULUS - 1,) * 8),
        Seal(context=b"", sender=b"", masked=(3,) * 8),
    ]
    assert sum_of(seals) == Vector(*[2] * 8)


def test_what_was_sealed_has_one_hash_for_its_people_and_numbers():
    sealed = Sealed(PERIOD, frozenset({b"a", b"b"}), card().vector)
    assert sealed.digest == sealed._replace(signers=frozenset({b"b", b"a"})).digest
    others = [
        sealed._replace(signers=frozenset({b"a"})),
        sealed._replace(vector=card(kept=20).vector),
        sealed._replace(period=PERIOD.after()),
    ]
    assert len({sealed.digest, *(other.digest for other in others)}) == 4


def test_a_team_has_oneself_and_the_confirmed_in_the_order_of_a_round():
    team = Team(id="1", name="atlas", key=key(1), confirmed=frozenset({key(2), key(3)}))
    assert team.members == tuple(sorted([key(1), key(2), key(3)]))
    assert team.sealed_in(PERIOD) is None


def test_a_team_replaces_its_older_self_in_the_book():
    team = Team(id="1", name="atlas", key=key(1))
    other = Team(id="2", name="aurora", key=key(2))
    book = TeamBook((), Headcount(PERIOD, 5)).with_team(other).with_team(team)
    changed = replace(team, confirmed=frozenset({key(3)}))
    assert book.with_team(changed).teams == (changed, other)
    assert book.with_team(changed).compared == Headcount(PERIOD, 5)
