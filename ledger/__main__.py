"""Chooses the face: a window, or the command line when arguments are given."""

import multiprocessing
import os
import sys


def main() -> int:
    """Run the program and return its exit code."""
    os.umask(0o077)
    if len(sys.argv) > 1:
        from ledger.cli import run

        return run(sys.argv[1:])
    from ledger.ui.launch import launch

    return launch()


if __name__ == "__main__":
    multiprocessing.freeze_support()
    sys.exit(main())
