"""Any spelling of one folder is one folder; two folders never are."""

import re
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.core.folders import flattened, folder_of, is_absolute, name_of, remote_of

NAMES = st.text("abcxyzäöéñçΩ가-_ 0123", min_size=1, max_size=6).filter(
    lambda name: name.strip(" ") == name
)
PATHS = st.lists(NAMES, min_size=1, max_size=4)


@st.composite
def windows_spellings(draw):
    """Draw two spellings of one folder on a drive of Windows."""
    drive, names = draw(st.sampled_from("CDz")), draw(PATHS)
    return [_windows(draw, drive, names) for _ in range(2)]


def _windows(draw, drive, names):
    letter = draw(st.sampled_from([drive.upper(), drive.lower()]))
    if draw(st.booleans()):
        mount = draw(st.sampled_from(["/mnt/", "/cygdrive/"]))
        return _ended(draw, f"{mount}{letter.lower()}/" + "/".join(names), "/")
    sign = draw(st.sampled_from(["\\", "/"]))
    prefix = draw(st.sampled_from(["", "\\\\?\\", "//?/", "\\\\.\\"]))
    return _ended(draw, f"{prefix}{letter}:{sign}" + sign.join(names), sign)


def _ended(draw, path, sign):
    form = draw(st.sampled_from(["NFC", "NFD"]))
    return normalize(form, path) + sign * draw(st.integers(0, 2))


@given(windows_spellings())
def test_every_spelling_of_a_windows_folder_is_one_folder(spellings):
    one, other = spellings
    assert folder_of(one) == folder_of(other)


@given(PATHS, st.data())
def test_every_spelling_of_another_folder_is_one_folder(names, data):
    plain = "/" + "/".join(names)
    signs = [data.draw(st.sampled_from(["/", "//", "/./", "/gone/../"])) for _ in names]
    odd = "/" + "".join(name + sign for name, sign in zip(names, signs, strict=True))
    form = data.draw(st.sampled_from(["NFC", "NFD"]))
    assert folder_of(normalize(form, odd)) == folder_of(plain) == normalize("NFC", plain)


@given(PATHS, PATHS)
def test_two_folders_are_never_one(names, others):
    one, other = ("/" + "/".join(map(str, path)) for path in (names, others))
    assert (folder_of(one) == folder_of(other)) is (
        normalize("NFC", one) == normalize("NFC", other)
    )


@given(st.text(max_size=20))
def test_a_folders_spelling_is_its_own(directory):
    assert folder_of(folder_of(directory)) == folder_of(directory)


@pytest.mark.parametrize(
    ("directory", "folder"),
    [
        ("", ""),
        ("billing", "billing"),
        ("/", "/"),
        ("/home/ada/Shop", "/home/ada/Shop"),
        ("/home/ada/back\\slash", "/home/ada/back\\slash"),
        ("C:\\", "c:"),
        ("C:", "c:"),
        ("/mnt/c", "c:"),
        ("/mnt/data/shop", "/mnt/data/shop"),
        ("\\\\server\\share\\Shop", "//server/share/shop"),
        ("\\\\?\\UNC\\server\\share\\shop", "//server/share/shop"),
        ("\\\\wsl$\\Ubuntu\\home\\ada\\Shop", "/home/ada/Shop"),
        ("//wsl.localhost/Debian/home/ada/shop", "/home/ada/shop"),
    ],
)
def test_a_folder_has_one_spelling(directory, folder):
    assert folder_of(directory) == folder


def test_every_sign_but_letters_and_digits_is_a_line():
    assert flattened("/home/ada/my.shop_2/ä") == "-home-ada-my-shop-2--"
    assert flattened("C:\\code\\shop") == "C--code-shop"


def test_a_name_is_no_place():
    assert [is_absolute(text) for text in ("billing", "-home-ada-shop", "")] == [False] * 3
    assert all(is_absolute(text) for text in ("/a", "c:\\a", "C:", "\\\\server\\share"))


def test_a_folder_goes_by_its_last_name():
    assert [name_of(text) for text in ("/a/shop/", "C:\\code\\shop", "shop", "/")] == [
        *["shop"] * 3,
        "",
    ]


@pytest.mark.parametrize(
    "address",
    [
        "https://github.com/Ada/shop",
        "https://github.com/ada/shop.git",
        "https://ada:secret@github.com/ada/shop.git/",
        "git@github.com:ada/shop.git",
        "ssh://git@GitHub.com:22/ada/shop.git",
        " git://github.com/ada//shop ",
        "github.com:ada/shop",
    ],
)
def test_a_remote_has_one_spelling_without_anybodys_password(address):
    assert remote_of(address) == "github.com/ada/shop"


@pytest.mark.parametrize("address", ["", "../shop.git", "https://", "https://[::1", "C:\\shop.git"])
def test_what_names_no_repository_for_everybody_is_no_remote(address):
    assert remote_of(address) == ""


def test_a_remote_may_be_a_folder():
    assert remote_of("/srv/git/shop.git") == remote_of("file:///srv/git/shop") == "/srv/git/shop"


@given(st.text(max_size=30))
def test_no_address_is_too_odd(address):
    assert not re.search(r"\.git$|/$", remote_of(address).removesuffix(".git"))
