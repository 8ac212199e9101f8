"""Which words of a ledger and a computer must not leave, given what the person asked for."""

from collections.abc import Collection, Iterator

from ledger.core.known_models import OTHER, public_name
from ledger.core.report import Include
from ledger.flows.review.leaks import Hidden, parts_of_path
from ledger.host.whoami import Identity
from ledger.metrics.frame import Frame


def hidden(
    frame: Frame,
    who: Identity,
    include: Collection[Include],
    allowed: Collection[str] = (),
) -> tuple[Hidden, ...]:
    """Return every word to look for; `allowed` are words that the person let pass by name."""
    passed = {word.casefold() for word in allowed}
    names = (*_person(who), *_projects(frame, who, include), *_names(frame, include))
    return tuple(dict.fromkeys(name for name in names if name.word.casefold() not in passed))


def _person(who: Identity) -> Iterator[Hidden]:
    for user in who.users:
        yield Hidden(user, "your user name")
    for host in who.hosts:
        yield Hidden(host, "the name of this computer")
    if who.home not in ("", "/"):
        yield Hidden(who.home, "your home folder")


def _projects(frame: Frame, who: Identity, include: Collection[Include]) -> Iterator[Hidden]:
    """Yield directories always, and the names in them unless project names are asked for."""
    allowed = Include.PROJECT_NAMES in include
    own = set(parts_of_path(who.home))
    for key in frame.projects:
        if "/" in key or "\\" in key:
            yield Hidden(key, "the folder of a project")
        for part in parts_of_path(key):
            if not allowed and part not in own:
                what = "the name of a project or a folder above it"
                yield Hidden(part, what, Include.PROJECT_NAMES)


def _names(frame: Frame, include: Collection[Include]) -> Iterator[Hidden]:
    if Include.LABELS not in include:
        for label in frame.labels:
            yield Hidden(label, "one of your labels", is_common=True)
    if Include.MODEL_NAMES not in include:
        for model in frame.models:
            if public_name(model) == OTHER and model != OTHER:
                yield Hidden(model, "a model that is not public", Include.MODEL_NAMES)
