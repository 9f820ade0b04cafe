"""The columns of one file with a cache of their cells: each different cell is read and guarded only once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from sys import getsizeof

from kotoneuvo.advice.problems import N_, InputProblems
from kotoneuvo.advice.situation import GOALS, WISHES
from kotoneuvo.intake.cells import CellReader, PartlyRead, Reading
from kotoneuvo.intake.guard import Finding, IdentityFound, identity_among, identity_in, unread_identity
from kotoneuvo.intake.harmless_numbers import has_date
from kotoneuvo.intake.headers import Column
from kotoneuvo.intake.name_columns import first_name_in, names_among

_OF_FAMILY = ("age", "children_ages", "parent_role")
"""In these columns, even a first name alone identifies somebody: "Ali 3, Sara 5"."""
_ENTRY = 150
"""About how many bytes a cached cell or reading takes, besides its own size."""


@dataclass(frozen=True, slots=True)
class CellProblem:
    """A problem with a cell: where it is, what is wrong (a msgid) and what is allowed; never the cell itself."""

    row: int
    column: str
    fact: str
    message: str
    allowed: tuple[str, ...] = ()
    suggestion: str = ""
    label: str = ""


class ColumnMemory(dict[str, int]):
    """A column that gives a fact: cell to the number of its reading, filled when a cell is first looked up.

    `readings` has the readings by number; 0 is no answer. `spent` is about how many bytes it takes. `identity` holds
    the cells that identify somebody, `bad` the problems by cell, `lost` the cells of goals that cannot be read at all,
    `cautions` (header, reason).
    """

    def __init__(self, column: Column, reader: CellReader) -> None:
        super().__init__()
        self.column = column
        self.reader = reader
        self.identity: set[str] = set()
        self.bad: dict[str, CellProblem] = {}
        self.lost: set[str] = set()
        self.cautions: set[tuple[str, str]] = set()
        self.readings: list[Reading] = [None]
        self.spent = 0
        self._numbers: dict[Reading, int] = {None: 0}
        fact = reader.facts.facts.get(column.name)
        self._sensitive = fact is not None and fact.sensitive
        self._warned = fact.warned if fact else frozenset()

    def __missing__(self, cell: str) -> int:
        name = self.column.name
        if cell_identity(cell, name):
            self.identity.add(cell)
            return 0
        try:
            number = self._number(self.reader.read(name, cell))
        except InputProblems as error:
            # Several columns of goals are joined with semicolons; each may contain a few words.
            of_family = name in _OF_FAMILY and first_name_in(cell)
            if of_family or any(map(unread_identity, cell.split(";") if name in WISHES else [cell])):
                self.identity.add(cell)
                return 0
            self.bad[cell] = self._problem(error)
            self.spent += 4 * _ENTRY
            reading = error.reading if isinstance(error, PartlyRead) else None
            if name == GOALS and not reading:
                self.lost.add(cell)
            number = self._number(reading)
        self[cell] = number
        self.spent += _ENTRY + getsizeof(cell)
        return number

    def _number(self, reading: Reading) -> int:
        number = self._numbers.setdefault(reading, len(self.readings))
        if number == len(self.readings):
            self.readings.append(reading)
            self.spent += _ENTRY + getsizeof(reading)
            if isinstance(reading, frozenset) and reading <= self._warned:
                self.cautions.add((self.column.header, self.column.name))
        return number

    def _problem(self, error: InputProblems) -> CellProblem:
        problem, name = error.problems[0], self.column.name
        message = problem.message if "{" not in problem.message else N_("the value is not known")
        if name == GOALS and not isinstance(error, PartlyRead):
            message = N_("the goals are not known, so this row gets no advice")
        # A suggestion would nearly repeat the cell.
        suggestion = "" if self._sensitive else problem.suggestion
        return CellProblem(0, self.column.header, name, message, problem.allowed, suggestion)


class UnreadColumn(set[str]):
    """A column that is not read: the cells that the guard has passed, and the others in `identity`."""

    def __init__(self, column: Column) -> None:
        super().__init__()
        self.column = column
        self.identity: set[str] = set()
        self.spent = 0

    def check(self, cells: Sequence[str]) -> None:
        """Pass new cells through the guard, and look for names among all the different cells of a block."""
        different = set(cells)
        new = different - self
        self.identity.update(cell for cell in new if identity_in(cell) or unread_identity(cell))
        self.identity |= names_among(different)
        self.spent += sum(map(getsizeof, new)) + _ENTRY * len(new)
        self.update(new - self.identity)

    def clear(self) -> None:
        """Clear the cache; cells are guarded again when they appear again."""
        super().clear()
        self.spent = 0


def cell_identity(cell: str, name: str = "") -> str:
    """The kind of identity in a cell, or an empty string; `name` is the fact that its column gives."""
    if name in ("age", "children_ages") and has_date(cell, among_ages=name == "children_ages"):
        return "date of birth"
    return identity_in(cell)


def kind_of(cell: str, name: str = "") -> str:
    """The kind of identity, for the message, of a cell that the guard did not pass."""
    return cell_identity(cell, name) or unread_identity(cell) or "name"


def check_beyond(rows: Sequence[tuple[int, Sequence[str]]]) -> None:
    """Raise IdentityFound for cells after the last header that identify somebody, alone or as a column of names."""
    for number, cells in rows:
        if kind := identity_among(cells):
            raise IdentityFound([Finding(kind, "", number)])
    for column in zip_longest(*(cells for _number, cells in rows), fillvalue=""):
        if names_among(column):
            raise IdentityFound([Finding("name", "", rows[0][0])])
