"""Sealed numbers: one member's share of a sum, unreadable without all the others."""

from dataclasses import replace

from ledger.core.errors import TeamError
from ledger.core.sealed import Round, Seal
from ledger.core.team import FIELDS, Vector
from ledger.export import sealing, team_json, team_round
from ledger.export.sealing import Secrets
from ledger.export.team_key import KEY_BYTES
from ledger.export.team_round import SIGNATURE_BYTES

KIND = "seal"
CONTEXT_BYTES = 32
NUMBER_BYTES = 8


def sealed(round_: Round, secrets: Secrets, vector: Vector) -> Seal:
    """Mask and sign one member's numbers; the same input always gives the same seal."""
    context = team_round.context(round_)
    masked = sealing.masked(secrets, round_.members, context, vector)
    seal = Seal(context=context, sender=sealing.member_key(secrets).sign, masked=masked)
    return replace(seal, signature=sealing.signature(secrets, _body(seal)))


def written(seal: Seal) -> bytes:
    """Return the file of sealed numbers; every one is as long as any other."""
    return team_json.written(KIND, _fields(seal) | {"signature": seal.signature.hex()})


def read(data: bytes, round_: Round) -> Seal:
    """Return sealed numbers of this round; raises TeamError unless one of its members signed."""
    fields = team_json.read(KIND, data, ("masked", "round", "sender", "signature"))
    listed = fields["masked"] if isinstance(fields["masked"], list) else []
    numbers = [team_json.unhexed(KIND, text, NUMBER_BYTES) for text in listed]
    seal = Seal(
        context=team_json.unhexed(KIND, fields["round"], CONTEXT_BYTES),
        sender=team_json.unhexed(KIND, fields["sender"], KEY_BYTES),
        masked=tuple(int.from_bytes(number, "big") for number in numbers),
        signature=team_json.unhexed(KIND, fields["signature"], SIGNATURE_BYTES),
    )
    if len(numbers) != len(FIELDS):
        raise TeamError("These sealed numbers are not eight.", "Ask for the file again.")
    if seal.context != team_round.context(round_):
        raise TeamError(
            "These numbers were sealed for another round, or the round was changed since.",
            "Everybody must seal the same round file.",
        )
    if seal.sender not in round_.signers:
        raise TeamError("These numbers come from nobody in this round.", "Leave the file out.")
    if not sealing.is_signed(seal.sender, _body(seal), seal.signature):
        raise TeamError("The signature on these numbers is wrong.", "Ask for the file again.")
    return seal


def _fields(seal: Seal) -> dict[str, team_json.Value]:
    return {
        "round": seal.context.hex(),
        "sender": seal.sender.hex(),
        "masked": [number.to_bytes(NUMBER_BYTES, "big").hex() for number in seal.masked],
    }


def _body(seal: Seal) -> bytes:
    return team_json.written(KIND, _fields(seal))
