import csv
from io import StringIO

from ledger.export.csv_weeks import HEAD, render
from tests.reviews import a_report


def test_there_is_one_row_per_week_and_nothing_finer():
    report = a_report()
    head, *rows = csv.reader(StringIO(render(report).decode(), newline=""))
    assert tuple(head) == HEAD
    assert [row[0] for row in rows] == [str(week.monday) for week in report.trend.weeks]
    for row, week in zip(rows, report.trend.weeks, strict=True):
        assert [int(cell) for cell in row[1:6]] == [
            *(week.interactions, week.kept, week.edited, week.thrown_away, week.untagged)
        ]
        assert int(row[6]) == float(f"{int(row[6]):.1e}"), "two figures"


def test_what_is_not_known_is_empty():
    report = a_report()
    [first, *_] = list(csv.reader(StringIO(render(report).decode(), newline="")))[1:]
    assert first[9] == "", "one week allows no point"
