"""Every key of the window in one table: the key, its command, its words, and where it acts.

Single letters act only on the card or the list that has the focus, never in a text field.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from ledger.core.vocabulary import Tag


class Where(StrEnum):
    """The place a key acts in; the value heads its part of the key sheet."""

    ANYWHERE = "Anywhere"
    CARD = "On the card that waits for a tag"
    LIST = "In the list of interactions"
    REVIEW = "On the Review page"
    CANDIDATES = "In the list of work you could write about"
    SOURCE_ROWS = "In the rows behind a review"
    QUICK_LOG = "In the quick log"


class Key(NamedTuple):
    """One row: `keys` as Qt writes them, the first is shown, all act."""

    keys: tuple[str, ...]
    command: str
    label: str
    where: Where
    icon: str = ""


class PageName(StrEnum):
    """The pages, in the order of the sidebar; capitalised, the value is the title."""

    TODAY = "today"
    TAG = "tag"
    LEDGER = "ledger"
    CHARTS = "charts"
    REVIEW = "review"
    COMPARE = "compare"
    SOURCES = "sources"
    SETTINGS = "settings"


class ChartQuestion(StrEnum):
    """The questions of the Charts page."""

    CHANGING = "changing"
    SPENDING = "spending"
    GROUPS = "groups"
    SIZE = "size"
    HOURS = "hours"
    TWO = "two"
    TRIAL = "trial"


PAGES = tuple((page, page.capitalize()) for page in PageName)
# In their order on the Charts page.
QUESTIONS = (
    (ChartQuestion.CHANGING, "Is it changing?"),
    (ChartQuestion.SPENDING, "Where did the tokens go?"),
    (ChartQuestion.GROUPS, "Which gives more?"),
    (ChartQuestion.SIZE, "Does size matter?"),
    (ChartQuestion.HOURS, "When do I work?"),
    (ChartQuestion.TWO, "Compare two"),
    (ChartQuestion.TRIAL, "Did my change help?"),
)
_A, _C, _L = Where.ANYWHERE, Where.CARD, Where.LIST

KEYMAP: tuple[Key, ...] = (
    *(
        Key((f"Ctrl+{number}",), f"page.{page}", f"Go to {title}", _A, page)
        for number, (page, title) in enumerate(PAGES, 1)
    ),
    *(
        Key((f"Alt+{number}",), f"page.charts.{question}", f"Charts: {words}", _A, "charts")
        for number, (question, words) in enumerate(QUESTIONS, 1)
    ),
    Key(("Ctrl+K",), "palette", "Find a page, a command or a filter", _A, "search"),
    Key(("Ctrl+Shift+L",), "quick_log", "Log an interaction by hand", _A, "quick-log"),
    Key(("Ctrl+Z",), "undo", "Undo", _A, "undo"),
    Key(("Ctrl+Shift+Z", "Ctrl+Y"), "redo", "Redo", _A, "redo"),
    Key(("Ctrl+R", "F5"), "import", "Look for new interactions now", _A, "import"),
    Key(("Ctrl+F",), "filter.text", "Filter by words, or search prompts", _A, "search"),
    Key(("Ctrl+Shift+F",), "filter.clear", "Clear the filter", _A, "filter"),
    Key(("Ctrl+Shift+P",), "filter.compare", "Compare with the days before", _A, "compare"),
    Key(("Ctrl+Shift+S",), "view.save", "Save the filter as a view", _A, "view"),
    Key(("Ctrl+Shift+D",), "disagreements", "Where you, git and the tool disagree", _A, "compare"),
    Key(("Ctrl+Shift+J",), "projects", "Projects: join, split, rename", _A, "folder"),
    Key(("Ctrl+B",), "sidebar", "Show or hide the sidebar", _A, "window"),
    Key(("?", "F1"), "keys", "Show these keys", _A, "keyboard"),
    Key(("Ctrl+Q",), "quit", "Quit", _A, "quit"),
    Key(("K",), "tag.kept", "Kept", _C, "kept"),
    Key(("E",), "tag.edited", "Edited", _C, "edited"),
    Key(("T",), "tag.thrown_away", "Thrown away", _C, "thrown-away"),
    Key(("Space",), "suggestion.accept", "Accept what is suggested", _C, "check"),
    Key(("S",), "item.skip", "Later; of a question: leave it unanswered", _C),
    Key(("W",), "tag.session", "Tag the rest of its session", _C),
    Key(("M",), "tag.alike", "The same for others like it", _C),
    Key(("P",), "tag.parts", "Say file by file what was kept", _C),
    Key(("X",), "intent.toggle", "It was an experiment, or not", _C, "experiment"),
    Key(("L",), "label.edit", "Labels", _C, "label"),
    Key(("N",), "note.edit", "Write a note", _C, "note"),
    Key(("U",), "undo", "Undo", _C, "undo"),
    Key(("J",), "item.next", "Next", _C),
    Key(("Ctrl+J",), "item.previous", "Previous", _C),
    Key(("Down",), "block.next", "The next interaction of the half-hour", _C),
    Key(("Up",), "block.previous", "The one before it", _C),
    Key(("Return", "Enter", "O"), "item.open", "Show everything that happened", _C),
    Key(("Shift+O",), "item.unfold", "Unfold all of it", _C),
    Key(("G",), "commit.find", "Find the commit it landed in", _C),
    Key(("K",), "tag.kept", "Kept", _L, "kept"),
    Key(("E",), "tag.edited", "Edited", _L, "edited"),
    Key(("T",), "tag.thrown_away", "Thrown away", _L, "thrown-away"),
    Key(("Space",), "suggestion.accept", "Accept what is suggested", _L, "check"),
    Key(("W",), "tag.session", "Tag the rest of its session", _L),
    Key(("M",), "tag.alike", "The same for others like it", _L),
    Key(("P",), "tag.parts", "Say file by file what was kept", _L),
    Key(("Backspace", "Delete"), "tag.none", "Take the tag away", _L, "untagged"),
    Key(("X",), "intent.toggle", "It was an experiment, or not", _L, "experiment"),
    Key(("L",), "label.edit", "Labels", _L, "label"),
    Key(("N",), "note.edit", "Write a note", _L, "note"),
    Key(("U",), "undo", "Undo", _L, "undo"),
    Key(("J",), "item.next", "Next", _L),
    Key(("Ctrl+J",), "item.previous", "Previous", _L),
    Key(("Return", "Enter", "O"), "item.open", "Show everything that happened", _L),
    Key(("Shift+O",), "item.unfold", "Unfold all of it", _L),
    Key(("G",), "commit.find", "Find the commit it landed in", _L),
    Key(("Escape",), "item.close", "Close what the list shows below", _L),
    Key(("Ctrl+S",), "review.save", "Save the file that is shown", Where.REVIEW, "save"),
    Key(("Return", "Enter"), "claim.write", "Write about it, and cite it", Where.CANDIDATES),
    Key(("Ctrl+O",), "item.open", "Show everything that happened", Where.CANDIDATES),
    Key(("Backspace", "Delete"), "row.leave_out", "Leave out, or take in again", Where.SOURCE_ROWS),
    Key(("Return", "Enter"), "item.open", "Show everything that happened", Where.SOURCE_ROWS),
    Key(("Ctrl+Return", "Ctrl+Enter"), "quick_log.save", "Save and close", Where.QUICK_LOG),
    Key(("Escape",), "quick_log.keep", "Close and keep the draft", Where.QUICK_LOG),
)
# The key a person may change, by command: that of its first row.
USUAL = {row.command: row.keys[0] for row in reversed(KEYMAP)}


def rows(own: Mapping[str, str] | None = None) -> tuple[Key, ...]:
    """Return the table with a person's own keys (command to key) in place of the usual ones.

    A command with another usual key in another place keeps it there: U still undoes on a card.
    """
    own = own or {}
    return tuple(
        row._replace(keys=(own[row.command],))
        if own.get(row.command) and row.keys[0] == USUAL[row.command]
        else row
        for row in KEYMAP
    )


def rows_at(where: Where, own: Mapping[str, str] | None = None) -> tuple[Key, ...]:
    """Return the rows of one place, in the order the key sheet shows them.

    Where a person's own key is the usual one of another command, which a newer version may have
    brought, the usual one gives way: that command may have no key.
    """
    here = [row for row in rows(own) if row.where is where]
    mine = {row.keys[0].lower() for row in here if row.keys[0] == (own or {}).get(row.command)}
    if not mine:
        return tuple(here)
    return tuple(
        row
        if row.keys[0].lower() in mine and row.keys[0] == (own or {}).get(row.command)
        else row._replace(keys=tuple(key for key in row.keys if key.lower() not in mine))
        for row in here
    )


def key_of(
    command: str, where: Where = Where.ANYWHERE, own: Mapping[str, str] | None = None
) -> str:
    """Return the key to show for a command, as people read it; "" when it has none."""
    candidates = (row for row in rows_at(where, own) if row.command == command)
    row = next(candidates, None)
    return key_label(row.keys[0]) if row and row.keys else ""


def tag_command(tag: Tag) -> str:
    """Return the command that gives this tag."""
    return f"tag.{tag.name.lower()}"


def key_label(key: str) -> str:
    """Return a key as people read it."""
    return key.replace("Return", "Enter").replace("Escape", "Esc")


def clashes(own: Mapping[str, str] | None = None) -> list[tuple[str, str, str]]:
    """Return (key, command, other command) wherever one key would do two things in one place.

    Keys that act anywhere act on cards and in lists too; the quick log is a window of its own.
    """
    command_at: dict[tuple[Where, str], str] = {}
    double = []
    for row in rows(own):
        for key in row.keys:
            name = key.lower()
            everywhere = (
                None if row.where is Where.QUICK_LOG else command_at.get((Where.ANYWHERE, name))
            )
            other = everywhere or command_at.setdefault((row.where, name), row.command)
            if other != row.command:
                double.append((key, other, row.command))
    return double
