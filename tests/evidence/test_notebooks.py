"""What of a file is compared."""

import json

from ledger.evidence.notebooks import readable, text_of


def test_a_notebook_is_its_cells_without_outputs():
    cells = [
        {"cell_type": "code", "source": ["a = 1\n", "b = 2\n"], "outputs": ["much"]},
        {"cell_type": "markdown", "source": "words"},
    ]
    assert readable(json.dumps({"cells": cells}), "x.ipynb") == "a = 1\nb = 2\n\nwords"


def test_what_only_has_the_name_of_a_notebook_is_taken_as_it_is():
    for text in ("no json", "[]", '{"cells": 3}', '{"cells": [{}]}', "[" * 100_000):
        assert readable(text, "x.ipynb") == text
    assert readable('{"cells": []}', "x.json") == '{"cells": []}'


def test_bytes_become_text_and_pictures_do_not():
    assert text_of(b"\xef\xbb\xbfwords\xff", "x") == "words�"
    assert text_of(b"\x89PNG\0\0", "x") is None
