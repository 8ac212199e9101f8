"""The two sets of colours: light and dark, each complete, as `#rrggbb` strings.

What became of the output has four colours that keep their order in greyscale and stay apart for
people with a colour vision deficiency; charts add a pattern to them.
"""

from dataclasses import dataclass

from PySide6.QtGui import QColor

from ledger.core.vocabulary import UNTAGGED, Tag


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """Every colour of the window and its charts; `*_ink` are for text on `surface`."""

    dark: bool
    # Grounds, from the furthest back to the nearest.
    canvas: str
    sidebar: str
    surface: str
    raised: str
    hover: str
    pressed: str
    line: str
    line_strong: str
    # Text, from the loudest to the quietest; the quietest still has 4.5 : 1 on every ground.
    text: str
    text_soft: str
    text_faint: str
    # The one colour that asks for a click.
    accent: str
    accent_hover: str
    accent_soft: str
    on_accent: str
    focus: str
    # What became of the output.
    kept: str
    edited: str
    thrown_away: str
    untagged: str
    kept_ink: str
    edited_ink: str
    thrown_away_ink: str
    untagged_ink: str
    kept_soft: str
    edited_soft: str
    thrown_away_soft: str
    untagged_soft: str
    # Things that went wrong or want care.
    danger: str
    warning: str
    warning_soft: str
    # Charts.
    series: str  # the line of the ratio
    interval: str  # band of process noise around it
    bounds: str  # the paler band of what the untagged could turn out to be
    trend: str  # the smoothed line
    grid: str
    axis: str  # words and ticks of the axes
    cursor: str  # the line under the pointer
    added: str  # grounds of added and removed lines in a diff
    removed: str

    def tag(self, tag: int) -> str:
        """Return the fill of a tag (`core.vocabulary.Tag`, 0 = untagged)."""
        return (self.untagged, self.kept, self.edited, self.thrown_away)[tag]

    def tag_ink(self, tag: int) -> str:
        """Return the text colour of a tag."""
        return (
            self.untagged_ink,
            self.kept_ink,
            self.edited_ink,
            self.thrown_away_ink,
        )[tag]

    def tag_soft(self, tag: int) -> str:
        """Return the ground of a tag's pill."""
        return (
            self.untagged_soft,
            self.kept_soft,
            self.edited_soft,
            self.thrown_away_soft,
        )[tag]


TAG_ORDER = (Tag.KEPT, Tag.EDITED, Tag.THROWN_AWAY, UNTAGGED)  # the order in stacks and legends

LIGHT = Palette(
    dark=False,
    canvas="#fafafb",
    sidebar="#f3f4f6",
    surface="#ffffff",
    raised="#ffffff",
    hover="#eceef1",
    pressed="#e1e4e9",
    line="#e5e7eb",
    line_strong="#cdd2da",
    text="#16191f",
    text_soft="#4a5160",
    text_faint="#626a79",
    accent="#4c57c9",
    accent_hover="#3f49b3",
    accent_soft="#e9ebfb",
    on_accent="#ffffff",
    focus="#6772e5",
    kept="#0a6068",
    edited="#e7b04a",
    thrown_away="#cc5a3b",
    untagged="#d7dbe1",
    kept_ink="#0a5a61",
    edited_ink="#7d5200",
    thrown_away_ink="#a63c20",
    untagged_ink="#5a6270",
    kept_soft="#dcefee",
    edited_soft="#fbf0d8",
    thrown_away_soft="#fae4dd",
    untagged_soft="#eceef1",
    danger="#b3261e",
    warning="#7d5200",
    warning_soft="#fbf0d8",
    series="#0a6068",
    interval="#9fcbca",
    bounds="#dcecec",
    trend="#4c57c9",
    grid="#eceef1",
    axis="#626a79",
    cursor="#9aa1ae",
    added="#e2f3ea",
    removed="#fbe7e3",
)

DARK = Palette(
    dark=True,
    canvas="#15171b",
    sidebar="#101215",
    surface="#1b1e23",
    raised="#23272d",
    hover="#262a31",
    pressed="#2f343c",
    line="#2a2e35",
    line_strong="#41474f",
    text="#eceef2",
    text_soft="#b3bac6",
    text_faint="#949dab",
    accent="#8c95f7",
    accent_hover="#a1a9fa",
    accent_soft="#2a2e4d",
    on_accent="#12141c",
    focus="#8c95f7",
    kept="#56d0bf",
    edited="#bd8d2b",
    thrown_away="#b9492d",
    untagged="#3d434c",
    kept_ink="#62d6c6",
    edited_ink="#e4b65a",
    thrown_away_ink="#f0937a",
    untagged_ink="#a5adba",
    kept_soft="#173a38",
    edited_soft="#3a2f17",
    thrown_away_soft="#422219",
    untagged_soft="#2a2e35",
    danger="#f2877c",
    warning="#e4b65a",
    warning_soft="#3a2f17",
    series="#56d0bf",
    interval="#2b6660",
    bounds="#1f3736",
    trend="#8c95f7",
    grid="#262a31",
    axis="#949dab",
    cursor="#5c6470",
    added="#163328",
    removed="#3d211c",
)


def qcolour(colour: str, alpha: float = 1.0) -> QColor:
    """Return a `#rrggbb` string as a QColor, `alpha` from 0 to 1."""
    result = QColor(colour)
    result.setAlphaF(alpha)
    return result
