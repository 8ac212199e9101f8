from itertools import pairwise

from ledger.core.document import COLOURS, Ink


def _brightness(colour: str) -> float:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue


def test_every_ink_has_a_colour():
    assert set(COLOURS) == set(Ink)


def test_what_became_of_it_differs_in_grey_too():
    inks = (Ink.KEPT, Ink.THROWN_AWAY, Ink.EDITED, Ink.UNTAGGED)
    greys = sorted(_brightness(COLOURS[ink]) for ink in inks)
    assert min(b - a for a, b in pairwise(greys)) > 25
