"""Carries out the rows of “Adding something” in docs/house.md, in a copy of the project.

Each recipe adds something made up and touches exactly the places that its row of the table names.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from tests.house.files import ROOT
from tests.store.one_more_tool import ADDED

NOT_COPIED = shutil.ignore_patterns(
    *(".git", ".venv", ".*_cache", ".hypothesis", "__pycache__", "build", "dist", "*.egg-info"),
    "real",  # logs of real tools: nothing here reads them
)
MAP = "tests/house/map.py"


class Edit(NamedTuple):
    """What is written into one file of the copy.

    `new` stands in the place of `old`, which the file holds once. Without `old` it is the end of a
    file that is there, or all of a new one.
    """

    file: str
    new: str
    old: str = ""


class Place(NamedTuple):
    """One place that a row of the table names, and what is written there."""

    named: str  # as the table says it
    edits: tuple[Edit, ...]
    made_by: str = ""  # Python code that makes a file which is no text


class Recipe(NamedTuple):
    """How something is added: the first cell of its row, its places, its own test.

    `asked` are the tests that must pass then, and of which one fails where a place is missing.
    """

    row: str
    places: tuple[Place, ...]
    proof: tuple[Edit, ...]
    asked: tuple[str, ...]


def copied(folder: Path) -> Path:
    """Return a copy of the project in a folder that is not there yet."""
    return Path(shutil.copytree(ROOT, folder, ignore=NOT_COPIED))


def carry_out(copy: Path, recipe: Recipe, without: Place | None = None) -> None:
    """Add something to the copy, at all of its places or at all but one."""
    for place in recipe.places:
        if place != without:
            for edit in place.edits:
                write(copy / edit.file, edit)
    for edit in recipe.proof:
        write(copy / edit.file, edit)
    for place in recipe.places:
        if place.made_by and place != without:
            run(copy, "-c", place.made_by)


def draw_map(copy: Path) -> None:
    """Write the map of the copy again: every new file wants that."""
    run(copy, MAP)


def write(path: Path, edit: Edit) -> None:
    """Write one edit; raises ValueError where what it replaces is not there, or more than once."""
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    if edit.old and before.count(edit.old) != 1:
        raise ValueError(f"{edit.file}: {edit.old!r} is there {before.count(edit.old)} times")
    path.parent.mkdir(parents=True, exist_ok=True)
    after = before.replace(edit.old, edit.new) if edit.old else before + edit.new
    path.write_text(after, encoding="utf-8")


def run(copy: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python in the copy and return how it ended; it imports nothing of the project itself."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=copy,
        env=os.environ | {"PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
    )


def ask(copy: Path, tests: Iterable[str]) -> subprocess.CompletedProcess[str]:
    """Run those of the tests that the copy has."""
    there = [test for test in tests if (copy / test.partition("::")[0]).exists()]
    plain = ("-n", "0", "-q", "-x", "-p", "no:cacheprovider", "--no-header", "--tb=short")
    return run(copy, "-m", "pytest", *plain, *there)


# ---------------------------------------------------------------------------------------- a tool

IMPORTER = '''"""Imports the logs of a tool that nobody has: one JSON object per line."""

from msgspec import Struct

from ledger.core.usage import Usage
from ledger.core.vocabulary import Tool
from ledger.importers.base import Home, Place
from ledger.importers.fields import count
from ledger.importers.json_lines import Entry, JsonLines


class ParrotRow(Struct):
    """The fields of a line that we read."""

    at: int | None = None
    asked: str | None = None
    answered: str | None = None
    sent: int | None = None


class Parrot(JsonLines[ParrotRow]):
    """The made-up tool."""

    tool = Tool.PARROT
    row = ParrotRow

    def places(self, home: Home) -> tuple[Place, ...]:
        """Return the one folder that it logs to."""
        return (Place(home.path / ".parrot", "default"),)

    def record(self, row: ParrotRow) -> Entry | None:
        """Return what a line says."""
        usage = Usage(input=count(row.sent)) if row.answered else None
        return Entry(row.at, prompt=row.asked or "", answer=row.answered or "", usage=usage)
'''
LOG = (
    '{"at": 1772359200000, "asked": "Hello?"}\n'
    '{"at": 1772359201000, "answered": "Hello!", "sent": 7}\n'
)
TEST_IMPORTER = """import json
import shutil
from pathlib import Path

from ledger.cli import run

LOG = Path(__file__).parent / "golden" / "chat.jsonl"


def test_its_log_becomes_an_interaction_with_its_tokens(scratch_home, capsys):
    (scratch_home / ".parrot").mkdir()
    shutil.copy(LOG, scratch_home / ".parrot" / "chat.jsonl")
    assert run(["import"]) == 0
    capsys.readouterr()
    assert run(["list", "--json"]) == 0
    row = json.loads(capsys.readouterr().out)
    assert (row["tool"], row["usage"]["input"]) == ("parrot", 7)
"""


def parrot(text: str) -> str:
    """Return the lines that add a made-up tool under another name: a test has added that one."""
    return (
        text.replace("MADE_UP", "PARROT").replace("made-up", "parrot").replace("Made up", "Parrot")
    )


REGISTRY = "ledger/importers/registry.py"
TOOL = Recipe(
    "a tool",
    (
        Place("importers/TOOL/", (
            Edit("ledger/importers/parrot/__init__.py", '"""A made-up tool."""\n'),
            Edit("ledger/importers/parrot/importer.py", IMPORTER),
        )),
        Place("tests/importers/TOOL/", (
            Edit("tests/importers/parrot/golden/chat.jsonl", LOG),
            Edit("tests/importers/parrot/test_importer.py", TEST_IMPORTER),
        )),
        Place("core/vocabulary.py", tuple(
            Edit("ledger/core/vocabulary.py", parrot(new), old) for old, new in ADDED
        )),
        Place("importers/registry.py", (
            Edit(
                REGISTRY,
                "import GeminiCli\nfrom ledger.importers.parrot.importer import Parrot\n",
                "import GeminiCli\n",
            ),
            Edit(
                REGISTRY,
                "GeminiCli(),\n    Parrot(),\n",
                "GeminiCli(),\n",
            ),
        )),
    ),
    (),
    (
        *("tests/house/test_tables.py", "tests/core/test_vocabulary.py"),
        *("tests/importers/test_registry.py", "tests/importers/parrot"),
    ),
)  # fmt: skip

# -------------------------------------------------------------------------------------- a figure

ROW = """    Metric("made_up", "Made up", "half-hours",
        "Twice the half-hours of work.",
        "made-up", OWN, "made_up", Form.COUNT, made_up),
"""
FIGURE_PAGE = """# Made up {#made-up}

Twice the half-hours of work. Unit: half-hours. Source: own definition.

    2 * work blocks

## What can fool you

It says nothing.
"""
FIGURE = Recipe(
    "a figure",
    (
        Place("metrics/figures.py", (Edit("ledger/metrics/figures.py", '''

def made_up(query: Query) -> Estimate:
    """Answer: how many work blocks are there, counted twice?"""
    return Estimate(2.0 * len(block_te(query.frame, query.selection)))
'''),)),
        Place("docs/measure/FIGURE.md", (Edit("docs/measure/made_up.md", FIGURE_PAGE),)),
        Place("metrics/registry.py", (
            Edit(
                "ledger/metrics/registry.py", "    kept_rate,\n    made_up,\n", "    kept_rate,\n"
            ),
            Edit("ledger/metrics/registry.py", ROW + ")  # fmt: skip\n", ")  # fmt: skip\n"),
        )),
    ),
    (Edit("tests/metrics/test_figures.py", '''

def test_what_is_made_up_is_twice_the_blocks():
    from ledger.metrics.figures import made_up
    from ledger.metrics.registry import panel

    query = query_of(tagged_blocks([1, 2, 3]))
    assert made_up(query).value == 6
    assert [figure.value for figure in panel(query) if figure.key == "made_up"] == [6]
'''),),
    (
        *("tests/metrics/test_registry.py", "tests/cli/test_stats.py"),
        "tests/metrics/test_figures.py::test_what_is_made_up_is_twice_the_blocks",
    ),
)  # fmt: skip

# ------------------------------------------------------------------------------------- a setting

SETTING = Recipe(
    "a setting",
    (
        Place("host/settings.py", (Edit(
            "ledger/host/settings.py",
            '''    made_up: int = _setting(
        7,
        SettingInfo("Made up", "Says nothing to anybody.", "Logs", low=0, high=9),
    )
    keys: Mapping''',
            "    keys: Mapping",
        ),)),
    ),
    (Edit("tests/host/test_settings.py", '''

def test_what_is_made_up_is_described_and_can_be_chosen():
    assert "Made up" in [item.about.label for item in described()]
    assert changed(DEFAULTS, "made_up", 3).made_up == 3
'''),),
    ("tests/host/test_settings.py", "tests/host/test_settings_file.py"),
)  # fmt: skip

# ------------------------------------------------------------------------------------- a command

COMMAND = Recipe(
    "a command",
    (
        Place("cli/", (Edit("ledger/cli/doctor.py", '''

@click.command("hello")
@with_json
def hello_command(as_json: bool) -> None:
    """Say hello."""
    if as_json:
        say_json({"hello": True})
    else:
        say("Hello.")
'''),)),
        Place("cli/__init__.py", (Edit(
            "ledger/cli/__init__.py",
            '    "doctor": "doctor",\n    "hello": "doctor",\n',
            '    "doctor": "doctor",\n',
        ),)),
        Place("docs/command-line.md", (Edit(
            "docs/command-line.md", "| `hello` | says hello | |\n| `doctor` |", "| `doctor` |"
        ),)),
    ),
    (Edit("tests/cli/test_doctor.py", '''

def test_hello_is_said(program):
    assert program("hello") == (0, "Hello.\\n", "")
    assert program("hello", "--json")[0] == 0
'''),),
    ("tests/house/test_command_line.py", "tests/cli/test_doctor.py::test_hello_is_said"),
)  # fmt: skip

# ------------------------------------------------------------- a thing to say of an interaction

ATTRIBUTE = Recipe(
    "a thing to say of an interaction",
    (
        Place("core/edits.py", (
            Edit(
                "ledger/core/edits.py",
                "    SOURCES = auto()\n    EFFORTS = auto()\n",
                "    SOURCES = auto()\n",
            ),
            Edit(
                "ledger/core/edits.py",
                '''def _describe_efforts(_values: set[str], whose: str) -> str:
    return f"Say how {whose} felt"


TAG: Final''',
                "TAG: Final",
            ),
            Edit(
                "ledger/core/edits.py",
                '''EFFORT: Final = Attribute(
    "effort", "efforts", Aspect.EFFORTS, str, "", _describe_efforts
)
ATTRIBUTES: Final = (TAG, INTENT, NOTE, KIND, EFFORT)''',
                "ATTRIBUTES: Final = (TAG, INTENT, NOTE, KIND)",
            ),
        )),
        Place("store/schema.py", (Edit(
            "ledger/store/schema.py",
            '''@migrations()
def m004_efforts(db: Database) -> None:
    \"\"\"Create the table of schema 4.\"\"\"
    _run(
        db.conn,
        "CREATE TABLE effort (interaction INTEGER PRIMARY KEY, value TEXT NOT NULL) STRICT;\\n",
    )


def _run(conn''',
            "def _run(conn",
        ),)),
        Place("store/connection.py", (Edit(
            "ledger/store/connection.py",
            "SCHEMA_VERSION: Final = 4",
            "SCHEMA_VERSION: Final = 3",
        ),)),
        Place("tests/store/ledgers/", (), made_by='''
import pathlib, shutil
from ledger.store.store import Store
folder = pathlib.Path("tests/store/ledgers")
new = pathlib.Path(shutil.copy(folder / "v003.db", folder / "v004.db"))
Store.open(new).close()
for copy in folder.glob("v004-*"):
    copy.unlink()
'''),
    ),
    (Edit("tests/store/test_authored.py", '''

def test_an_effort_is_set_undone_and_kept_in_the_history(store):
    from ledger.core.edits import ATTRIBUTES

    [effort] = [attribute for attribute in ATTRIBUTES if attribute.name == "effort"]
    applied = store.apply(SetValues(effort, ((11, "glad"),)), time_ms=1)
    assert applied.changes.what is effort.aspect
    store.apply(applied.inverse, time_ms=2)
    assert [row.title for row in store.history()] == ["Say how 1 interaction felt"] * 2
    assert store.check() == []
'''),),
    (
        *("tests/core/test_edits.py", "tests/store/test_authored.py"),
        *("tests/store/test_opening.py", "tests/store/test_schema.py"),
    ),
)  # fmt: skip

# --------------------------------------------------------------------------------------- a chart

CHART_FILE = '''"""How many half-hours of work each weekday had: one bar for each."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from ledger.core.figures import WeekHours
from ledger.core.formatting import count
from ledger.flows.insights.drill_down import DrillDown
from ledger.ui import theme
from ledger.ui.charts.legend import Entry, Mark
from ledger.ui.charts.painted import AreaChart
from ledger.ui.charts.table import Column, Kind, Table
from ledger.ui.colours import qcolour

NONE = WeekHours(blocks=(), kept_share=())
LEGEND = (Entry(Mark.LABEL, "half-hours of work, Monday to Sunday"),)
COLUMNS = (Column("Weekday", Kind.COUNT), Column("Half-hours", Kind.COUNT))


class BarsChart(AreaChart[WeekHours]):
    """Draws WeekHours as seven bars."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Work by weekday", NONE, LEGEND, 200, parent=parent)

    def points(self) -> int:
        """Return the number of days."""
        return len(self.figures.blocks)

    def reading(self, position: int) -> str:
        """Return the figures of a day in words."""
        return f"day {position + 1} · {count(sum(self.figures.blocks[position]), 'half-hour')}"

    def choice(self, position: int) -> DrillDown:
        """Return the first hour of a day."""
        return DrillDown(hour=(position, 0))

    def table(self) -> Table:
        """Return the days one by one."""
        return Table(COLUMNS, tuple((n, sum(day)) for n, day in enumerate(self.figures.blocks, 1)))

    def middles(self, area: QRectF) -> list[float]:
        """Return the middles of the bars."""
        step = area.width() / max(self.points(), 1)
        return [area.left() + step * (n + 0.5) for n in range(self.points())]

    def paint(self, painter: QPainter) -> None:
        """Draw the bars."""
        area, colours = self.area(), theme.colours()
        most = max((sum(day) for day in self.figures.blocks), default=0) or 1
        for position, middle in enumerate(self.middles(area)):
            height = area.height() * sum(self.figures.blocks[position]) / most
            bar = QRectF(middle - 8, area.bottom() - height, 16, height)
            ink = colours.axis if position == self.position else colours.accent
            painter.fillRect(bar, qcolour(ink))
'''
CHART_ROW = """    Metric("bars", "Bars", "half-hours",
        "The half-hours of each weekday.",
        "bars", OWN, "bars"),
"""
CHART_PAGE = """# Bars {#bars}

The half-hours of each weekday. Unit: half-hours. Source: own definition.

![The chart “Bars”, made by hand](../pictures/charts/bars-light.png)

    work blocks by weekday

## What can fool you

It says little.
"""
HOURS = "ledger/ui/pages/charts/hours.py"
CHART = Recipe(
    "a chart",
    (
        Place("ui/charts/NAME_chart.py", (
            Edit("ledger/ui/charts/bars_chart.py", CHART_FILE),
        )),
        Place("docs/measure/FIGURE.md", (Edit("docs/measure/bars.md", CHART_PAGE),)),
        Place("docs/pictures/charts/", (), made_by='''
import shutil
folder = "docs/pictures/charts/"
shutil.copy(folder + "flow-light.png", folder + "bars-light.png")
'''),
        Place("ui/pages/charts/", (
            Edit(
                HOURS,
                "from ledger.ui.charts.bars_chart import BarsChart\n"
                "from ledger.ui.charts.calendar_chart",
                "from ledger.ui.charts.calendar_chart",
            ),
            Edit(
                HOURS,
                "    rows = (\n"
                '        ChartRow(BarsChart, "Bars", "A day each.", "bars",'
                " lambda at: week_hours(at.frame, at.selection)),\n",
                "    rows = (\n",
            ),
        )),
        Place("metrics/registry.py", (Edit(
            "ledger/metrics/registry.py",
            CHART_ROW + ")  # fmt: skip\n",
            ")  # fmt: skip\n",
        ),)),
    ),
    (Edit("tests/ui/charts/test_bars_chart.py", '''from ledger.ui.charts.bars_chart import BarsChart
from tests.ui.charts.figures import week_hours

GIVEN = BarsChart, lambda: (week_hours(),)


def test_each_day_has_a_bar(qtbot):
    chart = BarsChart()
    qtbot.addWidget(chart)
    chart.show_figures(week_hours())
    assert chart.points() == 7
    assert chart.reading(1) == "day 2 · 5 half-hours"
'''),),
    (
        *("tests/metrics/test_registry.py", "tests/ui/charts/test_bars_chart.py"),
        "tests/ui/charts/test_painted.py",
        *("tests/pictures/test_pictures.py", "tests/house/test_documents.py"),
    ),
)  # fmt: skip

# ---------------------------------------------------------------------------------------- a page

PAGE = Recipe(
    "a page",
    (
        Place("ui/pages/PAGE/", (
            Edit("ledger/ui/pages/extra/__init__.py", '''"""The Extra page."""

from ledger.ui.pages.base import Page, PageContext


def make(context: PageContext) -> Page:
    """Return the page; what it is made of is loaded only now."""
    from ledger.ui.pages.extra.page import ExtraPage

    return ExtraPage()
'''),
            Edit("ledger/ui/pages/extra/page.py", '''"""The Extra page: nothing."""

from ledger.ui.pages.base import Page


class ExtraPage(Page):
    """Nothing."""

    def activate(self) -> None:
        """Bring nothing up to date."""
'''),
        )),
        Place("resources/icons/", (), made_by='''
import shutil
shutil.copy("resources/icons/table.svg", "resources/icons/extra.svg")
'''),
        Place("docs/pictures/", (Edit(
            "docs/today.md", "\n![The Extra page](pictures/extra.png)\n"
        ),), made_by='''
import shutil
shutil.copy("docs/pictures/today.png", "docs/pictures/extra.png")
'''),
        Place("ui/keymap.py", (Edit(
            "ledger/ui/keymap.py",
            '    SETTINGS = "settings"\n    EXTRA = "extra"\n',
            '    SETTINGS = "settings"\n',
        ),)),
        Place("ui/page_stack.py", (
            Edit(
                "ledger/ui/page_stack.py",
                "    PageRow(PageName.SETTINGS, settings.make, filtered=False),\n"
                "    PageRow(PageName.EXTRA, extra.make),\n",
                "    PageRow(PageName.SETTINGS, settings.make, filtered=False),\n",
            ),
            Edit(
                "ledger/ui/page_stack.py",
                "from ledger.ui.pages import charts, compare, extra, ledger,",
                "from ledger.ui.pages import charts, compare, ledger,",
            ),
        )),
    ),
    (Edit("tests/ui/pages/extra/test_page.py", '''from ledger.ui.pages.extra.page import ExtraPage


def test_it_can_be_shown(qtbot):
    page = ExtraPage()
    qtbot.addWidget(page)
    page.show()
    page.activate()
    assert page.isVisible()
'''),),
    (
        *("tests/house/test_tables.py", "tests/ui/pages/extra", "tests/ui/test_page_stack.py"),
        *("tests/ui/test_icons.py", "tests/ui/test_keymap.py", "tests/pictures/test_pictures.py"),
    ),
)  # fmt: skip
