from copy import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.core.report import Include
from ledger.export.finished import Text
from ledger.flows.review.leaks import (
    HiddenWord,
    Leak,
    LeakError,
    leaks,
    parts_of_path,
    sample_reports,
    words_to_hide,
)
from ledger.flows.review.wording import document
from ledger.host.whoami import Identity
from tests.reviews import QUARTER, a_frame

HERON = HiddenWord("heron", "the name of a project")
KRANICH = HiddenWord("Kranich", "one of your labels", is_common=True)
KEY = "ghp_" + "aB3dE6gH9jK2mN5pQ8sT1vW4xY7zA0cD3fG6"


def leaks_in_file(*texts: str, own: str = "", noise: bool = False) -> list[str]:
    file = [Text(text, noise) for text in texts]
    return [leak.what for leak in leaks(file, (), (HERON, KRANICH), own)]


def leaks_in_claim(text: str, own: str = "") -> list[str]:
    return [leak.what for leak in leaks((), [("in claim 1", text)], (HERON, KRANICH), own)]


@pytest.mark.parametrize("text", ["the Heron flew", "(heron)", "HERON", "x/heron/y", "“heron”"])
def test_a_short_name_is_found_as_a_word(text):
    assert leaks_in_file(text) == ["“heron”, the name of a project"]


@pytest.mark.parametrize("text", ["herons", "sheronica", "her on"])
def test_a_short_name_inside_another_word_is_none(text):
    assert leaks_in_file(text) == []


def test_a_long_name_is_found_inside_a_word_unless_it_is_an_everyday_word():
    long = HiddenWord("atlas-core", "the name of a project")
    assert leaks([Text("myatlas-core2")], (), (long,), "")
    assert leaks_in_file("Kraniche") == []
    assert leaks_in_file("der Kranich") == ["“Kranich”, one of your labels"]


def test_words_of_the_program_are_no_leak_in_the_file_but_are_one_in_a_claim():
    assert leaks_in_file("heron", own="a heron of ours") == []
    assert leaks_in_claim("heron", own="a heron of ours") == ["“heron”, the name of a project"]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (f"key {KEY}", "a secret: GitHub token"),
        ("ask ada@example.org", "an e-mail address"),
        ("see /home/ada/x", "a path of a computer"),
        (r"see C:\Users\ada\x", "a path of a computer"),
        ("see ~/notes.txt", "a path of a computer"),
    ],
)
def test_secrets_addresses_and_paths_are_found_anywhere(text, what):
    assert leaks_in_claim(text) == [what]
    assert leaks_in_file(text) == [what]


@pytest.mark.parametrize(
    "text", ["3/4 of it", "and/or", "at 50 % @ night", "E-014", "1 Jul – 30 Sep", "a~b", "n = 3"]
)
def test_ordinary_writing_is_no_leak(text):
    assert leaks_in_file(text) == leaks_in_claim(text) == []


def test_noise_spells_short_words_by_chance():
    assert leaks_in_file("xx heron xx a@b.cd", noise=True) == []
    long = HiddenWord("atlas-core", "the name of a project")
    assert leaks([Text("xxatlas-corexx", is_noise=True)], (), (long,), "")


def test_an_error_names_the_place_and_the_way_out_but_no_secret():
    [leak] = leaks((), [("in claim 2", KEY)], (), "")
    error = LeakError((leak,))
    assert "in claim 2" in error.title
    assert KEY not in str(error)
    assert error.hint == "Take it out of what you wrote."


@pytest.mark.parametrize(
    ("include", "way_out"),
    [
        (None, "Say it in other words, or let the word pass: --allow WORD."),
        (
            Include.PROJECT_NAMES,
            "Say it in other words, or let them in: --include project-names.",
        ),
        (Include.MODEL_NAMES, "Say it in other words, or let it in: --include model-names."),
    ],
)
def test_a_leak_knows_its_word_and_its_kind_and_the_sentence_is_made_from_them(include, way_out):
    hidden = HiddenWord("heron", "the name of a project", include)
    [leak] = leaks((), [("in claim 1", "a heron")], (hidden,), "")
    assert leak == Leak("in claim 1", hidden=hidden)
    assert (leak.word, leak.include, leak.way_out) == ("heron", include, way_out)
    assert LeakError((leak,)).hint == way_out


def test_nothing_lets_a_secret_in():
    [leak] = leaks((), [("in claim 2", KEY)], (), "")
    assert (leak.word, leak.include, leak.hidden) == ("", None, None)


def test_folders_that_name_nothing_are_not_hidden():
    assert list(parts_of_path("/home/ada/src/clients\\heron")) == ["ada", "clients", "heron"]


@given(st.text(max_size=80))
def test_no_text_is_too_odd(text):
    assert isinstance(leaks([Text(text)], [("x", text)], (HERON,), text), tuple)


WHO = Identity(users=("ada", "Lovelace"), hosts=("engine-7",), home="/home/ada")


def words_hidden(*include, allowed=()) -> set[str]:
    return {name.word for name in words_to_hide(a_frame(), WHO, include, allowed)}


def test_person_computer_projects_labels_and_private_models_are_hidden():
    assert words_hidden() == {
        *("ada", "Lovelace", "engine-7", "/home/ada"),
        *("/home/ada/clients/heron", "clients", "heron", "/home/ada/atlas-core", "atlas-core"),
        *("Kranich", "inhouse-secret-7b"),
    }


def test_every_directory_and_every_given_name_is_hidden_not_only_the_projects_own():
    frame = copy(a_frame())
    object.__setattr__(frame, "folders", frozenset(("/srv/heronwood/kingfisher",)))
    object.__setattr__(frame, "project_names", {frame.projects[0]: "Osprey"})
    words = {name.word for name in words_to_hide(frame, WHO, (), ())}
    assert words >= {"/srv/heronwood/kingfisher", "heronwood", "kingfisher", "Osprey"}
    let_in = {name.word for name in words_to_hide(frame, WHO, (Include.PROJECT_NAMES,), ())}
    assert "/srv/heronwood/kingfisher" in let_in
    assert not let_in & {"kingfisher", "Osprey"}


def test_what_is_asked_for_is_not_hidden_but_folders_always_are():
    hidden = words_hidden(Include.PROJECT_NAMES, Include.LABELS, Include.MODEL_NAMES)
    assert "heron" not in hidden
    assert "Kranich" not in hidden
    assert "inhouse-secret-7b" not in hidden
    assert "/home/ada/clients/heron" in hidden
    assert "ada" in hidden


def test_a_word_can_be_let_through_by_name():
    assert "Kranich" not in words_hidden(allowed=("kranich",))
    assert "heron" in words_hidden(allowed=("kranich",))


def test_everything_hidden_says_what_it_is_and_what_would_let_it_in():
    names = words_to_hide(a_frame(), WHO, ())
    assert all(name.what for name in names)
    let_in = {name.word: name.include for name in names}
    assert let_in["heron"] is Include.PROJECT_NAMES
    assert let_in["inhouse-secret-7b"] is Include.MODEL_NAMES
    assert {let_in[word] for word in ("ada", "engine-7", "/home/ada/clients/heron")} == {None}


def test_samples_hold_figures_and_their_absence():
    full, empty = (str(document(sample)) for sample in sample_reports(QUARTER))
    assert "too few to say" in empty
    assert "fix until green" in full
    assert "Claude Code" in full


def test_samples_come_from_no_ledger():
    assert sample_reports(QUARTER) == sample_reports(QUARTER)
