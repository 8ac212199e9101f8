"""`log`: an interaction entered by hand."""

import sys
from datetime import datetime

import click

from ledger.cli.console import opened, say_json, with_json
from ledger.cli.filter_options import TAG_KEYS, TOOL_KEYS
from ledger.core.edits import SetLogged, set_tags
from ledger.core.ids import shown
from ledger.core.usage import Basis, Usage
from ledger.flows.tagging import manual_entry
from ledger.host import tokens


@click.command("log")
@click.option("--tool", type=click.Choice(TOOL_KEYS), default="other", show_default=True)
@click.option("--model", default="", help="Model name, if you know it.")
@click.option("--project", default="", help="Project directory or any name.")
@click.option("--when", default="now", show_default=True, help="“yesterday 15:00”, “20 min ago” …")
@click.option("--input", "fresh", type=click.IntRange(0), help="Input tokens, if you know them.")
@click.option("--output", type=click.IntRange(0), help="Output tokens, if you know them.")
@click.option("--text", help="The answer's text: its tokens are estimated. “-” reads stdin.")
@click.option("--tag", type=click.Choice(list(TAG_KEYS)))
@with_json
def log_command(
    tool: str,
    model: str,
    project: str,
    when: str,
    fresh: int | None,
    output: int | None,
    text: str | None,
    tag: str | None,
    as_json: bool,
) -> None:
    """Enter an interaction by hand; unknown tokens stay unknown, never 0.

    The text is counted and forgotten: only the estimate is kept.
    """
    usage = _usage(fresh, output, _stdin() if text == "-" else text, model)
    time_ms = manual_entry.moment(when, datetime.now().astimezone())
    with opened() as workspace:
        entry = manual_entry.manual_entry(
            workspace.store.machine,
            time_ms=time_ms,
            tool=tool,
            model=model,
            project=project,
            usage=usage,
        )
        workspace.history.do(SetLogged(((entry, True),)))
        if tag:
            workspace.history.do(set_tags(((entry.id, TAG_KEYS[tag]),)))
    mark = "~" if usage.basis is Basis.ESTIMATED else ""
    if as_json:
        say_json({"id": shown(entry.id), "tokens": usage.total, "basis": usage.basis.name.lower()})
    else:
        count = "tokens unknown" if usage.basis is Basis.UNKNOWN else f"{mark}{usage.total} tokens"
        click.echo(f"Logged {shown(entry.id)}: {count}.")


def _stdin() -> str:
    """Return what is piped in; bytes that are no text count as one character each."""
    return sys.stdin.buffer.read().decode("utf-8", "replace")


def _usage(fresh: int | None, output: int | None, answer: str | None, model: str) -> Usage:
    if fresh is not None or output is not None:
        basis = Basis.PARTIAL if fresh is None or output is None else Basis.EXACT
        return Usage(input=fresh or 0, output=output or 0, basis=basis)
    if answer:
        return tokens.estimate(answer, model)
    return Usage(basis=Basis.UNKNOWN)
