import json
from typing import Any

import pytest

from ledger.core.usage import Basis
from ledger.importers.gemini_cli.records import Record, record_of
from ledger.importers.gemini_cli.usage import Request, TokenUse, request_of, token_use_of
from tests.importers.gemini_cli.cases import edit_call, gemini, tokens


def record(**more: Any) -> Record:
    response = record_of(json.dumps(gemini("g1", **more)).encode())
    assert response is not None
    return response


def test_the_counters_are_made_disjoint() -> None:
    used = token_use_of(record(tokens=tokens(100, 10, cached=60, thoughts=7, tool=3)))
    assert used == TokenUse(output=17, total=120, input=43, cache_read=60, reasoning=7)


def test_more_from_the_cache_than_was_sent_leaves_nothing_fresh() -> None:
    used = token_use_of(record(tokens=tokens(100, 10, cached=150)))
    assert used == TokenUse(output=10, total=160, input=0, cache_read=150, reasoning=0)


@pytest.mark.parametrize("odd", [None, 7, "many", [], {}, tokens(0, 0)])
def test_a_response_that_does_not_tell_what_it_used_is_unknown(odd: object) -> None:
    assert request_of(record(tokens=odd), 5) == Request(5, "gemini-2.5-pro", None, has_output=True)


@pytest.mark.parametrize(
    ("more", "basis"),
    [
        ({"tokens": tokens(100, 10)}, Basis.EXACT),
        ({"tokens": tokens(100, 0)}, Basis.PARTIAL),  # stopped before it was counted
        ({"tokens": tokens(100, 0), "content": "", "toolCalls": [edit_call()]}, Basis.PARTIAL),
        ({"tokens": tokens(100, 0), "content": ""}, Basis.EXACT),
        ({"tokens": tokens(0, 0)}, Basis.UNKNOWN),
    ],
)
def test_what_was_said_cannot_have_cost_nothing(more: dict[str, Any], basis: Basis) -> None:
    assert request_of(record(**more), 5).basis is basis


def test_of_two_versions_the_one_with_more_output_tells_what_was_used() -> None:
    more, less = TokenUse(9, 10, 1, 0, 0), TokenUse(3, 900, 897, 0, 0)
    earlier, later = Request(3, "old", more), Request(7, "", less)
    assert later.joined(earlier) == Request(3, "old", more)
    assert earlier.joined(later) == Request(3, "old", more)


def test_a_version_that_says_nothing_of_usage_takes_nothing_away() -> None:
    used = TokenUse(9, 10, 1, 0, 0)
    assert Request(3, "m", None).joined(Request(3, "m", used)).used == used
    assert Request(3, "m", None).joined(Request(3, "m", None)).used is None
