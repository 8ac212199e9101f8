"""Interactions as rows without a word of theirs: figures, tag and kind, and more when asked for."""

from collections.abc import Collection, Iterator
from datetime import UTC, datetime, timedelta, tzinfo

import numpy as np

from ledger.core.ids import shown
from ledger.core.report import TOTAL_FIGURES, Include, rounded
from ledger.core.usage import TWENTIETHS
from ledger.core.vocabulary import TOOLS, Intent, Kind, Tag
from ledger.export import row_formats
from ledger.export.finished import Text, texts
from ledger.export.sheet import Column, Sheet
from ledger.export.sheet import Kind as Cell
from ledger.flows.review.exporting import ROWS, ReadyFile
from ledger.flows.review.leaks import HiddenWord, LeakError, leaks
from ledger.flows.review.names import names
from ledger.metrics.arrays import Ints, counted, summed
from ledger.metrics.frame import Frame, Selection

COUNTERS = ("input", "cache_read", "cache_write", "output", "reasoning")
# What a row export may hold besides what it always holds.
ALLOWED = frozenset(
    (Include.PROJECT_NAMES, Include.MODEL_NAMES, Include.LABELS, Include.TOTALS, Include.TIMES)
)
LABEL_SEPARATOR = ", "


def make_sheet(
    frame: Frame, selection: Selection, include: Collection[Include], zone: tzinfo | None = None
) -> Sheet:
    """Return one row per interaction, in the order of time."""
    at = np.arange(len(frame))[selection.rows]
    return Sheet(
        (
            *_time_columns(frame, at, include, zone),
            *_name_columns(frame, selection, at, include),
            *_figure_columns(frame, selection, at, include),
            *_label_columns(frame, at, include),
        )
    )


def _time_columns(
    frame: Frame, at: Ints, include: Collection[Include], zone: tzinfo | None
) -> Iterator[Column]:
    days = frame.days(zone)
    weeks = [(day - timedelta(days=day.weekday())).isoformat() for day in days.days]
    yield Column("week", Cell.TEXT, [weeks[day] for day in days.row[at].tolist()])
    if Include.TIMES in include:
        times = [datetime.fromtimestamp(s, UTC).isoformat() for s in frame.time_s[at].tolist()]
        yield Column("time", Cell.TEXT, times)
        yield Column("id", Cell.TEXT, [shown(identity) for identity in frame.id[at].tolist()])


def _name_columns(
    frame: Frame, selection: Selection, at: Ints, include: Collection[Include]
) -> Iterator[Column]:
    shown_names = names(frame, selection, include)
    tags = ["untagged", *(tag.key for tag in Tag)]
    kinds, intents = [kind.key for kind in Kind], [intent.title for intent in Intent]
    projects = [shown_names.projects.get(key, "") for key in frame.projects]
    main = _main_models(frame, selection)
    models = [*(shown_names.models[model] for model in frame.models), None]
    yield Column("tool", Cell.TEXT, [str(TOOLS[tool]) for tool in frame.tool[at].tolist()])
    yield Column("model", Cell.TEXT, [models[model] for model in main[at].tolist()])
    yield Column(
        "project", Cell.TEXT, [projects[project] for project in frame.project[at].tolist()]
    )
    yield Column("tag", Cell.TEXT, [tags[tag] for tag in frame.tag[at].tolist()])
    yield Column("intent", Cell.TEXT, [intents[intent] for intent in frame.intent[at].tolist()])
    yield Column("kind", Cell.TEXT, [kinds[kind] for kind in frame.kind[at].tolist()])


def _main_models(frame: Frame, selection: Selection) -> Ints:
    """Return of each interaction the model that took most of it; -1 where there is none."""
    main = np.full(len(frame), -1, dtype=np.intp)
    parts = np.arange(len(frame.owner))[selection.parts]
    order = parts[np.argsort(frame.te[parts], kind="stable")]
    main[frame.owner[order]] = frame.model[order]  # of several writes the last, largest, stays
    return main


def _figure_columns(
    frame: Frame, selection: Selection, at: Ints, include: Collection[Include]
) -> Iterator[Column]:
    parts, size = selection.parts, len(frame)
    owners = frame.owners[parts]
    requests = summed(owners, frame.requests[parts], size)[at]
    unknown = summed(owners, frame.unknown[parts], size)[at]
    te = summed(owners, frame.te[parts], size)[at]
    is_counted = counted(owners[frame.te_low[parts] != frame.te_high[parts]], size)[at] == 0
    is_known = (unknown == 0) & (requests > 0)
    figures = None if Include.TOTALS in include else TOTAL_FIGURES
    yield Column("requests", Cell.WHOLE, requests.tolist())
    yield Column("requests_unknown", Cell.WHOLE, unknown.tolist())
    yield Column(
        "token_equivalents",
        Cell.NUMBER,
        [
            _size(twentieths, figures) if known else None
            for twentieths, known in zip(te, is_known, strict=True)
        ],
    )
    bases = ["counted" if counted_row else "estimated" for counted_row in is_counted.tolist()]
    known_bases = [b if k else "unknown" for b, k in zip(bases, is_known.tolist(), strict=True)]
    yield Column("basis", Cell.TEXT, known_bases)
    if Include.TOTALS in include:
        for name in COUNTERS:
            sums = summed(owners, getattr(frame, name)[parts], size)[at]
            values = [n if k else None for n, k in zip(sums.tolist(), is_known, strict=True)]
            yield Column(name, Cell.WHOLE, values)


def _size(twentieths: int, figures: int | None) -> float:
    value = float(twentieths) / TWENTIETHS
    return value if figures is None else rounded(value, figures)


def _label_columns(frame: Frame, at: Ints, include: Collection[Include]) -> Iterator[Column]:
    if Include.LABELS not in include:
        return
    by_id: dict[int, list[str]] = {}
    for label, ids in sorted(frame.labels.items()):
        for identity in ids:
            by_id.setdefault(identity, []).append(label)
    values = [LABEL_SEPARATOR.join(by_id.get(identity, ())) for identity in frame.id[at].tolist()]
    yield Column("labels", Cell.TEXT, values)


def ready(
    sheet: Sheet,
    form: str,
    period: str,
    include: Collection[Include],
    hidden: tuple[HiddenWord, ...],
) -> ReadyFile:
    """Render rows and look through them; raises LeakError when something must not leave."""
    data = row_formats.render(sheet, form)
    found_leaks = leaks((*_cells(sheet), *texts(data)), (), hidden, own_words())
    if found_leaks:
        raise LeakError(found_leaks)
    fields = (
        *(column.name for column in sheet.columns),
        *(kind for kind in Include if kind in include),
    )
    return ReadyFile(data, ROWS, form, period, tuple(map(str, fields)))


def _cells(sheet: Sheet) -> Iterator[Text]:
    for column in sheet.columns:
        yield Text(column.name)
        if column.kind is Cell.TEXT:
            yield from (Text(str(value)) for value in dict.fromkeys(column.values) if value)


def own_words() -> str:
    """Return the words that rows are made of."""
    return " ".join(
        (
            "week time id tool model project tag intent kind requests unknown token equivalents",
            "basis counted estimated labels other Project No project untagged rows true false",
            *map(str, TOOLS),
            *COUNTERS,
            *(tag.key for tag in Tag),
            *(kind.key for kind in Kind),
            *(intent.title for intent in Intent),
            "claude opus sonnet haiku gpt codex mini nano pro turbo gemini flash lite",
        )
    )
