"""What survival leaves out: generated, vendored, locked and huge files, and notebook output."""

import json
import re
from collections.abc import Callable
from fnmatch import translate
from typing import Any, Final

LARGEST: Final = 1_000_000  # bytes
_FOLDERS: Final = frozenset({
    ".git", ".hg", ".mypy_cache", ".next", ".pytest_cache", ".ruff_cache", ".svn", ".tox", ".venv",
    "__pycache__", "bower_components", "node_modules", "site-packages", "third_party", "vendor",
    "venv",
})  # fmt: skip
_NAMES: Final = frozenset({
    "bun.lock", "cargo.lock", "composer.lock", "flake.lock", "gemfile.lock", "go.sum",
    "gradle.lockfile", "mix.lock", "npm-shrinkwrap.json", "package-lock.json",
    "package.resolved", "packages.lock.json", "pdm.lock", "pipfile.lock", "pnpm-lock.yaml",
    "podfile.lock", "poetry.lock", "pubspec.lock", "uv.lock", "yarn.lock",
})  # fmt: skip
_ENDINGS: Final = (
    ".bundle.js", ".designer.cs", ".freezed.dart", ".g.cs", ".g.dart", ".map", ".min.css",
    ".min.js", ".min.mjs", ".pb.go", ".pb.h", ".pb.cc", "_pb2.py", "_pb2.pyi", "_pb2_grpc.py",
    ".snap",
)  # fmt: skip
_GENERATED_NOTE: Final = re.compile(
    r"@generated\b|code generated .{0,80}do not edit|auto-?generated .{0,80}do not (?:edit|modify)",
    re.IGNORECASE,
)
_HEAD: Final = 600  # signs, where generated files say so
_LONG_LINE: Final = 400  # signs on average: no person wrote that

_ENDING: Final = ".ipynb"
_BINARY_CHECK_BYTES: Final = 8_000  # bytes, as git does to tell binary files
_BYTE_ORDER_MARK: Final = "﻿"


def is_excluded(path: str) -> bool:
    """Whether a file's place or name says that nobody writes it by hand."""
    path_parts = path.replace("\\", "/").lower().split("/")
    name = path_parts[-1]
    return bool(_FOLDERS.intersection(path_parts[:-1])) or name in _NAMES or name.endswith(_ENDINGS)


def says_generated(text: str) -> bool:
    """Whether a text says that it was generated, or has lines that only machines write."""
    if _GENERATED_NOTE.search(text, 0, _HEAD):
        return True
    return len(text) > 5 * _LONG_LINE and len(text) > _LONG_LINE * (text.count("\n") + 1)


def generated_paths(attributes: str) -> Callable[[str], bool]:
    """Return what tells the paths that a .gitattributes calls generated or vendored.

    Only its common patterns are understood: `name`, `*.ending`, `folder/**`, `folder/*.ending`.
    """
    patterns = [
        re.compile(translate(_in_any_folder(fields[0])))
        for line in attributes.splitlines()
        if len(fields := line.split()) > 1
        and not line.startswith("#")
        and _is_marked_generated(fields[1:])
    ]
    return lambda path: any(pattern.match(path) for pattern in patterns)


def _is_marked_generated(attributes: list[str]) -> bool:
    marks = ("linguist-generated", "linguist-vendored")
    return any(
        attribute in marks or attribute in {f"{mark}=true" for mark in marks}
        for attribute in attributes
    )


def _in_any_folder(pattern: str) -> str:
    if pattern.startswith("**/"):
        return "*" + pattern[3:]
    return pattern.lstrip("/") if "/" in pattern.rstrip("/") else f"*{pattern}"


def text_of(data: bytes, path: str) -> str | None:
    """Return what is compared of a file's bytes, None when they are no text."""
    if b"\0" in data[:_BINARY_CHECK_BYTES]:
        return None
    return readable(data.decode("utf-8", "replace").removeprefix(_BYTE_ORDER_MARK), path)


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
