"""Numbers gathered over all rows: small counters that add up, whatever the order of the blocks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

MOST_GROUPS = 100_000
"""How many different combinations of identifying answers are counted; a finer file is only said to be finer."""
MOST_NEAR = 100_000


@dataclass(frozen=True, slots=True)
class CellProblem:
    """A cell that could not be used: where, what is wrong (a msgid), what may stand there. Never the cell itself."""

    row: int
    column: str
    fact: str
    message: str
    allowed: tuple[str, ...] = ()
    suggestion: str = ""


@dataclass
class Tally:
    """What was seen in some rows.

    `gaps` counts rows by (place, goals wanted, goals covered) packed into one number, `fits` by the number of fitting
    services, `groups` by the answers that could tell a person apart, `near` by (service, node, answer) of services shut
    by one node only. `cautions` are (column, reason).
    """

    rows: int = 0
    blank: int = 0
    with_problems: int = 0
    problems: int = 0
    gaps: Counter[int] = field(default_factory=Counter)
    fits: Counter[int] = field(default_factory=Counter)
    groups: Counter[int] = field(default_factory=Counter)
    near: Counter[tuple[int, int, object]] = field(default_factory=Counter)
    columns: Counter[str] = field(default_factory=Counter)
    cautions: set[tuple[str, str]] = field(default_factory=set)
    beyond: int = 0

    def count(self, gaps: Iterable[int], fits: Iterable[int], groups: Iterable[int]) -> None:
        """Count the keys of some rows. Groups beyond MOST_GROUPS are only counted as rows."""
        self.gaps.update(gaps)
        self.fits.update(fits)
        if len(self.groups) < MOST_GROUPS:
            self.groups.update(groups)
        else:
            self._add_known(Counter(groups))

    def add(self, other: Tally) -> None:
        """Take in the numbers of further rows."""
        self.rows += other.rows
        self.blank += other.blank
        self.with_problems += other.with_problems
        self.problems += other.problems
        self.beyond += other.beyond
        self.columns.update(other.columns)
        self.cautions |= other.cautions
        if len(self.near) < MOST_NEAR:
            self.near.update(other.near)
        self.gaps.update(other.gaps)
        self.fits.update(other.fits)
        if len(self.groups) < MOST_GROUPS:
            self.groups.update(other.groups)
        else:
            self._add_known(other.groups)

    def _add_known(self, groups: Counter[int]) -> None:
        known = {key: count for key, count in groups.items() if key in self.groups}
        self.groups.update(known)
        self.beyond += sum(groups.values()) - sum(known.values())
