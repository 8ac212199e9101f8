import os

import pytest

from ledger.core.errors import TeamError
from ledger.export import team_card, team_key
from ledger.export.sealing import member_key
from ledger.flows import team_files
from tests.teaming import PERIOD, card, secrets_of

CARD = team_card.written(card())


def test_a_folder_gives_the_files_of_one_kind_and_passes_over_the_others(tmp_path):
    (tmp_path / "b.json").write_bytes(CARD)
    (tmp_path / "key.json").write_bytes(team_key.written(member_key(secrets_of(1))))
    (tmp_path / "notes.txt").write_text("hello")
    assert [file.path.name for file in team_files.given([tmp_path], "card")] == ["b.json"]
    assert [file.path.name for file in team_files.given([tmp_path], "key")] == ["key.json"]


def test_a_json_file_of_somebody_elses_is_not_passed_over_in_silence(tmp_path):
    (tmp_path / "a.json").write_text("{}")
    (file,) = team_files.given([tmp_path], "card")
    problem = team_files.about(file, TeamError("This is not a team card.", "Look."))
    assert str(problem) == "a.json: This is not a team card. Look."


def test_a_folder_without_such_files_is_told(tmp_path):
    with pytest.raises(TeamError, match="Nothing here is a team card"):
        team_files.given([tmp_path], "card")


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(TeamError, match="could not be read"):
        team_files.given([tmp_path / "none.json"], "card")


def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.json")
    with pytest.raises(TeamError, match="no ordinary file"):
        team_files.given([tmp_path / "pipe.json"], "card")


def test_no_more_is_read_of_a_huge_file_than_shows_that_it_is_none_of_ours(tmp_path):
    with (tmp_path / "huge.json").open("wb") as file:
        file.truncate(1 << 30)
    (huge,) = team_files.given([tmp_path / "huge.json"], "card")
    assert len(huge.data) < 100_000
    with pytest.raises(TeamError, match="not a team card"):
        team_card.read(huge.data)


def test_nothing_is_written_over(tmp_path):
    taken = tmp_path / "card.json"
    taken.write_text("mine")
    with pytest.raises(TeamError, match="exists already"):
        team_files.free_place(taken, "card")
    assert taken.read_text() == "mine"


def test_in_a_folder_the_name_is_random(tmp_path):
    one, other = (team_files.free_place(tmp_path, "seal") for _ in range(2))
    assert one.parent == other.parent == tmp_path
    assert one.name.startswith("team-seal-")
    assert one != other


def test_x9_the_time_of_a_file_is_the_end_of_its_period(tmp_path):
    place = tmp_path / "card.json"
    team_files.write(place, CARD, PERIOD)
    assert place.read_bytes() == CARD
    assert place.stat().st_mtime == PERIOD.until_s
    assert place.stat().st_mode & 0o777 == 0o600
    team_files.write(tmp_path / "key.json", b"x", None)
    assert (tmp_path / "key.json").stat().st_mtime == 0


def test_a_place_that_cannot_be_written_is_told(tmp_path):
    with pytest.raises(TeamError, match="could not be written"):
        team_files.write(tmp_path / "nowhere" / "card.json", CARD, PERIOD)
