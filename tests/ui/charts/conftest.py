import pytest

from ledger.ui import theme


@pytest.fixture(autouse=True)
def look(qapp):
    """The program's own typeface and colours: a machine without fonts can not measure words."""
    theme.load_fonts()
    theme.apply(qapp, "light")
