"""Judging whole blocks of rows at once, without any rule of its own.

Parts of services number the *shares* that they add to every row (see `parts`). The shares of a segment, which is a
stretch of services, are numbered as a *piece*: its text in the results. Short pieces are numbered as longer ones. Every
new combination is asked of the advisor, about one representative of all rows that are alike in it.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from sys import getsizeof
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from kotoneuvo.advice.advisor import Advisor
from kotoneuvo.advice.situation import GOALS, Situation
from kotoneuvo.batch.combinations import Combinations
from kotoneuvo.batch.fact_columns import Cells, FactColumn
from kotoneuvo.batch.members import Member, Members
from kotoneuvo.batch.parts import Part, States
from kotoneuvo.batch.shares import NO_STEP, TEXTS, Orders, Share, Shares
from kotoneuvo.batch.standings import Standings

if TYPE_CHECKING:
    from kotoneuvo.batch.arrays import Ints

SEGMENT = 7
"""Nationwide services in a segment, before segments are joined."""
NEAR_SEGMENTS = 3
"""Segments of all other services: few of them are within the reach of any one person."""
ALIKE = 6
"""Segments are joined as long as this many rows of a block share a piece on average. Fewer segments make lines cheaper,
but where rows have little in common, nearly every row would need a new piece."""
ENOUGH = 2000
"""Rows that are enough to tell how many rows share a piece."""
PIECES = 1 << 24
"""Bytes of pieces (estimated) after which they are forgotten."""
REST = 5 << 23
"""Bytes (estimated) that everything else may take at the start of a block; above that it starts from scratch."""
MOST = REST + (REST >> 2)
"""The same in the middle of a block, where starting from scratch costs more."""
FEW = 200
"""Rows to judge at a time until it is known how much memory a row adds, or if that is very much."""


class Segment:
    """A stretch of services in the order of the lists; what they add to a row together is a piece.

    `inside` are the parts of these services, or shorter segments. `shares` has the pieces by number; 0 adds nothing.
    """

    def __init__(self, inside: Sequence[Part | Segment], orders: Orders) -> None:
        self.inside = inside
        self._orders = orders
        self._is_long = isinstance(inside[0], Segment)
        self.forget()

    def forget(self) -> None:
        """Forget all pieces."""
        self._combinations = Combinations(self._number)
        self.shares: list[tuple[Share, ...]] = [()]
        self._texts: dict[bytes, bytes] = {}
        self._text_bytes = 0
        # The pieces as columns: the lists, and the numbers that are summed up for each row.
        self.texts = [np.array([b""], object) for _ in TEXTS]
        self.written = [False for _ in TEXTS]
        self.values: Ints = np.array([[NO_STEP], [0], [0], [0]], np.int64)

    @property
    def spent(self) -> int:
        """Approximate memory of the pieces in bytes."""
        each = 100 if self._is_long else 350
        return self._combinations.spent + self._text_bytes + each * len(self.shares)

    def numbers(self, cells: Cells, facts: dict[Hashable, Ints]) -> Ints:
        """Return the number of each row's piece."""
        found = [each.numbers(cells, facts) for each in self.inside]
        return self._combinations.numbers(found, [len(each.shares) for each in self.inside], cells.rows)

    def fill_columns(self) -> None:
        """Add new pieces to the columns."""
        first = self.values.shape[1]
        new = [piece for (piece,) in self.shares[first:]]
        if new:
            if self._is_long:
                # Long pieces only make lines, for which the columns are enough.
                self.shares[first:] = [(piece,) if piece.missed else () for piece in new]
            for place, texts in enumerate(zip(*[piece.texts for piece in new], strict=True)):
                self.texts[place] = np.append(self.texts[place], np.array(texts, object))
                self.written[place] = self.written[place] or any(texts)
            # Each id has a space before it, and there are no other spaces.
            counted = [(piece.step, *[text.count(b" ") for text in piece.texts[:2]], piece.covers) for piece in new]
            self.values = np.append(self.values, np.array(counted, np.int64).T, axis=1)

    def _number(self, key: tuple[int, ...]) -> int:
        """Return the number of a new piece, made of the shares; 0 if there are none."""
        found = zip(key, self.inside, strict=True)
        shares = sorted([share for number, each in found if number for share in each.shares[number]])
        if not shares:
            return 0
        texts = list(map(b"".join, zip(*[share.texts for share in shares], strict=True)))
        self._text_bytes += sum([getsizeof(text) for text in texts if text not in self._texts])
        covers = 0
        for share in shares:
            covers |= share.covers
        piece = Share(
            order=shares[0].order,
            texts=tuple([self._texts.setdefault(text, text) for text in texts]),
            step=self._orders.best([share.step for share in shares if share.step]),
            covers=covers,
            missed=tuple([missed for share in shares for missed in share.missed]),
        )
        self.shares.append((piece,))
        return len(self.shares) - 1


class Judged(NamedTuple):
    """The results of a block: for every segment the number of each row's piece.

    By row: `first` is the position of the first step (-1: none), `fits` and `may_fit` count services, and `covers` has
    a bit for every goal that is served.
    """

    segments: Sequence[Segment]
    pieces: Sequence[Ints]
    first: Ints
    fits: Ints
    may_fit: Ints
    covers: Ints

    def texts(self, name: str, rows: slice) -> Iterable[bytes]:
        """Return one list of ids for each of some rows, with a space before each id."""
        place = TEXTS.index(name)
        found = [
            segment.texts[place].take(numbers[rows]).tolist()
            for segment, numbers in zip(self.segments, self.pieces, strict=True)
            if segment.written[place]
        ]
        return map(b"".join, zip(*found, strict=True)) if found else [b""] * len(self.fits[rows])


class BlockForm:
    """An advisor compiled for files with the columns `present` (facts and wishes).

    `reasons`: also list services that are not eligible. Segments are joined after the first block with `enough` rows.
    """

    def __init__(
        self, advisor: Advisor, present: Collection[str], *, reasons: bool = False, enough: int = ENOUGH
    ) -> None:
        self._advisor = advisor
        self._present, self._reasons = frozenset(present), reasons
        self._enough = enough
        # The rows to judge before memory is checked again; and the bytes taken, without pieces.
        self.rows = FEW
        self.spent = 0
        nobody = tuple(advisor.encoding.encode(Situation())[0])
        columns = self._plan(nobody)
        self._columns = [column for column in columns.values() if column.root is column]
        members = Members(advisor, columns.keys(), self._present)
        asked = self._asked = Shares(members, Standings(advisor), reasons=self._reasons)
        by_facts: dict[tuple[str, ...], list[Member]] = {}
        for member in members.all:
            by_facts.setdefault(member.facts, []).append(member)
        self._states = {
            facts: States(asked.standings, [columns[name] for name in facts], part, nobody, reasons=self._reasons)
            for facts, part in by_facts.items()
        }
        size = max(1, -(-members.near // NEAR_SEGMENTS))
        cuts = [members.all[first : min(first + size, members.near)] for first in range(0, members.near, size)]
        far = members.all[members.near :]
        cuts += [far[first : first + SEGMENT] for first in range(0, len(far), SEGMENT)]
        self._short = [Segment(self._parts(cut), asked.orders) for cut in cuts]
        self._segments = self._short

    def _parts(self, stretch: Sequence[Member]) -> list[Part]:
        """Group services by the facts that they look at."""
        by_facts: dict[tuple[str, ...], list[Member]] = {}
        for member in stretch:
            by_facts.setdefault(member.facts, []).append(member)
        return [Part(self._asked, part, self._states[facts]) for facts, part in by_facts.items()]

    def _plan(self, nobody: Sequence[int]) -> dict[str, FactColumn]:
        """Return the facts that columns of the file can change, each after those that it is derived from."""
        encoding = self._advisor.encoding
        varying: dict[str, FactColumn] = {}
        for name in encoding.order:
            goals = GOALS in self._present and bool(encoding.facts[name].goals)
            if name in self._present or goals or not varying.keys().isdisjoint(encoding.sources(name)):
                varying[name] = FactColumn(encoding, name, dict(varying), nobody, self._present)
        return varying

    def judge(self, cells: Cells) -> Judged:
        """Judge the rows of a block, which should be at most `rows`."""
        every = {id(each): each for each in (*self._short, *self._segments)}.values()
        if sum(segment.spent for segment in every) > PIECES:
            # Pieces are quick to put together again, unlike everything else.
            for segment in every:
                segment.forget()
        facts: dict[Hashable, Ints] = {}
        for column in self._columns:
            facts[column.name] = column.numbers(cells, facts)
        pieces = [segment.numbers(cells, facts) for segment in self._segments]
        for segment in self._segments:
            segment.fill_columns()
        before, self.spent = self.spent, self._bytes()
        added = (self.spent - before) // max(1, cells.rows) + 1
        self.rows = max(FEW, (MOST - self.spent) // added)
        values = [
            # If no service runs on that day, there are no segments.
            np.zeros((4, cells.rows), np.int64),
            *[segment.values.take(numbers, axis=1) for segment, numbers in zip(self._segments, pieces, strict=True)],
        ]
        judged = Judged(
            segments=self._segments,
            pieces=pieces,
            first=self._asked.orders.first([each[0] for each in values]),
            fits=np.add.reduce([each[1] for each in values]),
            may_fit=np.add.reduce([each[2] for each in values]),
            covers=np.bitwise_or.reduce([each[3] for each in values]),
        )
        if self._segments is self._short and cells.rows >= self._enough:
            self._segments = list(self._joined(pieces, cells.rows // ALIKE))
        return judged

    def _joined(self, pieces: Sequence[Ints], most: int) -> Iterator[Segment]:
        """Yield the segments, joined as long as a joined one has at most `most` different pieces in this block."""
        rows: list[list[Segment]] = []
        together: Ints | None = None
        for segment, numbers in zip(self._short, pieces, strict=True):
            if together is not None:
                different, longer = np.unique(together * len(segment.shares) + numbers, return_inverse=True)
                if len(different) <= most:
                    rows[-1].append(segment)
                    together = longer
                    continue
            rows.append([segment])
            together = numbers
        return (Segment(row, self._asked.orders) if len(row) > 1 else row[0] for row in rows)

    def _bytes(self) -> int:
        spent = self._advisor.encoding.spent + self._asked.spent
        spent += sum(states.spent for states in self._states.values())
        return spent + sum(part.spent for segment in self._short for part in segment.inside)
