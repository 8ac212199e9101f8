from datetime import UTC

from ledger.metrics.look import Look
from ledger.metrics.projects_per_day import projects_per_day
from tests.metrics.rows import MONDAY_S, Row, frame


def answered(*rows):
    made = frame([Row(at, MONDAY_S + day * 86_400, project=project, **more)
                  for at, (day, project, more) in enumerate(rows)])  # fmt: skip
    return projects_per_day(Look(frame=made, selection=made.select(), zone=UTC))


def test_it_is_the_mean_over_days_with_work():
    found = answered((0, "/a", {}), (0, "/b", {}), (0, "/b", {}), (3, "/a", {}))
    assert (found.value, found.n) == (1.5, 2)


def test_experiments_and_automation_are_no_deliveries():
    found = answered((0, "/a", {}), (0, "/b", {"intent": 1}), (1, "/c", {"origin": 4}))
    assert (found.value, found.n) == (1.0, 1)


def test_no_work_has_no_answer():
    assert answered().value is None
