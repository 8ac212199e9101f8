"""What was seen of files becomes one word, and unknown stays unknown."""

from ledger.core.evidence import Fate
from ledger.evidence.change import Change, change_between
from ledger.evidence.features import Counts, gram_counts, line_hashes
from ledger.evidence.survival import Measure, measure
from ledger.flows.fates import PATIENCE_S, File, Seen, fate_of, total_of
from tests.git_worlds import KEY, code

OLD, NEW = code(1, 2), code(1, 3, 4, 2)


def changed(before: str, after: str) -> Change:
    return change_between([before], [after], KEY, whole=True)


def held(text: str, change: Change | None = None) -> Measure:
    lines = Counts.of(line_hashes(text, KEY))
    return measure(change or changed(OLD, NEW), lines, lambda: gram_counts(text, KEY))


def seen(anywhere: str, landed: str | None = None, committed: str | None = None) -> Seen:
    some = [held(text) if text is not None else None for text in (landed, committed)]
    return Seen(held(anywhere), *some)


def fate(*files: File, age_s: int = PATIENCE_S) -> Fate:
    said = total_of(files, 0)
    assert said is not None
    return fate_of(files, said[0], age_s)


def test_what_is_there_is_measured():
    one = File(seen(NEW, NEW, NEW), 10, ())
    assert fate(one) is Fate.MEASURED
    said = total_of([one], 0)
    assert said is not None
    assert (said[0].kept, said[1]) == (1.0, 1.0)


def test_more_unknown_than_known_is_unknown():
    known, unknown = File(seen(NEW), 10, ()), File(Seen(), 11, ())
    assert total_of([known, unknown], 0) is None
    assert total_of([known], 11) is None
    assert total_of([known], 10) is not None
    assert total_of([], 1) is None


def test_nothing_to_look_for_is_too_small():
    said = total_of([], 0)
    assert said is not None
    assert fate_of([], said[0], 0) is Fate.TOO_SMALL


def test_a_file_of_which_the_default_branch_is_unknown_leaves_the_share_open():
    said = total_of([File(seen(NEW, NEW), 10, ()), File(seen(NEW), 10, ())], 0)
    assert said is not None
    assert said[1] is None


def test_what_waits_for_its_first_commit_is_parked_after_a_week():
    waiting = File(seen(NEW, OLD, OLD), 10, ())
    assert fate(waiting) is Fate.PARKED
    assert fate(waiting, age_s=PATIENCE_S - 1) is Fate.MEASURED
    assert fate(File(seen(NEW), 10, ())) is Fate.MEASURED  # outside any repository


def test_back_as_it_was_is_reverted_whoever_did_it():
    change = changed(OLD, code(1, 3))
    back = File(Seen(held(OLD, change)), 10, (changed(code(1, 3), OLD),))
    assert fate(back) is Fate.REVERTED


def test_what_the_ai_wrote_anew_is_superseded():
    later = code(1, 5, 6, 2)
    assert fate(File(seen(later), 10, (changed(NEW, later),))) is Fate.SUPERSEDED
    assert fate(File(seen(later), 10, ())) is not Fate.SUPERSEDED
    assert fate(File(seen(NEW), 10, (changed(NEW, later),))) is Fate.MEASURED
