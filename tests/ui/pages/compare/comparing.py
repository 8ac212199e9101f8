"""A client whose frame is one person's work in the team's period, answered at once."""

from pathlib import Path

from ledger.core.team import Card
from ledger.export import team_files
from ledger.host import paths
from tests.teaming import NOW_S, worked
from tests.ui.pages.fakes import FakeClient

NOW_MS = NOW_S * 1000


def now():
    """Return a moment just after the team's period."""
    return NOW_MS


def working(frame=None, *, demo=False):
    """Return a client on a frame, or on the demo ledger."""
    client = FakeClient(worked() if frame is None else frame)
    if demo:
        client.path = paths.data_dir() / "demo" / "ledger.db"
    return client


def written(folder: Path, team_cards: list[Card]) -> list[Path]:
    """Write cards into a folder and return their files."""
    files = [folder / f"card-{number}.json" for number in range(len(team_cards))]
    for file, card in zip(files, team_cards, strict=True):
        file.write_bytes(team_files.encode_card(card))
    return files


class Places:
    """Answers where files go, and remembers that it was asked."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.titles, self.names = folder, [], []

    def __call__(self, title: str, name: str) -> Path | None:
        self.titles.append(title)
        self.names.append(name)
        return self.folder / name
