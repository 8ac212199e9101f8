import getpass
import platform

from ledger.host import whoami


def test_names_of_person_and_computer_are_told(scratch_home):
    who = whoami.identity()
    assert getpass.getuser() in who.users
    assert platform.node() in who.hosts
    assert who.home == str(scratch_home)
    assert "" not in (*who.users, *who.hosts)


def test_a_system_that_tells_nothing_is_no_error(monkeypatch):
    def silent() -> str:
        raise OSError("no user")

    monkeypatch.setattr(getpass, "getuser", silent)
    monkeypatch.setattr(platform, "node", lambda: "")
    who = whoami.identity()
    assert who.hosts == ()
