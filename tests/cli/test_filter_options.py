import pytest

from ledger.cli.filter_options import chosen_filter
from ledger.core.days import day_of
from ledger.core.edits import LogEntry, SetLogged
from ledger.core.errors import LedgerError
from ledger.core.filters import ANY
from ledger.core.usage import Usage
from ledger.core.vocabulary import Intent, Tag
from ledger.flows.workspace import Workspace
from ledger.store.store import Store
from tests.making import START_MS, made_reading

NOTHING = {
    "since": None, "until": None, "tools": (), "models": (), "projects": (), "labels": (),
    "tags": (), "intents": (),
}  # fmt: skip


@pytest.fixture
def frame(tmp_path):
    """A frame of two projects that share a name, and one model."""
    with Store.open(tmp_path / "ledger.db") as store:
        store.add([made_reading(1, project="/home/ada/atlas")])
        entry = LogEntry(7, START_MS, "other", "", "/srv/atlas", Usage())
        return Workspace(store, lambda: 1).do(SetLogged(((entry, True),))).frame


def narrowed(frame, **values):
    return chosen_filter(frame, **(NOTHING | values))


def test_without_options_everything_passes(frame):
    assert narrowed(frame) == ANY


def test_the_last_day_is_meant_to_its_end(frame):
    filter_ = narrowed(frame, since="2026-05-28", until="2026-05-28")
    assert filter_.until_s - filter_.since_s == 86_400
    assert filter_.since_s <= START_MS // 1000 < filter_.until_s


def test_so_many_days_end_today(frame):
    today, week = (narrowed(frame, since=text).since_s for text in ("1d", "7d"))
    assert (day_of(today) - day_of(week)).days == 6


@pytest.mark.parametrize("option", ["since", "until"])
@pytest.mark.parametrize(
    "text", ["soon", "d", "²d", "99999999999d", "2026-13-01", "9" * 5_000 + "d"]
)
def test_what_is_no_day_is_refused_with_an_example(frame, option, text):
    with pytest.raises(LedgerError, match="is not a day") as caught:
        narrowed(frame, **{option: text})
    assert "2026-07-01" in caught.value.hint


@pytest.mark.parametrize(("option", "text"), [("since", "0001-01-01"), ("until", "9999-12-31")])
def test_a_day_at_the_end_of_all_calendars_is_a_day_or_refused(frame, option, text):
    filter_, refusal = None, None
    try:
        filter_ = narrowed(frame, **{option: text})
    except LedgerError as refused:  # it depends on the time zone
        refusal = refused.title
    narrows = filter_ is not None and (filter_.since_s, filter_.until_s) != (None, None)
    assert narrows or text in refusal


def test_words_become_the_values_they_name(frame):
    filter_ = narrowed(
        frame, tools=("codex",), labels=("bug",), tags=("kept", "untagged"), intents=("experiment",)
    )
    assert filter_.tools == {"codex"}
    assert filter_.labels == {"bug"}
    assert filter_.tags == {Tag.KEPT, 0}
    assert filter_.intents == {Intent.EXPERIMENT}


def test_a_project_may_be_named_or_given_as_its_directory(frame):
    assert narrowed(frame, projects=("/srv/atlas",)).projects == {"/srv/atlas"}
    assert narrowed(frame, projects=("srv/atlas",)).projects == {"/srv/atlas"}
    with pytest.raises(LedgerError, match="no project “atlas”"):  # which one is not clear
        narrowed(frame, projects=("atlas",))


def test_a_star_at_the_end_of_a_model_matches_any(frame):
    assert narrowed(frame, models=("model-*",)).models == {"model-a"}
    assert narrowed(frame, models=("model-a",)).models == {"model-a"}
    with pytest.raises(LedgerError, match="no model “model”"):
        narrowed(frame, models=("model",))


def test_names_and_patterns_are_read_as_in_the_filter(frame):
    assert narrowed(frame, models=("MODEL-A",)).models == {"model-a"}
    assert narrowed(frame, models=("a*",)).models == {"model-a"}
    assert narrowed(frame, projects=("/SRV/atlas",)).projects == {"/srv/atlas"}


@pytest.mark.parametrize("text", ["srv/*", '"srv/atlas"', "-srv/atlas", "srv/atlas,x", "a b", ""])
def test_a_project_is_a_whole_name_whatever_signs_are_in_it(frame, text):
    with pytest.raises(LedgerError, match="There is no project") as caught:
        narrowed(frame, projects=(text,))
    assert "project:" not in caught.value.hint  # options are not typed like that


def test_a_label_that_nothing_has_is_no_mistake(frame):
    assert narrowed(frame, labels=("nothing", 'a "b", c')).labels == {"nothing", 'a "b", c'}


def test_far_from_every_name_there_is_a_list_to_look_at(frame):
    with pytest.raises(LedgerError) as caught:
        narrowed(frame, models=("zzz",))
    assert "stats --by model" in caught.value.hint


def test_a_name_that_is_not_there_gets_a_near_match(program, imported):
    code, _, error = program("list", "--project", "atlsa")
    assert code == 1
    assert "Did you mean “atlas”?" in error


def test_words_narrow_what_the_options_leave(frame):
    filter_ = narrowed(frame, tools=("claude-code", "other"), filter_text="tool:other -tag:kept")
    assert filter_.tools == {"other"}
    assert filter_.tags == {0, 2, 3}


def test_words_and_options_that_exclude_each_other_are_told(frame):
    with pytest.raises(LedgerError, match="Nothing can have both tools"):
        narrowed(frame, tools=("codex",), filter_text="tool:other")


def test_words_that_mean_nothing_are_told(frame):
    with pytest.raises(LedgerError, match="A filter has no"):
        narrowed(frame, filter_text="tols:codex")


def test_the_later_start_and_the_earlier_end_hold(frame):
    filter_ = narrowed(frame, since="2026-05-01", filter_text="after:2026-06 before:2026-07")
    alone = narrowed(frame, since="2026-06-01", until="2026-06-30")
    assert (filter_.since_s, filter_.until_s) == (alone.since_s, alone.until_s)


def test_words_to_search_for_are_read_from_the_logs(program, imported):
    output = program("list", "--where", '"prompt number 1" tool:claude')[1]
    assert len(output.splitlines()) == 2
    assert len(program("list", "--where", "nowhere")[1].splitlines()) == 1
