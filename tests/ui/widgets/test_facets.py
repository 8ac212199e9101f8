from ledger.core.columns import Columns
from ledger.core.filters import Filter
from ledger.core.vocabulary import Intent, Tag
from ledger.metrics.frame import Frame
from ledger.ui.widgets.facets import (
    FACETS,
    kind_title,
    narrowed,
    project_title,
    recalled,
    remembered,
    tag_title,
)

FRAME = Frame.of(
    Columns(
        projects=("/home/ada/atlas", "/srv/atlas", ""),
        models=("opus", "gpt-5"),
        labels={"bug": frozenset((1,))},
    )
)
BY_FIELD = {facet.field: facet for facet in FACETS}


def test_two_projects_of_one_name_can_be_told_apart():
    labels = {choice.label for choice in BY_FIELD["projects"].choices(FRAME)}
    assert labels == {"ada/atlas", "srv/atlas", "(no project)"}


def test_every_facet_offers_what_the_ledger_holds():
    offered = {facet.field: [c.label for c in facet.choices(FRAME)] for facet in FACETS}
    assert offered["models"] == ["gpt-5", "opus"]
    assert offered["labels"] == ["bug"]
    assert offered["tags"] == ["Untagged", "Kept", "Edited", "Thrown away"]
    assert "Claude Code" in offered["tools"]


def test_facets_are_put_into_the_filter_side_by_side():
    filter_ = BY_FIELD["tools"].put(Filter(), frozenset(("codex",)))
    filter_ = BY_FIELD["tags"].put(filter_, frozenset((0, 1)))
    assert filter_ == Filter(tools=frozenset(("codex",)), tags=frozenset((0, 1)))
    assert BY_FIELD["tools"].summary(filter_) == "Codex CLI"
    assert BY_FIELD["tags"].summary(filter_) == "Kept or Untagged"


def test_a_project_goes_by_the_name_that_the_person_gave_it():
    filter_ = Filter(projects=frozenset(("/home/ada/atlas",)))
    assert BY_FIELD["projects"].summary(filter_) == "atlas"
    assert BY_FIELD["projects"].summary(filter_, {"/home/ada/atlas": "The map"}) == "The map"


def test_worktrees_are_offered_with_the_main_checkout():
    frame = Frame.of(Columns(worktrees=("", "fox")))
    assert [c.label for c in BY_FIELD["worktrees"].choices(frame)] == ["Main checkout", "fox"]


def test_many_values_are_summed_up():
    filter_ = Filter(models=frozenset(("a", "b", "c")))
    assert BY_FIELD["models"].summary(filter_) == "a and 2 more"


def test_a_filter_is_remembered_without_its_text():
    filter_ = Filter(
        tools=frozenset(("codex",)),
        tags=frozenset((Tag.KEPT, 0)),
        intents=frozenset((Intent.EXPERIMENT,)),
        labels=frozenset(("bug",)),
        text="secret words",
    )
    document = remembered(filter_)
    assert "secret" not in str(document)
    assert recalled(document) == Filter(
        tools=filter_.tools, tags=filter_.tags, intents=filter_.intents, labels=filter_.labels
    )


def test_what_was_not_a_filter_narrows_nothing():
    for document in (None, [], {"tags": "x"}, {"tags": [9, "k"]}, {"intents": [7]}, {"tools": [1]}):
        assert recalled(document) == Filter()


def test_the_empty_filter_leaves_nothing_out():
    assert not narrowed(Filter())
    assert narrowed(Filter(text="x"))


def test_names_of_projects_and_tags():
    assert project_title("/home/ada/atlas/") == "atlas"
    assert project_title("") == "(no project)"
    assert tag_title(Tag.THROWN_AWAY) == "Thrown away"


def test_a_kind_of_work_can_be_chosen_and_is_remembered():
    offered = [choice.label for choice in BY_FIELD["kinds"].choices(FRAME)]
    assert offered[0] == "Question"
    assert offered[-1] == "Unsorted"
    filter_ = BY_FIELD["kinds"].put(Filter(), frozenset((3,)))
    assert BY_FIELD["kinds"].summary(filter_) == "Fix until green"
    assert recalled(remembered(filter_)) == filter_
    assert recalled({"kinds": [3, 99, "x"]}) == filter_
    assert kind_title(99) == "Kind 99"
