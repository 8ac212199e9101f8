import json
import stat
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from ledger.core.errors import SettingsError
from ledger.host.settings import DEFAULTS, changed, described
from ledger.host.settings_file import load, save, settings_path


def test_without_a_file_everything_is_as_it_comes() -> None:
    assert load() == (DEFAULTS, ())


def test_what_was_saved_is_loaded_again() -> None:
    settings = changed(changed(DEFAULTS, "keys", {"undo": "Ctrl+Ü"}), "sources_off", ["codex"])
    save(settings)
    assert load() == (settings, ())
    assert stat.S_IMODE(settings_path().stat().st_mode) == 0o600


def test_keys_unknown_here_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "s.json"
    path.write_text('{"from_the_future": [1, 2], "theme": "light"}')
    save(changed(load(path).settings, "watch", False), path)
    written = json.loads(path.read_text())
    assert written["from_the_future"] == [1, 2]
    assert (written["theme"], written["watch"]) == ("light", False)


def test_a_bad_value_costs_only_itself_and_is_named(tmp_path: Path) -> None:
    path = tmp_path / "s.json"
    path.write_text('{"theme": "sepia", "edited_worth": 60, "window_days": "many"}')
    loaded = load(path)
    assert (loaded.settings.theme, loaded.settings.edited_worth) == ("system", 60)
    assert loaded.settings.window_days == 28
    assert len(loaded.problems) == 2
    assert any("Theme" in problem and "light" in problem for problem in loaded.problems)


@pytest.mark.parametrize("content", [b"{", b"[]", b"\xff\xfe", b"", b"[" * 100_000])
def test_a_file_that_is_no_table_of_settings_is_kept_aside(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(content)
    loaded = load(path)
    assert loaded.settings == DEFAULTS
    assert len(loaded.problems) == 1
    save(changed(DEFAULTS, "theme", "dark"), path)
    assert load(path).settings.theme == "dark"
    assert (tmp_path / "settings.json.unreadable").read_bytes() == content


def test_a_folder_that_refuses_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="not saved"):
        save(DEFAULTS, tmp_path / "no" / "such" / "settings.json")


def test_a_folder_in_place_of_the_file_is_a_sentence(tmp_path: Path) -> None:
    loaded = load(tmp_path)
    assert loaded.settings == DEFAULTS
    assert len(loaded.problems) == 1


values = st.none() | st.booleans() | st.integers() | st.text(max_size=6) | st.lists(st.text())


@given(st.dictionaries(st.sampled_from([item.name for item in described()]), values))
@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_stands_in_the_file_settings_can_be_used(
    tmp_path: Path, document: dict[str, object]
) -> None:
    path = tmp_path / "s.json"
    path.write_text(json.dumps(document))
    loaded = load(path)
    save(loaded.settings, path)
    assert load(path) == (loaded.settings, ())
