"""What there is to say about a whole file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kotoneuvo.intake.anonymity import Anonymity
from kotoneuvo.intake.gaps import Gaps
from kotoneuvo.intake.headers import Column
from kotoneuvo.intake.tally import CellProblem, Tally


@dataclass(frozen=True)
class Summary:
    """A file's columns, numbers, first problems, anonymity and gaps; `reasons`: shut services were counted."""

    columns: tuple[Column, ...]
    tally: Tally
    anonymity: Anonymity
    gaps: Gaps
    problems: tuple[CellProblem, ...]
    as_of: date
    reasons: bool

    @property
    def median_fitting(self) -> int:
        """Half of the clients have at most this many fitting services."""
        seen = 0
        for count in sorted(self.tally.fits):
            seen += self.tally.fits[count]
            if 2 * seen >= self.tally.rows:
                return count
        return 0
