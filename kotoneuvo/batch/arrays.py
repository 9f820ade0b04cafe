"""Whole numbers by the block: lists that are read as arrays, and numbers counted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    Ints = npt.NDArray[np.int64]

WAITING = 1 << 16
"""Numbers that are gathered before they are counted together."""


def at(column: Ints, rows: Ints | None) -> Ints:
    """Some rows of a column; with None all."""
    return column if rows is None else column.take(rows)


def where(condition: npt.NDArray[np.bool_]) -> Ints:
    """The rows for which something holds. Of numbers numpy would look for those that are not 0 four times as long."""
    found: Ints = condition.nonzero()[0]
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
