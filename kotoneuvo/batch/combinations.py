"""Numbering combinations of numbers, so that what thousands of rows have in common is worked out once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import accumulate, repeat
from typing import TYPE_CHECKING

import numpy as np

from kotoneuvo.batch.arrays import Numbered, where

if TYPE_CHECKING:
    from kotoneuvo.batch.arrays import Ints

LONGEST_KEY = 62
"""Maximum bits of a key; for longer combinations, each half of the columns is numbered first."""
DIRECT_BITS = 14
"""Keys of at most this many bits index a table directly; longer ones are hashed."""
_MIX = np.uint64(0x9E3779B97F4A7C15)
"""Multiplier that spreads neighbouring keys over the table (Fibonacci hashing: the golden ratio in 64 bits)."""


class Combinations:
    """Maps rows of a few numbers to one number each, by calling `number` (0 or more) once for every combination."""

    def __init__(self, number: Callable[[tuple[int, ...]], int]) -> None:
        self._number = number
        # For each column: its bits in a key, where they begin, and how many different numbers fit into them.
        self._bits: list[int] = []
        self._shifts: list[int] = []
        self._room: list[int] = []
        self._halves: tuple[tuple[Combinations, Numbered[tuple[int, ...]]], ...] = ()
        self._table = _Table(0)

    @property
    def spent(self) -> int:
        """Approximate memory in bytes, without what the numbers stand for."""
        return self._table.spent + sum(half.spent + 150 * len(contents) for half, contents in self._halves)

    def numbers(self, columns: Sequence[Ints | None], sizes: Sequence[int], rows: int) -> Ints:
        """Return the number of each of the `rows` rows; a column that is None is 0 in all of them.

        `sizes`: for each column, one more than the largest number that it may hold so far.
        """
        if self._halves:
            middle = len(columns) // 2
            cuts = (slice(middle), slice(middle, None))
            parts = zip(cuts, self._halves, strict=True)
            columns = [half.numbers(columns[cut], sizes[cut], rows) for cut, (half, _) in parts]
            sizes = [len(contents) for _, contents in self._halves]
        if any(map(int.__gt__, sizes, self._room or repeat(0))):
            bits = [max(2, (size - 1).bit_length()) for size in map(max, sizes, self._room or repeat(0))]
            if sum(bits) > LONGEST_KEY:
                self._halve()
                return self.numbers(columns, sizes, rows)
            self._widen(bits)
        keys = _together(columns, self._bits, rows)
        found = self._table.find(keys)
        missing = where(found < 0)
        if len(missing):
            keys = keys.take(missing)
            self._learn(list(dict.fromkeys(keys.tolist())))
            found[missing] = self._table.find(keys)
        return found

    def _learn(self, keys: list[int]) -> None:
        parts = list(zip(self._shifts, [room - 1 for room in self._room], strict=True))
        combinations = [tuple([key >> shift & most for shift, most in parts]) for key in keys]
        if self._halves:
            (_, first), (_, second) = self._halves
            combinations = [(*first[one], *second[other]) for one, other in combinations]
        numbers = list(map(self._number, combinations))
        self._table.add(np.array(keys, np.int64), np.array(numbers, np.int64))

    def _widen(self, bits: list[int]) -> None:
        """Make room for larger numbers, which changes every key."""
        keys, numbers = self._table.entries()
        columns = [keys >> shift & room - 1 for shift, room in zip(self._shifts, self._room, strict=True)]
        self._bits, self._room = bits, [1 << width for width in bits]
        self._shifts = [sum(bits) - end for end in accumulate(bits)]
        self._table = _Table(sum(bits))
        if columns:
            self._table.add(_together(columns, bits, len(keys)), numbers)

    def _halve(self) -> None:
        """Number the halves of the columns first from now on; known combinations are asked for again."""
        contents: tuple[Numbered[tuple[int, ...]], ...] = (Numbered(()), Numbered(()))
        self._halves = tuple([(Combinations(each.number), each) for each in contents])
        self._bits, self._shifts, self._room = [], [], []
        self._table = _Table(0)


def _together(columns: Sequence[Ints | None], bits: Sequence[int], rows: int) -> Ints:
    """Return one key for each row: the bits of its columns, side by side."""
    keys: Ints | None = None
    for column, width in zip(columns, bits, strict=True):
        if keys is None:
            keys = column
        elif column is None:
            keys = keys << width
        else:
            keys = keys << width
            keys |= column
    return np.zeros(rows, np.int64) if keys is None else keys


class _Table:
    """A hash table from keys to numbers that is looked up by the array; a dict would need a loop over all rows."""

    def __init__(self, bits: int) -> None:
        self._hashed = bits > DIRECT_BITS
        self._filled = 0
        self._make_room(6 if self._hashed else bits)

    def _make_room(self, bits: int) -> None:
        self._shift = np.uint64(64 - bits)
        self._numbers: Ints = np.full(1 << bits, -1, np.int64)
        self._keys: Ints = np.full(1 << bits if self._hashed else 0, -1, np.int64)

    @property
    def spent(self) -> int:
        """Memory in bytes."""
        return self._numbers.nbytes + self._keys.nbytes

    def entries(self) -> tuple[Ints, Ints]:
        """Return all keys and their numbers."""
        filled = where(self._numbers >= 0)
        return (self._keys.take(filled) if self._hashed else filled), self._numbers.take(filled)

    def find(self, keys: Ints) -> Ints:
        """Return the numbers of keys, -1 for those that are not in the table."""
        if not self._hashed:
            return self._numbers.take(keys)
        places = self._places(keys)
        found = self._numbers.take(places)
        others = where(self._keys.take(places) != keys)
        while len(others):
            # Linear probing: of two keys with one hash the second is in the next slot; a free slot ends the search.
            others = others[found[others] >= 0]
            places[others] = beside = self._beside(places[others])
            found[others] = self._numbers.take(beside)
            others = others[self._keys.take(beside) != keys[others]]
        return found

    def add(self, keys: Ints, numbers: Ints) -> None:
        """Add keys that are not in the table yet."""
        if not self._hashed:
            self._numbers[keys] = numbers
            return
        self._filled += len(keys)
        if 2 * self._filled > len(self._keys):
            known, known_numbers = self.entries()
            keys, numbers = np.concatenate((known, keys)), np.concatenate((known_numbers, numbers))
            self._make_room((3 * self._filled).bit_length())
        places = self._places(keys)
        while len(keys):
            free = self._keys.take(places) < 0
            self._keys[places[free]] = keys[free]
            there = self._keys.take(places) == keys
            self._numbers[places[there]] = numbers[there]
            keys, numbers, places = keys[~there], numbers[~there], self._beside(places[~there])

    def _places(self, keys: Ints) -> Ints:
        return (keys.view(np.uint64) * _MIX >> self._shift).view(np.int64)

    def _beside(self, places: Ints) -> Ints:
        return places + 1 & len(self._keys) - 1
