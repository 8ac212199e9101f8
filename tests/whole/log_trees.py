"""Small log trees of every shape the importers know, as a home folder would hold them."""

from functools import cache
from pathlib import Path

from tests.making import claude_lines
from tests.whole.real_logs import FOLDERS, IMPORTERS

Tree = dict[str, bytes]  # path below the home: what lies there


@cache
def trees() -> dict[str, Tree]:
    """Return every tree by name: real logs, goldens, plain made ones, and all of them together."""
    by_name = {"real": _real(), "made": _made()}
    for tool, folder in FOLDERS.items():
        for expected in sorted((IMPORTERS / tool).rglob("expected.json")):
            case = expected.parent
            if case.name != "real":
                below = case / folder  # a recording is a whole home folder
                by_name[f"{tool} {case.name}"] = _below(below if below.exists() else case, folder)
    together: Tree = {}
    for tree in by_name.values():
        together |= tree
    return by_name | {"all together": together}


def lay(tree: Tree, home: Path) -> None:
    """Write a whole tree into a home folder."""
    for name, data in tree.items():
        path = home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def _real() -> Tree:
    tree: Tree = {}
    for tool, folder in FOLDERS.items():
        logs = IMPORTERS / tool / "real"
        tree |= _below(logs / folder if (logs / folder).exists() else logs, folder)
    return tree


def _below(case: Path, folder: str) -> Tree:
    tree = {}
    for path in sorted(case.rglob("*")):
        name = path.relative_to(case)
        if path.is_file() and path.name != "expected.json":
            # What stands below `config` is the tool's second place.
            moved = (
                Path(".config") / name.relative_to("config") if name.parts[0] == "config" else None
            )
            tree[str(moved or folder / name)] = path.read_bytes()
    return tree


def _made() -> Tree:
    def log(session: str, prompts: int, first: int = 0) -> bytes:
        return "".join(f"{line}\n" for line in claude_lines(session, prompts, first=first)).encode()

    root = ".claude/projects/-home-ada-atlas"
    return {
        f"{root}/s1.jsonl": log("s1", 4),
        f"{root}/s2.jsonl": log("s1", 2) + log("s2", 2, first=2),  # resumed under another name
        f"{root}/s3.jsonl": log("s3", 1)[:-1],  # its newline has not come yet
        f"{root}/s4.jsonl": b"",
    }
