"""Refuses a class that leaves an abstract method open, where the class is written.

Qt's classes have a metaclass of their own, so `abc` alone would only be a hint to readers and to
mypy.
"""


def check_complete(cls: type) -> None:
    """Raise TypeError when a class leaves abstract methods open; for `__init_subclass__`."""
    missing = _open_methods(cls)
    if missing:
        raise TypeError(f"{cls.__name__} lacks {', '.join(missing)}")


def _open_methods(cls: type) -> list[str]:
    """Return the names of the abstract methods that a class leaves open."""
    names = {name for base in cls.__mro__ for name in vars(base)}
    return sorted(name for name in names if _is_abstract(getattr(cls, name, None)))


def _is_abstract(member: object) -> bool:
    return bool(getattr(member, "__isabstractmethod__", False))
