from ledger.ui.widgets.buttons import Button
from ledger.ui.window.demo_strip import DemoStrip


def test_it_leads_back_to_the_persons_own_ledger(qtbot):
    strip = DemoStrip()
    qtbot.addWidget(strip)
    with qtbot.waitSignal(strip.left):
        strip.findChild(Button).click()
