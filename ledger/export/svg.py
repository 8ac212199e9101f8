"""A picture as inline SVG: shapes and words, no script, no style sheet, no link."""

from html import escape

from ledger.core.document import COLOURS, Area, Bar, Label, Line, Mark, Picture, Point


def inline(picture: Picture) -> str:
    """Return the picture as an element to put into HTML."""
    marks = "\n".join(_mark(mark) for mark in picture.marks)
    return (
        f'<svg viewBox="0 0 {picture.width:g} {picture.height:g}" role="img"'
        f' aria-label="{escape(picture.words)}">\n{marks}\n</svg>'
    )


def _mark(mark: Mark) -> str:
    colour = COLOURS[mark.ink]
    match mark:
        case Line():
            dash = ' stroke-dasharray="3 2"' if mark.dashed else ""
            return (
                f'<polyline points="{_points(mark.points)}" fill="none" stroke="{colour}"'
                f' stroke-width="{mark.width:g}"{dash}/>'
            )
        case Area():
            return f'<polygon points="{_points(mark.points)}" fill="{colour}"/>'
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


def _points(points: tuple[Point, ...]) -> str:
    return " ".join(f"{x:.2f},{y:.2f}" for x, y in points)
