"""`team`: one's own card, and what a team sees when it puts its cards together."""

from collections.abc import Sequence
from pathlib import Path

import click

from ledger.cli import console
from ledger.cli.console import opened, say, with_json
from ledger.cli.team_result import TABLE_AT, show_result
from ledger.cli.team_sealing import SEALING
from ledger.core.errors import TeamError
from ledger.core.sealed_sum import Headcount
from ledger.core.team import Card, Period
from ledger.export import team_files
from ledger.flows.team import exchange, open_cards, sealed_sum
from ledger.host import team_book
from ledger.host.clock import now_ms

FILE = click.Path(path_type=Path)


@click.group("team")
def team_command() -> None:
    """Compare as a team: by files, without a server, ranks, or anybody's row. Each takes --json.

    Sealed, so that nobody sees another's numbers: join, confirm, round, seal, open. In the open,
    where a team agrees to it: card, compare. docs/comparing.md says what each file reveals.
    """


@team_command.command("card")
@click.option("--period", required=True, help="A quarter like 2026-Q3, or four weeks: 2026-P07.")
@click.option("--out", required=True, type=FILE, help="The new file, or a folder for it.")
@click.option("--yes", is_flag=True, help=console.YES)
@with_json
def card_command(period: str, out: Path, yes: bool, as_json: bool) -> None:
    """Make your card: eight rounded numbers about a period that is over.

    Every field is shown first. The file has no name and no text, but whoever you give it to knows
    that it is yours.
    """
    now = now_ms()
    about = Period.read(period)
    with opened() as workspace:
        card = open_cards.card_of(workspace.load().frame, about, now // 1000)
    lines = open_cards.preview(card)
    overlaps = open_cards.overlap_notes(about, exchange.cards_made())
    notes = (open_cards.YOURS, open_cards.implied(card), *overlaps)
    if not console.agreed(lines, notes, yes=yes, as_json=as_json):
        return
    place = exchange.save_card(card, lines, out, now)
    if as_json:
        console.tell_written(place, lines, notes)
    else:
        say(f"Written: {place}")


@team_command.command("compare")
@click.argument("files", nargs=-1, required=True, type=FILE)
@TABLE_AT
@with_json
def compare_command(files: tuple[Path, ...], table_at: Path | None, as_json: bool) -> None:
    """Add up five or more cards, from files or a folder: totals only, nobody's row."""
    cards = _cards(files)
    own, reason = _own(cards[0].period)
    card = open_cards.compare(cards, own, team_book.load().compared)
    show_result(card, reason, table_at, as_json=as_json)
    sealed_sum.remember_comparison(Headcount(card.period, card.participants))


def _cards(files: Sequence[Path]) -> list[Card]:
    cards = []
    for file in exchange.files_given(files, team_files.CARD):
        try:
            cards.append(team_files.decode_card(file.data))
        except TeamError as problem:
            raise exchange.with_file_name(file, problem) from None
    return cards


def _own(period: Period) -> tuple[Card | None, str]:
    """Return one's own card of the period, or why there is none."""
    try:
        with opened() as workspace:
            return open_cards.card_of(workspace.load().frame, period, now_ms() // 1000), ""
    except TeamError as problem:
        return None, str(problem)


for command in SEALING:
    team_command.add_command(command)
