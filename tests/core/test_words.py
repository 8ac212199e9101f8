from ledger.core.words import TOOL_TITLES, Intent, Tag, Tool


def test_every_tool_has_a_name():
    assert set(TOOL_TITLES) == set(Tool)
    assert Tool("claude-code").full_name == "Claude Code"


def test_tags_have_one_word_for_people_and_one_for_scripts():
    assert [(tag.title, tag.key) for tag in Tag] == [
        ("kept", "kept"),
        ("edited", "edited"),
        ("thrown away", "thrown-away"),
    ]


def test_delivery_is_the_default_intent():
    assert Intent(0).title == "delivery"
