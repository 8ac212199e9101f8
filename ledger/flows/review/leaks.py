"""Looks through a finished file for what must not leave: secrets, and whatever names somebody.

Words that the program itself writes (a folder may be called “work”) are no leak where the program
writes them; where the person writes, every name counts.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from ledger.core.errors import LedgerError
from ledger.core.figures import Ratio
from ledger.core.known_models import OTHER, public_name
from ledger.core.report import (
    Claim,
    FirstUse,
    Group,
    Include,
    Learned,
    Method,
    Money,
    Outcome,
    Period,
    Rates,
    Report,
    RoundedEstimate,
    Scope,
    Survived,
    TagShare,
    Totals,
    Trend,
    Week,
    Words,
)
from ledger.core.secrets import secrets_in
from ledger.core.vocabulary import TOOL_TITLES, Kind
from ledger.export.finished import Text
from ledger.flows.review.grouped import as_estimate
from ledger.host.whoami import Identity
from ledger.metrics.frame import Frame

LONG_NAME = 6  # from here on a name is found inside other words too
SHORTEST_IN_FILE = 3
MOST_TOLD = 3
REWORD = "Say it in other words"
TAKE_OUT = "Take it out of what you wrote."
SAMPLE_SHARE = RoundedEstimate(value=0.5, low=0.4, high=0.6, n=40)
SAMPLE_RATIO = as_estimate(Ratio(lower=1.0, upper=3.0, point=2.0, low=1.5, high=2.5, blocks=40))
SAMPLE_TAGS = ("kept", "edited", "thrown away", "untagged")
SAMPLE_SORTS = ("tool", "model", "project", "kind of work", "label")

# Folders that hold projects and name nothing.
_GENERIC_FOLDERS = frozenset(
    (
        *("home", "users", "user", "root", "mnt", "opt", "var", "tmp", "srv", "media", "data"),
        *("src", "code", "dev", "git", "repos", "repo", "projects", "project", "work"),
        *("workspace", "documents", "desktop", "private", "app", "apps", "main", "master"),
    )
)
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_PATH = re.compile(
    r"(?:(?<![\w./>-])/(?:home|Users|root|mnt|srv|opt|var|tmp)/[^\s\"'<>|]{1,200})"
    r"|(?:\b[A-Za-z]:\\+Users\\+[^\s\"'<>|]{1,200})|(?:~/[\w.-][^\s\"'<>|]{0,200})"
)


class HiddenWord(NamedTuple):
    """A word that must not leave, what it is, and what has to be let in for it to pass."""

    word: str
    what: str
    include: Include | None = None  # None where only the word itself can be let pass
    is_common: bool = False  # a word of everyday language: only by itself, never inside another


class Leak(NamedTuple):
    """Something that must not leave, and where it stands; of a secret only its kind is told."""

    where: str
    kind: str = ""  # of what must never leave, whatever was asked for
    hidden: HiddenWord | None = None  # the word that stands there

    @property
    def include(self) -> Include | None:
        """What the person could let in so that it may leave; None where there is nothing."""
        return self.hidden.include if self.hidden else None

    @property
    def word(self) -> str:
        """The word that the person could let pass; "" where there is none."""
        return self.hidden.word if self.hidden else ""

    @property
    def what(self) -> str:
        """What it is, as people read it."""
        return f"“{self.hidden.word}”, {self.hidden.what}" if self.hidden else self.kind

    @property
    def way_out(self) -> str:
        """What to do about it, on the command line."""
        if self.hidden is None:
            return TAKE_OUT
        if self.include is None:
            return f"{REWORD}, or let the word pass: --allow WORD."
        pronoun = "them" if self.include is Include.PROJECT_NAMES else "it"
        return f"{REWORD}, or let {pronoun} in: --include {self.include}."


class LeakError(LedgerError):
    """A file was not written because of what stands in it."""

    def __init__(self, leaks: tuple[Leak, ...]) -> None:
        first_leaks = leaks[:MOST_TOLD]
        listed = "; ".join(f"{leak.what} ({leak.where})" for leak in first_leaks)
        more = f" and {len(leaks) - MOST_TOLD} more" if len(leaks) > MOST_TOLD else ""
        super().__init__(
            f"Nothing was written: the file would hold {listed}{more}.",
            " ".join(dict.fromkeys(leak.way_out for leak in first_leaks)),
        )
        self.leaks = leaks


def parts_of_path(path: str) -> Iterator[str]:
    """Yield the names in a directory that could name somebody or something."""
    for part in path.replace("\\", "/").split("/"):
        if part and part.casefold() not in _GENERIC_FOLDERS:
            yield part


def leaks(
    file: Iterable[Text],
    authored: Iterable[tuple[str, str]],
    hidden: Iterable[HiddenWord],
    own_words: str,
) -> tuple[Leak, ...]:
    """Return everything that must not leave.

    `file` are the texts of the finished file, `authored` pairs of a place and a text that the
    person wrote, `own_words` what the program writes into every such file.
    """
    hidden = tuple(dict.fromkeys(hidden))
    authored_leaks: dict[Leak, None] = {}
    for where, text in authored:
        for leak in (*_pattern_leaks(text, where), *_name_leaks(text, where, hidden)):
            authored_leaks[leak] = None
    if authored_leaks:
        return tuple(authored_leaks)
    own_text = own_words.casefold()
    sought = tuple(
        name
        for name in hidden
        if len(name.word) >= SHORTEST_IN_FILE
        and not name.word.isdigit()
        and name.word.casefold() not in own_text
    )
    return tuple(dict.fromkeys(leak for text in file for leak in _file_leaks(text, sought)))


def _file_leaks(text: Text, sought: tuple[HiddenWord, ...]) -> Iterator[Leak]:
    where = "in the file"
    if text.is_noise:  # short words turn up in it by chance
        yield from _secret_leaks(text.text, where)
        yield from _name_leaks(
            text.text, where, (name for name in sought if len(name.word) >= LONG_NAME)
        )
        return
    yield from _pattern_leaks(text.text, where)
    yield from _name_leaks(text.text, where, sought)


def _secret_leaks(text: str, where: str) -> Iterator[Leak]:
    for secret in secrets_in(text):
        yield Leak(where, kind=f"a secret: {secret.rule}")


def _pattern_leaks(text: str, where: str) -> Iterator[Leak]:
    yield from _secret_leaks(text, where)
    if _EMAIL.search(text):
        yield Leak(where, kind="an e-mail address")
    if _PATH.search(text):
        yield Leak(where, kind="a path of a computer")


def _name_leaks(text: str, where: str, hidden: Iterable[HiddenWord]) -> Iterator[Leak]:
    folded = text.casefold()
    for name in hidden:
        if name.word.casefold() in folded and _is_there(name, folded):
            yield Leak(where, hidden=name)


def _is_there(name: HiddenWord, text: str) -> bool:
    """Whether a word that occurs in the text occurs as a name."""
    word = name.word.casefold()
    if len(word) >= LONG_NAME and not name.is_common:
        return True
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) is not None


def words_to_hide(
    frame: Frame,
    who: Identity,
    include: Collection[Include],
    allowed: Collection[str] = (),
) -> tuple[HiddenWord, ...]:
    """Return every word to look for; `allowed` are words that the person let pass by name."""
    passed = {word.casefold() for word in allowed}
    names = (
        *_person_words(who),
        *_project_words(frame, who, include),
        *_label_and_model_words(frame, include),
    )
    return tuple(dict.fromkeys(name for name in names if name.word.casefold() not in passed))


def _person_words(who: Identity) -> Iterator[HiddenWord]:
    for user in who.users:
        yield HiddenWord(user, "your user name")
    for host in who.hosts:
        yield HiddenWord(host, "the name of this computer")
    if who.home not in ("", "/"):
        yield HiddenWord(who.home, "your home folder")


def _project_words(
    frame: Frame, who: Identity, include: Collection[Include]
) -> Iterator[HiddenWord]:
    """Yield directories always, and the names in them unless project names are asked for."""
    allowed = Include.PROJECT_NAMES in include
    own = set(parts_of_path(who.home))
    for key in frame.projects:
        if "/" in key or "\\" in key:
            yield HiddenWord(key, "the folder of a project")
        for part in parts_of_path(key):
            if not allowed and part not in own:
                what = "the name of a project or a folder above it"
                yield HiddenWord(part, what, Include.PROJECT_NAMES)


def _label_and_model_words(frame: Frame, include: Collection[Include]) -> Iterator[HiddenWord]:
    if Include.LABELS not in include:
        for label in frame.labels:
            yield HiddenWord(label, "one of your labels", is_common=True)
    if Include.MODEL_NAMES not in include:
        for model in frame.models:
            if public_name(model) == OTHER and model != OTHER:
                yield HiddenWord(model, "a model that is not public", Include.MODEL_NAMES)


def sample_reports(period: Period) -> tuple[Report, ...]:
    """Return made-up reports of a period that hold everything a report can say by itself."""
    full = Report(
        period=period,
        words=Words(claims=(Claim(situation="-", did="-", outcome="-", evidence=("E-001",)),)),
        scope=Scope(
            tools=tuple(TOOL_TITLES.values()), interactions=40, requests=90, unknown=2,
            counted=0.9, coverage=0.8, tagged=30, excluded=3, excluded_share=0.1, experiments=2,
        ),
        outcome=Outcome(
            deliver=SAMPLE_RATIO, everything=SAMPLE_RATIO, kept_lower=0.4, kept_upper=0.6,
            fates=tuple(
                TagShare(tag=tag, interactions=9, share=SAMPLE_SHARE, tokens=SAMPLE_SHARE)
                for tag in SAMPLE_TAGS
            ),
            survived=(Survived(horizon="7 days", share=SAMPLE_SHARE, baseline=0.9),),
            groups=_sample_groups(),
        ),
        trend=Trend(
            weeks=_sample_weeks(period),
            first_uses=(FirstUse(monday=period.first, kind="tool", name="-"),),
        ),
        learned=Learned(exploration=SAMPLE_SHARE, findings=("-",), loss="-"),
        changed=("-",),
        totals=Totals(),
        rates=Rates(),
        money=Money(per_kept=SAMPLE_SHARE),
        method=Method(
            program="0", weights=1, edited_worth=0.5, exploration_cap=0.25, block_minutes=30,
            resamples=1, seed=1, extract="0" * 64,
        ),
    )  # fmt: skip
    empty = replace(
        full,
        words=Words(),
        scope=Scope(),
        outcome=Outcome(),
        trend=Trend(),
        learned=Learned(),
        changed=(),
        money=Money(),
    )
    return full, empty


def _sample_groups() -> tuple[Group, ...]:
    sorts = [
        Group(by=by, name=name, ratio=SAMPLE_RATIO)
        for by in SAMPLE_SORTS
        for name in ("Project A", "rest")
    ]
    kinds = [Group(by="kind of work", name=kind.title, ratio=SAMPLE_RATIO) for kind in Kind]
    fallbacks = [Group(by="model", name=name) for name in ("other", "No project", "the rest")]
    return (*sorts, *kinds, *fallbacks)


def _sample_weeks(period: Period) -> tuple[Week, ...]:
    count = (period.last - period.first).days // 7 + 2
    monday = period.first - timedelta(days=period.first.weekday())
    return tuple(_sample_week(monday + timedelta(days=7 * at)) for at in range(count))


def _sample_week(monday: date) -> Week:
    return Week(
        monday=monday, lower=1.0, upper=3.0, point=2.0, low=1.5, high=2.5, coverage=0.8,
        token_equivalents=2_000_000.0,
    )  # fmt: skip
