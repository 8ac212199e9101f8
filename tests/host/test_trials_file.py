"""The file of declared trials."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.core.errors import LedgerError
from ledger.core.trials import LONGEST, SHORTEST, Trial
from ledger.host import trials_file

DAY = st.dates(date(2000, 1, 1), date(2100, 1, 1))
ONE = Trial("Shorter prompts", date(2026, 11, 1), 28, date(2026, 10, 31))
TRIALS = st.lists(
    st.builds(
        Trial,
        st.text("abc äß€", max_size=40).map(str.strip),
        DAY,
        st.integers(SHORTEST, LONGEST),
        DAY,
        st.none() | DAY,
    ),
    max_size=4,
)


@settings(max_examples=30)
@given(TRIALS)
def test_what_was_declared_is_read_again(tmp_path_factory, made):
    path = tmp_path_factory.mktemp("trials") / "trials.json"
    wanted = tuple(trial._replace(what=" ".join(trial.what.split())) for trial in made)
    trials_file.save(wanted, path)
    assert trials_file.load(path) == wanted


def test_no_file_is_no_trial(tmp_path):
    assert trials_file.load(tmp_path / "trials.json") == ()


def test_only_the_person_can_read_it(tmp_path):
    path = tmp_path / "trials.json"
    trials_file.save((ONE,), path)
    assert path.stat().st_mode & 0o777 == 0o600


TOO_SHORT = (
    '[{"what": "x", "start": "2026-01-01", "days": 1, "declared": "2026-01-01", "given_up": null}]'
)


@pytest.mark.parametrize(
    "text", ["", "{", "5", "null", '["x"]', "[{}]", '[{"what": "x", "days": 9}]', TOO_SHORT]
)
def test_a_broken_file_is_told_and_not_taken_for_empty(tmp_path, text):
    path = tmp_path / "trials.json"
    path.write_text(text)
    with pytest.raises(LedgerError):
        trials_file.load(path)


def test_a_file_too_large_to_be_ours_is_not_read(tmp_path, monkeypatch):
    path = tmp_path / "trials.json"
    trials_file.save((ONE,), path)
    monkeypatch.setattr(trials_file, "LARGEST_BYTES", 5)
    with pytest.raises(LedgerError):
        trials_file.load(path)


def test_a_folder_in_its_place_is_told(tmp_path):
    path = tmp_path / "trials.json"
    path.mkdir()
    with pytest.raises(LedgerError):
        trials_file.load(path)
    with pytest.raises(LedgerError, match="not saved"):
        trials_file.save((ONE,), path)
