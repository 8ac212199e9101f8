"""Requests and edits without a prompt find their interaction."""

import sqlite3
from contextlib import closing

from ledger.core.vocabulary import Origin
from tests.store.worlds import edit, prompt, reading, request, session


def owners(store) -> dict[int, int]:
    with closing(sqlite3.connect(store.path)) as raw:
        return dict(raw.execute("SELECT id, owner FROM request"))


def test_a_sub_agents_request_goes_to_the_last_prompt_before_it_began(store):
    store.add(
        [
            reading(
                session(1),
                session(2, parent=1),
                *(prompt(11 + n, minute=10 * n) for n in range(3)),
                request(21, None, in_session=2, minute=15),
                request(22, None, in_session=2, minute=20),
                request(23, None, in_session=2, minute=99),
            )
        ]
    )
    assert owners(store) == {21: 12, 22: 13, 23: 13}


def test_what_began_before_the_first_prompt_goes_to_the_first(store):
    store.add([reading(session(), prompt(11, minute=9), request(21, None, minute=1))])
    assert owners(store) == {21: 11}


def test_a_sub_agent_of_a_sub_agent_climbs_to_the_person(store):
    store.add([reading(request(21, None, in_session=3, minute=5))])
    store.add([reading(session(3, parent=2))])
    store.add([reading(session(2, parent=1))])
    store.add([reading(session(1), prompt(11))])
    assert owners(store) == {21: 11}


def test_a_request_whose_prompt_is_lost_goes_to_the_prompt_before(store):
    store.add([reading(session(), prompt(11), request(21, 77, minute=2))])
    assert owners(store) == {21: 11}
    assert store.add([reading(prompt(77, minute=1))]).ids == {11, 77}
    assert owners(store) == {21: 77}


def test_a_prompt_that_moves_to_another_session_takes_its_followers_along(store):
    store.add([reading(session(1), session(2), prompt(11, rank=1), request(21, None))])
    assert owners(store) == {21: 11}
    store.add([reading(prompt(11, in_session=2, rank=0))])
    assert list(store.columns().origin) == [Origin.TYPED, Origin.UNPROMPTED]


def test_requests_of_one_family_without_prompts_share_one_interaction(store):
    parts = [session(n, parent=n - 1 or None) for n in (1, 2, 3)]
    parts += [request(20 + n, None, in_session=n) for n in (1, 2, 3)]
    store.add([reading(*parts)])
    columns = store.columns()
    assert (list(columns.requests), list(columns.session)) == ([3], [1])


def test_sessions_that_are_each_others_parents_end_somewhere(store):
    parts = (session(1, parent=2), session(2, parent=1), request(21, None, in_session=2))
    store.add([reading(*parts)])
    columns = store.columns()
    assert (list(columns.requests), list(columns.session)) == ([1], [1])


def test_an_edit_of_a_sub_agent_stands_with_its_prompt(store):
    parts = (session(1), session(2, parent=1), prompt(11), edit(41, None, in_session=2, minute=3))
    store.add([reading(*parts)])
    assert [e.id for e in store.rows([11])[0].edits] == [41]


def test_an_edit_without_any_request_or_prompt_makes_no_interaction(store, raw):
    store.add([reading(session(), edit(41, None))])
    assert list(store.columns().id) == []
    store.add([reading(session(directory="/later"))])
    assert raw.execute("SELECT id FROM interaction").fetchall() == []


def codex(identity: int, of: int | None, in_session: int, ordinal: int, vector: int, **more):
    return request(
        identity, of, in_session=in_session, ordinal=ordinal, vector=vector, minute=identity, **more
    )


PARENT = (
    session(1),
    prompt(11, minute=1),
    prompt(12, minute=2, ordinal=1),
    codex(21, 11, 1, 0, 501),
    codex(22, 12, 1, 1, 502),
)
FORK = (
    session(2, parent=1),
    prompt(13, in_session=2, minute=31, ordinal=0, rank=1),
    prompt(14, in_session=2, minute=32, ordinal=1, rank=1),
    prompt(15, in_session=2, minute=33, ordinal=2, rank=1),
    codex(31, 13, 2, 0, 501),
    codex(32, 14, 2, 1, 502),
    codex(33, 15, 2, 2, 503),
)


def test_a_forks_copies_leave_the_figures_and_its_own_stay(store):
    store.add([reading(*PARENT, *FORK)])
    columns = store.columns()
    assert list(columns.id) == [11, 12, 15]
    assert sum(columns.requests) == 3


def test_it_does_not_matter_that_the_parent_comes_later(store):
    store.add([reading(*FORK)])
    assert sum(store.columns().requests) == 3
    changes = store.add([reading(*PARENT)])
    assert {13, 14} <= changes.ids
    assert list(store.columns().id) == [11, 12, 15]


def test_a_prompt_that_goes_on_after_the_copy_is_shown(store):
    store.add([reading(*PARENT, *FORK[:-1], codex(33, 14, 2, 2, 503))])
    assert list(store.columns().id) == [11, 12, 14, 15]


def test_a_copy_that_gets_a_request_of_its_own_comes_back(store):
    store.add([reading(*PARENT, *FORK)])
    assert store.add([reading(codex(34, 14, 2, 3, 504))]).ids == {14}
    assert list(store.columns().id) == [11, 12, 14, 15]


def test_a_request_from_elsewhere_brings_a_hidden_prompt_back(store):
    store.add([reading(*PARENT, *FORK)])
    store.add([reading(session(9), request(91, 13, in_session=9))])
    assert list(store.columns().id) == [11, 12, 13, 15]


def test_sub_agents_move_on_when_their_prompt_turns_out_to_be_a_copy(store):
    agent = (session(3, parent=2), request(41, None, in_session=3, minute=32))
    store.add([reading(*FORK, *agent)])
    assert [row.requests for row in store.rows([14])] == [2]
    store.add([reading(*PARENT)])
    assert [row.requests for row in store.rows([15])] == [2]


def test_sub_agents_move_on_also_when_only_a_request_of_the_parent_comes(store):
    agent = (session(3, parent=2), request(41, None, in_session=3, minute=32))
    store.add([reading(*PARENT[:-1], *FORK, *agent)])
    assert [row.requests for row in store.rows([14])] == [2]
    store.add([reading(PARENT[-1])])
    assert [row.requests for row in store.rows([15])] == [2]


def test_a_request_that_turns_out_to_stand_elsewhere_is_no_copy_there(store):
    store.add([reading(*PARENT, *FORK)])
    earlier = codex(31, 13, 9, 0, 501, time_ms=1)
    store.add([reading(session(9), earlier)])
    assert [row.requests for row in store.rows([13])] == [1]
    # What follows in the fork still repeats the newest of its parent.
    assert [row.requests for row in store.rows([14])] == [0]


def test_sub_agents_never_land_in_a_hidden_copy(store, raw):
    agent = (session(3, parent=2), request(41, None, in_session=3, minute=32))
    store.add([reading(*PARENT, *FORK, *agent)])
    owner = raw.execute("SELECT owner FROM request WHERE id = 41").fetchone()
    assert owner == (15,)


def test_sessions_without_fingerprints_have_no_copies(store):
    parts = [part._replace(vector=0) if hasattr(part, "vector") else part for part in FORK]
    store.add([reading(*PARENT, *parts)])
    assert len(store.columns()) == 5


def test_a_spawned_session_whose_parent_is_gone_begins_with_a_burst_of_copies(store):
    burst = [
        codex(30 + n, None, 2, n, 600 + n)._replace(time_ms=1_780_000_000_000 + 10 * n)
        for n in range(3)
    ]
    later = codex(40, None, 2, 3, 700)
    store.add([reading(session(2, parent=77), *burst, later)])
    assert sum(store.columns().requests) == 1
