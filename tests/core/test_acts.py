"""What happened inside an interaction, in one form for every tool."""

import pytest

from ledger.core.acts import Act, ActKind, FileChange
from ledger.core.words import Outcome


def test_an_act_neither_failed_nor_changed_a_file_unless_it_says_so():
    act = Act(ActKind.RUN, 5, "Bash", "make test")
    assert not act.failed
    assert act.edit is None


def test_an_unknown_file_is_told_from_an_empty_one():
    unknown = FileChange("/p/a.py", None, None, (("old", "new"),), Outcome.APPLIED, False)
    fresh = unknown._replace(before="", after="new")
    assert unknown.before is None
    assert fresh.before == ""
    assert unknown != fresh


def test_an_act_cannot_be_changed():
    with pytest.raises(AttributeError):
        Act(ActKind.READ, 5, "Read", "/p/a.py").failed = True  # type: ignore[misc]


def test_every_kind_of_act_reads_as_a_word():
    assert all(str(kind) == kind.value.strip().lower() for kind in ActKind)
    assert len(set(ActKind)) == len(ActKind.__members__)
