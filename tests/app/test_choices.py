from ledger.app.choices import Choices


def test_a_choice_is_on_disk_when_it_is_told(qtbot, tmp_path):
    choices = Choices(tmp_path / "settings.json")
    with qtbot.waitSignal(choices.changed) as told:
        choices.set("theme", "dark")
    assert told.args[0].theme == "dark"
    assert Choices(tmp_path / "settings.json").settings.theme == "dark"


def test_what_cannot_be_chosen_is_said_and_the_old_choice_stays(qtbot, tmp_path):
    choices = Choices(tmp_path / "settings.json")
    with qtbot.waitSignal(choices.failed), qtbot.assertNotEmitted(choices.changed):
        choices.set("theme", "pink")
    assert choices.settings.theme == "system"


def test_choosing_the_same_again_says_nothing(qtbot, tmp_path):
    choices = Choices(tmp_path / "settings.json")
    with qtbot.assertNotEmitted(choices.changed):
        choices.set("theme", "system")


def test_a_file_that_cannot_be_read_is_told(tmp_path):
    path = tmp_path / "settings.json"
    path.write_text("{")
    assert Choices(path).problems
