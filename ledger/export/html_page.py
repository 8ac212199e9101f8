"""The document as one HTML file: inline SVG pictures, no script, nothing asked for from outside."""

from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from html import escape

from ledger.core.document import (
    COLOURS,
    Area,
    Bar,
    Block,
    Bullets,
    Document,
    Ink,
    Label,
    Line,
    Mark,
    Paragraph,
    Picture,
    Point,
    Table,
    Terms,
)
from ledger.core.text_safety import clean

STYLE = f"""
:root {{ color-scheme: light; }}
* {{ box-sizing: border-box; }}
body {{ margin: 0 auto; padding: 3rem 1.5rem 4rem; max-width: 46rem;
  background: {COLOURS[Ink.PAPER]}; color: {COLOURS[Ink.TEXT]};
  font: 16px/1.55 Inter, system-ui, "Segoe UI", Helvetica, Arial, sans-serif; }}
h1 {{ font-size: 1.8rem; line-height: 1.2; margin: 0 0 .3rem; letter-spacing: -.015em; }}
h2 {{ font-size: 1.2rem; margin: 2.6rem 0 .6rem; }}
h3 {{ font-size: 1rem; margin: 1.4rem 0 .3rem; }}
p {{ margin: .5rem 0; }}
.subtitle {{ color: {COLOURS[Ink.SOFT]}; border-bottom: 1px solid {COLOURS[Ink.RULE]};
  padding-bottom: 1.1rem; margin: 0; }}
.large {{ font-size: 1.25rem; line-height: 1.45; }}
.soft {{ color: {COLOURS[Ink.SOFT]}; font-size: .9rem; }}
ul {{ margin: .5rem 0; padding-left: 1.2rem; }}
li {{ margin: .25rem 0; }}
dl {{ display: grid; grid-template-columns: 7.5rem 1fr; gap: .25rem 1rem; margin: .2rem 0 1rem; }}
dt {{ color: {COLOURS[Ink.SOFT]}; }}
dd {{ margin: 0; }}
.wide {{ overflow-x: auto; }}
table {{ border-collapse: collapse; width: 100%; font-size: .88rem; margin: .6rem 0 1rem; }}
caption {{ text-align: left; font-weight: 600; font-size: .95rem; padding: .4rem 0; }}
th {{ text-align: left; font-weight: 600; color: {COLOURS[Ink.SOFT]}; vertical-align: bottom; }}
th, td {{ padding: .35rem .9rem .35rem 0; border-bottom: 1px solid {COLOURS[Ink.RULE]}; }}
td {{ vertical-align: top; }}
td:first-child {{ white-space: nowrap; }}
.number {{ text-align: right; font-variant-numeric: tabular-nums; }}
th:last-child, td:last-child {{ padding-right: 0; }}
figure {{ margin: 1rem 0; break-inside: avoid; }}
figcaption {{ color: {COLOURS[Ink.SOFT]}; font-size: .9rem; }}
svg {{ display: block; width: 100%; height: auto; }}
details {{ font-size: .9rem; }}
summary {{ color: {COLOURS[Ink.SOFT]}; cursor: pointer; }}
@media print {{
  body {{ padding: 0; max-width: none; font-size: 10.5pt; }}
  details {{ display: none; }}
  tr, li {{ break-inside: avoid; }}
  h2 {{ break-after: avoid; }}
}}
"""


def render(document: Document) -> bytes:
    """Return the page as UTF-8."""
    allowed = b64encode(sha256(STYLE.encode()).digest()).decode()
    policy = (
        f"default-src 'none'; style-src 'sha256-{allowed}'; base-uri 'none'; form-action 'none'"
    )
    body = "\n".join(_body(document))
    page = f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{_escaped(document.title)}</title>
<style>{STYLE}</style>
</head>
<body>
{body}
</body>
</html>
"""
    return page.encode("utf-8")


def _body(document: Document) -> Iterator[str]:
    yield f"<h1>{_escaped(document.title)}</h1>"
    yield f'<p class="subtitle">{_escaped(document.subtitle)}</p>'
    for section in document.sections:
        yield f"<section>\n<h2>{_escaped(section.title)}</h2>"
        for block in section.blocks:
            yield from _block(block)
        yield "</section>"


def _block(block: Block) -> Iterator[str]:
    match block:
        case Paragraph():
            names = [name for name in ("large", "soft") if getattr(block, name)]
            kind = f' class="{" ".join(names)}"' if names else ""
            yield f"<p{kind}>{_escaped(block.text)}</p>"
        case Bullets():
            items = "\n".join(f"<li>{_escaped(item)}</li>" for item in block.items)
            yield f"<ul>\n{items}\n</ul>"
        case Terms():
            pairs = "\n".join(
                f"<dt>{_escaped(n)}</dt><dd>{_escaped(t)}</dd>" for n, t in block.pairs
            )
            yield f"<h3>{_escaped(block.title)}</h3>\n<dl>\n{pairs}\n</dl>"
        case Table():
            yield f'<div class="wide">{_table(block)}</div>'
        case Picture():
            yield f"<figure>\n{inline_svg(block)}\n<figcaption>{_escaped(block.words)}</figcaption>"
            if block.twin is not None:
                twin = _table(block.twin)
                yield f"<details><summary>The same as a table</summary>{twin}</details>"
            yield "</figure>"


def _table(table: Table) -> str:
    caption = f"<caption>{_escaped(table.caption)}</caption>" if table.caption else ""
    head = "".join(
        f'<th scope="col"{_align(table, at)}>{_escaped(cell)}</th>'
        for at, cell in enumerate(table.head)
    )
    rows = "\n".join(
        "<tr>" + "".join(f"<td{_align(table, at)}>{_escaped(c)}</td>" for at, c in enumerate(row))
        + "</tr>"
        for row in table.rows
    )  # fmt: skip
    return f"<table>{caption}<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody></table>"


def _align(table: Table, at: int) -> str:
    return ' class="number"' if at in table.numbers else ""


def _escaped(text: str) -> str:
    return escape(clean(text))


def inline_svg(picture: Picture) -> str:
    """Return the picture as an element to put into HTML."""
    marks = "\n".join(_svg_mark(mark) for mark in picture.marks)
    return (
        f'<svg viewBox="0 0 {picture.width:g} {picture.height:g}" role="img"'
        f' aria-label="{escape(picture.words)}">\n{marks}\n</svg>'
    )


def _svg_mark(mark: Mark) -> str:
    colour = COLOURS[mark.ink]
    match mark:
        case Line():
            dash = ' stroke-dasharray="3 2"' if mark.dashed else ""
            return (
                f'<polyline points="{_svg_points(mark.points)}" fill="none" stroke="{colour}"'
                f' stroke-width="{mark.width:g}"{dash}/>'
            )
        case Area():
            return f'<polygon points="{_svg_points(mark.points)}" fill="{colour}"/>'
        case Bar():
            return (
                f'<rect x="{mark.x:.2f}" y="{mark.y:.2f}" width="{mark.width:.2f}"'
                f' height="{mark.height:.2f}" fill="{colour}"/>'
            )
        case Label():
            weight = ' font-weight="600"' if mark.bold else ""
            return (
                f'<text x="{mark.x:.2f}" y="{mark.y:.2f}" font-size="{mark.size:g}"'
                f' fill="{colour}" text-anchor="{mark.anchor}"{weight}>{escape(mark.text)}</text>'
            )


def _svg_points(points: tuple[Point, ...]) -> str:
    return " ".join(f"{x:.2f},{y:.2f}" for x, y in points)
