"""`stats`: figures by tool, model, project, kind or day, with how much is known."""

from typing import Any

import click

from ledger.cli.console import opened, say_json, table, with_json
from ledger.cli.filter_options import chosen_filter, with_filter
from ledger.core.figures import Figure, Ratio, Summary
from ledger.core.filters import Filter
from ledger.core.formatting import percent
from ledger.core.prices import PriceBook
from ledger.flows.insights.format import basis_words, ends_words, value_words
from ledger.flows.insights.headline import too_many_unknown
from ledger.host import prices, settings_file
from ledger.host.clock import now_ms
from ledger.metrics.grouping import GroupBy
from ledger.metrics.query import Query
from ledger.metrics.registry import BY_KEY, panel
from ledger.metrics.tally import summary_by_group

GROUPS = ("tool", "model", "project", "kind", "day", "all")
DAY_S = 24 * 3600


@click.command("stats")
@click.option("--by", type=click.Choice(GROUPS), default="all", show_default=True)
@with_filter
@with_json
def stats_command(by: GroupBy, as_json: bool, **filter_options: Any) -> None:
    """Show what was spent and what became of it.

    STR is kept half-hours of work per million token-equivalents. Lower counts the untagged as
    thrown away, upper as kept. Unless --by splits the selection, all its other figures follow.
    """
    settings = settings_file.load().settings
    with opened() as workspace:
        frame = workspace.load().frame
    filter_ = chosen_filter(frame, **filter_options)
    query = Query(
        frame=frame,
        selection=frame.select(filter_),
        edited_worth=settings.edited_worth,
        book=_book() if as_json or by == "all" else None,
        plan_fee_month=settings.plan_fee_month,
        period_days=period_days(filter_, now_ms() // 1000),
    )
    groups = summary_by_group(frame, query.selection, by, edited_worth=query.edited_worth)
    if by == "all" and not groups:
        groups = [Summary(key="all")]  # scripts find one group, and that it claims nothing
    names = frame.names_of_projects if by == "project" else {}
    if as_json:
        say_json(
            {
                "groups": [as_object(group, names) for group in groups],
                "panel": [figure_object(figure) for figure in panel(query)],
                "prices": _prices_object(query),
            }
        )
        return
    _show_groups(by, groups, names)
    if by == "all":
        _show_panel(query)


def _book() -> PriceBook | None:
    """Return the price table; without one the figures in dollars say that there is none."""
    try:
        return prices.book()
    except prices.PriceTableError as problem:
        click.echo(str(problem), err=True)
        return None


def period_days(filter_: Filter, now_s: int) -> int | None:
    """Return how many days a filter asks about, up to today; None when it has no beginning."""
    if filter_.since_s is None:
        return None
    until = now_s if filter_.until_s is None else min(filter_.until_s, now_s)
    return max(1, -(-(until - filter_.since_s) // DAY_S))


def _show_groups(by: str, groups: list[Summary], names: dict[str, str]) -> None:
    head = (
        by.upper(),
        "INTERACTIONS",
        "KEPT",
        "EDITED",
        "THROWN AWAY",
        "UNTAGGED",
        "STR",
        "TAGGED",
    )
    table(head, [_cells(group, names) for group in groups])
    click.echo("STR: lower to upper for the untagged; “point (interval)” once enough is tagged.")


def _show_panel(query: Query) -> None:
    rows = [
        (
            BY_KEY[figure.key].name,
            value_words(figure),
            ends_words(figure),
            figure.unit,
            str(figure.doubt),
            basis_words(figure),
            figure.note,
        )
        for figure in panel(query)
    ]
    click.echo()
    table(("FIGURE", "VALUE", "BETWEEN", "UNIT", "ENDS ARE", "RESTS ON", "NOTE"), rows)


def _cells(group: Summary, names: dict[str, str]) -> tuple[str, ...]:
    return (
        names.get(group.key, group.key) or "–",
        str(group.interactions),
        str(group.kept),
        str(group.edited),
        str(group.thrown_away),
        str(group.untagged),
        _ratio(group.ratio),
        _tagged(group),
    )


def _tagged(group: Summary) -> str:
    """Return the tagged share; none where too much of the spending is unknown to say one."""
    if group.coverage is None or (group.coverage < 1 and too_many_unknown(group)):
        return "–"
    return percent(group.coverage)


def _ratio(ratio: Ratio) -> str:
    if ratio.lower is None or ratio.upper is None:
        return "–"
    band = f"{ratio.lower:.2f} to {ratio.upper:.2f}"
    if ratio.sampled:
        answers = f"{ratio.answers} sampled answers"
        ends = f"{ratio.sample_low:.2f} to {ratio.sample_high:.2f}"
        return f"{band}; {ratio.point:.2f} ({ends}, {answers})"
    if ratio.point is None or ratio.low is None or ratio.high is None:
        return band
    mark = "about " if ratio.assumed else ""
    return f"{band}; {mark}{ratio.point:.2f} ({ratio.low:.2f} to {ratio.high:.2f})"


def as_object(group: Summary, names: dict[str, str]) -> dict[str, object]:
    """Return a group as scripts read it; the shape is documented in docs/command-line.md."""
    value: dict[str, object] = {
        "key": names.get(group.key, group.key),
        "interactions": group.interactions,
        "requests": group.requests,
        "requests_unknown": group.unknown,
        "usage": {
            "input": group.input,
            "cache_read": group.cache_read,
            "cache_write": group.cache_write,
            "output": group.output,
            "reasoning": group.reasoning,
        },
        "mte": group.mte,
        "tags": {
            "kept": group.kept,
            "edited": group.edited,
            "thrown_away": group.thrown_away,
            "untagged": group.untagged,
        },
        "str": _ratio_object(group.ratio),
        "str_all": _ratio_object(group.ratio_all),
        "kept_share": {"lower": group.kept_share_lower, "upper": group.kept_share_upper},
        "coverage": group.coverage,
        "coverage_blocks": group.coverage_blocks,
        "counted": group.counted,
    }
    if names:
        value["directory"] = group.key
    return value


def figure_object(figure: Figure) -> dict[str, object]:
    """Return a figure of the panel as scripts read it."""
    return {
        "key": figure.key,
        "name": BY_KEY[figure.key].name,
        "unit": figure.unit,
        "value": figure.value,
        "low": figure.low,
        "high": figure.high,
        "ends": str(figure.doubt) or None,
        "n": figure.n,
        "of": figure.of,
        "note": figure.note,
    }


def _prices_object(query: Query) -> dict[str, object] | None:
    """Return which prices the figures rest on, and everything that has none."""
    book, cost = query.book, query.cost
    if book is None or cost is None:
        return None
    return {
        "read": book.read.isoformat(),
        "source": book.source,
        "own": list(cost.own),
        "unknown": [lacking.words for lacking in cost.lacking],
    }


def _ratio_object(ratio: Ratio) -> dict[str, object]:
    interval = None if ratio.low is None or ratio.high is None else [ratio.low, ratio.high]
    return {
        "lower": ratio.lower,
        "upper": ratio.upper,
        "point": ratio.point,
        "assumed": ratio.assumed,
        "interval": interval,
        "sampled": ratio.sampled,
        "answers": ratio.answers,
        "sample_interval": [ratio.sample_low, ratio.sample_high] if ratio.sampled else None,
        "blocks": ratio.blocks,
        "days": ratio.days,
    }
