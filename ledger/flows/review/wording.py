"""The review in plain words, with its small print: every figure with what it rests on."""

from collections.abc import Iterator

from ledger.core.document import Block, Bullets, Document, Paragraph, Section, Terms
from ledger.core.formatting import count, days, percent, short, span, span_of_shares
from ledger.core.report import Claim, Include, Part, Report, RoundedEstimate, RoundedRatio, Scope
from ledger.flows.review import pictures, tables
from ledger.metrics.changes import FEWEST_WEEKS
from ledger.metrics.ratio import UNKNOWN_SHARE

TOO_FEW = "too few to say"
HALF = 0.5
FIRST_PERSON = {"you": "I", "your": "my"}
TITLE = "Self-review of my work with AI"
FINGERPRINT_DIGITS = 16  # of the fingerprint that the page shows


def document(report: Report) -> Document:
    """Return the review as it is read, its parts in their fixed order."""
    sections = [
        Section("Scope", tuple(_scope(report))),
        *_section(report, Part.DELIVERED, "What I delivered with AI", _delivered(report)),
        Section("What became of it", tuple(_outcome(report))),
        *_section(report, Part.TREND, "Over time", _trend(report)),
        *_section(report, Part.LEARNED, "What I learned", _learned(report)),
        *_section(report, Part.CHANGED, "What I changed", _changed(report)),
        Section("What this does not say", tuple(caveats(report))),
        Section("How it was computed", tuple(method(report))),
    ]
    period = report.period
    return Document(
        title=f"{TITLE}, {period.name}",
        subtitle=f"{days(period.first, period.last)} · written by me, about my own work",
        sections=tuple(sections),
    )


def _section(report: Report, part: Part, title: str, blocks: Iterator[Block]) -> Iterator[Section]:
    if part in report.parts:
        yield Section(title, tuple(blocks))


def _scope(report: Report) -> Iterator[Block]:
    scope = report.scope
    tagged = f"{scope.tagged} of {count(scope.interactions, 'interaction')}"
    share = percent(scope.coverage) if scope.coverage is not None else "None"
    if scope.unknown > UNKNOWN_SHARE * scope.requests and scope.coverage != 1:
        share = "some"
    sentences = [
        f"{count(scope.interactions, 'interaction')} with {_listed(scope.tools)}.",
        _counted(scope),
        f"I said of {tagged} what became of the output; these hold {share} of the tokens.",
        _excluded(scope),
        _experiments(scope),
    ]
    yield Paragraph(" ".join(sentences))
    if report.included:
        added = _listed(tuple(_as_mine(include.words) for include in report.included))
        yield Paragraph(f"At my wish this file also holds {added}.", soft=True)


def _as_mine(words: str) -> str:
    """Return words that were said to a person as that person says them: the document is an “I”."""
    return " ".join(FIRST_PERSON.get(word, word) for word in words.split(" "))


def _counted(scope: Scope) -> str:
    if scope.unknown:
        return (
            f"{scope.unknown} of {count(scope.requests, 'request')} told no token counts. What they"
            " took is not known, and the ranges allow for anything it can have been."
        )
    if scope.counted is not None and scope.counted < 1:
        counted = percent(scope.counted)
        return f"{counted} of the tokens were counted by the tools; the rest is estimated."
    return "The tokens of all requests were counted by the tools."


def _excluded(scope: Scope) -> str:
    if not scope.excluded:
        return "I left nothing out."
    share = percent(scope.excluded_share or 0.0)
    return f"I left out {count(scope.excluded, 'interaction')} with {share} of the period’s tokens."


def _experiments(scope: Scope) -> str:
    if not scope.experiments:
        return "I declared none of it an experiment."
    verb = "was an experiment" if scope.experiments == 1 else "were experiments"
    return (
        f"{count(scope.experiments, 'interaction')} {verb}; I said so after the prompt, not before."
    )


def _delivered(report: Report) -> Iterator[Block]:
    if not report.words.claims:
        yield Paragraph("I claim nothing here.", soft=True)
        return
    for number, claim in enumerate(report.words.claims, 1):
        yield Terms(f"Delivery {number}", tuple(_claim(claim)))
    if any(claim.evidence for claim in report.words.claims):
        yield Paragraph("Evidence numbers lead to the work only in my own program.", soft=True)


def _claim(claim: Claim) -> Iterator[tuple[str, str]]:
    if claim.situation:
        yield "Situation", claim.situation
    yield "What I did", claim.did
    yield "Outcome", claim.outcome
    if claim.evidence:
        yield "Evidence", ", ".join(claim.evidence)


def _outcome(report: Report) -> Iterator[Block]:
    outcome = report.outcome
    yield Paragraph(_headline(outcome.deliver), large=True)
    lower, upper = outcome.kept_lower, outcome.kept_upper
    if lower is not None and upper is not None:
        n = count(report.scope.interactions, "interaction")
        edited = report.method.edited_worth
        worth = "half" if edited == HALF else percent(edited)
        uncounted = " and the uncounted" if report.scope.unknown else ""
        yield Paragraph(
            f"Of the tokens, {span_of_shares(lower, upper)} went into work that I kept, edited work"
            f" counting {worth}. The range is what the untagged{uncounted} could"
            f" still change (n = {n})."
        )
    yield pictures.outcome(outcome.fates)
    yield tables.fates(outcome.fates)
    yield tables.yields(outcome.deliver, outcome.everything)
    if any(survival.share.value is not None for survival in outcome.survived):
        yield tables.survived(outcome.survived)
    else:
        measured = sum(survival.share.n for survival in outcome.survived)
        yield Paragraph(
            f"What is still there in git after 7 and 30 days: {TOO_FEW} (n = {measured})."
        )
    if report.money:
        yield Paragraph(_money(report.money.per_kept, report.money.note))
    if report.rates:
        rates = report.rates
        work = count(rates.half_hours, "half-hour")
        yield Paragraph(f"{work} with AI work on {count(rates.active_days, 'day')}.")
    yield from tables.groups(outcome.groups)
    if report.totals:
        yield tables.totals(report.totals)


def _headline(ratio: RoundedRatio) -> str:
    n = count(ratio.blocks, "half-hour")
    basis = f"This rests on {n} in which I started AI work."
    if ratio.low is None or ratio.high is None:
        sentence = f"Kept half-hours of work for each million tokens: {TOO_FEW}."
        return f"{sentence} {basis}"
    between = span(ratio.low, ratio.high)
    if ratio.point is None:
        return f"For each million tokens I got {between} half-hours of work that I kept. {basis}"
    return (
        f"For each million tokens I got {short(ratio.point)} half-hours of work that I kept,"
        f" {between}. {basis}"
    )


def _money(per_kept: RoundedEstimate, note: str) -> str:
    if per_kept.value is None or per_kept.low is None or per_kept.high is None:
        return f"Cost of a kept half-hour at list prices: {TOO_FEW}. {note}".strip()
    between = span(per_kept.low, per_kept.high)
    return (
        f"At list prices a kept half-hour cost {short(per_kept.value)} dollars, {between}"
        f" (n = {per_kept.n} half-hours). {note}"
    ).strip()


def _trend(report: Report) -> Iterator[Block]:
    trend = report.trend
    known = [week for week in trend.weeks if week.lower is not None]
    twin = tables.weeks(trend)
    if known:
        yield pictures.over_time(trend, twin)
    else:
        yield Paragraph(f"Week by week: {TOO_FEW}.")
    number = sum(1 for week in trend.weeks if week.interactions)
    weeks = count(number, "week")
    fallback = "No clear change" if number >= FEWEST_WEEKS else f"Whether it changed: {TOO_FEW}"
    yield Paragraph(trend.change or f"{fallback} (n = {weeks}).")
    if trend.first_uses:
        uses = "; ".join(f"{use.name}, week of {use.monday:%-d %b}" for use in trend.first_uses)
        yield Paragraph(f"Used for the first time: {uses}.", soft=True)


def _learned(report: Report) -> Iterator[Block]:
    learned = report.learned
    share = learned.exploration
    if share.value:
        ends = (
            span_of_shares(share.low, share.high)
            if share.low is not None and share.high is not None
            else f"interval: {TOO_FEW}"
        )
        n = count(report.scope.experiments, "experiment")
        yield Paragraph(
            f"{percent(share.value)} of the tokens went into learning ({ends}; n = {n})."
        )
    sentences = (*report.words.learned, *learned.findings)
    if sentences:
        yield Bullets(sentences)
    else:
        yield Paragraph(f"Findings: {TOO_FEW}.")
    if learned.loss:
        yield Paragraph(learned.loss)
    if report.words.dead_end:
        yield Terms("A dead end", (("What I tried", report.words.dead_end),))


def _changed(report: Report) -> Iterator[Block]:
    sentences = (*report.words.changed, *report.changed)
    yield (
        Bullets(sentences) if sentences else Paragraph("Nothing that could be compared.", soft=True)
    )


def _listed(items: tuple[str, ...]) -> str:
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"


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
    facts = report.method
    names = Include.PROJECT_NAMES in report.included
    yield Terms(
        "Definitions",
        (
            (
                "Half-hour",
                (
                    f"{facts.block_minutes} minutes (UTC) of a project in which I started AI work;"
                    " kept counts 1, edited"
                    f" {facts.edited_worth:g}, thrown away 0, by the best output in it."
                ),
            ),
            (
                "Million tokens",
                (
                    "tokens weighted by their usual price: fresh input 1, read from a cache 0.1,"
                    " written to a cache 1.25 or 2, output 5"
                    f" (weights version {facts.weights})."
                ),
            ),
            (
                "Experiments",
                (
                    "make no half-hours in the figure for deliveries; their tokens are left out"
                    f" of it up to {percent(facts.exploration_cap)} of all."
                ),
            ),
            (
                "Interval",
                (
                    f"days drawn again {facts.resamples} times (bootstrap-t, seed {facts.seed});"
                    " shares of interactions: Jeffreys."
                ),
            ),
        ),
    )
    project = "are named as they are" if names else "stand under letters; the map stays with me"
    yield Terms(
        "To compute it again",
        (
            ("Program", f"Signal Ledger {facts.program}"),
            ("Data", f"SHA-256 begins with {facts.extract[:FINGERPRINT_DIGITS]}"),
            ("Names", f"projects {project}."),
        ),
    )
