import pytest

from ledger.core.team import Period
from ledger.flows.team import open_cards
from ledger.host import export_log
from ledger.ui.pages.compare.own_card import OwnCardPage
from tests.teaming import PERIOD, worked
from tests.ui.pages.compare.comparing import Places, now, working


@pytest.fixture
def places(tmp_path):
    folder = tmp_path / "out"
    folder.mkdir()
    return Places(folder)


@pytest.fixture
def make(qtbot, places):
    def build(client=None):
        page = OwnCardPage(client or working(), now, places)
        qtbot.addWidget(page)
        page.show()
        page.period.setCurrentIndex(page.period.findData(str(PERIOD)))
        page.refresh()
        return page

    return build


def test_every_field_and_every_byte_is_seen_before_anything_is_written(make, places):
    page = make()
    assert page.lines.lines == open_cards.preview(page.own_card.card)
    assert page.file.toPlainText().encode() == page.own_card.data
    assert page.yours.full_text() == open_cards.YOURS
    assert list(places.folder.iterdir()) == []
    assert export_log.exports() == ()


def test_the_file_is_what_was_seen(make, places):
    page = make()
    shown_data = page.file.data
    page.save.click()
    (file,) = places.folder.iterdir()
    assert file.read_bytes() == shown_data
    assert file.name in page.confirmation.full_text()
    assert export_log.exports()[0].what == "team card"


def test_nothing_is_ever_replaced(make, places, monkeypatch):
    page = make()
    (places.folder / "taken.json").write_bytes(b"old")
    monkeypatch.setattr(page, "_ask", lambda _title, _name: places.folder / "taken.json")
    page.save.click()
    assert (places.folder / "taken.json").read_bytes() == b"old"
    assert "exists already" in page.refusal.reason()


def test_a_changed_mind_writes_nothing(make, places, monkeypatch):
    page = make()
    monkeypatch.setattr(page, "_ask", lambda _title, _name: None)
    page.save.click()
    assert list(places.folder.iterdir()) == []


def test_too_little_work_is_refused_with_the_reason(make):
    page = make(working(worked(3, 0, 0, 0)))
    assert "a card needs 20" in page.refusal.reason()
    assert page._card.isHidden()
    assert page.own_card is None


def test_a_card_that_shares_days_with_another_says_so(make, places):
    page = make()
    page.save.click()
    page.period.setCurrentIndex(page.period.findData("2026-Q2"))
    assert "overlapping" in page.notes.full_text()


def test_only_periods_that_are_over_are_offered(make):
    page = make()
    offered = [Period.read(page.period.itemData(row)) for row in range(page.period.count())]
    assert all(period.has_ended(now() // 1000) for period in offered)


def test_a_card_of_made_up_work_is_shown_and_not_saved(make, places):
    page = make(working(demo=True))
    assert page.own_card is not None
    page.save.click()
    assert places.titles == []
    assert "demo" in page.refusal.reason()
