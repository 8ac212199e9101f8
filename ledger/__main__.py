"""Chooses the face: a window, or the command line when arguments are given."""

import gc
import multiprocessing
import os
import sys

YOUNG = 50_000  # objects made before rubbish is looked for: log rows are many, never in a circle


def main() -> int:
    """Run the program and return its exit code."""
    os.umask(0o077)
    gc.set_threshold(YOUNG)
    if len(sys.argv) > 1:
        from ledger.cli import run

        return run(sys.argv[1:])
    from ledger.ui.launch import launch

    return launch()


if __name__ == "__main__":
    multiprocessing.freeze_support()
    sys.exit(main())
