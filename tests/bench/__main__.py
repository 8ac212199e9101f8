"""Prints how fast the program is, each figure beside a limit measured in the same run.

python tests/bench                    everything, with a tree of 200 MB and 1,000,000 interactions
python tests/bench --size 1GB --rows 1000000 --only import window live git
"""

import argparse
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.bench import importing, live, surviving, triage, window

PARTS = {
    "import": importing.run,
    "live": live.run,
    "window": window.run,
    "git": surviving.run,
    "triage": triage.run,
}


def main() -> int:
    """Run the chosen parts and print their table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--size", default="200MB", help="bytes of generated logs (default 200MB)")
    parser.add_argument("--rows", type=int, default=1_000_000, help="interactions in the ledger")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--only", nargs="*", choices=list(PARTS), default=list(PARTS))
    parser.add_argument("--keep", type=Path, help="a folder for the generated trees, used again")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="signal-ledger-bench-") as scratch:
        folder = options.keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        for name in options.only:
            print(f"\n— {name} —", flush=True)
            PARTS[name](folder, options)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
