"""One word in every coding that might carry it out, told by name, and where it is found."""

import base64
import codecs
import hashlib
import zlib
from collections.abc import Iterator
from io import BytesIO
from urllib.parse import quote_from_bytes
from zipfile import ZipFile

from pypdf import PdfReader

from ledger.export.finished import texts

DIGEST_SHOWN = 12  # so many letters of a digest already point at one word


def codings(word: str) -> dict[str, bytes]:
    """Return a word's codings by name; letters that hang on their neighbours are left out."""
    plain = word.encode()
    found = {
        "as it is": plain,
        "lower": word.lower().encode(),
        "upper": word.upper().encode(),
        "prefix": plain[:8],
        "utf-16-le": word.encode("utf-16-le"),
        "utf-16-be": word.encode("utf-16-be"),
        "backwards": plain[::-1],
        "hex": plain.hex().encode(),
        "HEX": plain.hex().upper().encode(),
        "base32": base64.b32encode(plain).rstrip(b"=")[:-1],
        "base85": base64.b85encode(plain[: len(plain) // 4 * 4]),
        "percent": "".join(f"%{byte:02X}" for byte in plain).encode(),
        "url": quote_from_bytes(plain).encode(),
        "html decimal": "".join(f"&#{ord(c)};" for c in word).encode(),
        "html hex": "".join(f"&#x{ord(c):x};" for c in word).encode(),
        "json escapes": "".join(f"\\u{ord(c):04x}" for c in word).encode(),
        "quoted-printable": "".join(f"={byte:02X}" for byte in plain).encode(),
        "rot13": codecs.encode(word, "rot13").encode(),
        "spaced": " ".join(word).encode(),
        "crc32": b"%08x" % zlib.crc32(plain),
    }
    for shift in range(3):
        padded = b"\0" * shift + plain
        cut = slice(4 if shift else 0, -4)
        found[f"base64 at {shift}"] = base64.b64encode(padded)[cut]
        found[f"base64url at {shift}"] = base64.urlsafe_b64encode(padded)[cut]
    for name in ("md5", "sha1", "sha256", "blake2b"):
        digest = hashlib.new(name, plain).digest()
        found[name] = digest.hex()[:DIGEST_SHOWN].encode()
        found[f"{name} base64"] = base64.b64encode(digest)[:DIGEST_SHOWN]
    return found


def opened(data: bytes) -> Iterator[bytes]:
    """Yield a file and everything inside it, by the product's reader and by others."""
    yield data
    for text in texts(data):
        yield text.text.encode("utf-8", "replace")
    if data.startswith(b"PK"):
        with ZipFile(BytesIO(data)) as file:
            yield from (name.encode() for name in file.namelist())
            yield from (file.read(name) for name in file.namelist())
    if data.startswith(b"%PDF"):
        reader = PdfReader(BytesIO(data))
        yield str(reader.metadata).encode()
        yield "".join(page.extract_text() for page in reader.pages).encode()


def carried(data: bytes, word: str) -> list[str]:
    """Return the codings in which a file carries a word."""
    wanted = codings(word)
    parts = list(opened(data))
    return [name for name, code in wanted.items() if any(code in part for part in parts)]
