"""`team join … open`: a sum in which nobody sees another's numbers, by two rounds of files."""

import sys
from pathlib import Path

import click

from ledger.cli import console
from ledger.cli.console import opened, say, say_json, table, with_json
from ledger.cli.team_result import TABLE_AT, show_result
from ledger.core.errors import TeamError
from ledger.core.sealed_sum import MemberKey, Round, Team
from ledger.core.team import Card, Period, last_four_weeks
from ledger.export import team_files
from ledger.flows.team import exchange, sealed_sum
from ledger.host import team_book
from ledger.host.clock import now_ms

FILE = click.Path(path_type=Path)
OUT = click.option("--out", required=True, type=FILE, help="The new file, or a folder for it.")


@click.command("join")
@click.argument("name")
@OUT
@with_json
def join_command(name: str, out: Path, as_json: bool) -> None:
    """Make fresh keys for a team, and the file with their public halves for the others.

    NAME is for you alone. The private halves stay in this computer's keyring.
    """
    exchange.free_place(out, team_files.KEY)
    _write_key(sealed_sum.join(name), out, as_json=as_json)


@click.command("key")
@click.argument("name")
@OUT
@with_json
def key_command(name: str, out: Path, as_json: bool) -> None:
    """Write the file with your public keys of a team once more."""
    _write_key(sealed_sum.named(name), out, as_json=as_json)


def _write_key(team: Team, out: Path, *, as_json: bool) -> None:
    place = exchange.save_key(team, out, now_ms())
    six_words = " ".join(team.key.words)
    if as_json:
        say_json({"written": str(place), "words": six_words})
        return
    say(f"Written: {place}. Give it to the others.")
    say(f"Your six words, to be read aloud, not sent along: {six_words}")


@click.command("members")
@click.argument("name", required=False)
@with_json
def members_command(name: str | None, as_json: bool) -> None:
    """Show your teams, and the six words of every key in them that you confirmed."""
    mine = [sealed_sum.named(name)] if name else list(team_book.load().teams)
    if as_json:
        say_json({"teams": [_object(team) for team in mine]})
        return
    for team in mine:
        missing = sealed_sum.missing_people(team)
        more = f", {missing} more before a round can be made" if missing else ""
        say(f"{team.name}: {len(team.members)} people{more}")
        rows = [(" ".join(key.words), _whose(team, key)) for key in team.members]
        table(("SIX WORDS", ""), rows)
    if not mine:
        say("You are in no team. “signal-ledger team join” makes your keys for one.")


@click.command("confirm")
@click.argument("name")
@click.argument("file", type=FILE)
@click.option("--words", "six_words", help="The six words as your colleague reads them to you.")
@with_json
def confirm_command(name: str, file: Path, six_words: str | None, as_json: bool) -> None:
    """Confirm that a key is a colleague's, by the six words that they read to you.

    In person or on a call: words that came with the file confirm nothing.
    """
    team = sealed_sum.named(name)
    (key_file,) = exchange.files_given([file], team_files.KEY)[:1]
    key = team_files.decode_key(key_file.data)
    if six_words is None:
        if not sys.stdin.isatty():
            raise TeamError("Nothing was confirmed.", "Give the six words with --words.")
        six_words = click.prompt("The six words that your colleague reads to you", type=str)
    team = sealed_sum.confirm(team, key, six_words)
    if as_json:
        say_json(_object(team))
    else:
        say(f"Confirmed. {len(team.members)} people are in “{team.name}” with you.")


@click.command("round")
@click.argument("name")
@click.option("--period", help="Four weeks like 2026-P07; by default those that ended last.")
@OUT
@with_json
def round_command(name: str, period: str | None, out: Path, as_json: bool) -> None:
    """Make the round file of a period for all confirmed members; one of the team does it."""
    now = now_ms()
    about = Period.read(period) if period else last_four_weeks(now // 1000)
    team = sealed_sum.named(name)
    place = exchange.save_round(team, about, out, now)
    if as_json:
        say_json({"written": str(place), "period": str(about), "people": len(team.members)})
    else:
        say(f"Written: {place}. {about}, {len(team.members)} people. Everybody seals this file.")


@click.command("seal")
@click.argument("round_file", metavar="ROUND", type=FILE)
@OUT
@click.option("--yes", is_flag=True, help=console.YES)
@with_json
def seal_command(round_file: Path, out: Path, yes: bool, as_json: bool) -> None:
    """Seal your numbers for a round: only the sum of everybody's can be read.

    Once sealed, a period is never sealed again with other people or other numbers.
    """
    now, book, round_ = now_ms(), team_book.load(), _round(round_file)
    exchange.free_place(out, team_files.SEAL)
    with opened() as workspace:
        frame = workspace.load().frame
    team = sealed_sum.team_in(round_, book)
    proposal = sealed_sum.propose(team, round_, frame, now // 1000, book)
    notes = (sealed_sum.MASKED, *proposal.notes)
    if not console.agreed(proposal.lines, notes, yes=yes, as_json=as_json):
        return
    place = exchange.save_seal(proposal, proposal.lines, out, now)
    if as_json:
        console.tell_written(place, proposal.lines, notes)
    else:
        say(f"Written: {place}. Give it to the others.")


@click.command("open")
@click.argument("round_file", metavar="ROUND", type=FILE)
@click.argument("files", nargs=-1, required=True, type=FILE)
@TABLE_AT
@with_json
def open_command(
    round_file: Path, files: tuple[Path, ...], table_at: Path | None, as_json: bool
) -> None:
    """Add up the sealed files of a round, from files or a folder; all must be there."""
    round_ = _round(round_file)
    seals = []
    for file in exchange.files_given(files, team_files.SEAL):
        try:
            seals.append(team_files.decode_seal(file.data, round_))
        except TeamError as problem:
            raise exchange.with_file_name(file, problem) from None
    own = _own(round_)
    reason = "" if own else "You sealed nothing for this round."
    card = sealed_sum.open_round(round_, seals, own)
    show_result(card, reason, table_at, as_json=as_json)


@click.command("leave")
@click.argument("name")
@click.option("--yes", is_flag=True, help="Do not ask.")
@with_json
def leave_command(name: str, yes: bool, as_json: bool) -> None:
    """Leave a team and destroy your keys of it; no reason is asked and no file tells."""
    team = sealed_sum.named(name)
    if not yes and not as_json and sys.stdin.isatty():
        yes = click.confirm("Destroy your keys of this team?", default=False)
    if not yes:
        raise TeamError("Nothing was changed.", "Add --yes to leave.")
    sealed_sum.leave(team)
    if as_json:
        say_json({"left": team.name})
    else:
        say(f"You have left “{team.name}”.")


def _round(path: Path) -> Round:
    file = exchange.files_given([path], team_files.ROUND)[0]
    try:
        return team_files.decode_round(file.data)
    except TeamError as problem:
        raise exchange.with_file_name(file, problem) from None


def _own(round_: Round) -> Card | None:
    """Return what one sealed for this round oneself."""
    for team in team_book.load().teams:
        sealed = team.sealed_in(round_.period) if team.key in round_.members else None
        if sealed is not None and sealed.signers == round_.signers:
            return Card(round_.period, sealed.vector)
    return None


def _whose(team: Team, key: MemberKey) -> str:
    return "you" if key == team.key else "confirmed"


def _object(team: Team) -> dict[str, object]:
    return {
        "name": team.name,
        "people": len(team.members),
        "missing": sealed_sum.missing_people(team),
        "keys": [{"words": " ".join(key.words), "you": key == team.key} for key in team.members],
        "sealed": [str(sealed.period) for sealed in team.sealed],
    }


SEALING = (
    join_command,
    key_command,
    members_command,
    confirm_command,
    round_command,
    seal_command,
    open_command,
    leave_command,
)
