"""What of a file is compared: its text, or the sources of a notebook's cells."""

import json
from typing import Any, Final

_ENDING: Final = ".ipynb"
_LOOKED_INTO: Final = 8_000  # bytes, as git does to tell binary files
_MARK: Final = "﻿"


def text_of(data: bytes, path: str) -> str | None:
    """Return what is compared of a file's bytes, None when they are no text."""
    if b"\0" in data[:_LOOKED_INTO]:
        return None
    return readable(data.decode("utf-8", "replace").removeprefix(_MARK), path)


def readable(text: str, path: str) -> str:
    """Return a notebook's cells without their outputs; any other text as it is."""
    if not path.lower().endswith(_ENDING):
        return text
    try:
        cells = json.loads(text)["cells"]
        return "\n".join(_source(cell) for cell in cells)
    except (ValueError, KeyError, TypeError, RecursionError):
        return text


def _source(cell: Any) -> str:
    source = cell["source"]
    return source if isinstance(source, str) else "".join(source)
