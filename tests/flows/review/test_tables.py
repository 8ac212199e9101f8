from ledger.core.figures import Ratio
from ledger.core.report import Group, RoundedEstimate, RoundedRatio, Totals
from ledger.flows.review import tables
from ledger.flows.review.grouped import as_estimate
from tests.reviews import a_report

TOO_FEW = tables.TOO_FEW


def test_a_share_is_never_without_its_interval_or_that_there_is_none():
    assert (
        tables.share_cell(RoundedEstimate(value=0.61, low=0.56, high=0.65, n=9))
        == "61\u202f% (56–65)"
    )
    assert tables.share_cell(RoundedEstimate(value=0.61, n=9)) == f"61\u202f% ({TOO_FEW})"
    assert tables.share_cell(RoundedEstimate()) == TOO_FEW


def test_a_ratio_is_as_sure_as_it_is():
    assert tables.ratio_cell(RoundedRatio()) == TOO_FEW
    assert tables.ratio_cell(RoundedRatio(low=1.0, high=2.0)) == "1.0–2.0"
    assert tables.ratio_cell(RoundedRatio(low=1.0, high=2.0, point=1.5)) == "1.5 (1.0–2.0)"
    assert tables.bounds_cell(as_estimate(Ratio(lower=1.0, upper=2.0))) == "1.0–2.0"
    assert tables.bounds_cell(RoundedRatio()) == TOO_FEW


def test_a_sort_of_group_with_one_member_has_no_table():
    groups = [Group(by="tool", name="a"), Group(by="model", name="b"), Group(by="model", name="c")]
    assert [table.caption for table in tables.groups(groups)] == ["By model"]


def test_every_table_is_rectangular():
    report = a_report()
    outcome = report.outcome
    all_tables = [
        tables.fates(outcome.fates),
        tables.yields(outcome.deliver, outcome.everything),
        tables.survived(outcome.survived),
        tables.weeks(report.trend),
        tables.totals(Totals(input=1234)),
        *tables.groups(outcome.groups),
    ]
    for table in all_tables:
        assert {len(row) for row in table.rows} == {len(table.head)}
    assert "1,234" in str(all_tables[4].rows)
