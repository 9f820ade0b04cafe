"""Blocks of rows in, lines of results and numbers out."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import reduce
from operator import or_

from kotoneuvo.advice.criteria import Criterion
from kotoneuvo.intake.bits import PLACE, Layout
from kotoneuvo.intake.cells import CellReader, Reading
from kotoneuvo.intake.classes import Full, find_joints
from kotoneuvo.intake.guard import Finding, IdentityFound
from kotoneuvo.intake.headers import Role
from kotoneuvo.intake.lines import Places, Rows, add_up, labels, write_lines
from kotoneuvo.intake.pieces import MEMORY, Decoder
from kotoneuvo.intake.records import Block, Row, split_rows
from kotoneuvo.intake.sheet import BAD, GAP_MASK, JOINTS, QUASI_MASK, Cells, Guarded, Languages, Task, cell_identity
from kotoneuvo.intake.tally import CellProblem, Tally


@dataclass
class Result:
    """What one block gives: its lines, its problems in order, its numbers."""

    text: str
    problems: list[CellProblem]
    tally: Tally


@dataclass
class Cut:
    """The rows of a block as columns of equal length, with their numbers."""

    columns: list[tuple[str, ...]]
    numbers: Sequence[int]
    blank: int = 0
    problems: list[CellProblem] = field(default_factory=list)


class BlockReader:
    """Reads blocks of one file. What it remembers of cells and combinations is dropped when there is too much of it."""

    def __init__(self, task: Task, languages: Languages = dict) -> None:
        self.task = task
        self.reader = CellReader(task.catalogue.facts, task.day, languages)
        self.layout = Layout(task.catalogue, task.day, task.reasons)
        self.names = tuple(entry.service.id for entry in self.layout.entries)
        self.label = next((column.place for column in task.columns if column.role is Role.LABEL), None)
        self.memory = MEMORY
        self._start()

    def _start(self) -> None:
        """Remember nothing."""
        used = [column for column in self.task.columns if column.role is Role.FACT]
        self.fixed, self.joints = find_joints(self.layout, [column.name for column in used], JOINTS)
        self.cells = {column.place: Cells(column, self.reader, self.joints) for column in used}
        self.guarded = {
            column.place: Guarded(column)
            for column in self.task.columns
            if column.role in (Role.IGNORED, Role.LABEL, Role.IDENTITY)
        }
        self.places: dict[Reading, Places] = {}
        self.place_cells: dict[str, Places] = {}
        self.budget = [self.memory]
        self.shared = Decoder(self.layout, self.fixed, None, self.budget).shared()

    def read(self, block: Block) -> Result:
        """The lines of one block. Raises IdentityFound and InputProblems."""
        cut = self._cut(split_rows(block, self.task.delimiter), block.first)
        while True:
            try:
                return self._judge(cut)
            except Full:
                self.memory *= 2 if self.budget[0] <= 0 and len(cut.numbers) > self.memory else 1
                self._start()

    def _cut(self, rows: list[Row], first: int) -> Cut:
        """Rows made equally wide, empty ones left out."""
        width = len(self.task.columns)
        numbers: Sequence[int] = range(first, first + len(rows))
        problems: list[CellProblem] = []
        if set(map(len, rows)) != {width}:
            for number, row in zip(numbers, rows, strict=True):
                if any(map(str.strip, row[width:])):
                    problems.append(CellProblem(number, "", "", "the row has more cells than the header"))
                    self._check_beyond(row[width:], number)
                row[width:] = [""] * (width - len(row))
        blank = [""] * width
        filled = [number for number, row in zip(numbers, rows, strict=True) if row != blank] if blank in rows else numbers
        if len(filled) < len(rows):
            rows = [row for row in rows if row != blank]
        columns = list(zip(*rows, strict=True)) or [()] * width
        return Cut(columns, filled, len(numbers) - len(filled), problems)

    def _check_beyond(self, cells: Iterable[str], number: int) -> None:
        kinds = [kind for cell in cells if (kind := cell_identity(cell))]
        if kinds:
            raise IdentityFound([Finding(kinds[0], "", number)])

    def _judge(self, cut: Cut) -> Result:
        columns, count = cut.columns, len(cut.numbers)
        looked_up = [map(cells.__getitem__, columns[place]) for place, cells in self.cells.items()]
        bits = list(reduce(lambda first, second: map(or_, first, second), looked_up)) if looked_up else [0] * count
        self._guard(cut)
        words: Iterable[int] = itertools.repeat(0, count)
        for joint in self.joints:
            words = map(or_, words, map(joint.__getitem__, map(joint.mask.__and__, bits)))
        bad = self._bad(cut, bits)
        tally = Tally(rows=count, blank=cut.blank, with_problems=len({problem.row for problem in bad}), problems=len(bad))
        tally.columns.update(problem.column for problem in bad)
        rows = add_up(words, self._places(cut), map(GAP_MASK.__and__, bits))
        tally.gaps.update(rows.gaps)
        tally.fits.update(rows.fits)
        tally.groups.update(map(QUASI_MASK.__and__, bits))
        tally.cautions |= self._cautions()
        if self.task.reasons:
            self._near(cut, rows, tally)
        labelled = labels(None if self.label is None else columns[self.label], cut.numbers, self.task.separator)
        text = write_lines(rows, self.names, self.task.output, labelled, self.task.separator)
        return Result(text, bad, tally)

    def _near(self, cut: Cut, rows: Rows, tally: Tally) -> None:
        """Count the services that one node shuts, with the answer that shuts them where that is an ordered one."""
        facts = self.task.catalogue.facts
        columns = {cells.column.name: place for place, cells in self.cells.items()}
        for index, near in enumerate(rows.near):
            for place, number in near:
                node = self.layout.entries[place].duties[number].node
                told: object = None
                if isinstance(node, Criterion) and facts[node.fact].ordered and node.fact in columns:
                    told = self.cells[columns[node.fact]].reading(cut.columns[columns[node.fact]][index])
                tally.near[(place, number, told)] += 1

    def _cautions(self) -> set[tuple[str, str]]:
        return set().union(*(cells.cautions for cells in self.cells.values()))

    def _places(self, cut: Cut) -> Iterable[Places]:
        """The chunks of services to look at for every row."""
        column = next((place for place, cells in self.cells.items() if cells.column.name == PLACE), None)
        if column is None:
            return itertools.repeat(self.place(None), len(cut.numbers))
        for cell in set(cut.columns[column]).difference(self.place_cells):
            self.place_cells[cell] = self.place(self.cells[column].reading(cell))
        return map(self.place_cells.__getitem__, cut.columns[column])

    def place(self, reading: Reading) -> Places:
        """The chunks of a reading of the municipality."""
        if reading not in self.places:
            values = reading if isinstance(reading, frozenset) else None
            chunks = [*Decoder(self.layout, self.fixed, values, self.budget).chunks(), *self.shared]
            self.places[reading] = tuple((chunk.mask, chunk) for chunk in chunks)
        return self.places[reading]

    def _guard(self, cut: Cut) -> None:
        """Refuse the block if a cell names a person."""
        for place, guarded in self.guarded.items():
            cells = cut.columns[place]
            if guarded.column.role is not Role.LABEL or not running_numbers(cells, cut.numbers):
                guarded.check(cells)
        columns = {**self.cells, **self.guarded}
        findings = []
        for place, memory in columns.items():
            if memory.identity:
                row, cell = next((n, c) for n, c in zip(cut.numbers, cut.columns[place], strict=True) if c in memory.identity)
                kind = cell_identity(cell, memory.column.name if isinstance(memory, Cells) else "")
                findings.append(Finding(kind or "free text", memory.column.header, row))
        if findings:
            raise IdentityFound(sorted(findings, key=lambda finding: finding.row))

    def _bad(self, cut: Cut, bits: list[int]) -> list[CellProblem]:
        """The problems of a block, row by row."""
        found = list(cut.problems)
        if any(map(BAD.__and__, bits)):
            for index, number in enumerate(cut.numbers):
                if bits[index] & BAD:
                    for place, cells in self.cells.items():
                        problem = cells.bad.get(cut.columns[place][index])
                        if problem:
                            found.append(replace(problem, row=number))
        return sorted(found, key=lambda problem: problem.row)

    def readings(self, cut: Cut, index: int) -> Mapping[str, Reading]:
        """What one row says, fact by fact."""
        return {cells.column.name: cells.reading(cut.columns[place][index]) for place, cells in self.cells.items()}


def running_numbers(cells: Sequence[str], numbers: Sequence[int]) -> bool:
    """Whether labels are nothing but a running number, which can name nobody."""
    if not cells or not (cells[0].isascii() and cells[0].isdigit() and len(cells[0]) < 12):
        return False
    first = int(cells[0])
    return abs(first - numbers[0]) < 1000 and tuple(map(str, range(first, first + len(cells)))) == cells

