"""What was made for painting, kept while it is of use."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Kept(Generic[Key, Value]):
    """Has values made once; of more than `most` those go that were not asked for the longest."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._values: OrderedDict[Key, Value] = OrderedDict()

    def get(self, key: Key, make: Callable[[Key], Value]) -> Value:
        """What was made for `key`; it is made if there is nothing."""
        if key in self._values:
            self._values.move_to_end(key)
            return self._values[key]
        if len(self._values) >= self._most:
            self._values.popitem(last=False)
        made = self._values[key] = make(key)
        return made

    def drop(self, stale: Iterable[Key]) -> None:
        """Forget what was made for these keys, if anything was."""
        for key in stale:
            self._values.pop(key, None)

    def clear(self) -> None:
        self._values.clear()
