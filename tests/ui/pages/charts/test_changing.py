"""Is it changing?"""

from datetime import timedelta

import pytest

from ledger.core.evidence import Question
from ledger.core.figures import Change, Mark
from ledger.ui.pages.charts import changing
from ledger.ui.pages.charts.changing import Changing, ratio_words
from tests.ui.pages.charts.conftest import TODAY
from tests.ui.pages.fakes import frame

CHANGE = Change(week=TODAY - timedelta(days=20), weeks_either_way=2, factor=2.0, p=0.01)


def test_the_ratio_is_drawn(draw, context):
    question = draw(Changing(), context())
    assert question.ratio_chart.points() == 60
    assert question.ratio_chart.series.low[-1] == pytest.approx(1.0)
    assert question.ratio.sentence == ratio_words(28)


def test_the_line_is_there_before_what_explains_it(qtbot, context, monkeypatch):
    monkeypatch.setattr(changing, "change_scan", lambda *_, **__: CHANGE)
    question = Changing()
    qtbot.addWidget(question)
    pieces = question.draw(context())
    next(pieces)
    assert question.ratio_chart.points() == 60
    assert question.ratio_chart.change is None
    assert list(pieces) == []
    assert question.ratio_chart.change == CHANGE


def test_a_change_is_said_above_the_chart(draw, context, monkeypatch):
    monkeypatch.setattr(changing, "change_scan", lambda *_, **__: CHANGE)
    question = draw(Changing(), context())
    assert question.ratio.note.full_text().startswith("Around the week of 2 Nov 2026")


def test_a_change_is_looked_for_only_in_what_is_settled(draw, context, monkeypatch):
    newest_s = []

    def scan(scanned, selection, **_):
        newest_s.append(int(scanned.time_s[selection.interactions].max()))

    monkeypatch.setattr(changing, "change_scan", scan)
    shown = context()
    draw(Changing(), shown)
    assert int(shown.frame.time_s.max()) - newest_s[0] >= 7 * 86_400


def test_what_was_new_is_marked_by_the_names_people_know(draw, context, monkeypatch):
    new = (Mark(TODAY - timedelta(days=9), "tool", "codex"),)
    monkeypatch.setattr(changing, "marks", lambda *_, **__: new)
    question = draw(Changing(), context())
    assert "first use of tool Codex CLI" in question.ratio_chart.reading(50)


def test_without_tags_the_next_step_is_named(draw, context):
    question = draw(Changing(), context(frame(60, tag=0)))
    assert question.ratio.empty.isVisible()


def test_with_too_little_work_what_is_needed_is_said(draw, context):
    question = draw(Changing(), context(frame(3)))
    way_out = question.ratio.empty.way_out.full_text()
    assert way_out == "An estimate needs 8 half-hours of work, 3 so far."


def test_bounds_without_estimate_say_how_many_tags_are_missing(draw, context):
    question = draw(Changing(), context(frame(40, tag=0).with_tags(range(1, 5), 1)))
    assert question.ratio.note.full_text() == (
        "The newest 28 days: An estimate needs at least 14 more tags."
    )


def test_where_too_little_is_tagged_sampled_answers_speak(draw, context):
    sampled = range(1, 81, 4)  # a quarter of the days, half of them kept
    tagged = frame(80, tag=0).with_tags(sampled[::2], 1).with_tags(sampled[1::2], 3)
    questions = [
        Question(
            "/home/ada/atlas", int(time_s) // 1800, 0, 0, 0.25, 0.5, False, number in sampled,
            answered_ms=1 if number in sampled else None,
        )
        for number, time_s in enumerate(tagged.time_s, 1)
    ]  # fmt: skip
    question = draw(Changing(), context(tagged.with_questions(questions)))
    assert "All that is shown" in question.ratio.note.full_text()
    assert "20 answers to questions drawn by lot" in question.ratio.note.full_text()
