"""Does something slow on the reader thread; an expected error comes back as an answer too."""

from collections.abc import Callable
from typing import TypeVar

from ledger.app.session import Session
from ledger.core.errors import LedgerError

T = TypeVar("T")


def attempt(
    session: Session,
    work: Callable[[], T],
    answer: Callable[[T], None],
    refused: Callable[[LedgerError], None],
) -> None:
    """Have work done; `answer` or `refused` is called on the main thread."""

    def tried() -> T | LedgerError:
        try:
            return work()
        except LedgerError as problem:
            return problem

    def tell(result: T | LedgerError) -> None:
        if isinstance(result, LedgerError):
            refused(result)
        else:
            answer(result)

    session.read(tried, tell)
