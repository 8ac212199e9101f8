"""Takes a finished file apart again: every text in it, so that what leaves is what was looked at.

Compressed parts are unpacked, PDF text is decoded as a reader would, markup and escapes are
resolved beside the raw bytes. Anything that is not understood is still looked at as it stands.
"""

import re
import zlib
from collections.abc import Iterator
from contextlib import suppress
from html import unescape
from io import BytesIO
from typing import NamedTuple
from zipfile import BadZipFile, ZipFile

LARGEST_PART = 1 << 28
_PDF_MARK = b"\x93\x8c\x8b\x9e"  # tells programs that the file is not plain text

_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\n?endstream", re.DOTALL)
_TAG = re.compile(r"<[^<>]{0,4000}>")
_MARKDOWN = re.compile(r"\\([\\`*_\[\]<>|~&#+=.)-])")
_JSON_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")


class Text(NamedTuple):
    """One reading of a part of a file; `is_noise` where it is no text, and may spell anything."""

    text: str
    is_noise: bool = False


def texts(data: bytes) -> Iterator[Text]:
    """Yield every text of a file that this program writes, whatever its format."""
    for part in _parts(data):
        yield from _readings(part)


def _parts(data: bytes) -> Iterator[bytes]:
    yield data
    if data.startswith(b"PK"):
        yield from _zip_entries(data)
    if data.startswith(b"%PDF"):
        yield _STREAM.sub(b"", data).replace(_PDF_MARK, b"")
        yield from _pdf_parts(data)


def _zip_entries(data: bytes) -> Iterator[bytes]:
    with suppress(BadZipFile), ZipFile(BytesIO(data)) as file:
        for entry in file.infolist():
            yield entry.filename.encode("utf-8")
            yield entry.comment
            if entry.file_size <= LARGEST_PART:
                yield file.read(entry)


def _pdf_parts(data: bytes) -> Iterator[bytes]:
    for match in _STREAM.finditer(data):
        with suppress(zlib.error):
            yield zlib.decompressobj().decompress(match[1], LARGEST_PART)
    lines = _lines(data)
    # A word may end one line or be cut in two by it.
    yield "\n".join(lines).encode("utf-8")
    yield " ".join(lines).encode("utf-8")
    yield "".join(lines).encode("utf-8")


def _lines(data: bytes) -> list[str]:
    """Return what a reader of the pages would select, line by line."""
    from pypdf import PdfReader  # noqa: PLC0415 - it is loaded when there is a PDF
    from pypdf.errors import PyPdfError  # noqa: PLC0415 - as above

    lines: list[str] = []
    with suppress(PyPdfError):
        for page in PdfReader(BytesIO(data)).pages:
            lines += page.extract_text().splitlines()
    return lines


def _readings(part: bytes) -> Iterator[Text]:
    try:
        text = part.decode("utf-8")
    except UnicodeDecodeError:
        text = ""
    if "\0" in text or not text:
        yield Text(part.decode("utf-8", "replace"), is_noise=True)
        for coding in ("utf-16-le", "utf-16-be"):
            for shift in (0, 1):  # letters of two bytes may begin at either
                yield Text(part[shift:].decode(coding, "replace"), is_noise=True)
        return
    yield Text(text)
    if "<" in text or "&" in text:
        yield Text(unescape(_TAG.sub("", text)))
        yield Text(unescape(_TAG.sub(" ", text)))
    if "\\" in text:
        yield Text(_MARKDOWN.sub(r"\1", text))
        yield Text(_JSON_ESCAPE.sub(lambda match: chr(int(match[1], 16)), text).replace("\\/", "/"))
