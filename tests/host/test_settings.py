import pytest

from ledger.core.errors import SettingsError
from ledger.host.settings import DEFAULTS, changed, described


def test_every_setting_says_what_it_is() -> None:
    for item in described():
        assert item.about.label[0].isupper(), item.name
        assert item.about.help.endswith("."), item.name
        assert item.about.group, item.name


def test_every_default_is_a_value_its_setting_takes() -> None:
    for item in described():
        assert changed(DEFAULTS, item.name, item.default) == DEFAULTS


def test_every_number_has_a_range_around_its_default() -> None:
    for item in described():
        if isinstance(item.default, int) and not isinstance(item.default, bool):
            low, high = item.about.low, item.about.high
            assert low is not None
            assert high is not None
            assert low <= item.default <= high


def test_names_and_labels_are_unique() -> None:
    labels = [item.about.label for item in described()]
    assert len(labels) == len(set(labels))


def test_a_change_leaves_the_rest_alone() -> None:
    new = changed(changed(DEFAULTS, "theme", "dark"), "edited_worth", 75)
    assert (new.theme, new.edited_worth, new.window_days) == ("dark", 75, 28)
    assert DEFAULTS.theme == "system"


@pytest.mark.parametrize(
    ("name", "value", "may_be"),
    [
        ("theme", "sepia", "one of system, light, dark"),
        ("theme", None, "one of"),
        ("edited_worth", 101, "a whole number from 0 to 100"),
        ("edited_worth", 50.0, "a whole number"),
        ("edited_worth", True, "a whole number"),
        ("watch", 1, "true or false"),
        ("kind_rules", "*.tf", "as in its description"),
        ("kind_rules", "*.tf: dance", "of the kinds unsorted, question, draft"),
        ("kind_rules", "*.tf: data,", "as in its description"),
        ("kind_rules", ": data", "as in its description"),
        ("kind_rules", 7, "as in its description"),
        ("own_prices", "acme", "dollars for a million tokens"),
        ("own_prices", "acme = 3", "dollars for a million tokens"),
        ("sources_off", "codex", "a list of tools"),
        ("sources_off", [1], "a list of tools"),
        ("log_folders", "/a", "a list of folders"),
        ("log_folders", ["a"], "with its whole path"),
        ("log_folders", ["/a", 7], "with its whole path"),
        ("log_folders", ["/a\n"], "with its whole path"),
        ("keys", {"undo": 7}, "a table of commands and keys"),
        ("keys", [], "a table"),
    ],
)
def test_a_value_that_cannot_be_is_refused_with_what_can(
    name: str, value: object, may_be: str
) -> None:
    with pytest.raises(SettingsError, match=may_be):
        changed(DEFAULTS, name, value)


@pytest.mark.parametrize("rules", ["", "  ", "*.tf: operations", " docs/* :writing,a b.py:data "])
def test_rules_for_kinds_of_work_are_taken_as_their_description_says(rules: str) -> None:
    assert changed(DEFAULTS, "kind_rules", rules).kind_rules == rules


@pytest.mark.parametrize("folder", ["/a", "~", "~/a b", "codex: ~/a", "C:\\logs", "\\\\nas\\logs"])
def test_a_folder_with_logs_is_a_whole_path_and_may_name_its_tool(folder: str) -> None:
    assert changed(DEFAULTS, "log_folders", [folder, folder]).log_folders == (folder,)


def test_a_setting_that_does_not_exist_is_a_bug() -> None:
    with pytest.raises(KeyError):
        changed(DEFAULTS, "no_such", 1)


def test_tools_of_another_version_stay_switched_off() -> None:
    assert changed(DEFAULTS, "sources_off", ["newer-tool"]).sources_off == ("newer-tool",)
