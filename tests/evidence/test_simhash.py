import pytest

from ledger.evidence.simhash import BITS, is_repeat, simhash

KEY, OTHER = b"k" * 32, b"o" * 32
ASKED = "Please make the parser accept trailing commas in lists and tell me which tests cover it."


@pytest.mark.parametrize(
    "again",
    [
        ASKED.upper(),
        ASKED.replace(" ", "  \n"),
        ASKED + " Now.",
        ASKED.replace("Please make", "Make"),
    ],
)
def test_nearly_the_same_words_are_a_repeat(again):
    assert is_repeat(simhash(ASKED, KEY), simhash(again, KEY))


@pytest.mark.parametrize(
    "other",
    [
        "Write a changelog entry for the release and update the version in the project file.",
        "解析器应该接受列表末尾的逗号，并告诉我哪些测试覆盖了它。请同时更新文档。",
    ],
)
def test_other_words_are_none(other):
    assert not is_repeat(simhash(ASKED, KEY), simhash(other, KEY))


def test_the_same_words_in_another_script_repeat_too():
    text = "解析器应该接受列表末尾的逗号，并告诉我哪些测试覆盖了它。请同时更新文档。"
    assert is_repeat(simhash(text, KEY), simhash(text + "谢谢", KEY))


@pytest.mark.parametrize("short", ["", "go on", "yes", "continue"])
def test_too_few_words_say_nothing(short):
    assert simhash(short, KEY) == 0
    assert not is_repeat(simhash(short, KEY), simhash(short, KEY))


def test_a_print_means_nothing_under_another_key():
    mine, other_print = simhash(ASKED, KEY), simhash(ASKED, OTHER)
    assert 0 < mine < 1 << BITS
    assert not is_repeat(mine, other_print)
