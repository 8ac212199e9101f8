"""`doctor`: whether everything is as it should be, and what to do when it is not."""

import os
import stat
from pathlib import Path

import click

from ledger import __version__
from ledger.cli.console import home, opened_store, say, say_json, with_json
from ledger.cli.reconciling import show_totals
from ledger.core.errors import LedgerError
from ledger.flows.importing import discovery
from ledger.host import paths, settings_file, tokens


@click.command("doctor")
@click.option(
    "--reconcile", is_flag=True, help="Compare the totals that tools wrote with what was counted."
)
@with_json
@click.pass_context
def doctor_command(context: click.Context, as_json: bool, reconcile: bool) -> None:
    """Check the ledger file, its permissions, the settings, the token tables and the sources.

    The keyring is left alone: asking it may ask you to unlock it.
    Exit code 1 when something needs attention. The report holds no text of any prompt.
    """
    if reconcile:
        show_totals(as_json=as_json)
        return
    findings: list[tuple[str, bool, str]] = []
    with opened_store() as store:
        problems = store.check()
        findings.append(("ledger", not problems, "; ".join(problems) or str(store.path)))
        count = store.count()
        findings.append(("interactions", True, str(count)))
    findings.append(_permissions())
    loaded = settings_file.load()
    findings.append(("settings", not loaded.problems, "; ".join(loaded.problems) or "fine"))
    findings.append(_tokens())
    for scan in discovery.scan_places(home(), loaded.settings.sources_off):
        detail = scan.reason or f"{len(scan.files)} files"
        place = f"{scan.place.path} ({scan.place.why})"
        findings.append((f"source {scan.tool}", True, f"{place}: {detail}"))
    if as_json:
        checks = [{"check": name, "ok": ok, "detail": detail} for name, ok, detail in findings]
        say_json({"version": __version__, "ok": all(ok for _, ok, _ in findings), "checks": checks})
    else:
        for name, ok, detail in findings:
            say(f"{'ok  ' if ok else 'LOOK'}  {name}: {detail}")
    if not all(ok for _, ok, _ in findings):
        context.exit(1)


def _permissions() -> tuple[str, bool, str]:
    open_ones = [
        str(path) for path in (paths.data_dir(), *paths.data_dir().iterdir()) if _mode(path) & 0o077
    ]
    if open_ones:
        return (
            "permissions",
            False,
            f"others may read {', '.join(open_ones)}; run chmod go= on it",
        )
    return ("permissions", True, "only you can read the ledger")


def _mode(path: Path) -> int:
    try:
        return stat.S_IMODE(os.lstat(path).st_mode)
    except FileNotFoundError:  # another program has just let go of the ledger
        return 0


def _tokens() -> tuple[str, bool, str]:
    try:
        tokens.check()
    except LedgerError as error:
        return ("token tables", False, str(error))
    return ("token tables", True, "bundled, hashes match")
