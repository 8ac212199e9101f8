import pytest

from ledger.core.evidence import Fate, Horizon, Observation, Survival, Trace
from ledger.core.words import Kind
from ledger.flows.evidence_words import NOT_YET, observed, survived

REPLACED = "later AI work took the place of the rest (of all code of that week there: 90\u202f%)"


def test_what_nobody_looked_at_is_said_to_be_so():
    assert observed(None) == [NOT_YET]


def test_a_quiet_interaction_says_little():
    assert observed(Observation(interaction=1, version=1, end=1, kind=Kind.QUESTION)) == [
        "Kind of work: question."
    ]


def test_everything_that_was_seen_is_a_sentence():
    seen = Observation(
        interaction=1, version=1, end=1, kind=Kind.FIX, runs=3, failed_runs=1, reads=1,
        hand_edits=2, refused=True, rewound=True,
        traces=(Trace("/a", b"", 50, 9), Trace("/b", b"", 5, 1)),
    )  # fmt: skip
    assert observed(seen) == [
        "Kind of work: fix until green.",
        "1 look into files; 3 commands, 1 failed.",
        "2 files changed; 10 lines added that can be told apart.",
        "You changed 2 files by hand afterwards.",
        "You refused something and said why.",
        "You took the conversation back to before it.",
    ]


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"anywhere": 0.5}, "After 7 days: 50\u202f% of it is there."),
        ({"anywhere": 0.5, "lines": 12, "lines_left": 6, "landed": 0.25},
         "After 7 days: 6 of 12 new lines are there, 25\u202f% on the default branch."),
        ({"anywhere": 1.0, "fate": Fate.PARKED},
         "After 7 days: 100\u202f% of it is there, not committed."),
        ({"anywhere": 0.1, "fate": Fate.SUPERSEDED, "baseline": 0.9},
         f"After 7 days: 10\u202f% of it is there; {REPLACED}."),
        ({"anywhere": 0.0, "fate": Fate.REVERTED},
         "After 7 days: the files went back to what they were."),
        ({"fate": Fate.TOO_SMALL}, "After 7 days: too little was added to tell."),
    ],
)  # fmt: skip
def test_what_git_showed_is_a_sentence_for_each_horizon(more, words):
    fields = {"fate": Fate.MEASURED} | more
    found = Survival(interaction=1, horizon=Horizon.WEEK, looked_ms=1, **fields)
    assert survived([found]) == [words]


def test_every_horizon_and_fate_has_words():
    for horizon in Horizon:
        for fate in Fate:
            one = Survival(interaction=1, horizon=horizon, fate=fate, looked_ms=1)
            (words,) = survived([one])
            assert words.endswith(".")
