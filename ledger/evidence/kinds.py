"""Sorts an interaction by what was done in it: an ordered table of rules, the first that fits wins.

Only structure is read (which files, how many lines, which commands and how they ended), never a
word of the prompt, so the rules are the same in every language. What became of an edit plays no
part either: whether a draft was kept must not decide whether it was a draft.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from fnmatch import fnmatchcase
from typing import Final, NamedTuple

from ledger.core.evidence import Act, ActKind, FileChange
from ledger.core.vocabulary import Kind, Outcome

MAJORITY: Final = 0.5  # of the changed lines, for what decides alone
MANY_READS: Final = 4
NEW_SHARE: Final = 0.8  # of the changed lines came, none went: a draft
FEW_LINES: Final = 10  # below it a change is neither a draft nor a refactoring
BALANCE: Final = 0.5  # the smaller of lines came and lines went, of the larger
FEWEST_PLACES: Final = 3  # stretches of text that changed

DATA_FILES: Final = frozenset(
    {"arrow", "avro", "csv", "db", "dta", "duckdb", "feather", "geojson", "ipynb", "jsonl"}
    | {"ndjson", "parquet", "prql", "psv", "rmd", "sas", "sav", "sql", "sqlite", "tsv", "xls"}
    | {"xlsx"}
)
WRITTEN_FILES: Final = frozenset(
    {"adoc", "asciidoc", "bib", "docx", "markdown", "md", "mdx", "odt", "org", "rst", "rtf"}
    | {"tex", "textile", "txt", "typ", "wiki"}
)
READ_ACTS: Final = frozenset({ActKind.READ, ActKind.SEARCH})


class OwnRule(NamedTuple):
    """The person's own rule: files whose path fits the pattern make this kind of work."""

    pattern: str  # as in a shell: * and ? and [..]; without a slash it is matched with the name
    kind: Kind


class ChangedFile(NamedTuple):
    """One changed file in lines."""

    path: str
    added: int
    removed: int
    places: int
    is_new: bool


class Work(NamedTuple):
    """What was done in an interaction, in numbers."""

    files: tuple[ChangedFile, ...]
    runs: int
    reads: int
    is_repair: bool  # a command failed before the first change, and one ran after a change

    @property
    def added(self) -> int:
        """Lines that came."""
        return sum(file.added for file in self.files)

    @property
    def removed(self) -> int:
        """Lines that went."""
        return sum(file.removed for file in self.files)


class Rule(NamedTuple):
    """One row of the table; `when` is the sentence that the documents show."""

    kind: Kind
    when: str
    fits: Callable[[Work], bool]


def _is_refactoring(work: Work) -> bool:
    less, more = sorted((work.added, work.removed))
    spread = sum(file.places for file in work.files) >= FEWEST_PLACES or len(work.files) > 1
    return spread and less + more >= FEW_LINES and less >= BALANCE * more


def _is_draft(work: Work) -> bool:
    whole = work.added + work.removed
    new = sum(file.added for file in work.files if file.is_new)
    mostly_new = whole >= FEW_LINES and work.added >= NEW_SHARE * whole
    return work.added > 0 and (new >= MAJORITY * whole or mostly_new)


RULES: Final = (
    Rule(
        Kind.OPERATIONS,
        "Commands ran and no file was changed by an edit.",
        lambda work: not work.files and work.runs > 0,
    ),
    Rule(
        Kind.REVIEW,
        f"At least {MANY_READS} looks into files, and nothing was changed or run.",
        lambda work: not work.files and work.reads >= MANY_READS,
    ),
    Rule(
        Kind.QUESTION,
        "Nothing was changed or run, and little was read.",
        lambda work: not work.files,
    ),
    Rule(
        Kind.DATA,
        "At least half of the changed lines are in notebooks, tables or queries.",
        lambda work: share(work, DATA_FILES) >= MAJORITY,
    ),
    Rule(
        Kind.WRITING,
        "At least half of the changed lines are in documents made of words.",
        lambda work: share(work, WRITTEN_FILES) >= MAJORITY,
    ),
    Rule(
        Kind.FIX,
        "A command failed before the first change, and a command ran after a change.",
        lambda work: work.is_repair,
    ),
    Rule(
        Kind.DRAFT,
        f"At least half of the changed lines are in new files, or at least {NEW_SHARE:.0%} of"
        f" {FEW_LINES} or more changed lines are new.",
        _is_draft,
    ),
    Rule(
        Kind.REFACTOR,
        f"At least {FEW_LINES} lines changed in several files or at least {FEWEST_PLACES} places,"
        f" and the fewer of lines that came and lines that went are at least {BALANCE:.0%} of the"
        " others.",
        _is_refactoring,
    ),
    Rule(Kind.CHANGE, "Any other change to files.", lambda work: True),
)


def kind_of(acts: Sequence[Act], own: Sequence[OwnRule] = ()) -> Kind:
    """Return the kind of work by the person's own rules, else by the table.

    An interaction without a single act of the model is unsorted.
    """
    if not any(act.kind is not ActKind.PROMPT for act in acts):
        return Kind.UNSORTED
    work = work_in(acts)
    kind = _kind_by_own_rules(work, own)
    if kind is not None:
        return kind
    return next(rule.kind for rule in RULES if rule.fits(work))


def _kind_by_own_rules(work: Work, own: Sequence[OwnRule]) -> Kind | None:
    """Return what the first own rule says that fits at least half of the changed lines."""
    for rule in own:
        matched = [file for file in work.files if _matches(file.path, rule.pattern)]
        if matched and _weight(matched) >= MAJORITY * _weight(work.files):
            return rule.kind
    return None


def _matches(path: str, pattern: str) -> bool:
    path = path.replace("\\", "/")
    if "/" not in pattern:
        return fnmatchcase(path.rpartition("/")[2], pattern)
    return fnmatchcase(path, pattern) or fnmatchcase(path, f"*/{pattern.lstrip('/')}")


def share(work: Work, endings: frozenset[str]) -> float:
    """Return the share of changed lines that is in files with such endings."""
    matching = [file for file in work.files if _ending(file.path) in endings]
    return _weight(matching) / _weight(work.files)


def _ending(path: str) -> str:
    return path.rpartition("/")[2].rpartition(".")[2].lower()


def _weight(files: Sequence[ChangedFile]) -> int:
    # A change that no line tells of (a file emptied, a rename) still is one.
    return sum(max(1, file.added + file.removed) for file in files)


def work_in(acts: Sequence[Act]) -> Work:
    """Return what was done, in numbers; edits that did not fit their file count if none did."""
    edits = [act.edit for act in acts if act.edit]
    fitting = [edit for edit in edits if edit.outcome is not Outcome.FAILED] or edits
    return Work(
        files=tuple(_files(fitting)),
        runs=sum(act.kind is ActKind.RUN for act in acts),
        reads=sum(act.kind in READ_ACTS for act in acts),
        is_repair=_is_repair(acts),
    )


def _files(edits: Sequence[FileChange]) -> list[ChangedFile]:
    by_path: dict[str, ChangedFile] = {}
    for edit in edits:
        known = by_path.get(edit.path, ChangedFile(edit.path, 0, 0, 0, _makes_file(edit)))
        added, removed, places = _lines(edit)
        by_path[edit.path] = known._replace(
            added=known.added + added, removed=known.removed + removed, places=known.places + places
        )
    return list(by_path.values())


def _makes_file(edit: FileChange) -> bool:
    return edit.before == "" or (edit.before is None and all(not old for old, _ in edit.replaced))


def _lines(edit: FileChange) -> tuple[int, int, int]:
    """Count lines that came and went, and places; lines quoted as context count neither way."""
    pairs = edit.replaced
    if edit.before is not None and edit.after is not None:
        pairs = ((edit.before, edit.after),)
    added = removed = 0
    for old, new in pairs:
        before, after = Counter(_said(old)), Counter(_said(new))
        added += (after - before).total()
        removed += (before - after).total()
    return added, removed, max(1, len(edit.replaced))


def _said(text: str) -> list[str]:
    """Return the lines that say something: an empty line is neither work nor waste."""
    return [line for line in text.split("\n") if line.strip()]


def _is_repair(acts: Sequence[Act]) -> bool:
    failed_first = changed = False
    for act in acts:
        if act.kind is ActKind.RUN and changed and failed_first:
            return True
        if act.kind is ActKind.EDIT and not act.failed:
            changed = True
        elif act.kind is ActKind.RUN and act.failed and not changed:
            failed_first = True
    return False
