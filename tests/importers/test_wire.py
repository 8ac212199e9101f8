"""What a reader process hands over arrives as it was."""

import pickle

from ledger.core.parts import (
    Batch,
    Cursor,
    EditPart,
    PromptPart,
    Reading,
    Rejected,
    RequestPart,
    SessionPart,
    SpanPart,
    TotalPart,
)
from ledger.core.tariff import Region, Tier
from ledger.core.usage import Basis
from ledger.core.vocabulary import Decider, Origin, Outcome, Tool
from ledger.importers.wire import decode, encode

LARGE = 2**63 - 1


def full(path="/home/ada/größer.jsonl"):
    """Return a reading with something in every place."""
    batch = Batch(
        [SessionPart(LARGE, "k", 1, "/p", "main", "2.1", None), SessionPart(2, "", 0, "")],
        [PromptPart(3, 2, 5, Origin.QUEUED, "/p", "", 1, 2, 3, 4, LARGE)],
        [
            RequestPart(4, 2, None, 1, 2, "m", 1, 2, 3, 4, 5, None, Basis.UNKNOWN, 0.5, 1.5, 1),
            RequestPart(
                *(5, 2, 3, 1, 2, "m", LARGE, 2, 3, 4, 5, 6),
                vector=LARGE,
                turn=7,
                tier=Tier.FAST,
                region=Region.US,
                searches=3,
            ),
        ],
        [EditPart(6, 2, 3, 1, 2, "/f", 1, 2, Outcome.REJECTED, True, -1, 0, Decider.PERSON)],
        [TotalPart(7, 2, 1, "m", -1, LARGE, 2, 3, 4, -1, 5, 6)],
        [SpanPart(3, 99)],
        [Rejected(1, 2, LARGE, "not valid JSON")],
        12,
    )
    cursor = Cursor(path, 2**64 - 1, 2**64 - 1, 3, 4, 5, 6, 7, 8, '{"a": 1}')
    return Reading(Tool.CODEX, cursor, batch, "a sentence", 17)


def test_every_field_arrives_as_it_was():
    [arrived] = decode(encode([full()]))
    assert arrived == full()
    assert type(arrived.batch.requests[0].basis) is Basis
    assert type(arrived.batch.requests[1].tier) is Tier
    assert type(arrived.batch.requests[1].region) is Region
    assert type(arrived.batch.edits[0].decided_by) is Decider
    assert type(arrived.batch.edits[0].outcome) is Outcome
    assert type(arrived.batch.prompts[0].origin) is Origin


def test_they_travel_as_bytes():
    assert isinstance(encode([full()]), bytes)


def test_a_path_that_is_no_unicode_arrives_too():
    readings = [full("/home/ada/\udcff.jsonl")]
    assert decode(pickle.loads(pickle.dumps(encode(readings)))) == readings
