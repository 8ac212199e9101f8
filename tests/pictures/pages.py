"""Pictures of the pages, as the README shows them: one look each, so that they stay few."""

import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PySide6.QtCore import Qt

from ledger.core.team import Period
from ledger.core.vocabulary import Tag
from ledger.export import team_files
from ledger.flows.team import exchange
from ledger.ui.pages.compare.page import CARDS
from tests.pictures import small
from tests.pictures.shown import SIZE, Shown
from tests.pictures.still_clock import NOW_MS
from tests.trust import team_crowds

LOOK_OF = {
    "today": "light",
    "tag": "light",
    "ledger": "dark",
    "charts": "light",
    "review": "light",
    "compare": "light",
    "sources": "light",
}
SMALLER = {"review": (1180, 800)}  # full of words: any larger it would be over the limit
COLLEAGUES, LUCK = 6, 7
QUARTER = Period.read("2026-Q3")


def take(shown: Shown, folder: Path, theme_name: str) -> None:
    """Save a picture of every page that is shown in this look."""
    for name in [name for name, name_of_theme in LOOK_OF.items() if name_of_theme == theme_name]:
        shown.window.resize(*SMALLER.get(name, SIZE))
        shown.page(name)
        PREPARED.get(name, lambda _shown: None)(shown)
        path = folder / f"{name}.png"
        print(f"{small.save(shown.rest(), path):>8,} {path.name}", flush=True)


def _ask(shown: Shown) -> None:
    shown.page("charts").ask("changing")


def _open_one(shown: Shown) -> None:
    """Open the newest interaction that surely was kept."""
    page, frame = shown.page("ledger"), shown.frame
    page.table.setFocus(Qt.FocusReason.OtherFocusReason)
    kept_confidence = frame.confidence * (frame.suggested == Tag.KEPT)
    sure = np.flatnonzero(kept_confidence == kept_confidence.max())
    page.open_interaction(int(frame.id[sure[frame.time_s[sure].argmax()]]))


def _add_up(shown: Shown) -> None:
    """Open the cards of some colleagues, with one's own among them."""
    page = shown.page("compare")
    page.ways.take(CARDS)
    luck = np.random.default_rng(LUCK)
    own = exchange.own_card(shown.frame, QUARTER, NOW_MS // 1000, ())
    cards = [team_crowds.card(person, luck) for person in team_crowds.team(luck, COLLEAGUES)]
    with tempfile.TemporaryDirectory() as folder:
        for number, data in enumerate([own.data, *map(team_files.encode_card, cards)]):
            (Path(folder) / f"card-{number}.json").write_bytes(data)
        page.cards.open([Path(folder)])
        shown.until(lambda: page.cards.result.isVisible() or page.cards.refusal.isVisible())


PREPARED: dict[str, Callable[[Shown], None]] = {
    "charts": _ask,
    "ledger": _open_one,
    "compare": _add_up,
}
