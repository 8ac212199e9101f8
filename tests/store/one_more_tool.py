"""Opens a ledger as a version would that knows one more tool, before the last; prints the tools.

    python -m tests.store.one_more_tool LEDGER

prints one line of JSON: the tool of each row at the start, after an import, and after a restart.
A process of its own, because the enum must be another one before anything else is imported.
"""

import json
import sys
from importlib.util import find_spec, module_from_spec
from pathlib import Path

MODULE = "ledger.core.vocabulary"
ADDED = (
    (
        '    OTHER = "other", "Other"',
        '    MADE_UP = "made-up", "Made up"\n    OTHER = "other", "Other"',
    ),
)


def add_a_tool() -> None:
    """Put a changed copy of the module that names the tools in its place."""
    spec = find_spec(MODULE)
    text = Path(spec.origin).read_text(encoding="utf-8")
    for old, new in ADDED:
        assert text.count(old) == 1
        text = text.replace(old, new)
    module = module_from_spec(spec)
    exec(compile(text, spec.origin, "exec"), module.__dict__)
    sys.modules[MODULE] = module


def main(path: Path) -> None:
    from ledger.core.vocabulary import TOOLS, Tool
    from ledger.flows.workspace import Workspace
    from ledger.store.store import Store
    from tests.store.worlds import prompt, reading

    def tools(workspace: Workspace) -> list[str]:
        return [str(TOOLS[number]) for number in workspace.frame.tool.tolist()]

    assert TOOLS[-2:] == (Tool("made-up"), Tool.OTHER)
    first = Workspace(Store.open(path), lambda: 1)
    first.load()
    shown_tools = [tools(first)]
    first.show(first.add([reading(prompt(30, minute=90), start=5000)]))
    shown_tools.append(tools(first))
    first.close()
    again = Workspace(Store.open(path), lambda: 1)
    again.load()
    print(json.dumps([*shown_tools, tools(again)]))
    again.close()


if __name__ == "__main__":
    add_a_tool()
    main(Path(sys.argv[1]))
