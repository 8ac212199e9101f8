import pytest
from PySide6.QtGui import QFontMetricsF, QPalette
from PySide6.QtWidgets import QStyleFactory

from ledger.ui import theme
from ledger.ui.colours import DARK, LIGHT
from ledger.ui.theme import Type


def test_the_bundled_typeface_is_used(light):
    assert theme.current().family == "Inter Variable"
    assert light.font().family() == "Inter Variable"


def test_figures_are_all_of_one_width():
    metrics = QFontMetricsF(theme.current().font(Type.FIGURE, tabular=True))
    assert metrics.horizontalAdvance("1111") == metrics.horizontalAdvance("0000")


def test_a_stronger_step_is_really_bolder():
    current_theme = theme.current()
    plain, strong = (
        QFontMetricsF(current_theme.font(step)).horizontalAdvance("Tagged interactions")
        for step in (Type.BODY, Type.STRONG)
    )
    assert strong > plain


def test_dark_and_light_are_told_to_whoever_listens(qtbot, light):
    with qtbot.waitSignal(theme.changed) as blocker:
        theme.apply(light, "dark")
    assert blocker.args[0].colours is DARK
    assert theme.colours() is DARK
    assert light.palette().color(QPalette.ColorRole.Window).name() == DARK.canvas
    theme.apply(light, "light")
    assert theme.colours() is LIGHT


def test_text_can_be_made_larger(light):
    theme.apply(light, "light", 1.5)
    assert theme.current().pixels(Type.FIGURE) == 42
    assert theme.current().font().pixelSize() == 20


def test_an_unknown_desktop_is_light():
    assert theme.wants_dark("system") is False
    assert theme.wants_dark("dark") is True


@pytest.mark.parametrize("role", [r for r in QPalette.ColorRole if r.name != "NColorRoles"])
def test_no_role_is_left_to_the_desktop(role):
    if role.name == "NoRole":
        return
    colour = theme.qpalette(DARK).color(role)
    assert colour.name() in {getattr(DARK, name) for name in DARK.__slots__ if name != "dark"}


def test_the_style_is_the_same_on_every_desktop():
    assert "Fusion" in QStyleFactory.keys()  # noqa: SIM118 - a Qt method, not a dictionary
