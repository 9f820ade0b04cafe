"""Numbers for combinations of numbers: what thousands of rows have in common is looked at once."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from itertools import repeat
from typing import TYPE_CHECKING, Generic, TypeVar

import numpy as np

from kotoneuvo.batch.arrays import where

if TYPE_CHECKING:
    from kotoneuvo.batch.arrays import Ints

LONGEST_KEY = 62
"""Bits of a key; where a combination has more, the two halves of its columns are numbered first."""
DIRECT_BITS = 14
"""Keys of no more bits are places in a table; longer ones are hashed."""
FEW = 400
"""Rows that are looked at one by one before the others are looked up again."""
_MIX = np.uint64(0x9E3779B97F4A7C15)
"""Spreads numbers that lie close together (the golden ratio in 64 bits)."""
_BYTES = 250
"""About what one combination takes, its part of the tables included, what it comes to aside."""


Content = TypeVar("Content", bound=Hashable)


class Combinations(Generic[Content]):
    """Rows of a few numbers to one number each.

    `make` is asked once for every combination that was not met before. What it gives is numbered by its content, so
    that combinations that come to the same are one from there on; 0 is `nothing`. `contents` lists what there is, and
    if it is `sampled`, `samples` the first combination of each.
    """

    def __init__(self, make: Callable[[tuple[int, ...]], Content], nothing: Content, *, sampled: bool = False) -> None:
        self.make = make
        self.contents: list[Content] = [nothing]
        self.samples: list[tuple[int, ...]] = [()]
        self._sampled = sampled
        self._numbers: dict[Content, int] = {nothing: 0}
        self._known: dict[int, int] = {}
        # The bits that each column has in a key, and how many numbers there is room for.
        self._bits: list[int] = []
        self._room: list[int] = []
        self._halves: tuple[Combinations[tuple[int, ...]], ...] = ()
        self._table = _Table(0)

    @property
    def spent(self) -> int:
        """About how many bytes it takes, contents aside."""
        return _BYTES * len(self._known) + sum(half.spent for half in self._halves)

    def numbers(self, columns: Sequence[Ints | None], sizes: Sequence[int], rows: int) -> Ints:
        """The number of every one of so many `rows`; a column that is None has 0 in all of them.

        `sizes` says how many different numbers each column may hold so far.
        """
        if self._halves:
            middle = len(columns) // 2
            cuts = (slice(middle), slice(middle, None))
            parts = zip(cuts, self._halves, strict=True)
            columns = [half.numbers(columns[cut], sizes[cut], rows) for cut, half in parts]
            sizes = [len(half.contents) for half in self._halves]
        if any(map(int.__gt__, sizes, self._room or repeat(0))):
            bits = [max(2, (size - 1).bit_length()) for size in map(max, sizes, self._room or repeat(0))]
            if sum(bits) > LONGEST_KEY:
                self._halve()
                return self.numbers(columns, sizes, rows)
            self._widen(bits)
        keys = _together(columns, self._bits, rows)
        found = self._table.find(keys)
        missing = where(found < 0)
        if len(missing) > FEW:
            # What comes often is among the first ones, so that few are left to be looked at one by one.
            self._learn(keys[missing[:FEW]].tolist())
            found[missing] = self._table.find(keys[missing])
            missing = where(found < 0)
        if len(missing):
            new = keys[missing].tolist()
            found[missing] = list(map(self._learn(new).__getitem__, new))
        return found

    def _learn(self, keys: list[int]) -> dict[int, int]:
        numbers = {key: self._number(key) for key in dict.fromkeys(keys)}
        if not self._table.add(numbers):
            self._table = _Table(sum(self._bits), self._known)
        return numbers

    def _number(self, key: int) -> int:
        number = self._known.get(key)
        if number is None:
            combination = self._apart(key)
            for half in self._halves:
                combination = (*combination[1:], *half.contents[combination[0]])
            content = self.make(combination)
            number = self._known[key] = self._numbers.setdefault(content, len(self.contents))
            if number == len(self.contents):
                self.contents.append(content)
                if self._sampled:
                    self.samples.append(combination)
        return number

    def _apart(self, key: int) -> tuple[int, ...]:
        parts = []
        for width in reversed(self._bits[1:]):
            parts.append(key & ((1 << width) - 1))
            key >>= width
        return (key, *reversed(parts))

    def _widen(self, bits: list[int]) -> None:
        """Make room for larger numbers: every key is made anew."""
        keys = np.fromiter(self._known, np.int64, len(self._known))
        columns = []
        for width in reversed(self._bits):
            columns.append(keys & ((1 << width) - 1))
            keys = keys >> width
        if columns:
            widened = _together(columns[::-1], bits, len(keys)).tolist()
            self._known = dict(zip(widened, self._known.values(), strict=True))
        self._bits, self._room = bits, [1 << width for width in bits]
        self._table = _Table(sum(bits), self._known)

    def _halve(self) -> None:
        """From here on number halves of the columns first; what was met is asked for again."""
        self._halves = (Combinations(tuple, ()), Combinations(tuple, ()))
        self._known, self._bits, self._room = {}, [], []


def _together(columns: Sequence[Ints | None], bits: Sequence[int], rows: int) -> Ints:
    """One key for each row."""
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
    """Keys to numbers for whole arrays; -1 where one is not there (or another one took its place)."""

    def __init__(self, bits: int, known: dict[int, int] | None = None) -> None:
        known = known or {}
        self._hashed = bits > DIRECT_BITS
        self._room = max(10, (8 * len(known)).bit_length()) if self._hashed else bits
        self._numbers: Ints = np.full(1 << self._room, -1, np.int64)
        self._keys: Ints = np.full(1 << self._room if self._hashed else 0, -1, np.int64)
        self._shift = np.uint64(64 - self._room)
        self._filled = 0
        self.add(known)

    def find(self, keys: Ints) -> Ints:
        """The numbers of some keys."""
        if not self._hashed:
            return self._numbers.take(keys)
        places = self._places(keys)
        found = self._numbers.take(places)
        found[self._keys.take(places) != keys] = -1
        missing = where(found < 0)
        if len(missing):
            # Where two keys meet, the other one lies beside.
            places, keys = places[missing] ^ 1, keys[missing]
            found[missing] = np.where(self._keys.take(places) == keys, self._numbers.take(places), -1)
        return found

    def add(self, known: dict[int, int]) -> bool:
        """Note some numbers; False if so many are in that they get into each other's way."""
        keys = np.fromiter(known, np.int64, len(known))
        numbers = np.fromiter(known.values(), np.int64, len(known))
        if not self._hashed:
            self._numbers[keys] = numbers
            return True
        places = self._places(keys)
        places ^= self._keys[places] >= 0
        self._keys[places], self._numbers[places] = keys, numbers
        beside = where(self._keys[places] != keys)
        places = places[beside] ^ 1
        self._keys[places], self._numbers[places] = keys[beside], numbers[beside]
        self._filled += len(known)
        return self._filled <= 1 << (self._room - 2)

    def _places(self, keys: Ints) -> Ints:
        return (keys.view(np.uint64) * _MIX >> self._shift).view(np.int64)
