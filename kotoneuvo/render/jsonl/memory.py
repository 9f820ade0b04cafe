"""What was worked out for one row and serves others; together it takes no more than so many bytes."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Any, Generic, TypeVar

from kotoneuvo.advice.assessment import Assessment
from kotoneuvo.advice.situation import Knowledge

MOST = 11 << 20
"""Bytes, about, of one generation of pieces, of which two are kept."""
MOST_FIXED = 6 << 20
"""Bytes, about, of what every piece builds upon (numbers of values, places); beyond it all is dropped."""
ENTRY = 300
"""Bytes, about, of a key, its place in a dictionary and a small value."""

Key = TypeVar("Key")
Piece = TypeVar("Piece")


class Memory:
    """How much all memories of one process hold, and the person at hand, for what is not remembered yet."""

    def __init__(
        self,
        know: Callable[[Sequence[int]], Knowledge],
        look_up: Callable[[Knowledge, Sequence[int]], Knowledge],
        most: int,
        most_fixed: int,
    ) -> None:
        self.know = know
        self.look_up = look_up
        self.most_fixed = most_fixed
        self.most = most
        self.size = 0
        self.fixed = 0
        self.all: list[Remembered[Any, Any]] = []
        self._row: Sequence[int] = ()
        self.vector: list[Any] = []
        self._knowledge: Knowledge | None = None
        self._held: Knowledge | None = None
        self.assessed: dict[str, Assessment] = {}
        self._numbers: dict[Hashable, int] = {}

    @property
    def full(self) -> bool:
        """Whether it is time to forget everything."""
        return self.fixed > self.most_fixed

    def meet(self, row: Sequence[int], vector: list[Any]) -> None:
        """Turn to the next person, with what was answered and (as far as it is filled in) all that follows."""
        self._row = row
        self.vector = vector
        self._knowledge = self._held = None
        self.assessed = {}

    @property
    def knowledge(self) -> Knowledge:
        """What is known of the person at hand, from the answers."""
        if self._knowledge is None:
            self._knowledge = self.know(self._row)
        return self._knowledge

    @property
    def held(self) -> Knowledge:
        """The same, when the vector is filled: nothing has to be worked out again."""
        if self._held is None:
            self._held = self.look_up(self.knowledge, self.vector)
        return self._held

    def number(self, key: Hashable) -> int:
        """A small number for what is part of many keys."""
        number = self._numbers.get(key)
        if number is None:
            number = self._numbers[key] = len(self._numbers)
            self.fixed += ENTRY
        return number

    def forget(self) -> None:
        """Let go of everything: the memories know of this one and this one of them, and no garbage is collected."""
        for each in self.all:
            each.forget()
        self.all.clear()
        self._numbers.clear()
        self._knowledge = self._held = None
        self.size = self.fixed = 0

    def note(self, size: int) -> None:
        """So many bytes more. When it is too much, what was not asked for lately goes."""
        self.size += size
        if self.size > self.most:
            for each in self.all:
                each.age()
            self.size = size


_ABSENT: Any = object()


class Remembered(dict[Key, Piece], Generic[Key, Piece]):
    """Pieces by all that they depend on, made as they are asked for."""

    def __init__(self, memory: Memory) -> None:
        super().__init__()
        self.memory = memory
        self._older: dict[Key, Piece] = {}
        memory.all.append(self)
        memory.fixed += 3 * ENTRY

    def __missing__(self, key: Key) -> Piece:
        piece: Piece = self._older.pop(key, _ABSENT)
        if piece is _ABSENT:
            piece = self.make(key)
        self.memory.note(ENTRY + self.size(piece))
        self[key] = piece
        return piece

    def age(self) -> None:
        """What is here becomes the older generation, and that goes."""
        self._older = dict(self)
        self.clear()

    def forget(self) -> None:
        """Hold nothing."""
        self.clear()
        self._older.clear()

    def make(self, key: Key) -> Piece:
        """The piece of a key that was not seen before, for the person at hand."""
        raise NotImplementedError

    def size(self, piece: Piece) -> int:
        """Bytes of a piece beyond those of any."""
        return 0
