import stat
import sys
from pathlib import Path

import pytest

from ledger.core.errors import LedgerError
from ledger.flows.demo import build
from ledger.host import paths


@pytest.mark.parametrize(
    ("folder", "variable"),
    [
        (paths.data_dir, "XDG_DATA_HOME"),
        (paths.config_dir, "XDG_CONFIG_HOME"),
        (paths.state_dir, "XDG_STATE_HOME"),
    ],
)
def test_folders_lie_where_the_system_says_and_are_private(
    folder, variable: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, str(tmp_path / "base"))
    path = folder()
    assert path == tmp_path / "base" / "signal-ledger"
    assert stat.S_IMODE(path.stat().st_mode) == 0o700
    assert folder() == path


def test_without_variables_folders_lie_below_the_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    for variable in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(variable, raising=False)
    assert paths.ledger_path() == tmp_path / ".local/share/signal-ledger/ledger.db"
    assert paths.log_path() == tmp_path / ".local/state/signal-ledger/signal-ledger.log"
    assert paths.config_dir() == tmp_path / ".config/signal-ledger"


def test_a_folder_that_cannot_be_made_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "file"))
    with pytest.raises(LedgerError, match="cannot be used"):
        paths.data_dir()


def test_a_resource_is_found_in_the_checkout() -> None:
    assert paths.resource("tiktoken/o200k_base.tiktoken.xz").is_file()


def test_the_frozen_bundle_is_asked_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "resources").mkdir()
    (tmp_path / "resources" / "thing").write_text("")
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert paths.resource("thing") == tmp_path / "resources" / "thing"


def test_the_installed_package_is_asked_before_the_checkout(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "ledger"
    for folder in (package / "_resources", tmp_path / "resources"):
        folder.mkdir(parents=True)
        (folder / "thing").write_text("")
    monkeypatch.setattr(paths, "PACKAGE", package)
    assert paths.resource("thing") == package / "_resources" / "thing"
    (package / "_resources" / "thing").unlink()
    assert paths.resource("thing") == tmp_path / "resources" / "thing"


def test_a_missing_resource_is_named() -> None:
    with pytest.raises(LedgerError, match="no/such"):
        paths.resource("no/such.svg")


def test_the_home_comes_with_its_variables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("GEMINI_CLI_HOME", "/elsewhere")
    path, variables = paths.home()
    assert path == tmp_path
    assert variables["GEMINI_CLI_HOME"] == "/elsewhere"


def test_the_demo_is_told_from_ones_own_ledger():
    assert paths.is_demo(build.ledger_path(paths.demo_folder()))
    assert not paths.is_demo(paths.ledger_path())
