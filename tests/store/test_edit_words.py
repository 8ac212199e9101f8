"""Edits as the history keeps them."""

import json

import pytest
from hypothesis import given

from ledger.core.edits import set_tags
from ledger.core.words import Tag
from ledger.store.edit_words import read, written
from tests.store.test_edits import EDITS


@given(EDITS)
def test_what_is_written_is_read_back(edit):
    assert read(written(edit)) == edit


def test_the_words_of_a_released_version_stay_readable():
    assert read('{"set":"tags","values":[[11,1],[12,null]]}') == set_tags(
        ((11, Tag.KEPT), (12, None))
    )


def test_an_unknown_kind_is_refused():
    with pytest.raises(ValueError, match="no edit of the kind"):
        read(json.dumps({"set": "moods", "values": []}))
