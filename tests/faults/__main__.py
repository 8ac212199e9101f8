"""Plants faults in a copy of the project and counts what the tests catch.

python tests/faults --trials 30 --seed 1
python tests/faults --trials 10 --seed 2 --only store
"""

import argparse
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.faults import trying  # noqa: E402 - the path is set above

EQUIVALENT = Path(__file__).with_name("equivalent.txt")


def main() -> int:
    """Run the chosen trials; exit with 1 when one was missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--trials", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", help="a room, such as store")
    parser.add_argument("--minutes", type=float, default=60)
    options = parser.parse_args()
    skip = trying.equivalent(EQUIVALENT.read_text("utf-8"))
    with tempfile.TemporaryDirectory(prefix="signal-ledger-faults-") as scratch:
        copy = trying.Copy(ROOT, Path(scratch))
        if options.only is not None and options.only not in copy.modules:
            parser.error(f"there is no room {options.only}, only {', '.join(copy.modules)}")
        drawn = trying.lots(copy, options.seed, options.only, skip=skip)
        seconds = options.minutes * 60
        made = trying.run(
            copy, drawn, options.trials, seconds, lambda text: print(text, flush=True)
        )
    print(trying.summary(made, options.seed))
    return int(any(trial.verdict == "missed" for trial in made))


if __name__ == "__main__":
    raise SystemExit(main())
