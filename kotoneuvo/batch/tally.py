"""Numbers gathered over all rows: counters that add up, whatever the order of the blocks."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from kotoneuvo.batch.arrays import Counts

if TYPE_CHECKING:
    from kotoneuvo.batch.arrays import Ints

MOST_MISSED = 100_000


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
