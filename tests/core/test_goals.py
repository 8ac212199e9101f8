from ledger.core.goals import Goal, GoalState, Measure


def test_a_goal_reads_as_a_sentence():
    goal = Goal(measure=Measure.THROWN, percent=20)
    assert goal.title == "Thrown-away share under 20\u202f%"
    assert Goal(measure=Measure.KEPT, percent=60).title == "Kept share at least 60\u202f%"
    assert Goal(measure=Measure.COVERAGE, percent=80).title == "Tagged share at least 80\u202f%"


def test_only_what_is_thrown_away_is_to_stay_under():
    assert [measure.is_most for measure in Measure] == [True, False, False]


def test_no_state_praises_or_scolds():
    assert {*GoalState} == {"met", "not met", "not met lately", "too early to say"}
