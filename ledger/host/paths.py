"""Where things lie on this computer: the ledger, the settings, the logs and our own resources."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

import platformdirs

from ledger.core.errors import LedgerError
from ledger.host.private_files import private_dir

APP_NAME = "signal-ledger"
LEDGER_FILE = "ledger.db"
LOG_FILE = "signal-ledger.log"
DEMO_FOLDER = "demo"
PACKAGE = Path(__file__).resolve().parent.parent


def data_dir() -> Path:
    """Return the folder of the ledger, made private to this person if it did not exist."""
    return private_dir(platformdirs.user_data_path(APP_NAME, appauthor=False))


def config_dir() -> Path:
    """Return the folder of the settings, made private to this person if it did not exist."""
    return private_dir(platformdirs.user_config_path(APP_NAME, appauthor=False))


def state_dir() -> Path:
    """Return the folder of window state and our own log, made private if it did not exist."""
    return private_dir(platformdirs.user_state_path(APP_NAME, appauthor=False))


def ledger_path() -> Path:
    """Return where the ledger of this person lies, whether or not it exists yet."""
    return data_dir() / LEDGER_FILE


def demo_folder() -> Path:
    """Return the folder of the made-up ledger for newcomers, whether or not it exists."""
    return data_dir() / DEMO_FOLDER


def is_demo(ledger: Path) -> bool:
    """Whether this ledger is the made-up one: nothing of it may be saved as a person's own."""
    return ledger.is_relative_to(demo_folder())


def log_path() -> Path:
    """Return where the program's own log lies, whether or not it exists yet."""
    return state_dir() / LOG_FILE


def resource(name: str) -> Path:
    """Return the path of a file shipped with the program; raises LedgerError when it is missing.

    Looks in the frozen bundle, then in the installed package, then beside it in a checkout.
    """
    for root in _resource_roots():
        path = root / name
        if path.exists():
            return path
    raise LedgerError(
        f"A part of the program is missing: {name}.", "Install Signal Ledger again to restore it."
    )


def _resource_roots() -> list[Path]:
    bundle = getattr(sys, "_MEIPASS", None)
    frozen = [Path(bundle) / "resources"] if bundle else []
    return [*frozen, PACKAGE / "_resources", PACKAGE.parent / "resources"]


def home() -> tuple[Path, Mapping[str, str]]:
    """Return the person's home folder and the environment variables, for the search for logs."""
    variables = dict(os.environ)
    try:
        return Path.home(), variables
    except RuntimeError as problem:
        raise LedgerError(
            "This system does not say where your home folder is.", "Set the variable HOME."
        ) from problem
