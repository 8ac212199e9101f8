"""Features of a blob are read once, in whatever order they are asked for."""

from ledger.evidence.features import gram_counts, line_hashes
from ledger.flows.blob_features import BlobFeatures

KEY = b"k" * 32
TEXT = "first line here\nsecond line there\n"


def test_a_blob_is_read_once_for_all_its_features():
    reads: list[int] = []

    def read() -> str:
        reads.append(1)
        return TEXT

    features = BlobFeatures(KEY)
    for _ in range(2):
        assert list(features.lines("a", read)) == list(line_hashes(TEXT, KEY))
        assert features.line_counts("a", read).counts.sum() == 2
        assert list(features.gram_counts("a", read).hashes) == list(gram_counts(TEXT, KEY).hashes)
        assert features.text("a", read) == TEXT
    assert reads == [1]


def test_another_blob_is_another_text():
    features = BlobFeatures(KEY)
    assert len(features.lines("a", lambda: TEXT)) == 2
    assert len(features.lines("b", lambda: "")) == 0
