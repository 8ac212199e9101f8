"""Whether an open ledger is the made-up one: what is made of it is nobody's work."""

from pathlib import Path

from ledger.host import paths

DEMO = "demo"


def demo_folder() -> Path:
    """Return the folder of the demo ledger, whether or not there is one."""
    return paths.data_dir() / DEMO


def is_demo(ledger: Path) -> bool:
    """Say whether this ledger is the demo."""
    return ledger.is_relative_to(demo_folder())
