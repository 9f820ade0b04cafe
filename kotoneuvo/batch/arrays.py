"""Arrays of whole numbers: numbering values, growing arrays, and counting."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from typing import TYPE_CHECKING, TypeVar

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    Ints = npt.NDArray[np.int64]

Content = TypeVar("Content", bound=Hashable)

WAITING = 1 << 16
"""Numbers to collect before they are counted together, which is faster than block by block."""


def at(column: Ints, rows: Ints | None) -> Ints:
    """Return some rows of a column, all for None."""
    return column if rows is None else column.take(rows)


def where(condition: npt.NDArray[np.bool_]) -> Ints:
    """Return the rows that meet a condition: booleans, as numpy takes four times as long to find non-zero numbers."""
    found: Ints = condition.nonzero()[0]
    return found


class Numbered(list[Content]):
    """A list of different values; the number of each is its index."""

    def __init__(self, *first: Content) -> None:
        super().__init__(first)
        self._numbers = {content: number for number, content in enumerate(first)}

    def number(self, content: Content) -> int:
        """Return the number of a value; a new value is appended."""
        found = self._numbers.setdefault(content, len(self))
        if found == len(self):
            self.append(content)
        return found


class Growing:
    """An array of whole numbers that is appended to one by one."""

    def __init__(self) -> None:
        self._array: Ints = np.empty(0, np.int64)
        self._new: list[int] = []

    def __len__(self) -> int:
        return len(self._array) + len(self._new)

    def append(self, number: int) -> None:
        """Append a number of less than 64 bits."""
        self._new.append(number)

    @property
    def array(self) -> Ints:
        """All numbers so far."""
        if self._new:
            self._array = np.concatenate((self._array, np.array(self._new, np.int64)))
            self._new.clear()
        return self._array


class Classes:
    """Groups the numbers of a column into classes: numbers for which `seen` returns the same are one class.

    `samples` has the first number of each class. With `nothing`, class 0 is for numbers for which `seen` returns that.
    """

    def __init__(self, seen: Callable[[int], Hashable], *nothing: Hashable) -> None:
        self.samples: list[int] = [0 for _ in nothing]
        self._seen = seen
        self._different: Numbered[Hashable] = Numbered(*nothing)
        self._known = Growing()

    @property
    def spent(self) -> int:
        """Approximate memory in bytes."""
        return 8 * len(self._known) + 400 * len(self.samples)

    def learn(self, size: int) -> Ints:
        """Return the class of every number below `size`, perhaps of more."""
        for number in range(len(self._known), size):
            found = self._different.number(self._seen(number))
            if found == len(self.samples):
                self.samples.append(number)
            self._known.append(found)
        return self._known.array

    def of(self, column: Ints, rows: Ints | None, size: int) -> Ints | None:
        """Return the classes of some rows (None: all) with numbers below `size`; None if there is only one class."""
        known = self.learn(size)
        return known.take(at(column, rows)) if len(self.samples) > 1 else None


class Counts:
    """Counts numbers of less than 64 bits."""

    def __init__(self) -> None:
        self._numbers: Ints = np.empty(0, np.int64)
        self._times: Ints = np.empty(0, np.int64)
        self._waiting: list[Ints] = []
        self._held = 0

    def update(self, numbers: Ints) -> None:
        """Count some numbers."""
        self._waiting.append(numbers)
        self._held += len(numbers)
        if self._held > WAITING:
            self._settle()

    def add(self, other: Counts) -> None:
        """Add the counts of another one."""
        self._merge(other._numbers, other._times)
        for numbers in other._waiting:
            self.update(numbers)

    @property
    def seen(self) -> tuple[Ints, Ints]:
        """Return the numbers in ascending order, and the count of each."""
        self._settle()
        return self._numbers, self._times

    def items(self) -> Iterator[tuple[int, int]]:
        """Return pairs of number and count, in ascending order."""
        numbers, times = self.seen
        return zip(numbers.tolist(), times.tolist(), strict=True)

    def _settle(self) -> None:
        """Count the numbers that were collected."""
        if self._waiting:
            waiting, self._waiting, self._held = self._waiting, [], 0
            self._merge(*np.unique(np.concatenate(waiting), return_counts=True))

    def _merge(self, numbers: Ints, times: Ints) -> None:
        if not len(numbers):
            return
        places = np.searchsorted(self._numbers, numbers)
        known = np.zeros(len(numbers), bool)
        within = places < len(self._numbers)
        known[within] = self._numbers[places[within]] == numbers[within]
        self._times[places[known]] += times[known]
        self._numbers = np.insert(self._numbers, places[~known], numbers[~known])
        self._times = np.insert(self._times, places[~known], times[~known])
