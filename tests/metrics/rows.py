"""Ledgers as plain rows, the columns made of them, and random ones for Hypothesis."""

from array import array
from dataclasses import dataclass, field, replace

from hypothesis import strategies as st

from ledger.core.columns import QUARTER_S, Columns
from ledger.core.vocabulary import TOOLS, Origin
from ledger.metrics.frame import Frame

MONDAY_S = 1_780_272_000  # 2026-06-01T00:00:00Z
HALF_S = 1800
PROJECTS = ("/p/a", "/p/b", "/p/c")
MODELS = ("m-a", "m-b", "m-c")


@dataclass(frozen=True)
class Use:
    """Requests of one interaction with one model in one quarter-hour."""

    te: int = 0
    low: int | None = None  # as `te` when None
    high: int | None = None
    model: str = "m-a"
    quarter: int = MONDAY_S // QUARTER_S
    requests: int = 1
    unknown: int = 0
    counters: tuple[int, int, int, int, int] = (0, 0, 0, 0, 0)
    hour: int = 0  # of what was written to a cache
    tariff: int = 0
    searches: int = 0
    missing: int = 0  # what only the tool's own total tells

    @property
    def range(self) -> tuple[int, int, int]:
        low = self.te if self.low is None else self.low
        high = self.te if self.high is None else self.high
        return low, self.te, high


@dataclass(frozen=True)
class Row:
    """One interaction."""

    id: int
    time_s: int = MONDAY_S
    project: str = "/p/a"
    tool: str = "claude-code"
    origin: int = int(Origin.TYPED)
    tag: int = 0
    intent: int = 0
    session: int = 1
    kind: int = 0
    suggested: int = 0
    confidence: int = 0
    labels: frozenset[str] = frozenset()
    uses: tuple[Use, ...] = field(default_factory=tuple)

    @property
    def is_prompted(self) -> bool:
        return self.origin != Origin.UNPROMPTED

    @property
    def delivers(self) -> bool:
        return self.is_prompted and self.intent == 0

    @property
    def block(self) -> tuple[str, int]:
        return self.project, self.time_s // HALF_S


def spent(te: int, time_s: int = MONDAY_S, **more) -> Use:
    """Return a use at a moment."""
    return Use(te, quarter=time_s // QUARTER_S, **more)


def columns(rows: list[Row]) -> Columns:
    """Write rows as the store does."""
    rows = sorted(rows, key=lambda row: (row.time_s, row.id))
    projects = tuple(dict.fromkeys(row.project for row in rows))
    uses = [(at, use) for at, row in enumerate(rows) for use in row.uses]
    models = tuple(dict.fromkeys(use.model for _, use in uses))
    names = sorted({name for row in rows for name in row.labels})
    counter = {
        name: array("q", [use.counters[at] for _, use in uses])
        for at, name in enumerate(("input", "cache_read", "cache_write", "output", "reasoning"))
    }
    return Columns(
        id=array("q", [row.id for row in rows]),
        time_s=array("q", [row.time_s for row in rows]),
        session=array("q", [row.session for row in rows]),
        project=array("i", [projects.index(row.project) for row in rows]),
        tool=array("b", [TOOLS.index(row.tool) for row in rows]),
        origin=array("b", [row.origin for row in rows]),
        tag=array("b", [row.tag for row in rows]),
        intent=array("b", [row.intent for row in rows]),
        kind=array("b", [row.kind for row in rows]),
        suggested=array("b", [row.suggested for row in rows]),
        confidence=array("b", [row.confidence for row in rows]),
        owner=array("i", [at for at, _ in uses]),
        model=array("i", [models.index(use.model) for _, use in uses]),
        quarter=array("i", [use.quarter for _, use in uses]),
        requests=array("i", [use.requests for _, use in uses]),
        unknown=array("i", [use.unknown for _, use in uses]),
        tariff=array("i", [use.tariff for _, use in uses]),
        cache_write_1h=array("q", [use.hour for _, use in uses]),
        searches=array("i", [use.searches for _, use in uses]),
        te_low=array("q", [use.range[0] for _, use in uses]),
        te=array("q", [use.range[1] for _, use in uses]),
        te_high=array("q", [use.range[2] for _, use in uses]),
        missing=array("q", [use.missing for _, use in uses]),
        projects=projects,
        models=models,
        labels={n: frozenset(row.id for row in rows if n in row.labels) for n in names},
        **counter,
    )


def frame(rows: list[Row]) -> Frame:
    """Return the frame of rows."""
    return Frame.of(columns(rows))


def retagged(rows: list[Row], at: int, tag: int) -> list[Row]:
    """Return the rows with another tag on one of them."""
    return [replace(row, tag=tag) if number == at else row for number, row in enumerate(rows)]


class Dice:
    """Takes many small choices out of one drawn number: drawing each is many times slower."""

    def __init__(self, number: int) -> None:
        self.number = number

    def below(self, faces: int) -> int:
        self.number, face = divmod(self.number, faces)
        return face

    def one_of(self, things):
        return things[self.below(len(things))]


def _use(te: int, dice: Dice, time_s: int, *, estimates: bool, unknown: bool) -> Use:
    requests = 1 + dice.below(3)
    low = dice.one_of((te, te, 0, te // 2)) if estimates else te
    high = te + dice.one_of((0, 0, 3, te)) if estimates else te
    return Use(
        te,
        low,
        high,
        model=dice.one_of(MODELS),
        quarter=time_s // QUARTER_S + dice.below(4),
        requests=requests,
        unknown=dice.one_of((0, 0, 1)) if unknown else 0,
        counters=tuple(dice.below(9) for _ in range(5)),
    )


@st.composite
def ledgers(
    draw,
    *,
    least: int = 0,
    most: int = 14,
    tags: tuple[int, ...] = (0, 1, 2, 3),
    intents: tuple[int, ...] = (0, 1),
    origins: tuple[int, ...] = (0, 4),
    estimates: bool = True,
    unknown: bool = True,
    halves: int = 6,
    days: int = 3,
) -> list[Row]:
    """Draw a ledger crowded into a few half-hours of a few days, so that rows meet in blocks."""
    amounts = st.lists(st.integers(0, 40) | st.integers(0, 10**8), max_size=3)
    # Bytes, because drawn integers are mostly small, and every choice beyond the first few was 0.
    luck_of = st.binary(min_size=20, max_size=20).map(int.from_bytes)
    drawn = st.lists(st.tuples(luck_of, amounts), min_size=least, max_size=most)
    rows = []
    for number, (luck, spent_on) in enumerate(draw(drawn)):
        dice = Dice(luck)
        tag, tool, project = dice.one_of(tags), dice.one_of(TOOLS), dice.one_of(PROJECTS)
        time_s = MONDAY_S + dice.below(days) * 86_400 + (dice.below(halves) + 18) * HALF_S
        time_s += dice.one_of((0, 1, 900, HALF_S - 1))
        kinds = {"estimates": estimates, "unknown": unknown}
        rows.append(
            Row(
                id=(number * 7 + 3) % 101,
                time_s=time_s,
                project=project,
                tool=str(tool),
                origin=dice.one_of(origins),
                tag=tag,
                intent=dice.one_of(intents),
                session=dice.below(3),
                kind=dice.below(10),
                labels=frozenset("xy"[: dice.below(3)]),
                uses=tuple(_use(te, dice, time_s, **kinds) for te in spent_on),
            )
        )
    return rows


plain_ledgers = ledgers(least=1, estimates=False, unknown=False)
