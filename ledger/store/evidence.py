"""The store's evidence: observations, survivals, suggestions, questions; one transaction a call."""

from collections.abc import Collection, Sequence
from functools import cached_property

from ledger.core.edits import Changes
from ledger.core.evidence import ChangeFingerprint, Observation, Question, Suggestion, Survival
from ledger.store import git_checks, observations, questions, suggestions
from ledger.store.connection import Connection


class EvidenceStore:
    """What was observed, what survived, what is suggested, and what the person was asked."""

    def __init__(self, connection: Connection, machine: int) -> None:
        self._connection = connection
        self._machine = machine

    @cached_property
    def key(self) -> bytes:
        """32 random bytes of this ledger's own, for hashes that mean nothing elsewhere."""
        with self._connection.reading() as raw:
            return bytes(raw.execute("SELECT key FROM secret").fetchone()[0])

    def set_observations(
        self, observed: Sequence[Observation], unread: Sequence[Observation] = ()
    ) -> Changes:
        """Store what logs showed; of `unread` only version and end: their logs are gone."""
        if not observed and not unread:
            return Changes()
        with self._connection.writing() as raw:
            return observations.put(raw, observed, unread)

    def observations(self, ids: Collection[int]) -> dict[int, Observation]:
        """Return what logs showed of interactions, by id; what nobody looked at is missing."""
        with self._connection.reading() as raw:
            return observations.read(raw, ids)

    def later_traces(self, ids: Collection[int]) -> dict[int, tuple[ChangeFingerprint, ...]]:
        """Return what later interactions did, where they changed a file that each of these did."""
        with self._connection.reading() as raw:
            return observations.later_traces(raw, ids)

    def due_for_logs(self, version: int, limit: int) -> list[int]:
        """Return interactions whose logs hold what these rules did not see yet.

        Those with something nobody saw come first, newest first; then those that rules of another
        version looked at last.
        """
        with self._connection.reading() as raw:
            return observations.due(raw, version, limit)

    def set_survivals(
        self, survivals: Sequence[Survival], *, checked_ids: Collection[int] = (), now_ms: int
    ) -> Changes:
        """Store what git showed; `checked_ids`: all it was asked about, fruitless or not."""
        if not survivals and not checked_ids:
            return Changes()
        with self._connection.writing() as raw:
            return git_checks.put_survivals(raw, survivals, checked_ids, now_ms)

    def survivals(self, ids: Collection[int]) -> dict[int, tuple[Survival, ...]]:
        """Return what git showed of interactions, by id, the nearest horizon first."""
        with self._connection.reading() as raw:
            return git_checks.read_survivals(raw, ids)

    def due_for_git(self, now_ms: int, limit: int) -> list[int]:
        """Return interactions with traces that git is to be asked about.

        That is: never asked yet (newest first), a horizon came that is not measured, or the state
        of now is older than a day (than a week once every horizon is past).
        """
        with self._connection.reading() as raw:
            return git_checks.due_checks(raw, now_ms, limit)

    def count_due(self, version: int, now_ms: int) -> tuple[int, int]:
        """Count the interactions whose logs are to be read, and those git is to be asked about."""
        with self._connection.reading() as raw:
            return observations.left(raw, version), git_checks.checks_left(raw, now_ms)

    def set_suggestions(
        self, suggested: Sequence[Suggestion], gone: Collection[int] = ()
    ) -> Changes:
        """Store suggestions and take away others; the changes name what is different now."""
        if not suggested and not gone:
            return Changes()
        with self._connection.writing() as raw:
            return suggestions.put(raw, suggested, gone)

    def suggestions(self, ids: Collection[int]) -> dict[int, Suggestion]:
        """Return the suggestions for interactions, by id."""
        with self._connection.reading() as raw:
            return suggestions.read(raw, ids)

    def add_questions(self, rows: Sequence[Question]) -> None:
        """Store what was drawn; a block that was drawn before keeps what was drawn then."""
        with self._connection.writing() as raw:
            questions.add(raw, self._machine, rows)

    def questions(self, since_ms: int = 0) -> list[Question]:
        """Return what was drawn on this machine since a moment, in the order of the draws."""
        with self._connection.reading() as raw:
            return questions.read(raw, self._machine, since_ms)

    def answer_question(
        self, project: str, half_hour: int, *, answered_ms: int | None, skipped: bool = False
    ) -> bool:
        """Note that a question was answered or skipped; None opens it again.

        Returns False when nobody was asked about this block.
        """
        with self._connection.writing() as raw:
            return questions.answer(
                raw, self._machine, (project, half_hour), answered_ms, skipped=skipped
            )
