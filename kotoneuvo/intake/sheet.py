"""One file being read: its columns with their memories of cells, and what a block of rows adds up to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from zlib import crc32

from kotoneuvo.advice.facts import FactBook
from kotoneuvo.advice.problems import InputProblems
from kotoneuvo.advice.service import Catalogue
from kotoneuvo.advice.situation import GOALS, SERVICE_LANGUAGE
from kotoneuvo.intake.bits import PLACE
from kotoneuvo.intake.cells import CellReader, Reading
from kotoneuvo.intake.classes import Joint
from kotoneuvo.intake.guard import free_text, identity_in, is_date
from kotoneuvo.intake.headers import Column
from kotoneuvo.intake.tally import CellProblem

QUASI = (PLACE, "age", "status", SERVICE_LANGUAGE, "gender")
"""Answers that together can tell a person apart."""
COVERED_BITS, WANTED_BITS, PLACE_BITS, QUASI_BITS = 24, 24, 12, 16
GAP_PLACE = COVERED_BITS + WANTED_BITS
"""Where the number of the municipality lies in a gap key, after the goals covered and the goals wanted."""
QUASI_START = GAP_PLACE + PLACE_BITS
_BAD = QUASI_START + QUASI_BITS * len(QUASI)
BAD = 1 << _BAD
"""Set for a cell that could not be read."""
JOINTS = _BAD + 1
"""Where the class numbers of the joints start."""
GAP_MASK = (1 << QUASI_START) - (1 << COVERED_BITS)
QUASI_MASK = (1 << _BAD) - (1 << QUASI_START)
_SINGLES = 1024
MOST_CELLS = 200_000
"""Cells remembered in a column before it starts afresh."""
_TELLING = {"status": {"undocumented"}, "labour_status": {"unable_to_work"}}


@dataclass(frozen=True)
class Task:
    """How a file is to be read, the same in every worker."""

    catalogue: Catalogue
    day: date
    delimiter: str
    columns: tuple[Column, ...]
    output: tuple[str, ...]
    separator: str = ","
    strict: bool = False
    reasons: bool = False


class Cells(dict[str, int]):
    """One column's memory: cell to its bits (class numbers, place, goals, group), filled as cells appear."""

    def __init__(self, column: Column, reader: CellReader, joints: Iterable[Joint]) -> None:
        super().__init__()
        self.column = column
        self.reader = reader
        self.joints = [joint for joint in joints if column.name in joint.columns]
        self.identity: set[str] = set()
        self.bad: dict[str, CellProblem] = {}
        self.cautions: set[tuple[str, str]] = set()

    def __missing__(self, cell: str) -> int:
        if len(self) > MOST_CELLS:
            self.clear()
        name = self.column.name
        kind = cell_identity(cell, name)
        if kind:
            self.identity.add(cell)
            return 0
        try:
            reading = self.reader.read(name, cell)
        except InputProblems as error:
            bits = self._unread(cell, error)
        else:
            bits = self._read(name, reading)
        self[cell] = bits
        return bits

    def reading(self, cell: str) -> Reading:
        """What a cell says; nothing if it could not be read."""
        try:
            return self.reader.read(self.column.name, cell)
        except InputProblems:
            return None

    def _read(self, name: str, reading: Reading) -> int:
        bits = sum(joint.number(name, reading) for joint in self.joints)
        bits |= quasi_bits(self.reader.facts, name, reading)
        if name == PLACE:
            bits |= place_number(self.reader.facts, reading) << GAP_PLACE
        if name == GOALS and isinstance(reading, tuple):
            goals = list(self.reader.facts.goals)
            bits |= sum(1 << goals.index(goal) for goal in set(reading)) << COVERED_BITS
        if isinstance(reading, frozenset) and reading <= _TELLING.get(name, set()):
            self.cautions.add((self.column.header, name))
        return bits

    def _unread(self, cell: str, error: InputProblems) -> int:
        if free_text(cell):
            self.identity.add(cell)
            return 0
        problem = error.problems[0]
        name = self.column.name
        sensitive = name in self.reader.facts.facts and self.reader.facts[name].sensitive
        told = problem.message if "{" not in problem.message else "the value is not known"
        suggestion = "" if sensitive else problem.suggestion
        self.bad[cell] = CellProblem(0, self.column.header, name, told, problem.allowed, suggestion)
        return self._read(name, None) | BAD


def cell_identity(cell: str, name: str = "") -> str:
    """The kind of identity in a cell of a column that gives the fact `name`, if any."""
    if name == "age" and is_date(cell):
        return "date of birth"
    return identity_in(cell)


def place_number(facts: FactBook, reading: Reading) -> int:
    """1 and up for a municipality, 0 for several or none given."""
    if isinstance(reading, frozenset) and len(reading) == 1:
        return 1 + facts[PLACE].position[next(iter(reading))]
    return 0


def quasi_bits(facts: FactBook, name: str, reading: Reading) -> int:
    """A reading as part of the group key: the same in every worker, whatever was seen before."""
    if name not in QUASI or reading is None:
        return 0
    if isinstance(reading, tuple):
        number = 1 + crc32(",".join(reading).encode()) % ((1 << QUASI_BITS) - 1)
    else:
        places = sorted(facts[name].position[value] for value in reading)
        single = len(places) == 1
        number = 1 + places[0] if single else _SINGLES + crc32(repr(places).encode()) % ((1 << QUASI_BITS) - _SINGLES)
    return number << (QUASI_START + QUASI_BITS * QUASI.index(name))


class Guarded(set[str]):
    """Cells of a column that is not read, checked once each."""

    def __init__(self, column: Column) -> None:
        super().__init__()
        self.column = column
        self.identity: set[str] = set()

    def check(self, cells: Sequence[str]) -> None:
        """Look at the cells that are new."""
        new = set(cells).difference(self)
        self.identity.update(cell for cell in new if identity_in(cell) or free_text(cell))
        if len(self) > MOST_CELLS:
            self.clear()
        self.update(new)


Languages = Callable[[], Mapping[str, str]]
