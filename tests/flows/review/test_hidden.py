from ledger.core.report import Include
from ledger.flows.review.hidden import hidden
from ledger.host.whoami import Identity
from tests.reviews import a_frame

WHO = Identity(users=("ada", "Lovelace"), hosts=("engine-7",), home="/home/ada")


def found(*include, allowed=()) -> set[str]:
    return {name.word for name in hidden(a_frame(), WHO, include, allowed)}


def test_person_computer_projects_labels_and_private_models_are_hidden():
    assert found() == {
        *("ada", "Lovelace", "engine-7", "/home/ada"),
        *("/home/ada/clients/heron", "clients", "heron", "/home/ada/atlas-core", "atlas-core"),
        *("Kranich", "inhouse-secret-7b"),
    }


def test_what_is_asked_for_is_not_hidden_but_folders_always_are():
    words = found(Include.PROJECT_NAMES, Include.LABELS, Include.MODEL_NAMES)
    assert "heron" not in words
    assert "Kranich" not in words
    assert "inhouse-secret-7b" not in words
    assert "/home/ada/clients/heron" in words
    assert "ada" in words


def test_a_word_can_be_let_through_by_name():
    assert "Kranich" not in found(allowed=("kranich",))
    assert "heron" in found(allowed=("kranich",))


def test_everything_hidden_says_what_it_is_and_what_would_let_it_in():
    names = hidden(a_frame(), WHO, ())
    assert all(name.what for name in names)
    let_in = {name.word: name.include for name in names}
    assert let_in["heron"] is Include.PROJECT_NAMES
    assert let_in["inhouse-secret-7b"] is Include.MODEL_NAMES
    assert {let_in[word] for word in ("ada", "engine-7", "/home/ada/clients/heron")} == {None}
