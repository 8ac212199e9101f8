"""The document as Markdown: plain text and tables, no pictures, no links."""

import re
from collections.abc import Iterator

from ledger.core.document import Block, Bullets, Document, Paragraph, Picture, Table, Terms
from ledger.core.text_safety import clean

# What Markdown or the HTML inside it would take for a command; a line is never led by one either.
_SPECIAL = re.compile(r"([\\`*_\[\]<>|~&])")
_LEADING = re.compile(r"^(\s*)([#+=-]|[0-9]{1,9}[.)])")
_ADDRESS = re.compile(r"(?i)\b(https?|ftp|mailto|www)([:.])")


def render(document: Document) -> bytes:
    """Return the document as UTF-8 text."""
    lines = [f"# {_escaped(document.title)}", "", _escaped(document.subtitle), ""]
    for section in document.sections:
        lines += [f"## {_escaped(section.title)}", ""]
        for block in section.blocks:
            lines += [*drawn, ""] if (drawn := list(_block(block))) else []
    return ("\n".join(lines).rstrip("\n") + "\n").encode("utf-8")


def _block(block: Block) -> Iterator[str]:
    match block:
        case Paragraph():
            text = _escape_leading(_escaped(block.text))
            yield f"**{text}**" if block.large else text
        case Bullets():
            yield from (f"- {_escape_leading(_escaped(item))}" for item in block.items)
        case Terms():
            yield f"**{_escaped(block.title)}**"
            yield ""
            yield from (f"- {_escaped(name)}: {_escaped(text)}" for name, text in block.pairs)
        case Table():
            yield from _table(block)
        case Picture():
            if block.twin is not None:
                yield from _table(block.twin)


def _table(table: Table) -> Iterator[str]:
    if table.caption:
        yield f"**{_escaped(table.caption)}**"
        yield ""
    yield _row(table.head)
    yield _row(tuple("---:" if at in table.numbers else "---" for at in range(len(table.head))))
    for row in table.rows:
        yield _row(tuple(_escaped(cell) for cell in row))


def _row(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"


def _escaped(text: str) -> str:
    """Return the text so that it reads as it stands; no address in it becomes a link."""
    text = _SPECIAL.sub(r"\\\1", " ".join(clean(text).split()))
    return _ADDRESS.sub("\\1\u2060\\2", text)


def _escape_leading(text: str) -> str:
    return _LEADING.sub(lambda match: f"{match[1]}\\{match[2]}", text)
