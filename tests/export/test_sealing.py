import hmac
import random
from hashlib import sha256
from itertools import combinations

import pytest
from nacl.bindings import crypto_scalarmult

from ledger.core.errors import TeamError
from ledger.core.sealed_sum import MODULUS, MemberKey, Seal, sum_of
from ledger.core.team import Vector
from ledger.export import sealing
from ledger.export.sealing import Secrets
from tests.teaming import card, cards, secrets_of, team_of

CONTEXT = sha256(b"a round").digest()


def members(people: list[Secrets]) -> list[MemberKey]:
    return [sealing.member_key(one) for one in people]


def masked(people: list[Secrets], vectors: list[Vector], context: bytes = CONTEXT):
    return [
        sealing.masked(one, members(people), context, vector)
        for one, vector in zip(people, vectors, strict=True)
    ]


def total(rows) -> Vector:
    return sum_of(Seal(context=b"", sender=b"", masked=row) for row in rows)


def vectors_of(count: int) -> list[Vector]:
    return [one.vector for one in cards(count)]


def surprise(data: bytes) -> float:
    """Return the chi-square of the bytes against all being equally often; 255 is expected."""
    expected = len(data) / 256
    return sum((data.count(byte) - expected) ** 2 / expected for byte in range(256))


def plain_bytes(numbers) -> bytes:
    return b"".join(number.to_bytes(8, "big") for number in numbers)


def test_x1_one_persons_sealed_numbers_look_like_noise():
    """1,000 random vectors; keys and vectors are drawn from a seed, so nothing here is luck."""
    luck = random.Random(7)
    people = team_of(5)
    rows, plain = [], []
    for trial in range(1000):
        vector = Vector(1, *(5 * luck.randrange(41) for _ in range(5)), *(luck.randrange(51),) * 2)
        context = sha256(str(trial).encode()).digest()
        rows.append(sealing.masked(people[0], members(people)[:2], context, vector))
        plain.append(vector)
    noise = b"".join(plain_bytes(row) for row in rows)
    # 99.99 % of chi-squares with 255 degrees of freedom lie below 347.7, 0.01 % below 178.
    assert 178 < surprise(noise) < 348
    assert surprise(b"".join(plain_bytes(row) for row in plain)) > 10_000


def test_x1_files_of_two_vectors_differ_by_the_vectors_alone_under_the_same_masks():
    """That is why numbers are frozen at the first seal: two files would show the difference."""
    people = team_of(5)
    one, other = vectors_of(2)
    first, second = (
        sealing.masked(people[0], members(people), CONTEXT, vector) for vector in (one, other)
    )
    moved = [(b - a) % MODULUS for a, b in zip(first, second, strict=True)]
    assert moved == [(b - a) % MODULUS for a, b in zip(one, other, strict=True)]


def test_x1_the_same_vector_under_other_masks_is_another_file():
    people = team_of(5)
    vector = card().vector
    files = {
        sealing.masked(people[0], members(people), sha256(bytes([n])).digest(), vector)
        for n in range(50)
    }
    assert len({row[0] for row in files}) == 50


def test_x1_a_known_answer():
    """Worked out here by hand from the formula, with hmac and X25519 alone."""
    people = team_of(2)
    shared = crypto_scalarmult(people[0].agree, members(people)[1].agree)
    stream = b"".join(
        hmac.new(shared, sealing.MASK + CONTEXT + bytes([0, 0, 0, n]), "sha256").digest()
        for n in range(2)
    )
    masks = [int.from_bytes(stream[8 * at : 8 * at + 8], "big") for at in range(8)]
    vector = card().vector
    rows = masked(people, [vector, vector])
    assert list(rows[0]) == [(x + m) % MODULUS for x, m in zip(vector, masks, strict=True)]
    assert list(rows[1]) == [(x - m) % MODULUS for x, m in zip(vector, masks, strict=True)]


@pytest.mark.parametrize("count", [5, 6, 7, 8])
def test_x2_only_the_sum_of_all_can_be_read(count):
    people, vectors = team_of(count), vectors_of(count)
    rows = masked(people, vectors)
    assert total(rows) == Vector(*(sum(column) for column in zip(*vectors, strict=True)))
    for size in range(1, count):
        for some in combinations(rows, size):
            assert total(some).n != count
            assert total(some).n > 1000


def test_x3_all_others_together_learn_the_rounded_numbers_and_no_more():
    people, vectors = team_of(5), vectors_of(5)
    rows, listed = masked(people, vectors), members(people)
    known = list(rows[0])
    for other in people[1:]:  # each takes away the mask that they share with the first
        pair = [listed[0], sealing.member_key(other)]
        theirs = sealing.masked(other, pair, CONTEXT, Vector(*[0] * 8))
        known = [(value + mask) % MODULUS for value, mask in zip(known, theirs, strict=True)]
    assert Vector(*known) == vectors[0]


def test_x3_one_colleague_less_learns_nothing():
    people, vectors = team_of(5), vectors_of(5)
    rows, listed = masked(people, vectors), members(people)
    known = list(rows[0])
    for other in people[1:4]:
        theirs = sealing.masked(
            other, [listed[0], sealing.member_key(other)], CONTEXT, Vector(*[0] * 8)
        )
        known = [(value + mask) % MODULUS for value, mask in zip(known, theirs, strict=True)]
    assert all(value > 10_000 for value in known)


def test_fresh_keys_are_never_the_same():
    assert len({sealing.member_key(sealing.new_secrets()) for _ in range(20)}) == 20


def test_secrets_do_not_show_themselves():
    secrets = secrets_of(1)
    assert secrets.agree.hex() not in repr(secrets)
    assert str(secrets.sign) not in f"{secrets} {[secrets]}"


def test_a_signature_holds_for_its_key_and_message_alone():
    one, other = secrets_of(1), secrets_of(2)
    made = sealing.signature(one, b"said")
    assert made == sealing.signature(one, b"said")
    assert sealing.is_signed(sealing.member_key(one).sign, b"said", made)
    assert not sealing.is_signed(sealing.member_key(one).sign, b"said!", made)
    assert not sealing.is_signed(sealing.member_key(other).sign, b"said", made)
    assert not sealing.is_signed(bytes(32), b"said", bytes(64))


def test_a_key_that_gives_a_mask_everybody_knows_is_refused():
    people = team_of(4)
    weak = MemberKey(bytes(32), b"\1" * 32)
    with pytest.raises(TeamError, match="no real key"):
        sealing.masked(people[0], [*members(people), weak], CONTEXT, card().vector)
