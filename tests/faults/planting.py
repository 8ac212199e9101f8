"""Finds every small fault that could be made in a line of code: what a slip of the hand looks like.

A fault takes the place of one piece of one line; no fault is a syntax error. Texts, annotations,
decorators and assertions are left alone: what they do is no behaviour, or mypy's.
"""

import ast
import hashlib
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

COMPARED = {
    ast.Eq: ("!=",),
    ast.NotEq: ("==",),
    ast.Lt: ("<=", ">="),
    ast.LtE: ("<", ">"),
    ast.Gt: (">=", "<="),
    ast.GtE: (">", "<"),
    ast.Is: ("is not",),
    ast.IsNot: ("is",),
    ast.In: ("not in",),
    ast.NotIn: ("in",),
}
COMPUTED = {ast.Add: "-", ast.Sub: "+", ast.Mult: "/", ast.Div: "*", ast.FloorDiv: "*"}
SIGNS = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.FloorDiv: "//"}
OPPOSITE = {"min": "max", "max": "min", "any": "all", "all": "any"}
LEFT_ALONE = ("annotation", "returns", "decorator_list", "type_params")
LOOSE = (ast.Compare, ast.BoolOp, ast.IfExp, ast.Lambda, ast.NamedExpr)  # need brackets after `not`


class Fault(NamedTuple):
    """One piece of a line and what takes its place; columns count bytes, lines count from 1."""

    kind: str
    line: int
    start: int
    end: int
    instead: str
    inside: str  # the function or class that it stands in, with dots
    before: str  # the line without its indentation
    after: str

    @property
    def key(self) -> str:
        """What the fault is called wherever its file lies."""
        told = f"{self.inside}\n{self.before}\n{self.after}"
        return hashlib.sha256(told.encode()).hexdigest()[:12]

    def planted(self, source: str) -> str:
        """Return the source with the fault in it."""
        lines = source.splitlines(keepends=True)
        lines[self.line - 1] = _replaced(lines[self.line - 1], self)
        return "".join(lines)


class _Piece(NamedTuple):
    kind: str
    line: int
    start: int
    end: int
    instead: str


def faults(source: str) -> list[Fault]:
    """Return every fault of a module, in the order of its lines."""
    return [fault for fault in candidates(source) if is_fault(source, fault)]


def candidates(source: str) -> list[Fault]:
    """Return what may be a fault; `is_fault` takes long, so ask it of those that are drawn."""
    tree, lines = ast.parse(source), source.splitlines()
    made: dict[tuple[int, str], Fault] = {}
    for piece, inside in _walk(tree, lines, ()):
        line = lines[piece.line - 1]
        fault = Fault(*piece, ".".join(inside), line.strip(), "")
        fault = fault._replace(after=_replaced(line, fault).strip())
        if fault.after != fault.before:
            made.setdefault((fault.line, fault.after), fault)
    return sorted(made.values(), key=lambda fault: (fault.line, fault.start, fault.instead))


def _replaced(line: str, fault: Fault) -> str:
    data = line.encode()
    return (data[: fault.start] + fault.instead.encode() + data[fault.end :]).decode()


def is_fault(source: str, fault: Fault) -> bool:
    """Say whether Python reads the module with the fault, and reads it as something else."""
    try:
        other = ast.parse(fault.planted(source))
    except SyntaxError:
        return False
    return ast.dump(other) != ast.dump(ast.parse(source))


def _walk(
    node: ast.AST, lines: list[str], inside: tuple[str, ...]
) -> Iterator[tuple[_Piece, tuple[str, ...]]]:
    if isinstance(node, ast.Assert) or _is_for_types(node):
        return
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        inside = (*inside, node.name)
    for piece in _pieces(node, lines):
        if piece.start <= piece.end:
            yield piece, inside
    for name, value in ast.iter_fields(node):
        if name in LEFT_ALONE:
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                yield from _walk(child, lines, inside)


def _is_for_types(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)


def _pieces(node: ast.AST, lines: list[str]) -> Iterator[_Piece]:
    match node:
        case ast.Compare(ops=[op], comparators=[right]):
            yield from (_between("comparison", node.left, right, w) for w in COMPARED[type(op)])
        case ast.BoolOp(values=values):
            word = "or" if isinstance(node.op, ast.And) else "and"
            for left, right in pairwise(values):
                yield _between("and and or", left, right, word)
            yield _cut("a condition dropped", values[-2], values[-1])
        case ast.UnaryOp(op=ast.Not() | ast.USub(), operand=operand):
            yield _Piece("a sign dropped", node.lineno, node.col_offset, operand.col_offset, "")
        case ast.BinOp(left=left, right=right, op=op) if type(op) in COMPUTED:
            yield from _computed(left, right, type(op), lines)
        case ast.Constant(value=bool() | int() | float() as value):
            instead = str(not value) if isinstance(value, bool) else f"{value + 1!r}"
            yield _whole("a constant", node, instead)
        case ast.If(test=test) | ast.IfExp(test=test) | ast.While(test=test):
            yield from _turned(test, lines)
        case ast.Return(value=ast.expr() as value):
            yield _whole("a return", value, _empty(value))
        case ast.Call():
            yield from _called(node, lines)
        case ast.Slice():
            bounds = (bound for bound in (node.lower, node.upper) if bound is not None)
            yield from (_whole("a bound dropped", bound, "") for bound in bounds)
        case ast.Expr(value=ast.Call()) | ast.AugAssign() | ast.Delete():
            yield _whole("a statement deleted", node, "pass")
        case ast.Continue() | ast.Break():
            yield _whole("a jump deleted", node, "pass")


def _computed(
    left: ast.expr, right: ast.expr, op: type[ast.operator], lines: list[str]
) -> Iterator[_Piece]:
    if left.end_lineno != right.lineno:
        return
    gap = lines[right.lineno - 1].encode()[left.end_col_offset : right.col_offset].decode()
    yield _between("arithmetic", left, right, "")._replace(
        instead=gap.replace(SIGNS[op], COMPUTED[op], 1)
    )


def _called(node: ast.Call, lines: list[str]) -> Iterator[_Piece]:
    name = node.func.id if isinstance(node.func, ast.Name) else ""
    if name in OPPOSITE:
        yield _whole("the opposite function", node.func, OPPOSITE[name])
    given = [*node.args, *(keyword.value for keyword in node.keywords)]
    keywords = [_Named(keyword) for keyword in node.keywords]
    places: list[ast.expr | _Named] = [*node.args, *keywords]
    for before, after in pairwise(places):
        yield _cut("an argument dropped", before, after)
    if len(given) == len(keywords) == 1 and node.func.end_lineno == given[0].end_lineno:
        yield _whole("an argument dropped", keywords[0], "")
    is_ordered = name not in ("min", "max")
    if len(node.args) > 1 and is_ordered and not any(isinstance(a, ast.Starred) for a in node.args):
        first, second = node.args[:2]
        if first.lineno == second.end_lineno:
            line = lines[first.lineno - 1].encode()
            one = line[first.col_offset : first.end_col_offset].decode()
            other = line[second.col_offset : second.end_col_offset].decode()
            span = _Piece("arguments swapped", first.lineno, first.col_offset, 0, "")
            yield span._replace(end=second.end_col_offset or 0, instead=f"{other}, {one}")


class _Named:
    """A keyword argument with the place of its name."""

    def __init__(self, keyword: ast.keyword) -> None:
        self.lineno, self.col_offset = keyword.lineno, keyword.col_offset
        self.end_lineno, self.end_col_offset = keyword.end_lineno, keyword.end_col_offset


def _turned(test: ast.expr, lines: list[str]) -> Iterator[_Piece]:
    if test.lineno != test.end_lineno or isinstance(test, ast.UnaryOp):
        return
    text = lines[test.lineno - 1].encode()[test.col_offset : test.end_col_offset].decode()
    turned = f"not ({text})" if isinstance(test, LOOSE) else f"not {text}"
    yield _whole("a condition turned", test, turned)


def _empty(value: ast.expr) -> str:
    match value:
        case ast.List() | ast.ListComp():
            return "[]"
        case ast.Tuple():
            return "()"
        case ast.Dict() | ast.DictComp():
            return "{}"
    return "None"


def _whole(kind: str, node: "ast.stmt | ast.expr | _Named", instead: str) -> _Piece:
    end = node.end_col_offset if node.lineno == node.end_lineno else None
    return _Piece(kind, node.lineno, node.col_offset, -1 if end is None else end, instead)


def _between(kind: str, left: ast.expr, right: ast.expr, word: str) -> _Piece:
    """Put a word between two operands; brackets around them make it a syntax error, so no fault."""
    end = right.col_offset if left.end_lineno == right.lineno else -1
    return _Piece(kind, right.lineno, left.end_col_offset or 0, end, f" {word} ")


def _cut(kind: str, before: "ast.expr | _Named", node: "ast.expr | _Named") -> _Piece:
    """Take a piece away with the comma or the word before it."""
    is_short = before.end_lineno == node.lineno == node.end_lineno
    end = node.end_col_offset or 0 if is_short else -1
    return _Piece(kind, node.lineno, before.end_col_offset or 0, end, "")
