"""Acts in short lines, for tests of every tool: what one would say of them in a few words."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from ledger.core.evidence import Act, ActKind
from ledger.core.ids import bytes_id
from ledger.importers.base import Importer
from ledger.importers.reading import lines_between, read_file


def brief(acts: Iterable[Act]) -> list[str]:
    """Return a line for each act that is not merely words."""
    return [_line(act) for act in acts if act.kind not in (ActKind.ANSWER, ActKind.PROMPT)]


def _line(act: Act) -> str:
    line = f"{act.kind} {act.words.rpartition('/home/ada/')[2]}".strip()
    if act.edit:
        edit = act.edit
        line += f": {edit.outcome.name.lower()}"
        whole = (edit.before is not None) + (edit.after is not None)
        line += ("", ", half known", ", whole known")[whole]
        line += ", changed by hand" if edit.human_changed else ""
    return line + (" (failed)" if act.failed else "")


def acts_by_prompt(importer: Importer, path: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield the prompt of each interaction in a log, and its acts in brief."""
    batch = read_file(importer, str(path), None).batch
    ends = dict(batch.spans)
    for prompt in batch.prompts:
        lines = lines_between(str(path), prompt.offset, ends[prompt.id])
        after = lines_between(str(path), ends[prompt.id], 1 << 30)
        acts = list(importer.acts(lines, after))
        assert bytes_id(lines[0]) == prompt.check or path.suffix == ".json"
        yield next(act.words for act in acts if act.kind is ActKind.PROMPT), brief(acts)
