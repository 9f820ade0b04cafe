"""The counters of a file, and the keys by which they count; tallies of blocks can be added in any order.

Each key is one number of at most 63 bits, so that a million rows can be counted as one array.
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
"""Quasi-identifiers: answers that together can identify a person, with their bits in a group's key (63 in all)."""
GAP = (MUNICIPALITY, GOALS)
"""The columns that make up a gap."""
COVERED_BITS, WANTED_BITS = 24, 24
GAP_PLACE = COVERED_BITS + WANTED_BITS
"""The municipality's number in a gap key is above the bits of the goals covered and wanted."""
_LETTERS = 26


@dataclass
class Tally:
    """The counts of some rows.

    `withheld` rows get no advice and count only in `groups`. `gaps` counts rows by place, goals wanted and goals
    covered (packed into one number), `fits` by their number of fitting services, `groups` by the quasi-identifiers.
    `missed` counts by (service, node, answer) the rows that a single node excludes from a service. `cautions` counts
    cells by (column, reason).
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
    cautions: Counter[tuple[str, str]] = field(default_factory=Counter)

    def count(self, gaps: Ints, fits: Ints, groups: Ints) -> None:
        """Add rows by their keys."""
        self.gaps.update(gaps)
        self.fits.update({count: rows for count, rows in enumerate(np.bincount(fits).tolist()) if rows})
        self.groups.update(groups)

    def add(self, other: Tally) -> None:
        """Add the counts of other rows."""
        self.rows += other.rows
        self.blank += other.blank
        self.with_problems += other.with_problems
        self.problems += other.problems
        self.withheld += other.withheld
        self.cautions.update(other.cautions)
        if len(self.missed) < MOST_MISSED:
            self.missed.update(other.missed)
        self.gaps.add(other.gaps)
        self.fits.update(other.fits)
        self.groups.add(other.groups)


def gap_key(facts: FactBook, name: str, reading: Reading) -> int:
    """A reading's part of the gap key: the municipality's number (0: not known, or several), or the goals wanted."""
    if name == MUNICIPALITY and isinstance(reading, frozenset) and len(reading) == 1:
        return (1 + facts[MUNICIPALITY].position[next(iter(reading))]) << GAP_PLACE
    if name == GOALS and isinstance(reading, tuple):
        goals = list(facts.goals)
        return sum(1 << goals.index(goal) for goal in set(reading)) << COVERED_BITS
    return 0


def group_key(facts: FactBook, name: str, reading: Reading) -> int:
    """A reading's part of the group key; every worker computes the same, whatever it has read before."""
    if name not in QUASI or reading is None:
        return 0
    return _quasi_number(facts, name, reading) << quasi_shift(name)


def quasi_shift(name: str) -> int:
    """The lowest bit of an answer in a group's key."""
    names = list(QUASI)
    return sum(QUASI[each] for each in names[: names.index(name)])


def _quasi_number(facts: FactBook, name: str, reading: Values | tuple[str, ...]) -> int:
    """The number of an answer, from 1 up, within its bits in the group key.

    Several values, and languages other than a two-letter code, are hashed: different ones rarely get the same number.
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
