"""What there is to say about a whole file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kotoneuvo.batch.anonymity import Anonymity
from kotoneuvo.batch.gaps import Gaps
from kotoneuvo.batch.tally import Tally
from kotoneuvo.intake.column_memory import CellProblem
from kotoneuvo.intake.headers import Column
from kotoneuvo.intake.workbook import Workbook


@dataclass(frozen=True)
class Summary:
    """A file's columns, numbers, first problems, anonymity and gaps.

    `above` rows stand over the header, `extra` rows are no clients, by number (0: right below the header) and kind;
    `reasons`: shut services were counted.
    """

    columns: tuple[Column, ...]
    above: int
    tally: Tally
    anonymity: Anonymity
    gaps: Gaps
    problems: tuple[CellProblem, ...]
    as_of: date
    reasons: bool
    extra: tuple[tuple[int, str], ...] = ()
    workbook: Workbook | None = None

    @property
    def blank(self) -> int:
        """Rows in which nothing stands."""
        return self.tally.blank - sum(row > 0 for row, _kind in self.extra)

    @property
    def median_fitting(self) -> int:
        """Half of the clients have at most this many fitting services."""
        seen, advised = 0, self.tally.rows - self.tally.withheld
        for count in sorted(self.tally.fits):
            seen += self.tally.fits[count]
            if 2 * seen >= advised:
                return count
        return 0
