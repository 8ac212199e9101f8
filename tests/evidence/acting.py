"""Acts for tests of evidence, in few words."""

from ledger.core.evidence import Act, ActKind, FileChange
from ledger.core.vocabulary import Outcome


def asked(text: str = "do it") -> Act:
    return Act(ActKind.PROMPT, 0, "", text)


def ran(text: str = "make", *, failed: bool = False) -> Act:
    return Act(ActKind.RUN, 0, "Bash", text, failed=failed)


def looked(text: str = "/a.py") -> Act:
    return Act(ActKind.READ, 0, "Read", text)


def did(kind: ActKind, text: str = "") -> Act:
    return Act(kind, 0, "", text)


def edited(path: str = "/a.py", *pairs: tuple[str, str], **more: object) -> Act:
    """An applied edit; without pairs one line comes."""
    fields: dict[str, object] = {"before": None, "after": None, "outcome": Outcome.APPLIED}
    fields |= {"human_changed": False} | more
    change = FileChange(path=path, replaced=pairs or (("a\n", "a\nb\n"),), **fields)
    return Act(ActKind.EDIT, 0, "Edit", path, change.outcome is Outcome.FAILED, change)


def lines(number: int, word: str = "line") -> str:
    return "".join(f"{word} number {n}\n" for n in range(number))
