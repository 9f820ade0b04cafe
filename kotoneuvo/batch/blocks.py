"""Whole blocks of rows at once, with no rule of their own.

Parts of services number the *shares* that they add to every row (see `parts`), and the shares of a stretch of services
give the number of a *piece*, the text in the result: always by `Combinations`. Whatever is new is asked of the advisor
about one person who stands for all alike.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from kotoneuvo.advice.advisor import Advisor
from kotoneuvo.advice.situation import GOALS, Situation
from kotoneuvo.batch.combinations import Combinations
from kotoneuvo.batch.fact_columns import Cells, FactColumn
from kotoneuvo.batch.members import Member, Members
from kotoneuvo.batch.parts import Part, States
from kotoneuvo.batch.shares import NO_STEP, TEXTS, Shares
from kotoneuvo.batch.standings import Standings

if TYPE_CHECKING:
    from kotoneuvo.batch.arrays import Ints

SEGMENT = 7
"""Services of the whole country in a segment: more make more different pieces, fewer more columns."""
NEAR_SEGMENTS = 3
"""Of the other services few are within anybody's reach."""
PIECES = 1 << 24
"""About how many bytes of pieces are kept before they are put together anew."""
REST = 5 << 23
"""About how many bytes everything else may take when a block begins; else all of it starts afresh."""
MOST = REST + (REST >> 2)
"""The same in the middle of a block: there it costs more to start afresh."""
FEW = 200
"""Rows that are judged at a time while nothing is known of how much they add, or where it is very much."""


class Piece(NamedTuple):
    """What a segment adds to a row: its lists of ids, each id after a space; the best first step; counts and goals.

    The lists are in UTF-8. `missed` names the services shut by one node only: the position of the service, the place of
    the node.
    """

    texts: tuple[bytes, ...] = (b"", b"", b"", b"")
    step: int = NO_STEP
    fits: int = 0
    may_fit: int = 0
    covers: int = 0
    missed: tuple[tuple[int, int], ...] = ()


class Segment:
    """A stretch of services in the order of the lists: the shares of its parts make a piece."""

    def __init__(self, asked: Shares, stretch: Sequence[Member], states: Mapping[tuple[str, ...], States]) -> None:
        by_facts: dict[tuple[str, ...], list[Member]] = {}
        for member in stretch:
            by_facts.setdefault(member.facts, []).append(member)
        self.parts = [Part(asked, part, states[facts]) for facts, part in by_facts.items()]
        self._orders = asked.orders
        self.forget_pieces()

    def forget_pieces(self) -> None:
        """Put pieces together anew from here on."""
        self.pieces: Combinations[Piece] = Combinations(self._piece, Piece())
        self.text_bytes = 0
        # The same as columns, by the number of the piece.
        self.texts = [np.array([b""], object) for _ in TEXTS]
        # Whether any piece has a text on that list.
        self.written = [False for _ in TEXTS]
        self.values: Ints = np.array([[NO_STEP], [0], [0], [0]], np.int64)

    @property
    def spent(self) -> int:
        """About how many bytes it takes, pieces aside."""
        return sum(part.spent for part in self.parts)

    def numbers(self, cells: Cells, facts: Mapping[str, Ints]) -> Ints:
        """The number of the piece of every row."""
        shares = [part.numbers(cells, facts) for part in self.parts]
        found = self.pieces.numbers(shares, [len(part.shares.contents) for part in self.parts], cells.rows)
        new = self.pieces.contents[self.values.shape[1] :]
        if new:
            for place, texts in enumerate(zip(*[piece.texts for piece in new], strict=True)):
                self.texts[place] = np.append(self.texts[place], np.array(texts, object))
                self.written[place] = self.written[place] or any(texts)
            self.values = np.append(self.values, np.array([piece[1:5] for piece in new], np.int64).T, axis=1)
        return found

    def _piece(self, key: tuple[int, ...]) -> Piece:
        shares = sorted(
            [share for number, part in zip(key, self.parts, strict=True) for share in part.shares.contents[number]]
        )
        texts = tuple(
            [
                "".join([f" {share.texts[place]}" for share in shares if share.texts[place]]).encode()
                for place in range(len(TEXTS))
            ]
        )
        covers = 0
        for share in shares:
            covers |= share.covers
        self.text_bytes += sum(map(len, texts)) + 600
        return Piece(
            texts=texts,
            step=self._orders.best([share.step for share in shares]),
            fits=sum([bool(share.texts[0]) for share in shares]),
            may_fit=sum([bool(share.texts[1]) for share in shares]),
            covers=covers,
            missed=tuple([(share.position, share.missed) for share in shares if share.missed >= 0]),
        )


class Judged(NamedTuple):
    """What a block of rows is told: for every segment the number of the piece of every row.

    `first` has the position of the service to go to first (-1: none), `covers` a bit for every goal that is served.
    """

    segments: Sequence[Segment]
    pieces: Sequence[Ints]
    first: Ints
    fits: Ints
    may_fit: Ints
    covers: Ints

    def texts(self, name: str, rows: slice) -> Iterable[bytes]:
        """One list of ids of some rows, a space before each id."""
        place = TEXTS.index(name)
        found = [
            segment.texts[place].take(numbers[rows]).tolist()
            for segment, numbers in zip(self.segments, self.pieces, strict=True)
            if segment.written[place]
        ]
        return map(b"".join, zip(*found, strict=True)) if found else [b""] * len(self.fits[rows])


class BlockForm:
    """An advisor compiled for files with the columns `present` (facts and wishes); with `reasons` for what is shut."""

    def __init__(self, advisor: Advisor, present: Collection[str], *, reasons: bool = False) -> None:
        self._advisor = advisor
        self._present, self._reasons = frozenset(present), reasons
        # How many rows may be judged before it is looked at again how much they add; the bytes taken, pieces aside.
        self.rows = FEW
        self.spent = 0
        nobody = tuple(advisor.encoding.encode(Situation())[0])
        self._columns = self._plan(nobody)
        varying = {column.name for column in self._columns}
        members = Members(advisor, varying, self._present)
        asked = self._asked = Shares(members, Standings(advisor), reasons=self._reasons)
        by_facts: dict[tuple[str, ...], list[Member]] = {}
        for member in members.all:
            by_facts.setdefault(member.facts, []).append(member)
        self._states = {
            facts: States(asked.standings, facts, part, nobody, reasons=self._reasons)
            for facts, part in by_facts.items()
        }
        size = max(1, -(-members.near // NEAR_SEGMENTS))
        cuts = [members.all[first : min(first + size, members.near)] for first in range(0, members.near, size)]
        far = members.all[members.near :]
        cuts += [far[first : first + SEGMENT] for first in range(0, len(far), SEGMENT)]
        self._segments = [Segment(asked, cut, self._states) for cut in cuts]

    def _plan(self, nobody: Sequence[int]) -> list[FactColumn]:
        """The facts that the columns of the file can change, each after those that it follows from."""
        encoding = self._advisor.encoding
        varying: dict[str, FactColumn] = {}
        for name in encoding.order:
            goals = GOALS in self._present and bool(encoding.facts[name].goals)
            if name in self._present or goals or not varying.keys().isdisjoint(encoding.sources(name)):
                varying[name] = FactColumn(encoding, name, varying.keys(), nobody, goals=goals)
        return list(varying.values())

    def judge(self, cells: Cells) -> Judged:
        """What every row of a block is told; who has many judges no more than `rows` at a time."""
        if sum(segment.text_bytes + segment.pieces.spent for segment in self._segments) > PIECES:
            # Pieces are soon put together again, all the rest takes longer.
            for segment in self._segments:
                segment.forget_pieces()
        facts: dict[str, Ints] = {}
        for column in self._columns:
            facts[column.name] = column.numbers(cells, facts)
        pieces = [segment.numbers(cells, facts) for segment in self._segments]
        before, self.spent = self.spent, self._bytes()
        added = (self.spent - before) // max(1, cells.rows) + 1
        self.rows = max(FEW, (MOST - self.spent) // added)
        values = [
            # Perhaps nothing runs on that day.
            np.zeros((4, cells.rows), np.int64),
            *[segment.values.take(numbers, axis=1) for segment, numbers in zip(self._segments, pieces, strict=True)],
        ]
        return Judged(
            segments=self._segments,
            pieces=pieces,
            first=self._asked.orders.first([each[0] for each in values]),
            fits=np.add.reduce([each[1] for each in values]),
            may_fit=np.add.reduce([each[2] for each in values]),
            covers=np.bitwise_or.reduce([each[3] for each in values]),
        )

    def _bytes(self) -> int:
        spent = self._advisor.encoding.spent + self._asked.spent
        spent += sum(states.combinations.spent for states in self._states.values())
        return spent + sum(segment.spent for segment in self._segments)
