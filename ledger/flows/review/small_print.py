"""The small print of a review: what it does not say, and how it was computed."""

from collections.abc import Iterator

from ledger.core.document import Block, Bullets, Terms
from ledger.core.phrasing import percent
from ledger.core.report import Include, Report

DIGITS = 16  # of the fingerprint that the page shows


def caveats(report: Report) -> Iterator[Block]:
    """Yield what the figures do not say; printed in every review."""
    agreement = report.agreement
    suggested = f"suggestions agreed with my tags in {agreement.agreed} of {agreement.of} cases"
    if not agreement.of:
        suggested = "no suggestion was there to compare them with"
    yield Bullets(
        (
            (
                "Kept half-hours per million tokens are one person’s yield per token. They do not"
                " measure value to users, quality, help given to others, or difficulty."
            ),
            "They should not be compared between people: work differs.",
            f"Tags are mine; {suggested}.",
            "Intervals hold in about 90\u202f% of cases.",
        )
    )


def method(report: Report) -> Iterator[Block]:
    """Yield what somebody needs to understand the figures and to compute them again."""
    used = report.method
    names = Include.PROJECT_NAMES in report.included
    yield Terms(
        "Definitions",
        (
            (
                "Half-hour",
                (
                    f"{used.block_minutes} minutes (UTC) of a project in which I started AI work;"
                    " kept counts 1, edited"
                    f" {used.edited_worth:g}, thrown away 0, by the best output in it."
                ),
            ),
            (
                "Million tokens",
                (
                    "tokens weighted by their usual price: fresh input 1, read from a cache 0.1,"
                    " written to a cache 1.25 or 2, output 5"
                    f" (weights version {used.weights})."
                ),
            ),
            (
                "Experiments",
                (
                    "make no half-hours in the figure for deliveries; their tokens are left out"
                    f" of it up to {percent(used.exploration_cap)} of all."
                ),
            ),
            (
                "Interval",
                (
                    f"days drawn again {used.resamples} times (bootstrap-t, seed {used.seed});"
                    " shares of interactions: Jeffreys."
                ),
            ),
        ),
    )
    project = "are named as they are" if names else "stand under letters; the map stays with me"
    yield Terms(
        "To compute it again",
        (
            ("Program", f"Signal Ledger {used.program}"),
            ("Data", f"SHA-256 begins with {used.extract[:DIGITS]}"),
            ("Names", f"projects {project}."),
        ),
    )
