"""A document as it is drawn: words, tables and vector pictures that every format renders alike.

Pictures are drawn once, in points with the origin at the top left. Inks are names: each format has
one table from names to colours.
"""

from dataclasses import dataclass
from enum import StrEnum


class Ink(StrEnum):
    """What a mark means; shapes carry it too, so that no meaning hangs on a colour alone."""

    TEXT = "text"
    SOFT = "soft"  # words beside the point, axes
    RULE = "rule"  # hairlines
    PAPER = "paper"
    SIGNAL = "signal"
    BAND = "band"  # an interval
    BOUNDS = "bounds"  # what the untagged could still change
    KEPT = "kept"
    EDITED = "edited"
    THROWN_AWAY = "thrown away"
    UNTAGGED = "untagged"


COLOURS = {
    Ink.TEXT: "#1d2530",
    Ink.SOFT: "#5a6675",
    Ink.RULE: "#cfd6de",
    Ink.PAPER: "#ffffff",
    Ink.SIGNAL: "#0b5fa5",
    Ink.BAND: "#a9cbe8",
    Ink.BOUNDS: "#e6eaef",
    Ink.KEPT: "#0b6e4f",
    Ink.EDITED: "#7cb9a0",
    Ink.THROWN_AWAY: "#c4572b",
    Ink.UNTAGGED: "#e2e6eb",
}

Point = tuple[float, float]


class Anchor(StrEnum):
    """Which end of a text stands at its point."""

    START = "start"
    MIDDLE = "middle"
    END = "end"


@dataclass(frozen=True, slots=True)
class Line:
    """A line through points."""

    points: tuple[Point, ...]
    ink: Ink = Ink.RULE
    width: float = 0.75
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Area:
    """A filled outline."""

    points: tuple[Point, ...]
    ink: Ink


@dataclass(frozen=True, slots=True)
class Bar:
    """A filled rectangle."""

    x: float
    y: float
    width: float
    height: float
    ink: Ink


@dataclass(frozen=True, slots=True)
class Label:
    """A short text; `y` is its baseline."""

    x: float
    y: float
    text: str
    ink: Ink = Ink.SOFT
    size: float = 8.0
    anchor: Anchor = Anchor.START
    bold: bool = False


Mark = Line | Area | Bar | Label


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows under headings; columns named in `numbers` stand to the right."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: frozenset[int] = frozenset()
    caption: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A chart; `words` say what it shows and how it is read.

    `twin` is what formats without pictures print; None where a table stands beside it anyway.
    """

    width: float
    height: float
    marks: tuple[Mark, ...]
    words: str
    twin: Table | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph; `large` for what is said first, `soft` for what stands beside."""

    text: str
    large: bool = False
    soft: bool = False


@dataclass(frozen=True, slots=True)
class Bullets:
    """Sentences that belong together."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Terms:
    """Names with what they stand for; a claim is written so."""

    title: str
    pairs: tuple[tuple[str, str], ...]


Block = Paragraph | Bullets | Terms | Table | Picture


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what stands under it."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document from its title to its last section."""

    title: str
    subtitle: str
    sections: tuple[Section, ...]
