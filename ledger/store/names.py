"""Ids of the names that many rows share, and text as SQLite can keep it."""

from collections.abc import Iterable
from functools import lru_cache
from json import dumps

from ledger.core.ids import content_id

NO_ID = 0  # in columns that are compared; content ids are never 0 in practice


@lru_cache(maxsize=4096)
def project_id(key: str) -> int:
    """Return the id of a project; 0 when the directory is unknown."""
    return content_id("project", key) if key else NO_ID


@lru_cache(maxsize=1024)
def model_id(name: str) -> int:
    """Return the id of a model."""
    return content_id("model", name)


def storable(text: str) -> str:
    """Return the text with what is no Unicode (lone surrogates from a log) replaced."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def json_ids(ids: Iterable[int]) -> str:
    """Return ids as the JSON array that `json_each(?)` turns into rows: SQL stays constant."""
    return dumps(list(ids))
