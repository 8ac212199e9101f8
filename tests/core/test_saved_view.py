from ledger.core.saved_view import SavedView


def test_a_view_is_words_under_a_name():
    assert SavedView("Thrown", "tag:thrown")._asdict() == {
        "name": "Thrown",
        "words": "tag:thrown",
        "compare": False,
    }
