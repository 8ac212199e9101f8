"""The ledger without a window: the same flows, for terminals and scripts."""

from collections.abc import Sequence
from importlib import import_module

import click

from ledger import __version__
from ledger.core.errors import LedgerError
from ledger.core.text_safety import clean
from ledger.host import logs

FAILED = 1  # an expected error, told in one sentence on stderr
MISUSED = 2  # the command line could not be understood
CANCELLED = 130

HELP = """A private ledger of what became of your AI interactions.

Without arguments the window opens. Every command takes --json for scripts; what goes wrong is
said on stderr with exit code 1, a misuse with 2. Nothing is ever sent anywhere.
"""


MODULES = {  # which file of this folder holds a command `x`, as its function `x_command`
    "import": "importing",  # no module can be named by this keyword
    "sources": "sources",
    "list": "listing",  # a module `list` would hide the built-in one in this file
    "show": "show",
    "tag": "tag",
    "label": "tag",
    "intent": "tag",
    "kind": "tag",
    "note": "tag",
    "undo": "tag",
    "redo": "tag",
    "evidence": "evidence",
    "suggest": "suggest",
    "questions": "questions",
    "log": "log",
    "stats": "stats",
    "prices": "pricing",
    "projects": "projects",
    "goals": "goals",
    "doctor": "doctor",
    "team": "team",
    "export": "export",
    "dump": "dump",
    "restore": "dump",
}


class Commands(click.Group):
    """The commands; a file is imported when one of its commands is wanted.

    `import` runs from timers and hooks: it must not wait for what only figures need.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names, as `--help` lists them."""
        return sorted(MODULES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command; None when there is none of that name."""
        if cmd_name not in MODULES:
            return None
        module = import_module(f"ledger.cli.{MODULES[cmd_name]}")
        command: click.Command = getattr(module, f"{cmd_name}_command")
        return command


@click.group(cls=Commands, help=HELP, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="signal-ledger")
def program() -> None:
    """Hold the commands."""


def run(arguments: Sequence[str]) -> int:
    """Run one command and return the exit code."""
    try:
        code = program.main(list(arguments), prog_name="signal-ledger", standalone_mode=False)
    except click.Abort as stopped:  # Ctrl+C; a command may say more about it
        click.echo(str(stopped) or "Stopped.", err=True)
        return CANCELLED
    except click.ClickException as misuse:
        misuse.show()
        return MISUSED
    except LedgerError as error:
        click.echo(clean(str(error)), err=True)
        return FAILED
    except SystemExit:  # click ends so when the reader of our output has left: its good right
        return 0
    except Exception as error:  # noqa: BLE001 - a bug: reported without any text of a log
        click.echo(f"signal-ledger stopped on a bug: {logs.safe_trace(error)}", err=True)
        return 70
    return code if isinstance(code, int) else 0
