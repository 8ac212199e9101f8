"""The ledger without a window: the same flows, for terminals and scripts."""

import sys
from collections.abc import Sequence

import click

from ledger import __version__
from ledger.cli import entering, figures, importing, listing, tagging, upkeep
from ledger.core.errors import LedgerError
from ledger.host import logs

FAILED = 1  # an expected error, told in one sentence on stderr
MISUSED = 2  # the command line could not be understood
CANCELLED = 130

HELP = """A private ledger of what became of your AI interactions.

Without arguments the window opens. Every command takes --json for scripts; what goes wrong is
said on stderr with exit code 1, a misuse with 2. Nothing is ever sent anywhere.
"""


@click.group(help=HELP, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="signal-ledger")
def program() -> None:
    """Hold the commands."""


for room in (importing, listing, tagging, entering, figures, upkeep):
    for command in room.COMMANDS:
        program.add_command(command)


def run(arguments: Sequence[str]) -> int:
    """Run one command and return the exit code."""
    try:
        code = program.main(list(arguments), prog_name="signal-ledger", standalone_mode=False)
    except click.Abort:
        return CANCELLED
    except click.ClickException as misuse:
        misuse.show()
        return MISUSED
    except LedgerError as error:
        click.echo(f"{error.title} {error.hint}".strip(), err=True)
        return FAILED
    except BrokenPipeError:
        sys.stderr.close()  # the reader of our output has left: that is its good right
        return 0
    except Exception as error:  # noqa: BLE001 - a bug: reported without any text of a log
        click.echo(f"signal-ledger stopped on a bug: {logs.safe_trace(error)}", err=True)
        return 70
    return code if isinstance(code, int) else 0
