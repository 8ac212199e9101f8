from ledger.app.demo_ledger import demo_folder, is_demo
from ledger.flows import demo
from ledger.host import paths
from ledger.ui import launch


def test_the_demo_is_told_from_ones_own_ledger():
    assert is_demo(demo.ledger_path(demo_folder()))
    assert not is_demo(paths.ledger_path())


def test_the_window_opens_the_demo_where_it_is_looked_for():
    assert launch._demo_folder() == demo_folder()
