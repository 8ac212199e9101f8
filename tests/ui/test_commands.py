from ledger.core.vocabulary import Tag
from ledger.ui.commands import entries
from ledger.ui.dialogs.palette import Entry
from ledger.ui.keymap import PAGES

DONE: list[str] = []


def offered_entries(client, filter_model, own=None) -> dict[str, Entry]:
    DONE.clear()
    handlers = {f"page.{name}": lambda name=name: DONE.append(name) for name, _ in PAGES}
    handlers |= {"undo": lambda: DONE.append("undo"), "palette": lambda: DONE.append("palette")}
    return {e.label: e for e in entries(client, filter_model, handlers, DONE.append, own or {})}


def test_pages_and_commands_do_what_their_keys_do(client, filter_model):
    offered = offered_entries(client, filter_model)
    offered["Ledger"].act()
    offered["Undo"].act()
    assert DONE == ["ledger", "undo"]
    assert offered["Ledger"].key == "Ctrl+3"


def test_the_palette_does_not_offer_itself(client, filter_model):
    offered = offered_entries(client, filter_model)
    offered.popitem()
    assert all("Find a page" not in label for label in offered)


def test_a_key_of_ones_own_is_shown(client, filter_model):
    assert offered_entries(client, filter_model, {"undo": "Ctrl+U"})["Undo"].key == "Ctrl+U"


def test_usual_periods_are_offered(client, filter_model):
    offered_entries(client, filter_model)["Last 28 days"].act()
    assert DONE == ["28d"]


def test_every_value_of_the_ledger_narrows_to_itself(filled, filter_model):
    offered = offered_entries(filled, filter_model)
    offered["Only Codex CLI"].act()
    offered["Only atlas"].act()
    offered["Only Kept"].act()
    assert filter_model.filter.tools == frozenset(("codex",))
    assert filter_model.filter.projects == frozenset(("/home/ada/atlas",))
    assert filter_model.filter.tags == frozenset((Tag.KEPT,))
