import itertools
import re

import pytest

from ledger.core.vocabulary import Tag
from ledger.ui.colours import DARK, LIGHT, TAG_ORDER, Palette, qcolour

PALETTES = (LIGHT, DARK)
# Machado, Oliveira and Fernandes 2009, severity 1.0, on linear light.
BLINDNESS = {
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def linear(colour: str) -> list[float]:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]


def luminance(light: list[float]) -> float:
    return 0.2126 * light[0] + 0.7152 * light[1] + 0.0722 * light[2]


def lightness(light: list[float]) -> float:
    y = luminance(light)
    return 116 * y ** (1 / 3) - 16 if y > 0.008856 else 903.3 * y


def contrast(colour: str, other: str) -> float:
    a, b = sorted((luminance(linear(colour)), luminance(linear(other))))
    return (b + 0.05) / (a + 0.05)


def lab(light: list[float]) -> tuple[float, float, float]:
    r, g, b = (max(0.0, part) for part in light)
    xyz = (
        (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505,
        0.2126 * r + 0.7152 * g + 0.0722 * b,
        (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089,
    )
    x, y, z = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def perceived(colour: str, matrix) -> tuple[float, float, float]:
    light = linear(colour)
    return lab([sum(m * part for m, part in zip(row, light, strict=True)) for row in matrix])


@pytest.mark.parametrize("palette", PALETTES)
def test_every_colour_is_complete(palette):
    for name in Palette.__slots__:
        if name != "dark":
            assert re.fullmatch(r"#[0-9a-f]{6}", getattr(palette, name)), name


@pytest.mark.parametrize("palette", PALETTES)
@pytest.mark.parametrize("ground", ["canvas", "sidebar", "surface", "raised"])
@pytest.mark.parametrize("ink", ["text", "text_soft", "text_faint", "accent", "danger", "warning"])
def test_text_can_be_read_on_every_ground(palette, ground, ink):
    assert contrast(getattr(palette, ink), getattr(palette, ground)) >= 4.5


@pytest.mark.parametrize("palette", PALETTES)
def test_tag_words_can_be_read_on_their_pills_and_on_cards(palette):
    for tag in TAG_ORDER:
        assert contrast(palette.tag_ink(tag), palette.tag_soft(tag)) >= 4.5
        assert contrast(palette.tag_ink(tag), palette.surface) >= 4.5


@pytest.mark.parametrize("palette", PALETTES)
def test_words_on_the_accent_can_be_read(palette):
    assert contrast(palette.on_accent, palette.accent) >= 4.5


@pytest.mark.parametrize("palette", PALETTES)
def test_the_tags_differ_in_greyscale(palette):
    shades = [lightness(linear(palette.tag(tag))) for tag in TAG_ORDER]
    assert min(abs(a - b) for a, b in itertools.combinations(shades, 2)) >= 10


@pytest.mark.parametrize("palette", PALETTES)
@pytest.mark.parametrize("kind", BLINDNESS)
def test_the_tags_differ_for_people_with_a_colour_vision_deficiency(palette, kind):
    shades = [perceived(palette.tag(tag), BLINDNESS[kind]) for tag in TAG_ORDER]
    for shade, other in itertools.combinations(shades, 2):
        assert sum((a - b) ** 2 for a, b in zip(shade, other, strict=True)) ** 0.5 >= 14


def test_a_tag_has_its_own_colour_and_none_is_untagged():
    assert LIGHT.tag(Tag.KEPT) == LIGHT.kept
    assert LIGHT.tag(0) == LIGHT.untagged
    assert LIGHT.tag_ink(Tag.THROWN_AWAY) == LIGHT.thrown_away_ink


def test_a_colour_can_be_made_paler():
    assert qcolour("#ff0000", 0.5).alpha() == 128
