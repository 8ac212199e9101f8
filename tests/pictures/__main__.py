"""Makes the pictures of docs/ from the demo ledger, by the program itself, with a stopped clock.

python tests/pictures                 all of them, into docs/pictures
python tests/pictures --only charts --into /tmp/pictures
"""

import argparse
import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.pictures import still_clock  # noqa: E402 - the path is set above

PARTS = ("charts", "pages")
LOOKS = ("light", "dark")
FOLDERS = {"CACHE": ".cache", "CONFIG": ".config", "DATA": ".local/share", "STATE": ".local/state"}


def main() -> int:
    """Take the chosen pictures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", nargs="*", choices=PARTS, default=PARTS)
    parser.add_argument("--looks", nargs="*", choices=LOOKS, default=LOOKS)
    parser.add_argument("--into", type=Path, default=ROOT / "docs" / "pictures")
    options = parser.parse_args()
    still_clock.stop()
    with tempfile.TemporaryDirectory(prefix="signal-ledger-pictures-") as scratch:
        home = Path(scratch) / "ada"
        _move(home)
        _take(home, options)
    return 0


def _move(home: Path) -> None:
    home.mkdir()
    os.environ["HOME"] = str(home)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    for name, folder in FOLDERS.items():
        os.environ[f"XDG_{name}_HOME"] = str(home / folder)


def _take(home: Path, options: argparse.Namespace) -> None:
    from tests.pictures import charts, pages
    from tests.pictures.shown import Shown, lay_out

    take = {"charts": charts.take, "pages": pages.take}
    lay_out(home)
    shown = Shown()
    try:
        for theme_name in options.looks:
            shown.dress(theme_name)
            for name in options.only:
                take[name](shown, options.into, theme_name)
    finally:
        shown.close()  # its threads would keep a failed process alive


if __name__ == "__main__":
    raise SystemExit(main())
