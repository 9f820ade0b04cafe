"""Numbers for combinations of numbers: what thousands of rows have in common is looked at once."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import TYPE_CHECKING, Generic, TypeVar

import numpy as np

if TYPE_CHECKING:
    from kotoneuvo.batch.arrays import Ints

DIRECT_BITS = 16
"""Keys of no more bits are places in a table; longer ones are hashed."""
_MIX = np.uint64(0x9E3779B97F4A7C15)
"""Spreads numbers that lie close together (the golden ratio in 64 bits)."""
_BYTES = 250
"""About what one combination takes, its part of the tables included, what it comes to aside."""


Content = TypeVar("Content", bound=Hashable)


class Combinations(Generic[Content]):
    """Rows of a few numbers to one number each.

    `make` is asked once for every combination that was not met before. What it gives is numbered by its content, so
    that combinations that come to the same are one from there on; 0 is `nothing`. `contents` lists what there is,
    `samples` the first combination of each.
    """

    def __init__(self, make: Callable[[tuple[int, ...]], Content], nothing: Content) -> None:
        self.make = make
        self.contents: list[Content] = [nothing]
        self.samples: list[tuple[int, ...]] = [()]
        self._numbers: dict[Content, int] = {nothing: 0}
        self._known: dict[int, int] = {}
        self._bits: list[int] = []
        self._table = _Table(0)

    @property
    def spent(self) -> int:
        """About how many bytes it takes, contents aside."""
        return _BYTES * len(self._known)

    def numbers(self, columns: Sequence[Ints], sizes: Sequence[int]) -> Ints:
        """The number of every row; `sizes`: how many different numbers each column may hold so far."""
        bits = [max(2, (size - 1).bit_length()) for size in sizes]
        if len(bits) != len(self._bits) or any(map(int.__gt__, bits, self._bits)):
            self._widen(list(map(max, bits, self._bits)) if self._bits else bits)
        keys = columns[0]
        for column, width in zip(columns[1:], self._bits[1:], strict=True):
            keys = (keys << width) | column
        found = self._table.find(keys)
        missing = (found < 0).nonzero()[0]
        if len(missing):
            new = keys[missing].tolist()
            for key in dict.fromkeys(new):
                self._table.put(key, self._number(key))
            if self._table.crowded:
                self._table = _Table(sum(self._bits), self._known)
            found[missing] = [self._known[key] for key in new]
        return found

    def _number(self, key: int) -> int:
        number = self._known.get(key)
        if number is None:
            combination = self._apart(key)
            content = self.make(combination)
            number = self._known[key] = self._numbers.setdefault(content, len(self.contents))
            if number == len(self.contents):
                self.contents.append(content)
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
        known = [(self._apart(key), number) for key, number in self._known.items()]
        self._bits = bits
        assert sum(bits) < 63
        self._known = {}
        for combination, number in known:
            key = 0
            for part, width in zip(combination, bits, strict=True):
                key = key << width | part
            self._known[key] = number
        self._table = _Table(sum(bits), self._known)


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
        for key, number in known.items():
            self.put(key, number)

    @property
    def crowded(self) -> bool:
        """Whether so many keys are in that they get into each other's way."""
        return self._hashed and self._filled > 1 << (self._room - 2)

    def find(self, keys: Ints) -> Ints:
        """The numbers of some keys."""
        if not self._hashed:
            return self._numbers.take(keys)
        places = self._places(keys)
        found = self._numbers.take(places)
        found[self._keys.take(places) != keys] = -1
        missing = (found < 0).nonzero()[0]
        if len(missing):
            # Where two keys meet, the later one lies beside.
            places, keys = places[missing] ^ 1, keys[missing]
            found[missing] = np.where(self._keys.take(places) == keys, self._numbers.take(places), -1)
        return found

    def put(self, key: int, number: int) -> None:
        """Note a number that is not there."""
        if not self._hashed:
            self._numbers[key] = number
            return
        place = int(self._places(np.array([key]))[0])
        if self._keys[place] >= 0:
            place ^= 1
        self._filled += 1
        self._keys[place], self._numbers[place] = key, number

    def _places(self, keys: Ints) -> Ints:
        return (keys.astype(np.uint64) * _MIX >> self._shift).astype(np.int64)
