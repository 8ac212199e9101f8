"""A file's name is its own: whoever looks for a thing finds one file of that name."""

from collections import defaultdict

from tests.house.files import CODE, sources

# Every tool has these files, and every page its own.
A_TOOLS = CODE / "importers"
A_PAGES = "page"
# Names that more than one file has, each with the reason.
A_SHARE_EACH = (
    "one thing of the domain, of which each floor has its share: value, table, flow, view"
)
ONE_WORD_TWO_ROOMS = "the usual word for two things; the room tells them apart"
SHARED = {
    **dict.fromkeys(("evidence", "goals", "projects", "questions", "sources"), A_SHARE_EACH),
    **dict.fromkeys(("columns", "dump", "figures", "formatting", "prices"), A_SHARE_EACH),
    **dict.fromkeys(("open_cards", "saved_views", "sealed_sum", "team_result"), A_SHARE_EACH),
    **dict.fromkeys(
        ("blocks", "changes", "spending", "suggestions", "survival", "team"), A_SHARE_EACH
    ),
    **dict.fromkeys(("base", "commands", "format", "logs", "names"), ONE_WORD_TWO_ROOMS),
    **dict.fromkeys(("registry", "table", "tokens"), ONE_WORD_TWO_ROOMS),
}
# Filters and figures are each written for people to read, in a flow of their own.
SAME_ROOM = {"format"}


def namesakes() -> dict[str, list[str]]:
    """Return the names that more than one file has, with where these files are."""
    places = defaultdict(list)
    for path in sources():
        is_a_tools = path.parent.parent == A_TOOLS
        if path.name != "__init__.py" and path.stem != A_PAGES and not is_a_tools:
            places[path.stem].append(str(path.relative_to(CODE)))
    return {name: files for name, files in places.items() if len(files) > 1}


def test_no_two_files_have_one_name_unless_each_has_its_share_of_one_thing():
    found = {name: files for name, files in namesakes().items() if name not in SHARED}
    assert found == {}


def test_a_name_that_is_no_longer_shared_leaves_the_list():
    assert set(SHARED) - set(namesakes()) == set()


def test_no_two_files_of_one_room_share_a_name():
    rooms = {
        name: [file.partition("/")[0] for file in files]
        for name, files in namesakes().items()
        if name not in SAME_ROOM
    }
    assert {name for name, where in rooms.items() if len(where) != len(set(where))} == set()
