from ledger.core.evidence import Fate, Horizon, Survival
from ledger.ui import theme
from ledger.ui.colours import LIGHT
from ledger.ui.widgets.survival_bars import ROW, SurvivalBars, survival_text


def survival(horizon=Horizon.WEEK, anywhere=0.8, landed=0.8, fate=Fate.MEASURED, **more):
    return Survival(
        interaction=1, horizon=horizon, fate=fate, looked_ms=0, anywhere=anywhere, landed=landed,
        **more,
    )  # fmt: skip


def make_bars(qtbot, *rows):
    bars = SurvivalBars()
    qtbot.addWidget(bars)
    bars.show_survivals(rows)
    bars.resize(300, bars.height())
    return bars


def ink_at(bars, share, row=0):
    """Return the colour in the middle of a row's bar, at a share of its width."""
    picture = bars.grab().toImage()
    y = row * ROW + ROW // 2
    colours = {LIGHT.kept: [], LIGHT.interval: [], LIGHT.hover: []}
    for x in range(picture.width()):
        name = picture.pixelColor(x, y).name()
        if name in colours:
            colours[name].append(x)
    inside = sorted(x for columns in colours.values() for x in columns)
    x = inside[0] + round(share * (inside[-1] - inside[0]))
    return next((name for name, columns in colours.items() if x in columns), None)


def test_every_horizon_has_its_line(qtbot):
    bars = make_bars(qtbot, survival(Horizon.DAY), survival(Horizon.WEEK))
    assert bars.height() == 2 * ROW
    assert "After 1 day" in bars.accessibleName()
    assert "After 7 days" in bars.accessibleName()


def test_what_landed_is_strong_and_the_rest_of_what_is_there_is_pale(qtbot):
    bars = make_bars(qtbot, survival(anywhere=0.8, landed=0.4))
    assert ink_at(bars, 0.2) == LIGHT.kept
    assert ink_at(bars, 0.6) == LIGHT.interval
    assert ink_at(bars, 0.95) == LIGHT.hover


def test_the_words_say_how_many_lines_or_which_share(qtbot):
    assert survival_text(survival(lines=75, lines_left=62)) == "62 of 75"
    assert survival_text(survival(anywhere=0.5)).startswith("50")
    assert survival_text(survival(lines=9, lines_left=9, fate=Fate.PARKED)) == "9 of 9, uncommitted"
    assert survival_text(survival(fate=Fate.REVERTED, anywhere=0.0)) == "reverted"
    assert survival_text(survival(fate=Fate.UNKNOWN, anywhere=None)) == "git cannot tell"


def test_what_nobody_knows_gives_way_to_what_is_known(qtbot):
    unknown = survival(Horizon.NOW, None, None, Fate.UNKNOWN)
    assert make_bars(qtbot, unknown, survival()).height() == ROW
    assert (
        make_bars(qtbot, unknown, survival(Horizon.DAY, None, None, Fate.UNKNOWN)).height() == ROW
    )
    assert make_bars(qtbot).height() == 0


def test_it_grows_with_the_text(qtbot, light):
    bars = make_bars(qtbot, survival())
    theme.apply(light, "light", 1.5)
    assert bars.height() == round(1.5 * ROW)
