"""What never changes of a submission, kept by its number for whoever reads next.

A read of a thousand values would otherwise look up and carry the same facts of a few
submissions again and again, on every screen. What is kept was committed: while a
transaction writes, nothing is put by, since a number that is rolled back is given again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine

from store.same_file import file_behind

T = TypeVar("T")
LookUp = Callable[[Connection, list[int]], Iterator[tuple[int, T]]]
_AT_ONCE = 5_000  # SQLite takes so many values in one statement, and more


class Kept(Generic[T]):
    """Facts by the number of their submission, for each database.

    An SQLite file in another's place is another database, which numbers from 1 as well.

    Args:
        look_up: reads the facts of some submissions, of each that there is.
        most: of how many submissions they are kept; beyond that they are begun anew.
    """

    def __init__(self, look_up: LookUp[T], most: int) -> None:
        self._look_up = look_up
        self._most = most
        self._kept: WeakKeyDictionary[Engine, tuple[object, dict[int, T]]] = WeakKeyDictionary()

    def of(self, connection: Connection, numbers: Collection[int]) -> Mapping[int, T]:
        """The facts of these submissions."""
        if connection.get_execution_options().get("writes", False):
            return dict(self._read(connection, sorted(numbers)))
        file = file_behind(connection)
        of_file, kept = self._kept.get(connection.engine, (file, {}))
        if of_file != file:
            kept = {}
        found = {number: kept[number] for number in numbers if number in kept}
        new = dict(self._read(connection, sorted(set(numbers) - found.keys())))
        if len(kept) + len(new) > self._most:  # not emptied: others may be reading it
            kept = {}
        if len(new) <= self._most:
            kept.update(new)
        self._kept[connection.engine] = file, kept
        return found | new

    def _read(self, connection: Connection, numbers: list[int]) -> Iterator[tuple[int, T]]:
        for first in range(0, len(numbers), _AT_ONCE):
            yield from self._look_up(connection, numbers[first : first + _AT_ONCE])
