import re
from dataclasses import replace
from itertools import chain

import pytest

from ledger.core.document import Bullets, Paragraph, Picture, Table, Terms
from ledger.core.report import (
    Agreement,
    Include,
    Learned,
    Outcome,
    Part,
    Scope,
    Survived,
    Trend,
    Words,
)
from ledger.flows.review import wording
from ledger.flows.review.building import REVIEW_INCLUDES
from ledger.flows.review.grouped import share_of_count
from ledger.flows.review.wording import document
from tests.reviews import a_frame, a_report

ORDER = [
    "Scope", "What I delivered with AI", "What became of it", "Over time", "What I learned",
    "What I changed", "What this does not say", "How it was computed",
]  # fmt: skip
# Judgements that no machine makes of a person.
ADJECTIVES = re.compile(
    r"(?i)\b(good|great|excellent|poor|bad|impressive|strong|weak|top|best|worst|outstanding|"
    r"average|grade|score|percentile|rank|productive|efficient|improved?|better|worse)\b"
)


def text_of(report) -> str:
    texts = []
    for block in chain.from_iterable(section.blocks for section in document(report).sections):
        match block:
            case Paragraph(text=text):
                texts.append(text)
            case Bullets(items=items):
                texts += items
            case Terms(title=title, pairs=pairs):
                texts += [title, *chain.from_iterable(pairs)]
            case Table(head=head, rows=rows, caption=caption):
                texts += [caption, *head, *chain.from_iterable(rows)]
            case Picture(words=description):
                texts.append(description)
    return "\n".join(texts)


def test_the_parts_stand_in_their_order():
    assert [section.title for section in document(a_report()).sections] == ORDER


@pytest.mark.parametrize("part", Part)
def test_a_part_can_be_left_out_and_the_others_stay(part):
    titles = [s.title for s in document(a_report(parts=frozenset(Part) - {part})).sections]
    assert len(titles) == len(ORDER) - 1
    assert {"Scope", "What became of it", "What this does not say", "How it was computed"} <= set(
        titles
    )


def test_the_person_is_quoted_word_for_word():
    page = text_of(a_report())
    for text in ("Rewrote the reader.", "No failed import for 43 nights.", "E-001, E-014",
                 "Short sessions end better.", "I stop after two failed attempts."):  # fmt: skip
        assert text in page


def test_caveats_are_always_printed():
    page = text_of(a_report(parts=frozenset()))
    for text in ("one person’s yield per token", "should not be compared between people",
                 "Tags are mine", "about 90\u202f%"):  # fmt: skip
        assert text in page


def test_the_machine_judges_nobody():
    page = text_of(a_report(words=Words(), include=frozenset(Include)))
    assert ADJECTIVES.findall(page.replace("by the best output", "")) == []


def test_every_share_has_its_interval_or_says_that_there_is_none():
    for block in chain.from_iterable(s.blocks for s in document(a_report()).sections):
        if isinstance(block, Table) and block.caption != "By tool":
            continue
        if isinstance(block, Table):
            lost = [row[3] for row in block.rows]
            assert all("(" in cell or cell == "too few to say" for cell in lost)


def test_n_stands_beside_the_figures():
    page = text_of(a_report())
    assert "This rests on 225 half-hours" in page
    assert "(n = 240 interactions)" in page
    assert "(n = 12 weeks)" in page


def test_a_thin_report_says_so_and_claims_nothing():
    report = replace(
        a_report(a_frame(2)), words=Words(), outcome=Outcome(), trend=Trend(), learned=Learned(),
        scope=Scope(interactions=1, tagged=1),
    )  # fmt: skip
    page = text_of(report)
    assert page.count("too few to say") >= 4
    assert "I claim nothing here." in page


def test_what_was_let_in_is_listed_on_the_page():
    page = text_of(a_report(include=frozenset(Include)))
    for include in REVIEW_INCLUDES:
        assert include.words.replace("your", "my").replace("you", "I") in page
    assert re.search(r"\byours?\b|\byou\b", page) is None
    assert Include.TIMES.words not in page
    assert "half-hours with AI work on 80 days" in page
    assert "Tokens in full" in page


def test_survival_is_told_with_the_repositories_own():
    report = a_report()
    share = share_of_count(30, 40)
    outcome = replace(
        report.outcome, survived=(Survived(horizon="7 days", share=share, baseline=0.9),)
    )
    assert "90\u202f%" in text_of(replace(report, outcome=outcome))


def test_unknown_estimated_and_left_out_tokens_are_told():
    scope = replace(a_report().scope, counted=0.8, excluded=2, excluded_share=0.1)
    page = text_of(replace(a_report(), scope=scope))
    assert "80\u202f% of the tokens were counted by the tools; the rest is estimated." in page
    assert "I left out 2 interactions with 10\u202f% of the period’s tokens." in page


@pytest.mark.parametrize("counted", [None, 0.8, 1.0])
def test_nothing_is_said_of_all_tokens_where_some_requests_told_none(counted):
    scope = replace(a_report().scope, counted=counted, coverage=0.9, unknown=3)
    page = text_of(replace(a_report(), scope=scope))
    assert "3 of 480 requests told no token counts. What they took is not known" in page
    assert "of all requests were counted" not in page
    assert "what the untagged and the uncounted could still change" in page
    half = replace(scope, unknown=240)
    assert "these hold some of the tokens" in text_of(replace(a_report(), scope=half))


def test_agreement_is_told_with_its_number():
    report = replace(a_report(), agreement=Agreement(agreed=31, of=40))
    assert "suggestions agreed with my tags in 31 of 40 cases" in str([*wording.caveats(report)])
    without = replace(report, agreement=Agreement())
    assert "no suggestion was there" in str([*wording.caveats(without)])


@pytest.mark.parametrize("include", [frozenset(), frozenset((Include.PROJECT_NAMES,))])
def test_the_method_says_how_projects_are_named(include):
    page = str([*wording.method(a_report(include=include))])
    assert ("stand under letters" in page) != bool(include)


def test_everything_needed_to_compute_it_again_is_there():
    report = a_report()
    page = str([*wording.method(report)])
    method = report.method
    for fact in (method.program, str(method.seed), str(method.resamples), method.extract[:16]):
        assert fact in page
