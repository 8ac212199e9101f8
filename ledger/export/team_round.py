"""A round file: which period and whose keys; its hash is what every mask hangs on."""

from hashlib import sha256

from ledger.core.errors import TeamError
from ledger.core.sealed import MemberKey, Round, round_faults
from ledger.core.team_periods import Period
from ledger.export import sealing, team_json
from ledger.export.sealing import Secrets
from ledger.export.team_key import KEY_BYTES

KIND = "round"
ID_BYTES = 16
SIGNATURE_BYTES = 64


def signed(round_: Round, secrets: Secrets) -> bytes:
    """Return the file of a round, signed by its maker."""
    return team_json.written(
        KIND, _fields(round_) | {"signature": sealing.signature(secrets, _body(round_)).hex()}
    )


def context(round_: Round) -> bytes:
    """Return the SHA-256 of everything in a round but its signature."""
    return sha256(_body(round_)).digest()


def read(data: bytes) -> Round:
    """Return the round in a file; raises TeamError unless one of its members signed it."""
    fields = team_json.read(KIND, data, ("id", "maker", "members", "period", "signature"))
    listed = fields["members"] if isinstance(fields["members"], list) else []
    round_ = Round(
        period=Period.read(str(fields["period"])),
        id=team_json.unhexed(KIND, fields["id"], ID_BYTES),
        members=tuple(_member(text) for text in listed),
        maker=team_json.unhexed(KIND, fields["maker"], KEY_BYTES),
        signature=team_json.unhexed(KIND, fields["signature"], SIGNATURE_BYTES),
    )
    wrong = round_faults(round_)
    if wrong:
        raise TeamError(f"This round cannot be used. {wrong[0]}", "Ask for a new round.")
    if not sealing.is_signed(round_.maker, _body(round_), round_.signature):
        raise TeamError("This round's signature is not its maker's.", "Ask for the file again.")
    return round_


def _member(text: object) -> MemberKey:
    both = team_json.unhexed(KIND, text, 2 * KEY_BYTES)
    return MemberKey(both[:KEY_BYTES], both[KEY_BYTES:])


def _fields(round_: Round) -> dict[str, team_json.Value]:
    return {
        "period": str(round_.period),
        "id": round_.id.hex(),
        "members": [(member.agree + member.sign).hex() for member in round_.members],
        "maker": round_.maker.hex(),
    }


def _body(round_: Round) -> bytes:
    return team_json.written(KIND, _fields(round_))
