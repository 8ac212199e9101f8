from dataclasses import replace

from ledger.core.report import Group, RoundedEstimate
from ledger.flows.review.grouped import share_of_count
from ledger.flows.review.learning import learned, swaps
from ledger.flows.review.names import names
from tests.metrics.rows import frame as frame_of
from tests.reviews import a_frame, context_of, ledger_rows


def group(name: str, lost: int, tagged: int) -> Group:
    return Group(by="kind of work", name=name, thrown_away=share_of_count(lost, tagged))


def test_a_finding_is_told_when_the_intervals_lie_apart():
    result = learned(context_of(), (group("refactor", 30, 50), group("draft", 5, 80)))
    assert result.findings[0].startswith(
        "I threw away 60\u202f% of the work sorted as refactor (30 of 50"
    )
    assert "of the rest" in result.findings[0]


def test_nothing_is_told_when_they_do_not():
    result = learned(
        context_of(), (group("refactor", 5, 20), group("draft", 6, 20), group("new", 3, 4))
    )
    assert not [text for text in result.findings if "sorted as" in text]


def test_the_largest_loss_is_always_told():
    result = learned(context_of(), ())
    assert result.loss.startswith("The largest of 24 interactions that I threw away took")


def test_without_a_loss_there_is_none_to_tell():
    rows = [replace(row, tag=1) for row in ledger_rows()]
    assert learned(context_of(frame_of(rows)), ()).loss == ""


def test_learning_is_told_as_a_share():
    assert learned(context_of(), ()).exploration != RoundedEstimate()


def test_a_model_that_came_new_is_compared_within_the_same_work():
    rows = [
        replace(row, uses=(replace(row.uses[0], model="gpt-5.2" if n >= 120 else "gpt-5.1-codex"),))
        for n, row in enumerate(ledger_rows())
    ]
    context = context_of(frame_of(rows))
    [sentence] = swaps(context, names(context.frame, context.mine, ()))
    assert sentence.startswith("gpt-5.2 came new; compared with gpt-5.1-codex: ")
    frame = a_frame()
    assert swaps(context_of(frame), names(frame, frame.select(), ())) == ()


def test_a_new_model_is_compared_with_one_that_the_file_tells_apart_from_it():
    often, seldom = "inhouse-first", "gpt-5.1-codex"
    rows = [
        replace(row, uses=(replace(row.uses[0], model="inhouse-second"),))
        if n >= 120
        else replace(row, uses=(replace(row.uses[0], model=often if n % 4 else seldom),))
        for n, row in enumerate(ledger_rows())
    ]
    context = context_of(frame_of(rows))
    [sentence] = swaps(context, names(context.frame, context.mine, ()))
    assert sentence.startswith("other came new; compared with gpt-5.1-codex: ")
