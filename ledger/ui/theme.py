"""Colours, type and measures for widgets and charts alike: one theme at a time, `current()`.

Fusion with a palette of our own is the only look that is the same on every desktop; the system's
colour scheme is followed, or overruled by the setting.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QFont, QFontDatabase, QFontInfo, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from ledger.host.paths import resource
from ledger.ui.colours import DARK, LIGHT, Palette, qcolour
from ledger.ui.style_sheet import style_sheet


class Type(StrEnum):
    """The steps of the type scale."""

    CAPTION = "caption"
    BODY = "body"
    STRONG = "strong"
    HEADING = "heading"
    TITLE = "title"
    FIGURE = "figure"
    DISPLAY = "display"
    MONO = "mono"


# Size in pixels at text size 100 %, and weight.
SCALE = {
    Type.CAPTION: (12, 400),
    Type.BODY: (13, 400),
    Type.STRONG: (13, 600),
    Type.HEADING: (15, 600),
    Type.TITLE: (20, 650),
    Type.FIGURE: (28, 600),
    Type.DISPLAY: (36, 650),
    Type.MONO: (12, 400),
}
WEIGHT_AXIS = QFont.Tag("wght")
TABULAR = QFont.Tag("tnum")


@dataclass(frozen=True, slots=True)
class Space:
    """Distances in pixels: everything stands on a grid of four."""

    xs: int = 4
    s: int = 8
    m: int = 12
    l: int = 16  # noqa: E741 - a size of clothing, read beside xs, s and m
    xl: int = 24


@dataclass(frozen=True, slots=True)
class Radius:
    """Rounding of corners in pixels."""

    small: int = 4
    medium: int = 6
    large: int = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """Everything a widget or a chart needs to know about looks."""

    colours: Palette
    family: str = ""
    mono_family: str = ""
    text_size: float = 1.0
    space: Space = field(default_factory=Space)
    radius: Radius = field(default_factory=Radius)

    def pixels(self, step: Type = Type.BODY) -> int:
        """Return the height of a step of the type scale in pixels."""
        return max(8, round(SCALE[step][0] * self.text_size))

    def font(
        self, step: Type = Type.BODY, weight: int | None = None, *, tabular: bool = False
    ) -> QFont:
        """Return the font of a step; `tabular` gives all figures one width, for columns of them."""
        mono = step is Type.MONO
        font = QFont(self.mono_family if mono else self.family)
        font.setPixelSize(self.pixels(step))
        weight = weight or SCALE[step][1]
        font.setWeight(QFont.Weight(weight))
        if not mono:
            # Qt knows one named style of the variable font, so the weight is set on its axis.
            font.setVariableAxis(WEIGHT_AXIS, weight)
            if tabular:  # it widens the hyphen too, so words go without
                font.setFeature(TABULAR, 1)
        return font


class _Themes(QObject):
    """Holds the theme in use and says when it changed."""

    changed = Signal(object)  # Theme

    def __init__(self) -> None:
        super().__init__()
        self.now = Theme(colours=LIGHT)
        self.family = ""


_themes = _Themes()
changed = _themes.changed  # connect to this; it carries the new Theme


def current() -> Theme:
    """Return the theme in use."""
    return _themes.now


def colours() -> Palette:
    """Return the colours in use."""
    return _themes.now.colours


def load_fonts() -> bool:
    """Load the bundled typeface; False when Qt cannot, and the system's is used."""
    number = QFontDatabase.addApplicationFont(str(resource("fonts/InterVariable.woff2")))
    families = QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
    _themes.family = families[0] if families else ""
    return bool(families)


def wants_dark(choice: str) -> bool:
    """Whether the setting (`system`, `light`, `dark`) comes out dark on this desktop."""
    if choice == "system":
        return QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
    return choice == "dark"


def apply(app: QApplication, choice: str = "system", text_size: float = 1.0) -> Theme:
    """Put the chosen theme on the whole program and return it."""
    fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    theme = Theme(
        colours=DARK if wants_dark(choice) else LIGHT,
        family=_themes.family or QFontInfo(app.font()).family(),
        mono_family=QFontInfo(fixed).family(),
        text_size=text_size,
    )
    if not app.styleSheet():
        app.setStyle("Fusion")
    _themes.now = theme
    app.setPalette(qpalette(theme.colours))
    app.setFont(theme.font())
    app.setStyleSheet(_sheet(theme))
    _themes.changed.emit(theme)
    return theme


def _sheet(theme: Theme) -> str:
    icons = resource("icons").as_posix()
    return style_sheet(theme.colours, theme.radius.medium, theme.pixels(), icons)


def qpalette(colours: Palette) -> QPalette:
    """Return the colours as Qt's palette, every role of every state set."""
    role = QPalette.ColorRole
    roles = {
        role.Window: colours.canvas,
        role.WindowText: colours.text,
        role.Base: colours.surface,
        role.AlternateBase: colours.canvas,
        role.Text: colours.text,
        role.Button: colours.surface,
        role.ButtonText: colours.text,
        role.BrightText: colours.danger,
        role.ToolTipBase: colours.raised,
        role.ToolTipText: colours.text,
        role.PlaceholderText: colours.text_faint,
        role.Highlight: colours.accent_soft,
        role.HighlightedText: colours.text,
        role.Accent: colours.accent,
        role.Link: colours.accent,
        role.LinkVisited: colours.accent,
        role.Light: colours.raised,
        role.Midlight: colours.hover,
        role.Mid: colours.line,
        role.Dark: colours.line_strong,
        role.Shadow: colours.line_strong,
    }
    result = QPalette()
    for name, colour in roles.items():
        result.setColor(name, qcolour(colour))
    for name in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        result.setColor(QPalette.ColorGroup.Disabled, name, qcolour(colours.text_faint, 0.6))
    return result
