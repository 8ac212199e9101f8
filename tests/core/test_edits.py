import pytest

from ledger.core.edits import (
    ATTRIBUTES,
    Aspect,
    Changes,
    LogEntry,
    ProjectChoice,
    SetLabels,
    SetLogged,
    SetProjects,
    set_intents,
    set_notes,
    set_tags,
    title_of,
)
from ledger.core.usage import Usage
from ledger.core.vocabulary import Intent, Tag

ENTRY = LogEntry(1, 0, "other", "", "", Usage())


@pytest.mark.parametrize(
    ("edit", "title"),
    [
        (set_tags(((1, Tag.KEPT),)), "Tag 1 interaction as kept"),
        (
            set_tags(((1, Tag.THROWN_AWAY), (2, Tag.THROWN_AWAY))),
            "Tag 2 interactions as thrown away",
        ),
        (set_tags(((1, None),)), "Untag 1 interaction"),
        (set_tags(((1, None), (2, Tag.KEPT))), "Change the tags of 2 interactions"),
        (set_intents(((1, Intent.EXPERIMENT),)), "Mark 1 interaction as experiment"),
        (
            set_intents(((1, Intent.EXPERIMENT), (2, Intent.DELIVERY))),
            "Mark 2 interactions as delivery or experiment",
        ),
        (SetLabels(((1, "refactor", True),)), "Label 1 interaction “refactor”"),
        (SetLabels(((1, "refactor", False),)), "Change label “refactor” of 1 interaction"),
        (SetLabels(((1, "a", True), (1, "b", True))), "Label 2 interactions labels"),
        (set_notes(((1, "why"),)), "Write a note on 1 interaction"),
        (SetLogged(((ENTRY, True),)), "Log 1 interaction"),
        (SetProjects((ProjectChoice(1, 2, "a"),)), "Join projects"),
        (SetProjects((ProjectChoice(1, 1, ""),)), "Split a project"),
        (SetProjects((ProjectChoice(1, 0, "a"),)), "Call a project “a”"),
        (SetProjects((ProjectChoice(1, 0, ""),)), "Leave a project to the rule"),
        (SetLogged(((ENTRY, False),)), "Withdraw 1 interaction"),
    ],
)
def test_every_edit_says_what_it_does(edit, title):
    assert title_of(edit) == title


def test_changes_add_up_and_unknown_ids_win():
    first = Changes(Aspect.TAGS, ids=frozenset({1}))
    second = Changes(Aspect.LABELS, ids=frozenset({2}))
    assert first | second == Changes(Aspect.TAGS | Aspect.LABELS, ids=frozenset({1, 2}))
    assert (first | Changes(Aspect.SOURCES, ids=None)).ids is None


def test_changes_are_true_only_when_something_changed():
    assert not Changes()
    assert Changes(Aspect.NOTES)
    assert not Changes.of(Aspect.NOTES, ())
    assert Changes.of(Aspect.NOTES, [7]) == Changes(Aspect.NOTES, frozenset({7}))


def test_a_view_asks_for_the_aspects_that_concern_it():
    changes = Changes(Aspect.TAGS | Aspect.EVIDENCE)
    assert changes.any_of(Aspect.TAGS)
    assert changes.any_of(Aspect.SOURCES | Aspect.EVIDENCE)
    assert not changes.any_of(Aspect.SOURCES | Aspect.INTERACTIONS)


def test_every_attribute_has_names_and_an_aspect_of_its_own():
    for said in ("name", "plural", "aspect"):
        assert len({getattr(attribute, said) for attribute in ATTRIBUTES}) == len(ATTRIBUTES)
