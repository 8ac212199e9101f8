import pytest

from ledger.core.errors import TeamError
from ledger.export import team_key
from ledger.export.sealing import member_key, new_secrets
from tests.teaming import secrets_of


def test_what_is_written_is_read_back():
    key = member_key(new_secrets())
    assert team_key.read(team_key.written(key)) == key


def test_the_file_holds_no_private_half():
    secrets = secrets_of(1)
    data = team_key.written(member_key(secrets))
    assert secrets.agree.hex().encode() not in data
    assert secrets.sign.hex().encode() not in data


@pytest.mark.parametrize("by", [(b'"agree"', b'"greed"'), (b'": "', b'": "0'), (b"a", b"A")])
def test_a_damaged_key_is_refused(by):
    data = team_key.written(member_key(secrets_of(1)))
    with pytest.raises(TeamError):
        team_key.read(data.replace(*by))
