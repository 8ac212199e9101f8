"""A team key: what a member hands to the others once, before the first round."""

from ledger.core.sealed import MemberKey
from ledger.export import team_json

KIND = "key"
KEY_BYTES = 32


def written(key: MemberKey) -> bytes:
    """Return the file of a member's public keys."""
    return team_json.written(KIND, {"agree": key.agree.hex(), "sign": key.sign.hex()})


def read(data: bytes) -> MemberKey:
    """Return the keys in a file; raises TeamError."""
    fields = team_json.read(KIND, data, ("agree", "sign"))
    return MemberKey(
        team_json.unhexed(KIND, fields["agree"], KEY_BYTES),
        team_json.unhexed(KIND, fields["sign"], KEY_BYTES),
    )
