from datetime import UTC

import pytest

from ledger.core.words import Origin
from ledger.metrics.by_hand import by_hand
from ledger.metrics.look import Look
from tests.metrics.rows import HALF_S, MONDAY_S, Row, frame


def answered(*origins_by_half):
    rows = [
        Row(half * 10 + at, MONDAY_S + half * HALF_S, origin=int(origin))
        for half, origins in enumerate(origins_by_half)
        for at, origin in enumerate(origins)
    ]
    made = frame(rows)
    return by_hand(Look(frame=made, selection=made.select(), zone=UTC))


def test_a_block_that_a_log_speaks_of_too_is_not_by_hand_alone():
    hand, typed = Origin.LOGGED, Origin.TYPED
    found = answered([hand], [hand, typed], [typed], [hand, hand])
    assert found.value == pytest.approx(0.5)
    assert found.n == 4


def test_no_work_has_no_answer():
    assert answered().value is None
    assert answered([Origin.UNPROMPTED]).value is None
