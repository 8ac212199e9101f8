"""Finds the whole records in a damaged line: two glued together, or one torn and the next whole.

A tool that is killed in the middle of a line, and later goes on without a newline, leaves half a
record in front of a whole one. Only the torn one is lost.
"""

import json
import re
from collections.abc import Callable, Iterator
from typing import TypeVar

from ledger.importers.base import Line
from ledger.importers.fields import NOT_JSON

Record = TypeVar("Record")

_OPENING = re.compile(r'\{\s*"')  # a quote inside a text is escaped, so this is no text's part
_FIRST_KEY = re.compile(r'\{\s*"([^"\\]{0,80})"')
_VALUE_FOLLOWS = (":", ",", "[")
_NOTHING = " \t\r\n\0"
# A torn record is looked through once for each object that is open where it breaks off. A damaged
# line may be 128 MiB long, so what is too deep or too long is given up.
_TIMES = 32
_LONGEST_SEARCH = 64 << 20

_decode = json.JSONDecoder(strict=False, parse_int=float).raw_decode


def records_in(
    read: Callable[[bytes], Record | str], line: Line
) -> Iterator[tuple[Line, Record | str]]:
    """Yield what `read` makes of a line's records, each with where it stands; most lines hold one.

    A line that is no JSON is searched for whole records; each stretch between them is yielded once,
    with the reason for its rejection.
    """
    offset, data = line
    record = read(data)
    if record != NOT_JSON:
        yield line, record
        return
    end = 0
    for begin, stop in _whole_records(data.decode("latin-1")):  # a character is a byte
        yield from _torn(offset, data, end, begin)
        yield (offset + begin, data[begin:stop]), read(data[begin:stop])
        end = stop
    yield from _torn(offset, data, end, len(data))


def _torn(offset: int, data: bytes, begin: int, end: int) -> Iterator[tuple[Line, str]]:
    piece = data[begin:end]
    if piece.strip(_NOTHING.encode()):
        yield (offset + begin, piece), NOT_JSON


def _whole_records(line: str) -> Iterator[tuple[int, int]]:
    """Yield where the whole records of a line begin and end."""
    budget = min(_TIMES * len(line), len(line) + _LONGEST_SEARCH)
    at = begin = _skip(line, 0)  # where a record may begin of right
    while budget > 0 and (opening := _OPENING.search(line, at)):
        place = opening.start()
        end, read_until = _object(line, place)
        budget -= read_until - place
        if not end:
            at = place + 1
        elif place == begin or _is_record(line, begin, place, end):
            yield place, end
            at = begin = _skip(line, end)
        else:
            at = end  # a part of a torn record


def _object(line: str, begin: int) -> tuple[int, int]:
    """Return where the object that begins here ends, 0 if it does not, and how far was read."""
    try:
        _, end = _decode(line, begin)
    except json.JSONDecodeError as problem:
        return 0, problem.pos
    except (ValueError, RecursionError):
        return 0, len(line)
    return end, end


def _is_record(line: str, torn: int, begin: int, end: int) -> bool:
    """Whether an object behind a torn record is a record, and no part of the torn one.

    A record ends with the line or where another begins. Where the torn one breaks off before a
    value, only its first key tells: the records of one tool begin alike.
    """
    rest = _skip(line, end)
    if rest < len(line) and not _OPENING.match(line, rest):
        return False
    before = begin - 1
    while before > torn and line[before] in _NOTHING:
        before -= 1
    if line[before] not in _VALUE_FOLLOWS:
        return True
    key, expected = _FIRST_KEY.match(line, begin), _FIRST_KEY.match(line, torn)
    return key is not None and expected is not None and key[1] == expected[1]


def _skip(line: str, at: int) -> int:
    """Return where the next thing begins that is not nothing."""
    while at < len(line) and line[at] in _NOTHING:
        at += 1
    return at
