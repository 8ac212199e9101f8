import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.chainer import ChainerBackend
from keyring.backends.fail import Keyring as FailKeyring
from keyring.backends.null import Keyring as NullKeyring
from keyring.errors import InitError, KeyringLocked

from ledger.core.errors import SecretError
from ledger.host import vault
from tests.memory_keyring import MemoryKeyring

ROOT = Path(__file__).resolve().parents[2]
SECRET = "grün-and-secret"

WALK = f"""
from ledger.host import vault
from ledger.core.errors import SecretError
assert vault.get("key") is None
vault.put("key", {SECRET!r})
assert vault.get("key") == {SECRET!r}
vault.put("key", "second")
assert vault.get("key") == "second"
vault.check()
vault.delete("key")
vault.delete("key")
assert vault.get("key") is None
print(type(vault._backend()).__module__)
"""

UNLOCK = (
    'mkdir -p "$HOME/.cache" "$HOME/.local/share/keyrings"; '
    "printf pw | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1; "
    'exec "$PYTHON" -c "$WALK"'
)


class Forgetful(MemoryKeyring):
    """A keyring that says “kept” and keeps nothing."""

    def set_password(self, service: str, username: str, password: str) -> None:
        pass


class Failing(MemoryKeyring):
    """A keyring whose words quote what it was asked."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error

    def get_password(self, service: str, username: str) -> str | None:
        raise self.error


@pytest.fixture
def use_backend(monkeypatch: pytest.MonkeyPatch):
    """Return a function that makes one backend the system's, trusted or not."""

    def choose(backend: KeyringBackend, *, trusted: bool = True) -> None:
        monkeypatch.setattr(keyring, "get_keyring", lambda: backend)
        if trusted:
            monkeypatch.setattr(type(backend), "__module__", vault.TRUSTED_MODULES[0])

    return choose


def test_a_secret_is_kept_and_forgotten(use_backend) -> None:
    use_backend(MemoryKeyring())
    assert vault.get("key") is None
    vault.put("key", SECRET)
    assert vault.get("key") == SECRET
    vault.delete("key")
    vault.delete("key")
    assert vault.get("key") is None


def test_checking_leaves_nothing_behind(use_backend) -> None:
    backend = MemoryKeyring()
    use_backend(backend)
    vault.check()
    assert backend.secrets == {}


def test_a_keyring_that_forgets_is_found_out(use_backend) -> None:
    use_backend(Forgetful())
    with pytest.raises(SecretError, match="did not keep"):
        vault.put("key", SECRET)


def test_no_keyring_is_a_sentence_with_a_way_out(use_backend) -> None:
    use_backend(FailKeyring(), trusted=False)
    with pytest.raises(SecretError, match="no keyring") as caught:
        vault.put("key", SECRET)
    assert caught.value.hint


@pytest.mark.parametrize("backend", [NullKeyring(), MemoryKeyring()], ids=["null", "third party"])
def test_a_keyring_that_is_not_the_systems_is_refused(use_backend, backend: KeyringBackend) -> None:
    use_backend(backend, trusted=False)
    with pytest.raises(SecretError, match="in the open, or not at all"):
        vault.put("key", SECRET)
    assert getattr(backend, "kept", {}) == {}


def test_a_chain_with_a_stranger_in_it_is_refused(
    use_backend, monkeypatch: pytest.MonkeyPatch
) -> None:
    members = [MemoryKeyring()]
    monkeypatch.setattr(ChainerBackend, "backends", members)
    use_backend(ChainerBackend(), trusted=False)
    with pytest.raises(SecretError, match="in the open"):
        vault.get("key")
    monkeypatch.setattr(MemoryKeyring, "__module__", vault.TRUSTED_MODULES[0])
    assert vault.get("key") is None


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (KeyringLocked(SECRET), "locked"),
        (InitError(SECRET), "InitError"),
        (ConnectionRefusedError(SECRET), "ConnectionRefusedError"),
    ],
)
def test_what_goes_wrong_is_told_without_the_keyrings_words(
    use_backend, error: Exception, sentence: str
) -> None:
    use_backend(Failing(error))
    with pytest.raises(SecretError, match=sentence) as caught:
        vault.get("key")
    assert SECRET not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.hint


def test_a_real_keyring_keeps_a_secret(tmp_path: Path) -> None:
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "XDG_RUNTIME_DIR": str(tmp_path),
        "PYTHON": sys.executable,
        "PYTHONPATH": os.pathsep.join([str(ROOT), sysconfig.get_path("purelib")]),
        "WALK": WALK,
    }
    run = subprocess.run(
        ["dbus-run-session", "--", "sh", "-c", UNLOCK],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert run.returncode == 0, run.stderr
    assert run.stdout.strip() == "keyring.backends.SecretService"


def test_without_a_bus_there_is_a_sentence(tmp_path: Path) -> None:
    walk = (
        "from ledger.host import vault\nfrom ledger.core.errors import SecretError\n"
        "try:\n    vault.check()\nexcept SecretError as e:\n    print(e.title)"
    )
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "PYTHONPATH": str(ROOT)}
    environment["DBUS_SESSION_BUS_ADDRESS"] = f"unix:path={tmp_path}/nobody"
    run = subprocess.run(
        [sys.executable, "-c", walk], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert run.stdout.strip() == "This system has no keyring."
    assert run.stderr == ""
