import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.core.evidence import ActKind
from ledger.importers.commands import LONGEST, kind_of_command


@pytest.mark.parametrize(
    "command",
    [
        "cat calc.py",
        "sed -n '1,80p' src/a.py",
        "sed -n -e'/import/p' src/a.py",
        "sed -n -E '/(im|ex)port/p' src/inside.py",
        "cd src && head -20 a.py | wc -l",
        "git log --oneline -5",
        "git -C /x show HEAD:a.py",
        "bash -lc 'cat a.py'",
        "LANG=C tail -f x.log 2>&1",
        "/usr/bin/cat a",
        "cat a 2>/dev/null",
        "nl -ba 'a b.py'",
    ],
)
def test_looking_at_a_file_is_a_read(command):
    assert kind_of_command(command) is ActKind.READ


@pytest.mark.parametrize(
    "command",
    ["ls", "rg -n 'a > b' src", "find . -name '*.py'", "grep -r x . | head", "ls; cat a", "fd x"],
)
def test_looking_for_something_is_a_search(command):
    assert kind_of_command(command) is ActKind.SEARCH


@pytest.mark.parametrize(
    "command",
    [
        "",
        "pytest -q",
        "cat a > b",
        "git log --oneline > log.txt",
        "cat a >> b",
        "echo x",
        "sed -i s/a/b/ a",
        "sed s/a/b/ a",
        "sed -n -i s/a/b/p a",
        "sed -i -n s/a/b/p a",
        "sed -n -i.bak s/a/b/p a",
        "sed -n -Ei s/a/b/p a",
        "sed -n --in-place s/a/b/p a",
        "sed -n --in s/a/b/p a",
        "sed -n --in-place=.bak s/a/b/p a",
        "find . -name x -delete",
        "find . -exec rm {} +",
        "git commit -m x",
        "git branch -D x",
        "cat a && make",
        "cat <<'EOF' > a\nx\nEOF",
        "cat $(make)",
        "cat `make`",
        "cat 'a",
        "bash -lc 'make'",
        "tee a < b",
        "cat a\nmake",
        "cat a | tee b",
        "cat " + "a" * LONGEST,
        "cat a &> b",
    ],
)
def test_what_is_not_surely_a_look_is_a_run(command):
    assert kind_of_command(command) is ActKind.RUN


@settings(max_examples=50)
@given(st.text() | st.text(alphabet="cat '\"|>;&$()`\n\\ab-"))
def test_any_words_are_one_of_three(command):
    kind = kind_of_command(command)
    assert kind in (ActKind.RUN, ActKind.READ, ActKind.SEARCH)
