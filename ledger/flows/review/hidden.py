"""Which words of a ledger and a computer must not leave, given what the person asked for."""

from collections.abc import Collection, Iterator

from ledger.core.known_models import OTHER, public_name
from ledger.core.report import Include
from ledger.flows.review.leaks import Hidden, parts_of_path
from ledger.host.whoami import Identity
from ledger.metrics.frame import Frame

REWORD = "Say it in other words, or let the word pass: --allow WORD."

_OPEN_PROJECTS = f"Say it in other words, or let them in: --include {Include.PROJECT_NAMES}."


def hidden(
    frame: Frame,
    who: Identity,
    include: Collection[Include],
    allowed: Collection[str] = (),
) -> tuple[Hidden, ...]:
    """Return every word to look for; `allowed` are words that the person let pass by name."""
    passed = {word.casefold() for word in allowed}
    found = (*_person(who), *_projects(frame, who, include), *_names(frame, include))
    return tuple(dict.fromkeys(one for one in found if one.word.casefold() not in passed))


def _person(who: Identity) -> Iterator[Hidden]:
    for user in who.users:
        yield Hidden(user, "your user name", REWORD)
    for host in who.hosts:
        yield Hidden(host, "the name of this computer", REWORD)
    if who.home not in ("", "/"):
        yield Hidden(who.home, "your home folder", REWORD)


def _projects(frame: Frame, who: Identity, include: Collection[Include]) -> Iterator[Hidden]:
    """Yield directories always, and the names in them unless project names are asked for."""
    allowed = Include.PROJECT_NAMES in include
    own = set(parts_of_path(who.home))
    for key in frame.projects:
        if "/" in key or "\\" in key:
            yield Hidden(key, "the folder of a project", REWORD)
        for part in parts_of_path(key):
            if not allowed and part not in own:
                yield Hidden(part, "the name of a project or a folder above it", _OPEN_PROJECTS)


def _names(frame: Frame, include: Collection[Include]) -> Iterator[Hidden]:
    if Include.LABELS not in include:
        for label in frame.labels:
            way_out = "Say it in other words, or let the word pass: --allow WORD."
            yield Hidden(label, "one of your labels", way_out, is_common=True)
    if Include.MODEL_NAMES not in include:
        for model in frame.models:
            if public_name(model) == OTHER and model != OTHER:
                way_out = f"Say it in other words, or let it in: --include {Include.MODEL_NAMES}."
                yield Hidden(model, "a model that is not public", way_out)
