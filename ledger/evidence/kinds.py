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

MOSTLY: Final = 0.5  # of the changed lines, for what decides alone
MANY_READS: Final = 4
NEW_SHARE: Final = 0.8  # of the changed lines came, none went: a draft
FEW_LINES: Final = 10  # below it a change is neither a draft nor a refactoring
BALANCE: Final = 0.5  # the smaller of lines came and lines went, of the larger
PLACES: Final = 3  # stretches of text that changed

DATA_FILES: Final = frozenset(
    {"arrow", "avro", "csv", "db", "dta", "duckdb", "feather", "geojson", "ipynb", "jsonl"}
    | {"ndjson", "parquet", "prql", "psv", "rmd", "sas", "sav", "sql", "sqlite", "tsv", "xls"}
    | {"xlsx"}
)
WRITTEN_FILES: Final = frozenset(
    {"adoc", "asciidoc", "bib", "docx", "markdown", "md", "mdx", "odt", "org", "rst", "rtf"}
    | {"tex", "textile", "txt", "typ", "wiki"}
)
LOOKS: Final = frozenset({ActKind.READ, ActKind.SEARCH})


class OwnRule(NamedTuple):
    """The person's own rule: files whose path fits the pattern make this kind of work."""

    pattern: str  # as in a shell: * and ? and [..]; without a slash it is matched with the name
    kind: Kind


class Edited(NamedTuple):
    """One changed file in lines."""

    path: str
    came: int
    went: int
    places: int
    is_new: bool


class Done(NamedTuple):
    """What was done in an interaction, in numbers."""

    files: tuple[Edited, ...]
    runs: int
    looks: int
    is_repair: bool  # a command failed before the first change, and one ran after a change

    @property
    def came(self) -> int:
        """Lines that came."""
        return sum(file.came for file in self.files)

    @property
    def went(self) -> int:
        """Lines that went."""
        return sum(file.went for file in self.files)


class Rule(NamedTuple):
    """One row of the table; `when` is the sentence that the documents show."""

    kind: Kind
    when: str
    fits: Callable[[Done], bool]


def _is_refactoring(done: Done) -> bool:
    less, more = sorted((done.came, done.went))
    spread = sum(file.places for file in done.files) >= PLACES or len(done.files) > 1
    return spread and less + more >= FEW_LINES and less >= BALANCE * more


def _is_draft(done: Done) -> bool:
    whole = done.came + done.went
    new = sum(file.came for file in done.files if file.is_new)
    mostly_new = whole >= FEW_LINES and done.came >= NEW_SHARE * whole
    return done.came > 0 and (new >= MOSTLY * whole or mostly_new)


RULES: Final = (
    Rule(
        Kind.OPERATIONS,
        "Commands ran and no file was changed by an edit.",
        lambda done: not done.files and done.runs > 0,
    ),
    Rule(
        Kind.REVIEW,
        f"At least {MANY_READS} looks into files, and nothing was changed or run.",
        lambda done: not done.files and done.looks >= MANY_READS,
    ),
    Rule(
        Kind.QUESTION,
        "Nothing was changed or run, and little was read.",
        lambda done: not done.files,
    ),
    Rule(
        Kind.DATA,
        "At least half of the changed lines are in notebooks, tables or queries.",
        lambda done: share(done, DATA_FILES) >= MOSTLY,
    ),
    Rule(
        Kind.WRITING,
        "At least half of the changed lines are in documents made of words.",
        lambda done: share(done, WRITTEN_FILES) >= MOSTLY,
    ),
    Rule(
        Kind.FIX,
        "A command failed before the first change, and a command ran after a change.",
        lambda done: done.is_repair,
    ),
    Rule(
        Kind.DRAFT,
        f"At least half of the changed lines are in new files, or at least {NEW_SHARE:.0%} of"
        f" {FEW_LINES} or more changed lines are new.",
        _is_draft,
    ),
    Rule(
        Kind.REFACTOR,
        f"At least {FEW_LINES} lines changed in several files or at least {PLACES} places, and"
        f" the fewer of lines that came and lines that went are at least {BALANCE:.0%} of the"
        " others.",
        _is_refactoring,
    ),
    Rule(Kind.CHANGE, "Any other change to files.", lambda done: True),
)


def kind_of(acts: Sequence[Act], own: Sequence[OwnRule] = ()) -> Kind:
    """Return the kind of work by the person's own rules, else by the table.

    An interaction without a single act of the model is unsorted.
    """
    if not any(act.kind is not ActKind.PROMPT for act in acts):
        return Kind.UNSORTED
    done = done_in(acts)
    chosen = _by_own(done, own)
    if chosen is not None:
        return chosen
    return next(rule.kind for rule in RULES if rule.fits(done))


def _by_own(done: Done, own: Sequence[OwnRule]) -> Kind | None:
    """Return what the first own rule says that fits at least half of the changed lines."""
    for rule in own:
        matched = [file for file in done.files if _matches(file.path, rule.pattern)]
        if matched and _weight(matched) >= MOSTLY * _weight(done.files):
            return rule.kind
    return None


def _matches(path: str, pattern: str) -> bool:
    path = path.replace("\\", "/")
    if "/" not in pattern:
        return fnmatchcase(path.rpartition("/")[2], pattern)
    return fnmatchcase(path, pattern) or fnmatchcase(path, f"*/{pattern.lstrip('/')}")


def share(done: Done, endings: frozenset[str]) -> float:
    """Return the share of changed lines that is in files with such endings."""
    some = [file for file in done.files if _ending(file.path) in endings]
    return _weight(some) / _weight(done.files)


def _ending(path: str) -> str:
    return path.rpartition("/")[2].rpartition(".")[2].lower()


def _weight(files: Sequence[Edited]) -> int:
    # A change that no line tells of (a file emptied, a rename) still is one.
    return sum(max(1, file.came + file.went) for file in files)


def done_in(acts: Sequence[Act]) -> Done:
    """Return what was done, in numbers; edits that did not fit their file count if none did."""
    edits = [act.edit for act in acts if act.edit]
    fitting = [edit for edit in edits if edit.outcome is not Outcome.FAILED] or edits
    return Done(
        files=tuple(_files(fitting)),
        runs=sum(act.kind is ActKind.RUN for act in acts),
        looks=sum(act.kind in LOOKS for act in acts),
        is_repair=_is_repair(acts),
    )


def _files(edits: Sequence[FileChange]) -> list[Edited]:
    by_path: dict[str, Edited] = {}
    for edit in edits:
        known = by_path.get(edit.path, Edited(edit.path, 0, 0, 0, _makes_file(edit)))
        came, went, places = _lines(edit)
        by_path[edit.path] = known._replace(
            came=known.came + came, went=known.went + went, places=known.places + places
        )
    return list(by_path.values())


def _makes_file(edit: FileChange) -> bool:
    return edit.before == "" or (edit.before is None and all(not old for old, _ in edit.replaced))


def _lines(edit: FileChange) -> tuple[int, int, int]:
    """Count lines that came and went, and places; lines quoted as context count neither way."""
    pairs = edit.replaced
    if edit.before is not None and edit.after is not None:
        pairs = ((edit.before, edit.after),)
    came = went = 0
    for old, new in pairs:
        before, after = Counter(_said(old)), Counter(_said(new))
        came += (after - before).total()
        went += (before - after).total()
    return came, went, max(1, len(edit.replaced))


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
