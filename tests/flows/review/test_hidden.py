from ledger.core.report import Include
from ledger.flows.review.hidden import hidden
from ledger.host.whoami import Identity
from tests.reviews import a_frame

WHO = Identity(users=("ada", "Lovelace"), hosts=("engine-7",), home="/home/ada")


def found(*include, allowed=()) -> set[str]:
    return {one.word for one in hidden(a_frame(), WHO, include, allowed)}


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


def test_everything_hidden_comes_with_a_way_out():
    assert all(one.way_out and one.what for one in hidden(a_frame(), WHO, ()))
