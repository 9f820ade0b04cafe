"""Blocks of rows in, lines of results and numbers out."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import and_, attrgetter, getitem, itemgetter, or_

from kotoneuvo.advice.criteria import Criterion
from kotoneuvo.advice.situation import GOALS, Situation
from kotoneuvo.intake.bits import PLACE, Layout
from kotoneuvo.intake.cells import CellReader, Reading
from kotoneuvo.intake.classes import find_joints, situation_of
from kotoneuvo.intake.guard import Finding, IdentityFound
from kotoneuvo.intake.headers import Role
from kotoneuvo.intake.lines import Lines, add_up, labels
from kotoneuvo.intake.pieces import NOTHING, Decoder, Memory, Piece, Pieces
from kotoneuvo.intake.records import Block, split_rows
from kotoneuvo.intake.sheet import QUASI, Cells, Guarded, Languages, Task, cell_identity, kind_of
from kotoneuvo.intake.tally import CellProblem, Tally


@dataclass
class Result:
    """What one block gives: its lines, its problems in order, its numbers (None: they were counted straight away)."""

    text: str
    problems: list[CellProblem]
    tally: Tally | None


@dataclass
class Cut:
    """The rows of a block as columns of equal length, with their numbers."""

    columns: list[list[str]]
    numbers: Sequence[int]
    blank: int = 0
    problems: list[CellProblem] = field(default_factory=list)


GAP = (PLACE, GOALS)
"""The columns that a gap is told by."""
Readings = Mapping[int, Sequence[int]]
"""Column to the numbers of its readings, row by row."""
Document = Callable[[str, Situation], str]
"""The line of a row from its label and what is known: for results that say more than lists of services."""


class BlockReader:
    """Reads blocks of one file. What it remembers of cells and combinations is dropped when there is too much of it."""

    def __init__(self, task: Task, languages: Languages = dict, document: Document | None = None) -> None:
        self.task = task
        self.document = document
        self.reader = CellReader(task.catalogue.facts, task.day, languages)
        present = [column.name for column in task.columns if column.role is Role.FACT]
        self.layout = Layout(task.catalogue, task.day, present, task.reasons)
        self.lines = Lines(task.output, tuple(task.catalogue.services), task.separator)
        self.label = next((column.place for column in task.columns if column.role is Role.LABEL), None)
        self._start()

    def _start(self) -> None:
        """Remember nothing."""
        used = [column for column in self.task.columns if column.role is Role.FACT]
        self.joints = find_joints(self.layout)
        self.cells = {column.place: Cells(column, self.reader, self.joints) for column in used}
        places = {column.name: column.place for column in used}
        self.classes = [
            [(places[name], self.cells[places[name]].classes_in(joint)) for name in joint.columns]
            for joint in self.joints
        ]
        self.guarded = {
            column.place: Guarded(column)
            for column in self.task.columns
            if column.role in (Role.IGNORED, Role.LABEL, Role.IDENTITY)
        }
        self.memory = Memory()
        self.far: dict[Hashable, Pieces] = {}
        self.places: dict[Reading, tuple[Pieces, Pieces]] = {}
        self.place_cells: dict[str, tuple[Pieces, Pieces]] = {}

    def read(self, block: Block, total: Tally | None = None) -> Result:
        """The lines of one block; its numbers go into `total` or come with the result.

        Raises IdentityFound and InputProblems.
        """
        if any(cells.full for cells in self.cells.values()):
            self._start()
        return self._judge(self._cut(block), total)

    def _cut(self, block: Block) -> Cut:
        """The columns of a block: at a stroke where every row is as wide as the header, else row by row."""
        width, delimiter = len(self.task.columns), self.task.delimiter
        if '"' not in block.text:
            text = block.text if block.text.endswith("\n") else block.text + "\n"
            # A line end between two delimiters is a cell of its own: where every row is whole they stand in step.
            cells = text.replace("\n", f"{delimiter}\n{delimiter}").split(delimiter)
            count, left = divmod(len(cells) - 1, width + 1)
            ends = cells[width :: width + 1]
            if not left and ends.count("\n") == count == text.count("\n"):
                return self._without_blank([cells[place : -1 : width + 1] for place in range(width)], block.first)
        rows = split_rows(block, delimiter)
        numbers = range(block.first, block.first + len(rows))
        problems: list[CellProblem] = []
        for number, row in zip(numbers, rows, strict=True):
            if any(map(str.strip, row[width:])):
                problems.append(CellProblem(number, "", "", "the row has more cells than the header"))
                self._check_beyond(row[width:], number)
            row[width:] = [""] * (width - len(row))
        cut = self._without_blank(list(map(list, zip(*rows, strict=True))) or [[] for _ in range(width)], block.first)
        return replace(cut, problems=problems)

    def _without_blank(self, columns: list[list[str]], first: int) -> Cut:
        """Rows without a single cell are no clients; the others keep their numbers."""
        numbers: Sequence[int] = range(first, first + len(columns[0]))
        if not all(columns[0]) and not all(map(any, zip(*columns, strict=True))):
            filled = list(map(any, zip(*columns, strict=True)))
            columns = [list(itertools.compress(column, filled)) for column in columns]
            numbers = list(itertools.compress(numbers, filled))
            return Cut(columns, numbers, filled.count(False))
        return Cut(columns, numbers)

    def _check_beyond(self, cells: Iterable[str], number: int) -> None:
        kinds = [kind for cell in cells if (kind := cell_identity(cell))]
        if kinds:
            raise IdentityFound([Finding(kinds[0], "", number)])

    def _judge(self, cut: Cut, total: Tally | None) -> Result:
        columns, count = cut.columns, len(cut.numbers)
        readings = {place: list(map(cells.__getitem__, columns[place])) for place, cells in self.cells.items()}
        self._guard(cut)
        bad = self._bad(cut)
        wrong = {problem.row for problem in bad}
        here, everywhere = self._pieces(cut, readings, wrong if self.task.strict else set())
        fits, gaps = add_up(here, everywhere, self._keys("gaps", GAP, readings, count))
        tally = Tally() if total is None else total
        tally.rows += count
        tally.blank += cut.blank
        tally.with_problems += len(wrong)
        tally.problems += len(bad)
        tally.columns.update(problem.column for problem in bad)
        tally.count(gaps, fits, self._keys("groups", QUASI, readings, count))
        tally.cautions |= self._cautions()
        if self.task.reasons:
            self._near(cut, here, everywhere, tally)
        if self.document:
            return Result(self._documents(cut, wrong), bad, tally if total is None else None)
        labelled = labels(None if self.label is None else columns[self.label], cut.numbers, self.task.separator)
        return Result(self.lines.write(here, everywhere, labelled), bad, tally if total is None else None)

    def _pieces(self, cut: Cut, readings: Readings, skip: set[int]) -> tuple[list[Piece], list[Piece]]:
        """What the services near and those everywhere say, row by row; nothing for the rows to skip."""
        words = self._words(readings, len(cut.numbers))
        here, everywhere = (_looked_up(words, places) for places in self._places(cut))
        for index, number in enumerate(cut.numbers) if skip else ():
            if number in skip:
                here[index] = everywhere[index] = NOTHING
        return here, everywhere

    def _documents(self, cut: Cut, wrong: set[int]) -> str:
        """A document for every row, in order."""
        assert self.document is not None
        lines = []
        for index, number in enumerate(cut.numbers):
            label = cut.columns[self.label][index] if self.label is not None else ""
            readings = {} if self.task.strict and number in wrong else self.readings(cut, index)
            lines.append(self.document(label or str(number), situation_of(readings)))
        return "".join(lines)

    def _words(self, readings: Readings, count: int) -> list[int]:
        """The bits of every row: of each joint those of the row's classes."""
        words: Iterable[int] = itertools.repeat(0, count)
        for joint, columns in zip(self.joints, self.classes, strict=True):
            keys = zip(*(map(classes.__getitem__, readings[place]) for place, classes in columns), strict=True)
            words = map(or_, words, map(joint.__getitem__, keys))
        return list(words)

    def _keys(self, part: str, names: Sequence[str], readings: Readings, count: int) -> Iterable[int]:
        """For every row the `part` ("gaps" or "groups") of the columns `names`, put together."""
        keys: Iterable[int] = itertools.repeat(0, count)
        for place, cells in self.cells.items():
            if cells.column.name in names:
                keys = map(or_, keys, map(getattr(cells, part).__getitem__, readings[place]))
        return keys

    def _near(self, cut: Cut, here: list[Piece], everywhere: list[Piece], tally: Tally) -> None:
        """Count the services that one node shuts, with the answer that shuts them where that is an ordered one."""
        facts = self.task.catalogue.facts
        columns = {cells.column.name: place for place, cells in self.cells.items()}
        for index, (near, far) in enumerate(zip(here, everywhere, strict=True)):
            for place, number in near[8] + far[8]:
                node = self.layout.entries[place].duties[number].node
                told: object = None
                if isinstance(node, Criterion) and facts[node.fact].ordered and node.fact in columns:
                    told = self.cells[columns[node.fact]].reading(cut.columns[columns[node.fact]][index])
                tally.near[(place, number, told)] += 1

    def _cautions(self) -> set[tuple[str, str]]:
        return set().union(*(cells.cautions for cells in self.cells.values()))

    def _places(self, cut: Cut) -> tuple[list[Pieces], list[Pieces]]:
        """For every row the pieces of the services of its place, and of those of the whole country."""
        column = next((place for place, cells in self.cells.items() if cells.column.name == PLACE), None)
        if column is None:
            near, far = self.place(None)
            return [near] * len(cut.numbers), [far] * len(cut.numbers)
        cells = cut.columns[column]
        for cell in set(cells).difference(self.place_cells):
            self.place_cells[cell] = self.place(self.cells[column].reading(cell))
        places = list(map(self.place_cells.__getitem__, cells))
        return list(map(itemgetter(0), places)), list(map(itemgetter(1), places))

    def place(self, reading: Reading) -> tuple[Pieces, Pieces]:
        """The services near and far of a reading of the municipality."""
        if reading not in self.places:
            values = reading if isinstance(reading, frozenset) else None
            decoder = Decoder(self.layout, values, self.memory)
            key = decoder.far_key
            if key not in self.far:
                self.far[key] = decoder.far()
            self.places[reading] = (decoder.near(), self.far[key])
        return self.places[reading]

    def _guard(self, cut: Cut) -> None:
        """Refuse the block if a cell names a person."""
        for place, guarded in self.guarded.items():
            cells = cut.columns[place]
            if guarded.column.role is not Role.LABEL or not running_numbers(cells, cut.numbers):
                guarded.check(cells)
        columns: dict[int, Cells | Guarded] = {**self.cells, **self.guarded}
        findings = []
        for place, memory in columns.items():
            if memory.identity:
                row, cell = next(
                    (n, c) for n, c in zip(cut.numbers, cut.columns[place], strict=True) if c in memory.identity
                )
                kind = kind_of(cell, memory.column.name if isinstance(memory, Cells) else "")
                findings.append(Finding(kind, memory.column.header, row))
                memory.identity.clear()
        if findings:
            raise IdentityFound(sorted(findings, key=lambda finding: finding.row))

    def _bad(self, cut: Cut) -> list[CellProblem]:
        """The problems of a block, row by row."""
        found = list(cut.problems)
        for place, cells in self.cells.items():
            if cells.bad:
                told = zip(cut.numbers, map(cells.bad.get, cut.columns[place]), strict=True)
                found += [replace(problem, row=number) for number, problem in told if problem]
        return sorted(found, key=lambda problem: problem.row)

    def readings(self, cut: Cut, index: int) -> Mapping[str, Reading]:
        """What one row says, fact by fact."""
        return {cells.column.name: cells.reading(cut.columns[place][index]) for place, cells in self.cells.items()}


def _looked_up(words: Sequence[int], places: Sequence[Pieces]) -> list[Piece]:
    """The piece of every row, from its word and the pieces of its place."""
    if len(set(map(id, places))) == 1:
        pieces = places[0]
        return list(map(pieces.__getitem__, map(and_, words, itertools.repeat(pieces.mask))))
    return list(map(getitem, places, map(and_, words, map(attrgetter("mask"), places))))


def running_numbers(cells: Sequence[str], numbers: Sequence[int]) -> bool:
    """Whether labels are nothing but a running number, which can name nobody."""
    if not cells or not (cells[0].isascii() and cells[0].isdigit() and len(cells[0]) < 12):
        return False
    first = int(cells[0])
    return abs(first - numbers[0]) < 1000 and list(map(str, range(first, first + len(cells)))) == cells
