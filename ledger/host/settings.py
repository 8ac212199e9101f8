"""What a person can choose: one described table of settings and the values each may take."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any, NamedTuple, TypeGuard

from ledger.core import own_prices
from ledger.core.errors import SettingsError
from ledger.core.vocabulary import Kind, Tool

_KINDS = "|".join(kind.key for kind in Kind)
_KIND_RULE = rf"\s*[^,:]*[^,:\s]\s*:\s*(?:{_KINDS})\s*"
# A folder; the key of a tool before it says whose logs lie there.
LOG_FOLDER = r"(?:[a-z][a-z-]*:\s*)?(?:[/~]|[A-Za-z]:[\\/]|\\\\)[^\0\r\n]*"
KIND_RULES = rf"(?:{_KIND_RULE}(?:,{_KIND_RULE})*)?\s*"


@dataclass(frozen=True, slots=True)
class SettingInfo:
    """What one setting is called, what it does, and which values it takes.

    `choices` pairs each value with the words people read; `low` and `high` are inclusive and in
    `unit`; a text of the person's own has a `shape`, and so has each of a list of them. A setting
    without any of these is a switch, a table of keys or a list of tools: its default tells which.
    """

    label: str
    help: str
    group: str
    choices: tuple[tuple[str, str], ...] = ()
    low: int | None = None
    high: int | None = None
    unit: str = ""
    shape: str = ""  # a regular expression that the whole text must match
    shape_words: str = ""  # what such a text may be, behind “It must be”


class Described(NamedTuple):
    """One setting as a page shows it."""

    name: str
    about: SettingInfo
    default: object


def _setting(default: Any, about: SettingInfo) -> Any:
    if isinstance(default, dict):
        return field(default_factory=dict, metadata={"about": about})
    return field(default=default, metadata={"about": about})


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything a person chose; a new choice is one more field here and nothing else."""

    theme: str = _setting(
        "system",
        SettingInfo(
            "Theme",
            "Light, dark, or whatever this system uses.",
            "Appearance",
            choices=(("system", "Like the system"), ("light", "Light"), ("dark", "Dark")),
        ),
    )
    text_size: int = _setting(
        100,
        SettingInfo(
            "Text size",
            "How large text is, compared with the rest of this system.",
            "Appearance",
            low=80,
            high=200,
            unit="%",
        ),
    )
    show_tray: bool = _setting(
        True,
        SettingInfo(
            "Show in the tray",
            "An icon beside the clock to log an interaction without opening the window.",
            "Appearance",
        ),
    )
    edited_worth: int = _setting(
        50,
        SettingInfo(
            "Worth of “edited”",
            "How much a work block counts when its best output was edited before it was used; "
            "kept counts 100 %, thrown away 0 %.",
            "Figures",
            low=0,
            high=100,
            unit="%",
        ),
    )
    window_days: int = _setting(
        28,
        SettingInfo(
            "Days in the rolling figure",
            "How many days each point of the ratio chart looks back. Fewer days move sooner and "
            "are less sure.",
            "Figures",
            low=7,
            high=365,
            unit="days",
        ),
    )
    plan_fee_month: int = _setting(
        0,
        SettingInfo(
            "Fee of your plan",
            "What you pay a month for plans that AI tools run on, all together; 0 when you pay by "
            "use. It gives what a kept work block took of the fee, and stays on this machine.",
            "Figures",
            low=0,
            high=10_000,
            unit="dollars",
        ),
    )
    own_prices: str = _setting(
        "",
        SettingInfo(
            "Your own prices",
            "For models that no price list has: “my-model = 3 / 15 / 0.3” is dollars for a million "
            "tokens of input, output and cache read; cache writes for 5 minutes and for an hour "
            "may follow, - is unknown. Commas part models. Yours go before the list’s.",
            "Figures",
            shape=own_prices.SHAPE,
            shape_words="as in its description, in dollars for a million tokens",
        ),
    )
    review_months: int = _setting(
        6,
        SettingInfo(
            "Months of a review",
            "How long the review period is that the filter offers, such as 3, 6 or 12 months.",
            "Reviews and goals",
            low=1,
            high=12,
            unit="months",
        ),
    )
    review_begins: int = _setting(
        1,
        SettingInfo(
            "A review begins in month",
            "The number of a month in which one of your review periods begins: 1 is January.",
            "Reviews and goals",
            low=1,
            high=12,
        ),
    )
    digest_day: str = _setting(
        "never",
        SettingInfo(
            "Weekly word on goals",
            "One line on Today, on one day of the week. Nothing pops up, ever.",
            "Reviews and goals",
            choices=(
                ("never", "Never"),
                ("monday", "Monday"),
                ("tuesday", "Tuesday"),
                ("wednesday", "Wednesday"),
                ("thursday", "Thursday"),
                ("friday", "Friday"),
                ("saturday", "Saturday"),
                ("sunday", "Sunday"),
            ),
        ),
    )
    quiet_from: int = _setting(
        18,
        SettingInfo(
            "Quiet from",
            "From this hour on the weekly line is not shown. The same hour in both: no quiet time.",
            "Reviews and goals",
            low=0,
            high=23,
            unit="h",
        ),
    )
    quiet_until: int = _setting(
        9,
        SettingInfo(
            "Quiet until",
            "Until this hour the weekly line is not shown.",
            "Reviews and goals",
            low=0,
            high=23,
            unit="h",
        ),
    )
    tag_set_size: int = _setting(
        10,
        SettingInfo(
            "Interactions in one set",
            "How many interactions a round of tagging offers before it says how far you are.",
            "Tagging",
            low=1,
            high=100,
        ),
    )
    questions_a_day: int = _setting(
        2,
        SettingInfo(
            "Daily questions",
            "How many work blocks you are asked about on a day, drawn at random: they make the "
            "figure rest on a sample. What you ignore goes away by itself; 0 asks nothing.",
            "Tagging",
            low=0,
            high=10,
            unit="a day",
        ),
    )
    questions_hour: int = _setting(
        17,
        SettingInfo(
            "Hour of the questions",
            "From when on the questions of the day are there: one moment, ten seconds.",
            "Tagging",
            low=0,
            high=23,
            unit="h",
        ),
    )
    look_into_git: bool = _setting(
        True,
        SettingInfo(
            "Look into git",
            "Ask the repositories on this machine, without changing anything in them, how much of "
            "what was written is still there. Off: suggestions come from the tools’ logs alone.",
            "Evidence",
        ),
    )
    kind_rules: str = _setting(
        "",
        SettingInfo(
            "Your rules for kinds of work",
            "Files that make a kind of work, before the usual rules: “*.tf: operations, "
            "docs/*: writing”. The first rule that fits half of the changed lines decides.",
            "Evidence",
            shape=KIND_RULES,
            shape_words=f"as in its description, of the kinds {_KINDS.replace('|', ', ')}",
        ),
    )
    watch: bool = _setting(
        True,
        SettingInfo(
            "Notice new interactions",
            "Read the tools’ logs again when they change, while the window is open.",
            "Logs",
        ),
    )
    sources_off: tuple[str, ...] = _setting(
        (),
        SettingInfo(
            "Tools not read",
            "Logs of these tools are left alone. What was read before stays in the ledger.",
            "Logs",
            choices=tuple((tool.value, tool.full_name) for tool in Tool if tool is not Tool.OTHER),
        ),
    )
    log_folders: tuple[str, ...] = _setting(
        (),
        SettingInfo(
            "More folders with logs",
            "Looked through beside the usual places: another home folder, a tool’s own folder, or "
            "a copy of one. Where it cannot be told whose logs lie there, write the tool before "
            "it: “codex: /backup/rollouts”. What was read stays when a folder is removed.",
            "Logs",
            shape=LOG_FOLDER,
        ),
    )
    keys: Mapping[str, str] = _setting(
        {},
        SettingInfo(
            "Keys",
            "Your own keys for commands; a command that is not listed keeps its usual key.",
            "Keys",
        ),
    )


DEFAULTS = Settings()


def described() -> tuple[Described, ...]:
    """Return every setting in the order a page shows them."""
    return tuple(
        Described(item.name, item.metadata["about"], getattr(DEFAULTS, item.name))
        for item in fields(Settings)
    )


def changed(settings: Settings, name: str, value: object) -> Settings:
    """Return the settings with one value changed; raises SettingsError for a value it cannot be."""
    about = {item.name: item.about for item in described()}[name]
    values: dict[str, Any] = {name: _usable(name, about, value)}
    return replace(settings, **values)


def _usable(name: str, about: SettingInfo, value: object) -> object:
    """Return the value as its field holds it; raises SettingsError that says what it may be."""
    default = getattr(DEFAULTS, name)
    if isinstance(default, bool):
        fits, may_be = isinstance(value, bool), "true or false"
    elif isinstance(default, int):
        low, high = about.low or 0, about.high or 0
        fits = isinstance(value, int) and not isinstance(value, bool) and low <= value <= high
        may_be = f"a whole number from {low} to {high}"
    elif about.shape and isinstance(default, tuple):
        texts = tuple(dict.fromkeys(value)) if _all_text(value) else ()
        fits = _all_text(value) and all(re.fullmatch(about.shape, item) for item in texts)
        may_be, value = "a list of folders, each with its whole path", texts if fits else value
    elif about.shape:
        fits = isinstance(value, str) and re.fullmatch(about.shape, value) is not None
        may_be = about.shape_words
    elif isinstance(default, str):
        names = [choice for choice, _ in about.choices]
        fits, may_be = value in names, f"one of {', '.join(names)}"
    elif isinstance(default, tuple):
        # Tools this version does not know are kept: another version does.
        fits, may_be = _all_text(value), "a list of tools"
        value = tuple(value) if isinstance(value, list | tuple) else value
    else:
        fits = isinstance(value, dict) and _all_text([*value, *value.values()])
        may_be = "a table of commands and keys"
    if not fits:
        raise SettingsError(
            f"The setting “{about.label}” ({name}) cannot be used as it stands.",
            f"It must be {may_be}.",
        )
    return value


def _all_text(values: object) -> TypeGuard[list[str] | tuple[str, ...]]:
    return isinstance(values, list | tuple) and all(isinstance(item, str) for item in values)
