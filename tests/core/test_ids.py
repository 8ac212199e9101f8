import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.core.ids import SessionIds, bytes_id, content_id, is_universal, shown


@given(st.lists(st.text(), min_size=1))
def test_an_id_is_positive_fits_sqlite_and_comes_back_from_what_is_shown(words):
    identity = content_id(*words)
    assert 0 <= identity < 2**63
    assert int(shown(identity), 16) == identity
    assert len(shown(identity)) == 16


def test_the_same_words_give_the_same_id_on_every_machine():
    assert shown(content_id("claude-code", "msg_1")) == "00e5214446b1c293"


def test_words_are_kept_apart():
    assert content_id("ab", "c") != content_id("a", "bc")


def test_a_lone_surrogate_does_not_break_an_id():
    assert content_id("\ud800") > 0


def test_bytes_that_differ_have_other_fingerprints():
    assert bytes_id(b"a") != bytes_id(b"b")


@pytest.mark.parametrize(
    "source_id",
    [
        "c2beef00-5d26-5f26-8161-0243c8b36ee9",
        "C2BEEF005D265F2681610243C8B36EE9",
        "msg_01XFDUDYJgAACzvnptvVoYEL",
        "req_011CSHoEeqs5C35K2UUqR7Fy",
        "chatcmpl-B9MBs8CjcvOU2jLn4n570S5qMJKcT",
        "call_VbX3uYcQkQv0lQz9m1nJ7d2K",
        "resp_68b1c2d3e4f5061728394a5b6c7d8e9f",
    ],
)
def test_a_random_id_means_the_same_everywhere(source_id):
    assert is_universal(source_id)
    one, other = SessionIds("codex", "a"), SessionIds("codex", "b")
    assert one.of(source_id) == other.of(source_id) == content_id("codex", source_id)
    assert one.of(source_id, "1") != one.of(source_id)


@pytest.mark.parametrize(
    "source_id",
    [
        "", "turn-1", "external-import-turn-2", "relay", "msg_1", "chatcmpl-123", "0" * 32,
        "00000000-0000-0000-0000-000000000001", "message-in-a-gateway-without-ids",
        "1234567890123456", "msg_0000000000000001", "unknownunknownunknown",
    ],
)  # fmt: skip
def test_any_other_id_means_something_only_inside_its_session(source_id):
    assert not is_universal(source_id)
    one, other = SessionIds("codex", "a"), SessionIds("codex", "b")
    assert one.of(source_id) != other.of(source_id)
    assert one.of(source_id) == one.inside(source_id) == SessionIds("codex", "a").of(source_id)


@given(st.text(max_size=20), st.text(max_size=20), st.text(max_size=20))
def test_two_sessions_never_share_what_is_inside_them(session, other, name):
    one, two = SessionIds("codex", session), SessionIds("codex", other)
    assert (one.inside(name) == two.inside(name)) == (session == other)
    assert (one.own == two.own) == (session == other)
