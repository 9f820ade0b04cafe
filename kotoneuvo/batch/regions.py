"""The pieces of whole blocks of rows: each made once, numbered, and read off by the block."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kotoneuvo.batch.arrays import Growing
from kotoneuvo.batch.classes import row_of
from kotoneuvo.batch.pieces import Piece, Region, Text

if TYPE_CHECKING:
    from kotoneuvo.batch.arrays import Ints, Words

MOST_PIECES = 18_000
"""Pieces of one kind that are remembered, some hundred bytes each; more of those of chunks, slow to make and small."""
MOST_IN_CHUNKS = 20_000
Texts = tuple[Text, ...]
"""The lists of ids of a piece, and perhaps each once more with a blank before it where there is anything in it."""


class Regions(dict[bytes, int]):
    """Several regions of one kind; the key of a piece is the number of its region and the bits that matter there.

    Piece 0 says nothing. With `after` the texts of a piece come once more, for standing after others.
    """

    def __init__(self, width: int, after: bool = False) -> None:
        super().__init__()
        self.width = width
        self.after = after
        self.regions: list[Region] = []
        # Of every region the places of the numbers of a word in which bits matter, their masks, and how many they are.
        self._places: Ints = np.zeros((0, width), np.int64)
        self._masks: Words = np.zeros((0, width), np.uint64)
        self._used: Ints = np.zeros(0, np.int64)
        self._start()

    def _start(self) -> None:
        self.texts: list[Texts] = []
        self.missed: list[tuple[tuple[int, int], ...]] = []
        self.steps, self.fits, self.may_fit, self.covered = Growing(), Growing(), Growing(), Growing()
        self._note(Piece())

    def add(self, region: Region) -> int:
        """The number of a new region."""
        mask = row_of(region.mask, self.width)
        order = np.argsort(mask == 0, kind="stable")
        self.regions.append(region)
        self._places = np.vstack((self._places, order))
        self._masks = np.vstack((self._masks, mask[order]))
        self._used = np.append(self._used, np.count_nonzero(mask))
        return len(self.regions) - 1

    def pieces(self, words: Words, regions: Ints) -> Ints:
        """The number of the piece of every row, from its word and the number of its region."""
        most = int(self._used.take(regions).max(initial=0))
        keys = np.empty((len(words), 1 + most), np.uint64)
        keys[:, 0] = regions + 1
        places = self._places[:, :most].take(regions, axis=0)
        places += np.arange(0, words.size, self.width)[:, np.newaxis]
        np.bitwise_and(words.ravel().take(places), self._masks[:, :most].take(regions, axis=0), out=keys[:, 1:])
        # As text of bytes they lose the zeros at the end: most keys are short.
        each = keys.view(f"S{8 * (1 + most)}").ravel().tolist()
        return np.fromiter(map(self.__getitem__, each), np.int64, len(each))

    def __missing__(self, key: bytes) -> int:
        region = int.from_bytes(key[:8], "little") - 1
        bits = 0
        for start, place in zip(range(8, len(key), 8), self._places[region].tolist(), strict=False):
            bits |= int.from_bytes(key[start : start + 8], "little") << 64 * place
        self[key] = number = self._note(self.regions[region].piece(bits))
        return number

    def _note(self, piece: Piece) -> int:
        after = tuple(text and f" {text}" for text in piece.texts) if self.after else ()
        self.texts.append((*piece.texts, *after))
        self.missed.append(piece.missed)
        self.steps.append(piece.step)
        self.fits.append(piece.fits)
        self.may_fit.append(piece.may_fit)
        self.covered.append(piece.covered)
        return len(self.texts) - 1

    def forget(self) -> None:
        """Start afresh, if too many pieces are held; those of chunks are slow to decide and stay while they can."""
        if len(self) > MOST_PIECES:
            self.clear()
            self._start()
            if sum(region.held for region in self.regions) > MOST_IN_CHUNKS:
                for region in self.regions:
                    region.forget()


@dataclass
class Judged:
    """The rows of a block: the number of each row's piece among the services `near` it, and among those `far`."""

    near: Regions
    here: Ints
    far: Regions
    everywhere: Ints

    @property
    def fits(self) -> Ints:
        """Per row the number of fitting services."""
        return self.near.fits.array[self.here] + self.far.fits.array[self.everywhere]

    @property
    def may_fit(self) -> Ints:
        """Per row the number of possible ones."""
        return self.near.may_fit.array[self.here] + self.far.may_fit.array[self.everywhere]

    @property
    def covered(self) -> Ints:
        """Per row a bit for every goal that a fitting service answers."""
        return self.near.covered.array[self.here] | self.far.covered.array[self.everywhere]

    @property
    def steps(self) -> Ints:
        """Per row the order of the best first step."""
        return np.minimum(self.near.steps.array[self.here], self.far.steps.array[self.everywhere])
