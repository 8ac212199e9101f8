"""Requests and edits without a prompt find their interaction."""

from ledger.core.words import Origin
from tests.store.worlds import edit, prompt, reading, request, session


def owners(store) -> dict[int, int]:
    return dict(store._connection.raw.execute("SELECT id, owner FROM request"))


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
    store.add([reading(session(1, parent=2), session(2, parent=1), request(21, None))])
    assert list(store.columns().requests) == [1]


def test_an_edit_of_a_sub_agent_stands_with_its_prompt(store):
    parts = (session(1), session(2, parent=1), prompt(11), edit(41, None, in_session=2, minute=3))
    store.add([reading(*parts)])
    assert [e.id for e in store.rows([11])[0].edits] == [41]


def test_an_edit_without_any_request_or_prompt_makes_no_interaction(store):
    store.add([reading(session(), edit(41, None))])
    assert list(store.columns().id) == []
    store.add([reading(session(directory="/later"))])
    assert store._connection.raw.execute("SELECT id FROM interaction").fetchall() == []
