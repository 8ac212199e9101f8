"""Directories count as projects: by the rule, whatever the order, and by the person's word."""

import itertools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.core.edits import Aspect, ProjectChoice, SetProjects
from ledger.core.homes import Checkout
from ledger.core.ids import content_id
from ledger.core.parts import Batch, Cursor, PromptPart, Reading, SessionPart
from ledger.core.vocabulary import Origin
from ledger.store.names import project_id
from ledger.store.store import Store

SHOP, APART = "/home/ada/shop", "/home/ada/.codex/worktrees/ab12/shop"
START_MS = 1_780_000_000_000
ON_DISK = {
    SHOP: Checkout(True, SHOP, SHOP),
    "/w/fix": Checkout(True, SHOP, "/w/fix", "fix"),
    f"{SHOP}/lib": Checkout(True, f"{SHOP}/lib", f"{SHOP}/lib"),
}


def reading(number, opened, *directories, repository=""):
    """Return a session opened in a directory, with a prompt in each of the others."""
    session = content_id("session", str(number))
    batch = Batch()
    batch.sessions.append(
        SessionPart(session, f"s{number}", START_MS + number, opened, repository=repository)
    )
    for at, directory in enumerate(directories or (opened,)):
        batch.prompts.append(
            PromptPart(
                content_id("prompt", str(number), str(at)), session, START_MS + number * 100 + at,
                Origin.TYPED, directory, "", 0, 0, 0, 10, 1,
            )
        )  # fmt: skip
    return Reading("codex", Cursor(f"/logs/{number}"), batch)


def projects_of(store):
    """Return the project, the worktree and the directory of every interaction."""
    ids = store.columns().id.tolist()
    rows = sorted(store.rows(ids), key=lambda row: (row.time_ms, row.id))
    columns = store.columns()
    for row in rows:
        at = columns.id.index(row.id)
        assert columns.projects[columns.project[at]] == row.project
        assert columns.worktrees[columns.worktree[at]] == row.worktree
    return [(row.project, row.worktree, row.directory) for row in rows]


def test_a_cd_below_it_begins_no_other_project(store):
    store.add([reading(1, SHOP, SHOP, f"{SHOP}/api", "/srv/other", "/home/ada")])
    assert [row[0] for row in projects_of(store)] == [SHOP, SHOP, "/srv/other", "/home/ada"]
    assert projects_of(store)[1] == (SHOP, "", f"{SHOP}/api")


def test_a_cd_into_another_repository_is_another_project(store):
    store.add([reading(1, SHOP, f"{SHOP}/lib", f"{SHOP}/lib/src", f"{SHOP}/api")], ON_DISK)
    names = names_of(store)
    assert (names[0], names[2]) == (f"{SHOP}/lib", SHOP)


def test_the_first_directory_of_a_session_is_where_it_was_opened(store):
    later = reading(1, f"{SHOP}/api")
    later.batch.sessions[0] = later.batch.sessions[0]._replace(time_ms=START_MS + 900)
    store.add([later])
    store.add([reading(1, SHOP, f"{SHOP}/api")])
    assert projects_of(store) == [(SHOP, "", f"{SHOP}/api")]


def test_a_worktree_stays_what_it_was_when_it_is_gone(store):
    store.add([reading(1, "/w/fix")], ON_DISK)
    store.add([reading(2, "/w/fix")], {"/w/fix": Checkout(is_there=False)})
    assert projects_of(store) == [(SHOP, "fix", "/w/fix")] * 2
    assert store.projects.worktrees() == {"/w/fix": SHOP}


def test_what_comes_later_says_what_came_before_is_of(store):
    store.add([reading(1, APART)])
    assert projects_of(store) == [(APART, "ab12", APART)]
    changes = store.add([reading(2, SHOP)])
    assert changes.any_of(Aspect.INTERACTIONS)
    assert changes.ids is None  # names of old work are others now
    assert projects_of(store) == [(SHOP, "ab12", APART), (SHOP, "", SHOP)]


def test_ids_of_directories_are_what_they_were(store):
    store.add([reading(1, APART), reading(2, SHOP)])
    rows = store.projects.rows()
    assert {row.key: row.id for row in rows} == {key: project_id(key) for key in (APART, SHOP)}


PLACES = (
    SHOP,
    f"{SHOP}/",
    f"{SHOP}/api",
    APART,
    f"{APART}/src",
    "/w/fix",
    "/srv/shop",
    f"{SHOP}/lib",
)
SESSIONS = st.lists(
    st.tuples(
        st.sampled_from(PLACES),
        st.lists(st.sampled_from(PLACES), min_size=1, max_size=3),
        st.sampled_from(
            ["", "https://x.org/ada/shop", "git@x.org:ada/shop.git", "https://x.org/b"]
        ),
    ),
    min_size=1,
    max_size=5,
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sessions=SESSIONS, data=st.data())
def test_order_split_and_repetition_do_not_matter(tmp_path_factory, sessions, data):
    readings = [
        reading(number, opened, *directories, repository=repository)
        for number, (opened, directories, repository) in enumerate(sessions)
    ]
    shuffled = data.draw(st.permutations([*readings, readings[0]]))
    cuts = sorted(data.draw(st.sets(st.integers(1, len(shuffled)), max_size=3)))
    found = []
    for pieces in ([readings], itertools.starmap(shuffled.__getitem__, _slices(cuts, shuffled))):
        with Store.open(tmp_path_factory.mktemp("one") / "ledger.db") as store:
            for piece in pieces:
                store.add(piece, ON_DISK)
            found.append((projects_of(store), store.projects.worktrees()))
            assert store.check() == []
    assert found[0] == found[1]


def _slices(cuts, whole):
    ends = [0, *cuts, len(whole)]
    return [(slice(first, after),) for first, after in itertools.pairwise(ends)]


def choice(key, home="", name=""):
    return ProjectChoice(project_id(key), project_id(home) if home else 0, name)


@pytest.fixture
def three(store):
    store.add([reading(1, SHOP, SHOP, f"{SHOP}/api/src"), reading(2, "/w/fix"), reading(3, "/b")])
    store.add([reading(4, f"{SHOP}/api"), reading(5, f"{SHOP}/api/src")], ON_DISK | API)
    return store


API = {f"{SHOP}/api": ON_DISK[SHOP], f"{SHOP}/api/src": ON_DISK[SHOP]}


def names_of(store):
    return [row[0] for row in projects_of(store)]


def test_projects_that_were_joined_count_as_one_until_that_is_taken_back(three):
    before = names_of(three)
    applied = three.apply(SetProjects((choice("/b", SHOP),)), time_ms=1)
    assert applied.changes.any_of(Aspect.INTERACTIONS)
    assert names_of(three) == [SHOP if name == "/b" else name for name in before]
    three.apply(applied.inverse, time_ms=2, role="undo", target=1)
    assert names_of(three) == before
    assert three.check() == []


def test_joining_in_a_circle_ends(three):
    three.apply(SetProjects((choice("/b", SHOP), choice(SHOP, "/b"))), time_ms=1)
    assert len(set(names_of(three))) == 1


def test_a_directory_that_was_split_off_takes_along_what_is_below_it(three):
    assert names_of(three) == [SHOP, SHOP, SHOP, "/b", SHOP, SHOP]
    applied = three.apply(SetProjects((choice(f"{SHOP}/api", f"{SHOP}/api"),)), time_ms=1)
    api = f"{SHOP}/api"
    assert names_of(three) == [SHOP, api, SHOP, "/b", api, api]
    three.apply(applied.inverse, time_ms=2)
    assert names_of(three)[1] == SHOP


def test_a_project_has_the_name_that_the_person_gave_it(three):
    applied = three.apply(SetProjects((choice(SHOP, name="Das Geschäft \udc80"),)), time_ms=1)
    assert three.projects.names() == {SHOP: "Das Geschäft ?"}
    assert three.columns().project_names == {SHOP: "Das Geschäft ?"}
    assert applied.inverse == SetProjects((choice(SHOP),))
    same = three.apply(SetProjects((choice(SHOP, name="Das Geschäft ?"),)), time_ms=2)
    assert not same.changes
    three.apply(applied.inverse, time_ms=3)
    assert three.projects.names() == {}
    assert three.check() == []


def test_a_directory_that_was_only_changed_to_is_listed_with_its_sessions_project(store):
    store.add([reading(1, SHOP, f"{SHOP}/api")])
    assert {row.key: row.home for row in store.projects.rows()} == {SHOP: SHOP, f"{SHOP}/api": SHOP}


def test_the_columns_that_were_kept_know_names_and_worktrees(path):
    with Store.open(path) as store:
        store.add([reading(1, "/w/fix"), reading(2, SHOP)], ON_DISK)
        store.apply(SetProjects((choice(SHOP, name="Shop"),)), time_ms=1)
        fresh = store.columns()
    with Store.open(path) as store:
        kept = store.columns()
        assert (kept.worktrees, kept.project_names) == (("", "fix"), {SHOP: "Shop"})
        assert (kept.folders, kept.worktree) == (fresh.folders, fresh.worktree)
