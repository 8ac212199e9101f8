"""A project is a repository with its worktrees, and never two repositories."""

from hypothesis import given
from hypothesis import strategies as st

from ledger.core.homes import Checkout, Directory, Home, homes

SHOP = "/home/ada/shop"
APART = "/home/ada/.codex/worktrees/ab12/shop"
REMOTE = frozenset(("git@github.com:ada/shop.git",))
SAME_REMOTE = frozenset(("https://github.com/ada/shop",))
OTHER_REMOTE = frozenset(("https://github.com/bob/shop",))


def there(repository, top="", worktree=""):
    return Checkout(True, repository, top or repository, worktree)


def homes_of(*directories):
    made = [Directory(d) if isinstance(d, str) else d for d in directories]
    return {key: home.key for key, home in homes(made).items()}


def are_one(*directories):
    return len(set(homes_of(*directories).values())) == 1


def test_a_directory_of_which_nothing_is_known_is_a_project_of_its_own():
    assert homes([Directory(SHOP)]) == {SHOP: Home(SHOP)}
    assert not are_one(SHOP, f"{SHOP}/api", "/srv/shop", "/home/ada/shop-fix")


def test_the_tools_worktree_inside_a_repository_is_of_it_though_it_is_gone():
    inside = f"{SHOP}/.claude/worktrees/brave-otter"
    found = homes([Directory(f"{inside}/api")])
    assert found == {f"{inside}/api": Home(SHOP, "brave-otter", inside, is_own=True)}
    windows = "C:\\code\\shop\\.claude\\worktrees\\brave-otter"
    assert are_one(windows, "c:\\code\\shop")


def test_a_checkout_on_the_disk_is_of_the_repository_that_git_names():
    fix = Directory("/w/fix/api", there(SHOP, "/w/fix", "fix"))
    api = Directory(f"{SHOP}/api", there(SHOP))
    found = homes([fix, api])
    assert found["/w/fix/api"] == Home(SHOP, "fix", "/w/fix", is_own=True)
    assert found[f"{SHOP}/api"] == Home(SHOP, is_own=True)


def test_a_repository_behind_a_link_goes_by_the_name_that_people_use():
    linked = Directory("/home/ada/code/shop", Checkout(True, "/data/shop", "/home/ada/code/shop"))
    assert homes_of(linked, Directory("/data/shop/api", there("/data/shop")))[linked.key] == (
        linked.key
    )
    assert are_one(linked, Directory("/data/shop/api", there("/data/shop")))


def test_where_both_were_worked_in_the_folder_goes_before_the_link():
    link = Directory("/l", Checkout(True, SHOP, "/l"))
    assert homes_of(link, Directory(SHOP, there(SHOP)))["/l"] == SHOP


def test_a_folder_that_is_gone_is_of_the_repository_that_it_was_in():
    gone = Checkout(False, SHOP, SHOP)
    found = homes([Directory(f"{SHOP}/old", gone), Directory(f"{SHOP}/.worktrees/x/src", gone)])
    assert found[f"{SHOP}/old"] == Home(SHOP, is_own=True)
    assert found[f"{SHOP}/.worktrees/x/src"] == Home(SHOP, "x", f"{SHOP}/.worktrees/x", is_own=True)


def test_what_was_seen_of_a_worktree_holds_for_all_of_it_when_it_is_gone():
    seen = Directory("/w/fix", there(SHOP, "/w/fix", "fix"))
    found = homes([seen, Directory("/w/fix/"), Directory("/w/fix/api"), Directory("/w/fixed")])
    assert {key: home.key for key, home in found.items()} == {
        "/w/fix": SHOP,
        "/w/fix/": SHOP,
        "/w/fix/api": SHOP,
        "/w/fixed": "/w/fixed",
    }
    assert found["/w/fix/api"].worktree == "fix"


def test_a_clone_inside_a_repository_that_is_gone_is_not_of_it():
    outer = Directory(SHOP, there(SHOP), REMOTE)
    clone = Directory(f"{SHOP}/vendor/lib", Checkout(False, SHOP, SHOP), OTHER_REMOTE)
    assert not are_one(outer, clone)
    assert are_one(outer, clone._replace(remotes=SAME_REMOTE))


def test_a_worktree_elsewhere_that_is_gone_is_of_the_one_repository_of_its_name():
    assert homes([Directory(APART), Directory(SHOP)])[APART] == Home(SHOP, "ab12", APART, True)
    assert are_one(SHOP, Directory(SHOP, there(SHOP)), f"{APART}/src")


def test_a_worktree_of_which_two_may_be_the_repository_stays_apart():
    found = homes_of(APART, SHOP, "/srv/shop")
    assert found == {APART: APART, SHOP: SHOP, "/srv/shop": "/srv/shop"}
    # The address says which.
    told = Directory(APART, remotes=REMOTE)
    assert homes_of(told, Directory(SHOP, remotes=SAME_REMOTE), "/srv/shop")[APART] == SHOP


def test_a_worktree_is_not_of_a_folder_without_a_repository_nor_of_a_bare_name():
    plain = Directory(SHOP, Checkout(is_there=True))
    assert not are_one(APART, plain)
    assert not are_one(APART, "shop")


def test_worktrees_of_other_remotes_are_not_joined_by_a_name():
    one = Directory(APART, remotes=REMOTE)
    other = Directory(APART.replace("ab12", "cd34"), remotes=OTHER_REMOTE)
    found = homes_of(one, other, SHOP)
    assert len(set(found.values())) == 3
    assert not are_one(one, Directory(SHOP, remotes=OTHER_REMOTE))


def test_a_worktree_that_its_address_gave_a_repository_is_of_no_other_by_its_name():
    shop = Directory(SHOP, there(SHOP), REMOTE)
    api = Directory("/home/ada/api", there("/home/ada/api"))
    apart = Directory("/home/ada/.codex/worktrees/1/api", remotes=REMOTE)
    found = homes_of(shop, api, apart)
    assert found[apart.key] == SHOP
    assert found[api.key] == api.key


def test_checkouts_of_one_remote_are_one_where_the_name_says_the_same():
    clones = [
        Directory(SHOP, there(SHOP), REMOTE),
        Directory("/srv/shop", there("/srv/shop"), SAME_REMOTE),
        Directory("/srv/next", there("/srv/next"), REMOTE),
    ]
    assert homes_of(*clones)["/srv/next"] == "/srv/next"
    assert are_one(*clones[:2])


def test_a_checkout_that_is_gone_is_of_the_one_that_is_there():
    main = Directory(SHOP, there(SHOP), REMOTE)
    assert homes_of(main, Directory("/w/shop-fix", remotes=SAME_REMOTE))["/w/shop-fix"] == SHOP
    assert not are_one(main, "/w/shop-fix")  # the name alone says nothing


def test_every_chats_own_folder_is_one_project():
    scratch = "/home/ada/Documents/Codex"
    found = homes_of(f"{scratch}/2026-10-05/1", f"{scratch}/2026-11-01/2/src")
    assert set(found.values()) == {scratch}
    own = Directory(f"{scratch}/2026-10-05/9", there(f"{scratch}/2026-10-05/9"))
    assert homes_of(own)[own.key] == own.key


def test_a_flattened_name_is_of_the_one_directory_that_it_can_be():
    name = "-home-ada-my-shop"
    assert homes_of(name, "/home/ada/my.shop", "/srv/shop")[name] == "/home/ada/my.shop"
    assert homes_of(name, "/home/ada/my.shop", "/home/ada/my/shop")[name] == name
    inside = f"{SHOP}/.claude/worktrees/fox"
    found = homes([Directory("-home-ada-shop--claude-worktrees-fox"), Directory(inside)])
    assert found["-home-ada-shop--claude-worktrees-fox"].worktree == "fox"
    assert found["-home-ada-shop--claude-worktrees-fox"].key == SHOP


# -- whatever is known, in whatever order -----------------------------------------------------

NAMES = st.sampled_from(["shop", "api", "lib"])
HOMES = st.sampled_from(["/home/ada", "/srv"])
REMOTES = st.sampled_from(["", "a", "b"]).map(
    lambda owner: frozenset((f"https://x.org/{owner}",)) if owner else frozenset()
)


@st.composite
def directories(draw):
    """Draw one of the checkouts that there are, gone or not, as some log spells it."""
    base, name = draw(HOMES), draw(NAMES)
    repository = f"{base}/{name}"
    kind = draw(st.sampled_from(["main", "below", "claude", "codex", "linked", "plain"]))
    is_there = draw(st.booleans())
    key, checkout = {
        "main": (repository, there(repository)),
        "below": (f"{repository}/src", there(repository)),
        "claude": (f"{repository}/.claude/worktrees/x", there(repository, "", "x")),
        "codex": (
            f"/home/ada/.codex/worktrees/{draw(st.sampled_from('12'))}/{name}",
            there(repository, "", "codex"),
        ),
        "linked": (f"{base}/{name}-fix", there(repository, f"{base}/{name}-fix", "fix")),
        "plain": (f"{repository}-notes", Checkout(is_there=True)),
    }[kind]
    if kind in ("claude", "codex"):
        checkout = checkout._replace(top=key)
    remotes = draw(REMOTES)
    ending = draw(st.sampled_from(["", "/"]))
    return Directory(key + ending, checkout if is_there else Checkout(is_there=False), remotes)


def by_key(found):
    return list({directory.key: directory for directory in found}.values())


@given(st.lists(directories(), max_size=8).map(by_key), st.randoms())
def test_the_order_does_not_matter(known, random):
    shuffled = [*known, *known]
    random.shuffle(shuffled)
    assert homes(shuffled) == homes(known)


@given(st.lists(directories(), max_size=8).map(by_key))
def test_two_repositories_on_the_disk_are_one_only_by_one_remote_and_one_name(known):
    found = homes(known)
    for one in known:
        for other in known:
            apart = one.checkout.repository != other.checkout.repository
            if not (one.checkout.repository and other.checkout.repository and apart):
                continue
            if found[one.key].key == found[other.key].key:
                names = {d.checkout.repository.rpartition("/")[2] for d in (one, other)}
                assert len(names) == 1


@given(st.lists(directories(), max_size=8).map(by_key))
def test_two_remotes_are_never_one_project_unless_a_directory_had_both(known):
    """Where one repository on the disk gave two addresses in its time, it is one all the same."""
    found = homes(known)
    told = [directory for directory in known if directory.remotes]
    for one in told:
        for other in told:
            if one.remotes.isdisjoint(other.remotes):
                same = found[one.key].key == found[other.key].key
                assert not same or _is_one_folder(one, other, known)


def _is_one_folder(one, other, known):
    """Whether the disk or the layout itself, and no address or name, makes the two one."""
    bare = [directory._replace(remotes=frozenset()) for directory in known]
    without_names = [directory for directory in bare if "/.codex/" not in directory.key]
    keys = {directory.key for directory in without_names}
    if one.key in keys and other.key in keys:
        found = homes(without_names)
        return found[one.key].key == found[other.key].key
    return bool(one.checkout.repository or other.checkout.repository) or (
        one.key.rstrip("/") == other.key.rstrip("/")
    )


@given(st.lists(directories(), max_size=8).map(by_key))
def test_a_home_is_its_own_home(known):
    found = homes(known)
    again = homes([*known, *(Directory(home.key) for home in found.values())])
    assert all(again[home.key].key == home.key for home in found.values())
