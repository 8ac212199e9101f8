"""`stats`: figures by tool, model, project or day, with how much is known."""

from typing import Any

import click

from ledger.cli.filtering import chosen_filter, with_filter
from ledger.cli.opening import opened, say_json, table, with_json
from ledger.core import projects
from ledger.core.figures import Ratio, Summary
from ledger.host import settings_file
from ledger.metrics.grouping import GroupBy
from ledger.metrics.groups import by_group

GROUPS = ("tool", "model", "project", "day", "all")


@click.command("stats")
@click.option("--by", type=click.Choice(GROUPS), default="all", show_default=True)
@with_filter
@with_json
def stats_command(by: GroupBy, as_json: bool, **narrowed: Any) -> None:
    """Show what was spent and what became of it.

    STR is kept half-hours of work per million token-equivalents. Lower counts the untagged as
    thrown away, upper as kept.
    """
    worth = settings_file.load().settings.edited_worth
    with opened() as desk:
        frame = desk.load().frame
    selection = frame.select(chosen_filter(frame, **narrowed))
    groups = by_group(frame, selection, by, edited_worth=worth)
    if by == "all" and not groups:
        groups = [Summary(key="all")]  # scripts find one group, and that it claims nothing
    names = projects.names(frame.projects) if by == "project" else {}
    if as_json:
        say_json({"groups": [as_object(group, names) for group in groups]})
        return
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


def _cells(group: Summary, names: dict[str, str]) -> tuple[str, ...]:
    return (
        names.get(group.key, group.key) or "–",
        str(group.interactions),
        str(group.kept),
        str(group.edited),
        str(group.thrown_away),
        str(group.untagged),
        _ratio(group.ratio),
        "–" if group.coverage is None else f"{group.coverage:.0%}",
    )


def _ratio(ratio: Ratio) -> str:
    if ratio.lower is None or ratio.upper is None:
        return "–"
    band = f"{ratio.lower:.2f} to {ratio.upper:.2f}"
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


def _ratio_object(ratio: Ratio) -> dict[str, object]:
    interval = None if ratio.low is None or ratio.high is None else [ratio.low, ratio.high]
    return {
        "lower": ratio.lower,
        "upper": ratio.upper,
        "point": ratio.point,
        "assumed": ratio.assumed,
        "interval": interval,
        "blocks": ratio.blocks,
        "days": ratio.days,
    }


COMMANDS = (stats_command,)
