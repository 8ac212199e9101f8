"""What was worked out lately, kept while there is room for it."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Recent(Generic[K, V]):
    """Values by key; the one not asked for the longest goes first when the room is used up."""

    def __init__(self, room: int, size: Callable[[V], int] = lambda _: 1) -> None:
        self._room = room
        self._size = size
        self._used = 0
        self._values: OrderedDict[K, V] = OrderedDict()

    def get(self, key: K, make: Callable[[], V]) -> V:
        """Return the value of a key, made when it is not here."""
        if key in self._values:
            self._values.move_to_end(key)
            return self._values[key]
        value = make()
        self._values[key] = value
        self._used += self._size(value)
        while self._used > self._room and len(self._values) > 1:
            self._used -= self._size(self._values.popitem(last=False)[1])
        return value
