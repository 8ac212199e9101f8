"""The four team files as bytes: a card, a key, a round, and sealed numbers."""

from dataclasses import replace
from hashlib import sha256
from secrets import token_hex

from ledger.core.errors import TeamError
from ledger.core.sealed_sum import MemberKey, Round, Seal, round_faults
from ledger.core.team import FIELDS, Card, Period, Vector, faults
from ledger.export import sealing, team_json
from ledger.export.sealing import Secrets

CARD = "card"
TABLE = "table"
NAMES = tuple(field.name for field in FIELDS)
KEY = "key"
KEY_BYTES = 32
ROUND = "round"
ID_BYTES = 16
SIGNATURE_BYTES = 64
SEAL = "seal"
CONTEXT_BYTES = 32
NUMBER_BYTES = 8


def card_file_name(kind: str = CARD) -> str:
    """Return a name for a new file that says nothing but its kind."""
    ending = "csv" if kind == TABLE else "json"
    return f"team-{kind}-{token_hex(8)}.{ending}"


def encode_card(card: Card) -> bytes:
    """Return the file of a card."""
    return team_json.encode(CARD, {"period": str(card.period), **card.vector._asdict()})


def decode_card(data: bytes) -> Card:
    """Return the card in a file; raises TeamError when no honest program wrote it so."""
    fields = team_json.read(CARD, data, ("period", *NAMES))
    values = [fields[name] for name in NAMES]
    if not all(type(value) is int for value in values):
        raise TeamError("This card holds something that is no whole number.", "Ask for it again.")
    card = Card(Period.read(str(fields["period"])), Vector(*values))
    wrong = faults(card.vector, card.period)
    if wrong:
        raise TeamError(f"This card cannot be true. {wrong[0]}", "Ask for the file again.")
    return card


def encode_key(key: MemberKey) -> bytes:
    """Return the file of a member's public keys."""
    return team_json.encode(KEY, {"agree": key.agree.hex(), "sign": key.sign.hex()})


def decode_key(data: bytes) -> MemberKey:
    """Return the keys in a file; raises TeamError."""
    fields = team_json.read(KEY, data, ("agree", "sign"))
    return MemberKey(
        team_json.decode_hex(KEY, fields["agree"], KEY_BYTES),
        team_json.decode_hex(KEY, fields["sign"], KEY_BYTES),
    )


def encode_round(round_: Round, secrets: Secrets) -> bytes:
    """Return the file of a round, signed by its maker."""
    return team_json.encode(
        ROUND,
        _round_fields(round_)
        | {"signature": sealing.signature(secrets, _round_body(round_)).hex()},
    )


def round_context(round_: Round) -> bytes:
    """Return the SHA-256 of everything in a round but its signature."""
    return sha256(_round_body(round_)).digest()


def decode_round(data: bytes) -> Round:
    """Return the round in a file; raises TeamError unless one of its members signed it."""
    fields = team_json.read(ROUND, data, ("id", "maker", "members", "period", "signature"))
    listed = fields["members"] if isinstance(fields["members"], list) else []
    round_ = Round(
        period=Period.read(str(fields["period"])),
        id=team_json.decode_hex(ROUND, fields["id"], ID_BYTES),
        members=tuple(_member(text) for text in listed),
        maker=team_json.decode_hex(ROUND, fields["maker"], KEY_BYTES),
        signature=team_json.decode_hex(ROUND, fields["signature"], SIGNATURE_BYTES),
    )
    wrong = round_faults(round_)
    if wrong:
        raise TeamError(f"This round cannot be used. {wrong[0]}", "Ask for a new round.")
    if not sealing.is_signed(round_.maker, _round_body(round_), round_.signature):
        raise TeamError("This round's signature is not its maker's.", "Ask for the file again.")
    return round_


def _member(text: object) -> MemberKey:
    keys = team_json.decode_hex(ROUND, text, 2 * KEY_BYTES)
    return MemberKey(keys[:KEY_BYTES], keys[KEY_BYTES:])


def _round_fields(round_: Round) -> dict[str, team_json.Value]:
    return {
        "period": str(round_.period),
        "id": round_.id.hex(),
        "members": [(member.agree + member.sign).hex() for member in round_.members],
        "maker": round_.maker.hex(),
    }


def _round_body(round_: Round) -> bytes:
    return team_json.encode(ROUND, _round_fields(round_))


def seal_numbers(round_: Round, secrets: Secrets, vector: Vector) -> Seal:
    """Mask and sign one member's numbers; the same input always gives the same seal."""
    context = round_context(round_)
    masked = sealing.masked(secrets, round_.members, context, vector)
    seal = Seal(context=context, sender=sealing.member_key(secrets).sign, masked=masked)
    return replace(seal, signature=sealing.signature(secrets, _seal_body(seal)))


def encode_seal(seal: Seal) -> bytes:
    """Return the file of sealed numbers; every one is as long as any other."""
    return team_json.encode(SEAL, _seal_fields(seal) | {"signature": seal.signature.hex()})


def decode_seal(data: bytes, round_: Round) -> Seal:
    """Return sealed numbers of this round; raises TeamError unless one of its members signed."""
    fields = team_json.read(SEAL, data, ("masked", "round", "sender", "signature"))
    listed = fields["masked"] if isinstance(fields["masked"], list) else []
    numbers = [team_json.decode_hex(SEAL, text, NUMBER_BYTES) for text in listed]
    seal = Seal(
        context=team_json.decode_hex(SEAL, fields["round"], CONTEXT_BYTES),
        sender=team_json.decode_hex(SEAL, fields["sender"], KEY_BYTES),
        masked=tuple(int.from_bytes(number, "big") for number in numbers),
        signature=team_json.decode_hex(SEAL, fields["signature"], SIGNATURE_BYTES),
    )
    if len(numbers) != len(FIELDS):
        raise TeamError("These sealed numbers are not eight.", "Ask for the file again.")
    if seal.context != round_context(round_):
        raise TeamError(
            "These numbers were sealed for another round, or the round was changed since.",
            "Everybody must seal the same round file.",
        )
    if seal.sender not in round_.signers:
        raise TeamError("These numbers come from nobody in this round.", "Leave the file out.")
    if not sealing.is_signed(seal.sender, _seal_body(seal), seal.signature):
        raise TeamError("The signature on these numbers is wrong.", "Ask for the file again.")
    return seal


def _seal_fields(seal: Seal) -> dict[str, team_json.Value]:
    return {
        "round": seal.context.hex(),
        "sender": seal.sender.hex(),
        "masked": [number.to_bytes(NUMBER_BYTES, "big").hex() for number in seal.masked],
    }


def _seal_body(seal: Seal) -> bytes:
    return team_json.encode(SEAL, _seal_fields(seal))
