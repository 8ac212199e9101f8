"""Secrets are masked before anything is shown, and each can be shown by itself."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.core.secrets import secrets_in
from ledger.flows import masking
from ledger.flows.masking import Guarded, guarded, masked
from ledger.importers.base import Home
from tests.making import claude_log

GITHUB = "ghp_" + "aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0eF3hJ6"
AWS = "AKIA" + "QWERTYUIOPASDFGH"
PEM = "-----BEGIN RSA PRIVATE KEY-----\nMIIEow\nAQAB\n-----END RSA PRIVATE KEY-----"


def test_a_secret_leaves_nothing_but_the_name_of_its_rule():
    text, masks = guarded(f"use {GITHUB} and {AWS}, please").masked()
    assert text == "use [secret: GitHub token] and [secret: AWS access key], please"
    assert [text[mask.start : mask.end] for mask in masks] == [
        "[secret: GitHub token]",
        "[secret: AWS access key]",
    ]


def test_one_secret_is_shown_and_the_others_stay_masked():
    text, masks = guarded(f"use {GITHUB} and {AWS}").masked({0})
    assert text == f"use {GITHUB} and [secret: AWS access key]"
    assert [mask.number for mask in masks] == [1]
    assert text[masks[0].start : masks[0].end] == "[secret: AWS access key]"


@pytest.mark.parametrize("end", ["", "\nthe next line"])
def test_a_private_key_is_masked_to_its_last_line(end):
    assert masked(f"key:\n{PEM}{end}") == f"key:\n[secret: private key]{end}"


def test_a_private_key_that_was_cut_is_masked_to_the_end_of_the_text():
    assert masked(PEM.rsplit("\n", 1)[0]) == "[secret: private key]"


def test_two_rules_on_one_place_mask_it_once():
    text = masked(f"token={GITHUB}")
    assert GITHUB not in text
    assert text.count("[secret:") == 1


def test_a_text_without_secrets_stays_as_it_is():
    assert guarded("nothing here [secret: x]").masked() == ("nothing here [secret: x]", ())


@settings(max_examples=40)
@given(
    st.lists(st.sampled_from([GITHUB, AWS, PEM, "words", " ", "\n", "token="]), max_size=8),
    st.sets(st.integers(0, 5)),
)
def test_masks_stand_where_they_say_and_nothing_masked_is_left(parts, shown):
    found: Guarded = guarded(" ".join(parts))
    text, masks = found.masked(shown)
    assert all(text[mask.start : mask.end].startswith("[secret: ") for mask in masks)
    assert {mask.number for mask in masks} == set(range(len(found.secrets))) - shown
    ends = [(mask.start, mask.end) for mask in masks]
    assert all(one[1] <= other[0] for one, other in pairwise(ends))
    if not shown:
        assert not list(secrets_in(text))


@pytest.fixture
def row(desk, tmp_path):
    from ledger.flows import finding, importing

    log = claude_log(tmp_path / "home", "s1", 1)
    text = log.read_text().replace("prompt number 0", f"push with {GITHUB}")
    log.write_text(text.replace("answer number 0", f"done with {AWS}"))
    jobs = finding.jobs(finding.look_around(Home(tmp_path / "home", {})), {})
    for readings, _progress in importing.read(jobs, None):
        desk.add(readings)
    return desk.store.rows(desk.load().frame.id.tolist())[0]


def test_what_is_told_of_an_interaction_is_guarded(row):
    told = masking.told(row)
    assert told.prompt.masked()[0] == "push with [secret: GitHub token]"
    assert any("[secret: AWS access key]" in step.body.masked()[0] for step in told.steps)
    assert all(AWS not in step.body.masked()[0] for step in told.steps)


def test_a_list_gets_the_beginning_of_a_prompt_masked(row):
    assert masking.prompts([row])[row.id].text == "push with [secret: GitHub token]"
