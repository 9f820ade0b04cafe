"""Whole numbers by the block: contents numbered, lists that are read as arrays, and numbers counted."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from typing import TYPE_CHECKING, TypeVar

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    Ints = npt.NDArray[np.int64]

Content = TypeVar("Content", bound=Hashable)

WAITING = 1 << 16
"""Numbers that are gathered before they are counted together."""


def at(column: Ints, rows: Ints | None) -> Ints:
    """Some rows of a column; with None all."""
    return column if rows is None else column.take(rows)


def where(condition: npt.NDArray[np.bool_]) -> Ints:
    """The rows for which something holds. Of numbers numpy would look for those that are not 0 four times as long."""
    found: Ints = condition.nonzero()[0]
    return found


class Numbered(list[Content]):
    """Different contents in the order in which they came: the number of each is its place."""

    def __init__(self, *first: Content) -> None:
        super().__init__(first)
        self._numbers = {content: number for number, content in enumerate(first)}

    def number(self, content: Content) -> int:
        """The number of some content, the next one if it is new."""
        found = self._numbers.setdefault(content, len(self))
        if found == len(self):
            self.append(content)
        return found


class Growing:
    """Whole numbers in a row that only grows, read as an array."""

    def __init__(self) -> None:
        self._array: Ints = np.empty(0, np.int64)
        self._new: list[int] = []

    def __len__(self) -> int:
        return len(self._array) + len(self._new)

    def append(self, number: int) -> None:
        """Add a number of less than 64 bits at the end."""
        self._new.append(number)

    @property
    def array(self) -> Ints:
        """All numbers so far."""
        if self._new:
            self._array = np.concatenate((self._array, np.array(self._new, np.int64)))
            self._new.clear()
        return self._array


class Classes:
    """The numbers of a column as classes: those of which the same is `seen` are one.

    `samples` has the first number of each class; with `nothing` the first class is for numbers of which that is seen.
    """

    def __init__(self, seen: Callable[[int], Hashable], *nothing: Hashable) -> None:
        self.samples: list[int] = [0 for _ in nothing]
        self._seen = seen
        self._different: Numbered[Hashable] = Numbered(*nothing)
        self._known = Growing()

    @property
    def spent(self) -> int:
        """About how many bytes it takes."""
        return 8 * len(self._known) + 400 * len(self.samples)

    def learn(self, size: int) -> Ints:
        """The class of every number below `size`, and perhaps of more."""
        for number in range(len(self._known), size):
            found = self._different.number(self._seen(number))
            if found == len(self.samples):
                self.samples.append(number)
            self._known.append(found)
        return self._known.array

    def of(self, column: Ints, rows: Ints | None, size: int) -> Ints | None:
        """The class of some rows, or all, whose numbers are below `size`; None if there is only one class so far."""
        known = self.learn(size)
        return known.take(at(column, rows)) if len(self.samples) > 1 else None


class Counts:
    """How often numbers of less than 64 bits were seen."""

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
        """Take in what another one counted."""
        self._merge(other._numbers, other._times)
        for numbers in other._waiting:
            self.update(numbers)

    @property
    def seen(self) -> tuple[Ints, Ints]:
        """The numbers in ascending order, and how often each was seen."""
        self._settle()
        return self._numbers, self._times

    def items(self) -> Iterator[tuple[int, int]]:
        """Number and how often, in ascending order."""
        numbers, times = self.seen
        return zip(numbers.tolist(), times.tolist(), strict=True)

    def _settle(self) -> None:
        """Count what waits."""
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
