"""One file being read: its columns with their memories of cells, and what a block of rows adds up to."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from zlib import crc32

from kotoneuvo.advice.compiled import MUNICIPALITY
from kotoneuvo.advice.facts import FactBook, Values
from kotoneuvo.advice.problems import N_, InputProblems
from kotoneuvo.advice.service import Catalogue
from kotoneuvo.advice.situation import GOALS, SERVICE_LANGUAGE, WISHES
from kotoneuvo.batch.arrays import Growing
from kotoneuvo.batch.tally import CellProblem
from kotoneuvo.intake.cells import CellReader, PartlyRead, Reading
from kotoneuvo.intake.guard import Finding, IdentityFound, free_text, identity_in, is_date, names_among
from kotoneuvo.intake.headers import Column, Role

QUASI = {MUNICIPALITY: 14, "age": 14, "status": 14, SERVICE_LANGUAGE: 14, "gender": 7}
"""Answers that together can tell a person apart, each with the bits it has in the key of a group: 63 in all."""
COVERED_BITS, WANTED_BITS = 24, 24
GAP_PLACE = COVERED_BITS + WANTED_BITS
"""Where the number of the municipality lies in a gap key, after the goals covered and the goals wanted."""
MOST_CELLS = 200_000
"""Cells remembered in a column before all start afresh."""
MOST_READINGS = 20_000
"""Different readings remembered in a column, likewise."""
_LETTERS = 26
_TELLING = {"status": {"undocumented"}, "labour_status": {"unable_to_work"}}


@dataclass(frozen=True)
class Task:
    """How a file is to be read and told of (in `language`), the same in every worker."""

    catalogue: Catalogue
    day: date
    delimiter: str
    columns: tuple[Column, ...]
    output: tuple[str, ...]
    separator: str = ","
    strict: bool = False
    reasons: bool = False
    language: str = "fi"

    @property
    def names(self) -> tuple[str, ...]:
        """The facts and wishes that the file gives."""
        return tuple(column.name for column in self.columns if column.role is Role.FACT)


class Cells(dict[str, int]):
    """One column's memory: cell to the number of its reading, filled as cells appear.

    `readings` lists what was read by that number; 0 is a cell that says nothing. Arrays have each reading's part of the
    key of its group (`groups`) and of its gap (`gaps`).
    `lost` are goals that were not understood at all.
    """

    def __init__(self, column: Column, reader: CellReader) -> None:
        super().__init__()
        self.column = column
        self.reader = reader
        self.groups = Growing()
        self.gaps = Growing()
        self.identity: set[str] = set()
        self.bad: dict[str, CellProblem] = {}
        self.lost: set[str] = set()
        self.cautions: set[tuple[str, str]] = set()
        self._numbers: dict[Reading, int] = {}
        self.readings: list[Reading] = []
        self._number(None)

    @property
    def full(self) -> bool:
        """Whether it is time to start afresh."""
        return len(self) > MOST_CELLS or len(self.readings) > MOST_READINGS

    def __missing__(self, cell: str) -> int:
        kind = cell_identity(cell, self.column.name)
        if kind:
            self.identity.add(cell)
            return 0
        try:
            number = self._number(self.reader.read(self.column.name, cell))
        except InputProblems as error:
            # Several columns of goals are joined: each may hold a few words.
            if any(map(free_text, cell.split(";") if self.column.name in WISHES else [cell])):
                self.identity.add(cell)
                return 0
            self.bad[cell] = self._problem(error)
            reading = error.reading if isinstance(error, PartlyRead) else None
            if self.column.name == GOALS and not reading:
                self.lost.add(cell)
            number = self._number(reading)
        self[cell] = number
        return number

    def reading(self, cell: str) -> Reading:
        """What a cell says; nothing if it could not be read."""
        return self.readings[self[cell]]

    def _number(self, reading: Reading) -> int:
        number = self._numbers.setdefault(reading, len(self.readings))
        if number == len(self.readings):
            self.readings.append(reading)
            facts, name = self.reader.facts, self.column.name
            self.groups.append(quasi_bits(facts, name, reading))
            self.gaps.append(gap_bits(facts, name, reading))
            if isinstance(reading, frozenset) and reading <= _TELLING.get(name, set()):
                self.cautions.add((self.column.header, name))
        return number

    def _problem(self, error: InputProblems) -> CellProblem:
        problem = error.problems[0]
        name = self.column.name
        sensitive = name in self.reader.facts.facts and self.reader.facts[name].sensitive
        told = problem.message if "{" not in problem.message else N_("the value is not known")
        if name == GOALS and not isinstance(error, PartlyRead):
            told = N_("the goals are not known, so this row gets no advice")
        suggestion = "" if sensitive else problem.suggestion
        return CellProblem(0, self.column.header, name, told, problem.allowed, suggestion)


def kind_of(cell: str, name: str = "") -> str:
    """The kind of a cell that was found to name somebody, for the message."""
    return cell_identity(cell, name) or ("free text" if free_text(cell) else "name")


def cell_identity(cell: str, name: str = "") -> str:
    """The kind of identity in a cell of a column that gives the fact `name`, if any."""
    if name in ("age", "children_ages") and is_date(cell, several=name == "children_ages"):
        return "date of birth"
    return identity_in(cell)


def check_beyond(rows: Sequence[tuple[int, Sequence[str]]]) -> None:
    """Raise IdentityFound for cells beyond the last header that name somebody, one by one or as a column."""
    for number, cells in rows:
        kinds = [kind for cell in cells if (kind := cell_identity(cell))]
        if kinds:
            raise IdentityFound([Finding(kinds[0], "", number)])
    for column in zip_longest(*(cells for _number, cells in rows), fillvalue=""):
        if names_among(column):
            raise IdentityFound([Finding("name", "", rows[0][0])])


def gap_bits(facts: FactBook, name: str, reading: Reading) -> int:
    """A reading as part of the gap key: the number of the one municipality (0: none or several), the goals wanted."""
    if name == MUNICIPALITY and isinstance(reading, frozenset) and len(reading) == 1:
        return (1 + facts[MUNICIPALITY].position[next(iter(reading))]) << GAP_PLACE
    if name == GOALS and isinstance(reading, tuple):
        goals = list(facts.goals)
        return sum(1 << goals.index(goal) for goal in set(reading)) << COVERED_BITS
    return 0


def quasi_bits(facts: FactBook, name: str, reading: Reading) -> int:
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
        told = ",".join(reading)
        if len(told) == 2:
            return 1 + _LETTERS * (ord(told[0]) - ord("a")) + ord(told[1]) - ord("a")
        return 1 + _LETTERS**2 + crc32(told.encode()) % (most - 1 - _LETTERS**2)
    places = sorted(facts[name].position[value] for value in reading)
    if len(places) == 1:
        return 1 + places[0]
    first = 1 + len(facts[name].domain)
    return first + crc32(repr(places).encode()) % (most - first)


class Guarded(set[str]):
    """Cells of a column that is not read, checked once each."""

    def __init__(self, column: Column) -> None:
        super().__init__()
        self.column = column
        self.identity: set[str] = set()

    def check(self, cells: Sequence[str]) -> None:
        """Look at the cells that are new, and whether those of a block are names, whatever was seen before."""
        different = set(cells)
        new = different - self
        self.identity.update(cell for cell in new if identity_in(cell) or free_text(cell))
        self.identity |= names_among(different)
        if len(self) > MOST_CELLS:
            self.clear()
        self.update(new - self.identity)


Languages = Callable[[], Mapping[str, str]]
