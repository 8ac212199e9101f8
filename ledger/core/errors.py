"""Expected errors: each says what happened and the way out; `LedgerError` is the root of all."""


class LedgerError(Exception):
    """Something expected went wrong; `title` says what, `hint` says what to do."""

    def __init__(self, title: str, hint: str = "") -> None:
        super().__init__(title)
        self.title = title
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.title} {self.hint}".strip()


class StoreError(LedgerError):
    """The ledger file could not be read or written."""


class StoreTooNewError(StoreError):
    """The ledger was written by a newer version of the program."""


class StoreBusyError(StoreError):
    """Another program has held the ledger for too long."""


class StoreFullError(StoreError):
    """The disk that holds the ledger is full."""


class StoreDamagedError(StoreError):
    """The file is not a ledger, or no longer one."""


class SettingsError(LedgerError):
    """A setting has a value that cannot be used."""


class SecretError(LedgerError):
    """The system keyring could not be used."""


class TeamError(LedgerError):
    """A team file may not be made, or cannot be used."""


class GitError(LedgerError):
    """Git is missing, refused, or did not answer in time."""
