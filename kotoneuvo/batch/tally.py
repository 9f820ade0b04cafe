"""Numbers gathered over all rows: counters that add up, whatever the order of the blocks, and the keys they count by.

A key is one number of at most 63 bits, so that a million rows are counted as an array.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np

from kotoneuvo.advice.facts import FactBook, Values
from kotoneuvo.advice.situation import GOALS, MUNICIPALITY, SERVICE_LANGUAGE
from kotoneuvo.batch.arrays import Counts
from kotoneuvo.intake.cells import Reading

if TYPE_CHECKING:
    from kotoneuvo.batch.arrays import Ints

MOST_MISSED = 100_000
QUASI = {MUNICIPALITY: 14, "age": 14, "status": 14, SERVICE_LANGUAGE: 14, "gender": 7}
"""Answers that together can tell a person apart, each with the bits it has in the key of a group: 63 in all."""
GAP = (MUNICIPALITY, GOALS)
"""Answers that a gap is told by."""
COVERED_BITS, WANTED_BITS = 24, 24
GAP_PLACE = COVERED_BITS + WANTED_BITS
"""Where the number of the municipality lies in a gap key, after the goals covered and the goals wanted."""
_LETTERS = 26


@dataclass
class Tally:
    """What was seen in some rows.

    Rows that are `withheld` get no advice, and count for nothing but `groups`. `gaps` counts rows by (place, goals
    wanted, goals covered) packed into one number, `fits` by the number of fitting services, `groups` by the answers
    that could tell a person apart, `missed` by (service, node, answer) of services shut by one node only. `cautions`
    are (column, reason).
    """

    rows: int = 0
    blank: int = 0
    with_problems: int = 0
    problems: int = 0
    withheld: int = 0
    gaps: Counts = field(default_factory=Counts)
    fits: Counter[int] = field(default_factory=Counter)
    groups: Counts = field(default_factory=Counts)
    missed: Counter[tuple[int, int, object]] = field(default_factory=Counter)
    cautions: set[tuple[str, str]] = field(default_factory=set)

    def count(self, gaps: Ints, fits: Ints, groups: Ints) -> None:
        """Count the keys of some rows."""
        self.gaps.update(gaps)
        self.fits.update({count: rows for count, rows in enumerate(np.bincount(fits).tolist()) if rows})
        self.groups.update(groups)

    def add(self, other: Tally) -> None:
        """Take in the numbers of further rows."""
        self.rows += other.rows
        self.blank += other.blank
        self.with_problems += other.with_problems
        self.problems += other.problems
        self.withheld += other.withheld
        self.cautions |= other.cautions
        if len(self.missed) < MOST_MISSED:
            self.missed.update(other.missed)
        self.gaps.add(other.gaps)
        self.fits.update(other.fits)
        self.groups.add(other.groups)


def gap_key(facts: FactBook, name: str, reading: Reading) -> int:
    """A reading as part of the gap key: the number of the one municipality (0: none or several), the goals wanted."""
    if name == MUNICIPALITY and isinstance(reading, frozenset) and len(reading) == 1:
        return (1 + facts[MUNICIPALITY].position[next(iter(reading))]) << GAP_PLACE
    if name == GOALS and isinstance(reading, tuple):
        goals = list(facts.goals)
        return sum(1 << goals.index(goal) for goal in set(reading)) << COVERED_BITS
    return 0


def group_key(facts: FactBook, name: str, reading: Reading) -> int:
    """A reading as part of the group key: the same in every worker, whatever was seen before."""
    if name not in QUASI or reading is None:
        return 0
    return _quasi_number(facts, name, reading) << quasi_shift(name)


def quasi_shift(name: str) -> int:
    """Where an answer begins in the key of a group."""
    names = list(QUASI)
    return sum(QUASI[each] for each in names[: names.index(name)])


def _quasi_number(facts: FactBook, name: str, reading: Values | tuple[str, ...]) -> int:
    """1 and up within the bits of the answer.

    Several values, and languages whose code has three letters, get one by chance, seldom the same as others.
    """
    most = 1 << QUASI[name]
    if isinstance(reading, tuple):
        languages = ",".join(reading)
        if len(languages) == 2:
            return 1 + _LETTERS * (ord(languages[0]) - ord("a")) + ord(languages[1]) - ord("a")
        return 1 + _LETTERS**2 + crc32(languages.encode()) % (most - 1 - _LETTERS**2)
    places = sorted(facts[name].position[value] for value in reading)
    if len(places) == 1:
        return 1 + places[0]
    first = 1 + len(facts[name].domain)
    return first + crc32(repr(places).encode()) % (most - first)
