"""An honest ledger, and everything that somebody could do to look better in it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC

from ledger.core.figures import Estimate
from ledger.core.vocabulary import Intent, Origin, Tag
from ledger.metrics.figures import (
    agreement,
    block_size,
    blocks_per_day,
    by_hand,
    exploration,
    projects_per_day,
)
from ledger.metrics.query import Query, share_tagged, unknown_requests
from tests.metrics.rows import HALF_S, MONDAY_S, Row, Use, frame, spent

DAY_S = 86_400
DAYS, A_DAY = 20, 6
MTE = 20_000_000
Rows = list[Row]


def honest() -> Rows:
    """Return 120 half-hours of two prompts each, all tagged, six in ten of them kept."""
    rows = []
    for block in range(DAYS * A_DAY):
        day, slot = divmod(block, A_DAY)
        start = MONDAY_S + day * DAY_S + (18 + 2 * slot) * HALF_S
        tag = (Tag.KEPT, Tag.THROWN_AWAY, Tag.KEPT, Tag.EDITED, Tag.KEPT)[block * 7 % 5]
        te = MTE // 10 * (1 + block * 37 % 11) // 2
        for part in range(2):
            time_s = start + 300 + 1200 * part
            rows.append(
                Row(
                    id=1 + 2 * block + part,
                    time_s=time_s,
                    project=f"/p/{'ab'[slot % 2]}",
                    session=day,
                    tag=int(tag if part else Tag.THROWN_AWAY),
                    suggested=int(tag if part else Tag.THROWN_AWAY),
                    uses=(spent(te, time_s),),
                )
            )
    return rows


def _times(row: Row, factor: float) -> Row:
    return replace(row, uses=tuple(replace(use, te=round(use.te * factor)) for use in row.uses))


def _moved(row: Row, seconds: int) -> Row:
    uses = tuple(replace(use, quarter=(row.time_s + seconds) // 900) for use in row.uses)
    return replace(row, time_s=row.time_s + seconds, uses=uses)


def _is_last(row: Row) -> bool:
    return row.id % 2 == 0


def padded(rows: Rows) -> Rows:
    return [_times(row, 3) if row.tag == Tag.KEPT else row for row in rows]


def split(rows: Rows) -> Rows:
    return [
        replace(_times(row, 0.22), id=row.id + 10_000 * part) for row in rows for part in range(5)
    ]


def copied(rows: Rows) -> Rows:
    return [replace(row, id=row.id + 10_000 * copy) for row in rows for copy in range(3)]


def relabelled(rows: Rows) -> Rows:
    return [
        replace(row, intent=int(Intent.EXPERIMENT)) if row.tag == Tag.THROWN_AWAY else row
        for row in rows
    ]


def idling(rows: Rows) -> Rows:
    agents = [
        Row(
            50_000 + hour,
            MONDAY_S + hour * 3600,
            project="/p/a",
            origin=int(Origin.UNPROMPTED),
            uses=(spent(MTE // 2, MONDAY_S + hour * 3600),),
        )
        for hour in range(24 * DAYS)
    ]
    return [*rows, *agents]


def looping(rows: Rows) -> Rows:
    """One prompt in the morning keeps an agent busy all night: its block is the morning's."""
    return [
        replace(row, uses=(*row.uses, *(spent(MTE // 4, row.time_s + 3600 * h) for h in range(9))))
        if row.time_s % DAY_S < 10 * 3600
        else row
        for row in rows
    ]


def cherry_picked(rows: Rows) -> Rows:
    return [row if row.tag == Tag.KEPT else replace(row, tag=0) for row in rows]


def all_kept(rows: Rows) -> Rows:
    return [replace(row, tag=int(Tag.KEPT)) for row in rows]


def slow_walked(rows: Rows) -> Rows:
    """The second prompt of each job waits for the half-hour after, and a third is added."""
    later = [
        replace(_moved(_times(row, 0.5), HALF_S), id=row.id + 20_000)
        for row in rows
        if _is_last(row)
    ]
    return [*(_times(row, 0.5) if _is_last(row) else row for row in rows), *later]


def at_borders(rows: Rows) -> Rows:
    """Both prompts are kept, and the second one comes just after the half-hour strikes."""
    best = {row.id // 2: row.tag for row in rows if _is_last(row)}
    return [
        _moved(row, 600) if _is_last(row) else replace(row, tag=best[(row.id + 1) // 2])
        for row in rows
    ]


def invented_projects(rows: Rows) -> Rows:
    """Every job is cut over two folders, and both halves are kept."""
    best = {row.id // 2: row.tag for row in rows if _is_last(row)}
    return [
        row if _is_last(row)
        else replace(row, project=f"{row.project}-{row.id % 5}", tag=best[(row.id + 1) // 2])
        for row in rows
    ]  # fmt: skip


def _small(number: int, day: int, slot: int, **more: int | str) -> Row:
    time_s = MONDAY_S + day * DAY_S + (19 + 2 * slot) * HALF_S
    return Row(30_000 + number, time_s, tag=int(Tag.KEPT), uses=(spent(MTE // 2000, time_s),),
               **({"project": "/p/a"} | more))  # fmt: skip


def junk(rows: Rows) -> Rows:
    extra = [_small(at, *divmod(at, A_DAY), suggested=int(Tag.KEPT)) for at in range(DAYS * A_DAY)]
    return [*rows, *extra]


def by_hand_kept(rows: Rows) -> Rows:
    extra = [_small(at, at // 3 - 30, at % 3, origin=int(Origin.LOGGED)) for at in range(90)]
    return [*rows, *extra]


def uncounted(rows: Rows) -> Rows:
    """The costly prompts are done with a tool that tells no token counts."""
    lost = Use(0, requests=1, unknown=1)
    return [
        replace(row, uses=(replace(lost, quarter=row.time_s // 900),))
        if row.uses[0].te > MTE // 3
        else row
        for row in rows
    ]


def abroad(rows: Rows) -> Rows:
    """The clock is set back by seven hours: days change, half-hours do not."""
    return [_moved(row, -7 * 3600) for row in rows]


def renamed_sessions(rows: Rows) -> Rows:
    return [replace(row, session=row.id) for row in rows]


@dataclass(frozen=True)
class Game:
    """Something somebody could do, and the figure that shows it where STR goes up."""

    what: str
    play: Callable[[Rows], Rows]
    shown_by: str = ""
    figure: Callable[[Query], Estimate] | None = None
    rises: bool = True
    form: str = "{:.0f}"
    why: str = ""


GAMES = (
    Game("Burn three times the tokens on what is kept", padded,
         why="Tokens are below the line."),
    Game("Cut every prompt into five, each reading the context again", split,
         why="A half-hour counts once, however often it is cut."),
    Game("Run three copies of everything in parallel", copied,
         why="Copies share the half-hour and cost three times as much."),
    Game("Leave agents running day and night without a prompt", idling,
         why="What no person began makes no half-hour; beyond a quarter it costs."),
    Game("Let one morning prompt work all night", looping,
         why="Only the time of the prompt counts; the night's tokens are below the line."),
    Game("Tag only what was kept", cherry_picked, "Coverage", share_tagged, rises=False,
         form="{:.0%}", why="The lower bound takes the untagged as thrown away."),
    Game("Do the costly work where no tokens are counted", uncounted, "Unknown", unknown_requests,
         why="The lower bound takes such a request at its ceiling."),
    Game("Name sessions anew", renamed_sessions, why="Sessions are in no figure."),
    Game("Change the time zone", abroad, why="Half-hours are counted in UTC."),
    Game("Call failures experiments", relabelled, "Experiments", exploration, form="{:.0%}",
         why="At most a quarter is exempt, and the figure with experiments does not move."),
    Game("Tag everything as kept", all_kept, "Agreement with evidence", agreement, rises=False,
         form="{:.0%}", why="The person's word is final; what the code shows stands beside it."),
    Game("Drag every job into a second half-hour", slow_walked, "Blocks per active day",
         blocks_per_day, why="More half-hours a day, each of them smaller."),
    Game("Prompt just before and just after the half-hour strikes", at_borders,
         "Blocks per active day", blocks_per_day, why="The same, without the waiting."),
    Game("Spread every job over invented projects", invented_projects, "Projects per active day",
         projects_per_day, why="A project has at most 48 half-hours a day; their number is shown."),
    Game("Add cheap prompts that are always kept", junk, "Size of a block", block_size,
         rises=False, form="{:.2f} MTE",
         why="The median block shrinks, and there are more of them a day."),
    Game("Enter small successes by hand, dated back", by_hand_kept, "Logged by hand", by_hand,
         form="{:.0%}", why="Entries by hand are marked; their share of the half-hours is shown."),
)  # fmt: skip


def failed_by_hand() -> Rows:
    """Return the honest ledger with failures entered by hand beside it."""
    extra = [_small(at, at, 0, origin=int(Origin.LOGGED)) for at in range(DAYS)]
    return [*honest(), *(replace(_times(row, 200), tag=int(Tag.THROWN_AWAY)) for row in extra)]


def easy_afterwards() -> Rows:
    """Return two stretches: easy and hard work by turns, then as much work, all of it easy."""
    first = [_times(row, 6) if row.project == "/p/b" else row for row in honest()]
    again = (replace(_moved(row, DAYS * DAY_S), id=row.id + 40_000) for row in honest())
    return [*first, *(replace(row, project="/p/a") for row in again)]


def look(rows: Rows) -> Query:
    made = frame(rows)
    return Query(frame=made, selection=made.select(), zone=UTC, interval=False)
