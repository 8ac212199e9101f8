from dataclasses import replace

import pytest

from ledger.core.report import Agreement, Include
from ledger.flows.review import small_print
from tests.reviews import a_report


def test_agreement_is_told_with_its_number():
    report = replace(a_report(), agreement=Agreement(agreed=31, of=40))
    assert "suggestions agreed with my tags in 31 of 40 cases" in str(
        [*small_print.caveats(report)]
    )
    none = replace(report, agreement=Agreement())
    assert "no suggestion was there" in str([*small_print.caveats(none)])


@pytest.mark.parametrize("include", [frozenset(), frozenset((Include.PROJECT_NAMES,))])
def test_the_method_says_how_projects_are_named(include):
    said = str([*small_print.method(a_report(include=include))])
    assert ("stand under letters" in said) != bool(include)


def test_everything_needed_to_compute_it_again_is_there():
    report = a_report()
    said = str([*small_print.method(report)])
    method = report.method
    for fact in (method.program, str(method.seed), str(method.resamples), method.extract[:16]):
        assert fact in said
