"""Keeps secrets in the system's own keyring; the only door to keyring.

A call may wait while the system asks the person to unlock the keyring: not for the main thread.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from secrets import token_hex
from typing import NoReturn

import keyring
from keyring.backend import KeyringBackend
from keyring.backends.chainer import ChainerBackend
from keyring.errors import KeyringError, KeyringLocked, NoKeyringError, PasswordDeleteError

from ledger.core.errors import SecretError

SERVICE = "signal-ledger"
PROBE = "check"

# The stores of the systems themselves. Everything else is refused: “null” forgets what it is given
# without a word, “fail” only raises, and third-party ones write files in the open.
TRUSTED_MODULES = (
    "keyring.backends.SecretService",
    "keyring.backends.libsecret",
    "keyring.backends.kwallet",
    "keyring.backends.macOS",
    "keyring.backends.Windows",
)


def get(name: str) -> str | None:
    """Return a secret, None when there is none; raises SecretError."""
    with _translated():
        return _backend().get_password(SERVICE, name)


def put(name: str, secret: str) -> None:
    """Keep a secret and read it back; raises SecretError when it was not kept."""
    with _translated():
        backend = _backend()
        backend.set_password(SERVICE, name, secret)
        stored = backend.get_password(SERVICE, name)
    if stored != secret:
        raise SecretError(
            "The system keyring did not keep the secret.",
            "Nothing was changed; check that the keyring can be written to.",
        )


def delete(name: str) -> None:
    """Forget a secret; one that is not there is no problem. Raises SecretError."""
    with _translated():
        backend = _backend()
        if backend.get_password(SERVICE, name) is not None:
            try:
                backend.delete_password(SERVICE, name)
            except PasswordDeleteError:
                raise SecretError(
                    "The system keyring did not delete the secret.",
                    "Delete the entry “signal-ledger” in your keyring program.",
                ) from None


def check() -> None:
    """Keep, read and forget a meaningless secret; raises SecretError when that does not work."""
    put(PROBE, token_hex(8))
    delete(PROBE)


def _backend() -> KeyringBackend:
    """Return the system's store; raises SecretError for one that is not to be trusted."""
    backend = keyring.get_keyring()
    members = list(backend.backends) if isinstance(backend, ChainerBackend) else [backend]
    if any(type(member).__module__ == "keyring.backends.fail" for member in members):
        _no_keyring()
    if not members or any(type(member).__module__ not in TRUSTED_MODULES for member in members):
        raise SecretError(
            "The keyring set up here keeps secrets in the open, or not at all.",
            "Set up the system's own: GNOME Keyring, KWallet, macOS Keychain or Windows "
            "Credential Locker.",
        )
    return members[0]


@contextmanager
def _translated() -> Iterator[None]:
    """Turn the errors of keyring and of the bus below it into ours, without their texts."""
    try:
        yield
    except KeyringLocked:
        raise SecretError(
            "The system keyring is locked.", "Unlock it in your keyring program and try again."
        ) from None
    except NoKeyringError:
        _no_keyring()
    except _FOREIGN as problem:
        raise SecretError(
            f"The system keyring could not be used ({type(problem).__name__}).",
            "Check that it is running and unlocked, and try again.",
        ) from None


def _no_keyring() -> NoReturn:
    raise SecretError(
        "This system has no keyring.",
        "Start one, such as GNOME Keyring or KWallet, and try again.",
    ) from None


def _foreign_errors() -> tuple[type[BaseException], ...]:
    """Return what may come out of a keyring; the bus's errors exist only where the bus does."""
    errors: list[type[BaseException]] = [KeyringError, OSError]
    for module, name in (
        ("secretstorage.exceptions", "SecretStorageException"),
        ("jeepney.wrappers", "DBusErrorResponse"),
    ):
        try:
            errors.append(getattr(import_module(module), name))
        except ImportError:
            continue
    return tuple(errors)


_FOREIGN = _foreign_errors()
