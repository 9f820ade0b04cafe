"""Blocks of a file read as answers, row by row: guarded, with every problem told. Judges nothing."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import itemgetter
from typing import TYPE_CHECKING, Any

import numpy as np

from kotoneuvo.advice.problems import N_
from kotoneuvo.intake.cells import CellReader, Reading
from kotoneuvo.intake.column_memory import CellProblem, ColumnMemory, UnreadColumn, check_beyond, kind_of
from kotoneuvo.intake.columns import recoder
from kotoneuvo.intake.extra_rows import SWALLOWED, swallowed_rows
from kotoneuvo.intake.guard import Finding, IdentityFound
from kotoneuvo.intake.headers import Column, Role
from kotoneuvo.intake.records import Block, Row, parts_of, split_rows

if TYPE_CHECKING:
    import numpy.typing as npt

    Ints = npt.NDArray[np.int64]


MEMORY = 1 << 24
"""About how many bytes the cells of all columns may take, with what was read, before all of them start afresh."""
PART = 1 << 16
"""About how many characters of a block are cut into cells at a time: few cells are there at once, and near at hand."""


@dataclass
class _Cut:
    """Rows as columns of equal length, with their numbers, and what stands beyond the last header, row by row."""

    columns: list[list[str]]
    numbers: Sequence[int]
    blank: int = 0
    problems: list[CellProblem] = field(default_factory=list)
    beyond: list[tuple[int, Row]] = field(default_factory=list)


@dataclass
class _BlockSoFar:
    """What was found in the rows of a block so far. `cells` are those of the columns that are not read, by place."""

    cells: dict[int, list[str]]
    numbers: list[int] = field(default_factory=list)
    columns: dict[str, list[Ints]] = field(default_factory=dict)
    blank: int = 0
    problems: list[CellProblem] = field(default_factory=list)
    withheld: list[int] = field(default_factory=list)
    beyond: list[tuple[int, Row]] = field(default_factory=list)
    findings: dict[int, Finding] = field(default_factory=dict)


@dataclass(frozen=True)
class Rows:
    """What the rows of a block say: by fact or wish the number of every row's reading, and the readings by number.

    `numbers` are those of the rows in the file, `labels` their own labels, if they have any; `blank` rows are none of
    these. `withheld` are the places of rows that get no advice.
    """

    numbers: Sequence[int]
    labels: Sequence[str] | None
    columns: Mapping[str, Ints]
    readings: Mapping[str, Sequence[Reading]]
    blank: int
    problems: list[CellProblem]
    withheld: list[int]
    cautions: Counter[tuple[str, str]]

    @property
    def wrong(self) -> set[int]:
        """The numbers of rows with a problem."""
        return {problem.row for problem in self.problems}

    def labelled(self) -> list[str]:
        """The label of every row, else its number."""
        labels = self.labels or [""] * len(self.numbers)
        return [label or str(number) for label, number in zip(labels, self.numbers, strict=True)]

    def answers(self) -> dict[str, list[Reading]]:
        """What the rows say, by fact or wish."""
        return {
            name: list(map(self.readings[name].__getitem__, column.tolist())) for name, column in self.columns.items()
        }

    def people(self) -> Iterator[tuple[str, Mapping[str, Reading] | None]]:
        """The label and the answers of every row; None for one that gets no advice."""
        columns, withheld = self.answers(), set(self.withheld)
        for place, label in enumerate(self.labelled()):
            yield label, None if place in withheld else {name: column[place] for name, column in columns.items()}


class RowReader:
    """Reads the blocks of one file. What it remembers of cells is forgotten when there is too much of it."""

    def __init__(self, columns: Sequence[Column], delimiter: str, reader: CellReader, *, strict: bool = False) -> None:
        self.columns = columns
        self.delimiter = delimiter
        self.reader = reader
        self.strict = strict
        joins = [column.joins for column in columns if column.role is Role.JOINED]
        self._joined = {
            first: [column.place for column in columns if first in (column.place, column.joins)] for first in joins
        }
        recodes = {column.place: recoder(column) for column in columns if column.is_read}
        self._recodes = {place: recode for place, recode in recodes.items() if recode}
        self._label = next((column.place for column in columns if column.role is Role.LABEL), None)
        self.forget()

    def forget(self) -> None:
        """Remember nothing."""
        self.memories = {each.place: ColumnMemory(each, self.reader) for each in self.columns if each.role is Role.FACT}
        unread = (Role.IGNORED, Role.LABEL, Role.IDENTITY)
        self._unread = {each.place: UnreadColumn(each) for each in self.columns if each.role in unread}

    @property
    def full(self) -> bool:
        """Whether the next block begins with forgetting."""
        return sum(memory.spent for memory in self.memories.values()) > MEMORY

    def read(self, block: Block) -> Rows:
        """What the rows of a block say. Raises IdentityFound and InputProblems."""
        if self.full:
            self.forget()
        if sum(unread.spent for unread in self._unread.values()) > MEMORY // 2:
            for unread in self._unread.values():
                unread.clear()
        columns: list[ColumnMemory | UnreadColumn] = [*self.memories.values(), *self._unread.values()]
        for column in columns:
            column.identity.clear()
        seen = _BlockSoFar({place: [] for place in self._unread})
        for part in parts_of(block, PART):
            self._read_part(self._cut(part), seen)
        # Whether cells are names shows only where there are many.
        check_beyond(seen.beyond)
        self._guard(seen)
        problems = sorted(seen.problems, key=lambda problem: problem.row)
        labels = None if self._label is None else seen.cells[self._label]
        if labels is not None and problems:
            labelled = dict(zip(seen.numbers, labels, strict=True))
            problems = [replace(problem, label=labelled.get(problem.row, "")) for problem in problems]
        wrong = {problem.row for problem in problems}
        return Rows(
            numbers=seen.numbers,
            labels=labels,
            columns={name: np.concatenate(parts) for name, parts in seen.columns.items()},
            readings={memory.column.name: memory.readings for memory in self.memories.values()},
            blank=seen.blank,
            problems=problems,
            withheld=[n for n, row in enumerate(seen.numbers) if row in wrong] if self.strict else seen.withheld,
            cautions=self._cautions(seen, labels),
        )

    def _cautions(self, seen: _BlockSoFar, labels: Sequence[str] | None) -> Counter[tuple[str, str]]:
        """What to say of columns, with the number of cells that it is about where that is known."""
        cautions = Counter(caution for memory in self.memories.values() for caution in memory.cautions)
        for place, unread in self._unread.items():
            if not unread.column.header:
                cautions[unread.column.number, "nameless"] = sum(1 for cell in seen.cells[place] if cell.strip())
        if self._label is not None and labels:
            cautions[self.columns[self._label].header, "unlabelled"] = sum(1 for label in labels if not label.strip())
        return +cautions

    def _read_part(self, cut: _Cut, seen: _BlockSoFar) -> None:
        """Add some rows to what was found."""
        seen.problems += cut.problems
        for place, recode in self._recodes.items():
            cut.columns[place] = list(map(recode, cut.columns[place]))
        for first, places in self._joined.items():
            cut.columns[first] = list(map(";".join, zip(*(cut.columns[place] for place in places), strict=True)))
        for place, memory in self.memories.items():
            cells, name = cut.columns[place], memory.column.name
            numbers = np.fromiter(gather(cells)(memory), np.int64, len(cells))
            seen.columns.setdefault(name, []).append(numbers)
            if memory.identity and place not in seen.findings:
                seen.findings[place] = _finding(memory, cells, cut.numbers)
            if memory.bad:
                found = zip(cut.numbers, map(memory.bad.get, cells), strict=True)
                seen.problems += [replace(problem, row=number) for number, problem in found if problem]
            # Somebody whose goals were not understood is nobody without goals, for whom anything would do.
            if memory.lost:
                first_row = len(seen.numbers)
                seen.withheld += [row for row, cell in enumerate(cells, first_row) if cell in memory.lost]
        for place, cells in seen.cells.items():
            cells += cut.columns[place]
        seen.numbers += cut.numbers
        seen.blank += cut.blank
        seen.beyond += cut.beyond

    def _cut(self, block: Block) -> _Cut:
        """The columns of some rows: in one go where every row is as wide as the header, else row by row."""
        width, delimiter = len(self.columns), self.delimiter
        if '"' not in block.text:
            text = block.text if block.text.endswith("\n") else block.text + "\n"
            # A line end between two delimiters is a cell of its own: where every row is whole they stand in step.
            cells = text.replace("\n", f"{delimiter}\n{delimiter}").split(delimiter)
            count, left = divmod(len(cells) - 1, width + 1)
            ends = cells[width :: width + 1]
            if not left and ends.count("\n") == count == text.count("\n"):
                return _without_blank([cells[place : -1 : width + 1] for place in range(width)], block.first)
        rows = split_rows(block, delimiter)
        problems: list[CellProblem] = []
        beyond: list[tuple[int, Row]] = []
        for number, row in enumerate(rows, block.first):
            swallowed = swallowed_rows(row, number, delimiter, self.columns, self.reader, self.strict)
            problems += [CellProblem(number, header, "", SWALLOWED) for header in swallowed]
            if any(map(str.strip, row[width:])):
                problems.append(CellProblem(number, "", "", N_("the row has more cells than the header")))
                beyond.append((number, row[width:]))
            row[width:] = [""] * (width - len(row))
        cut = _without_blank(list(map(list, zip(*rows, strict=True))) or [[] for _ in range(width)], block.first)
        return replace(cut, problems=problems, beyond=beyond)

    def _guard(self, seen: _BlockSoFar) -> None:
        """Refuse the block if a cell names a person."""
        findings = list(seen.findings.values())
        for place, unread in self._unread.items():
            cells = seen.cells[place]
            if unread.column.role is not Role.LABEL or not running_numbers(cells, seen.numbers):
                unread.check(cells)
            if unread.identity:
                findings.append(_finding(unread, cells, seen.numbers))
        if findings:
            raise IdentityFound(sorted(findings, key=lambda finding: finding.row))


def _finding(column: ColumnMemory | UnreadColumn, cells: Sequence[str], numbers: Sequence[int]) -> Finding:
    """The first cell of a column that names somebody."""
    row, cell = next((row, cell) for row, cell in zip(numbers, cells, strict=True) if cell in column.identity)
    kind = kind_of(cell, column.column.name if isinstance(column, ColumnMemory) else "")
    return Finding(kind, column.column.header or column.column.number, row)


def _without_blank(columns: list[list[str]], first: int) -> _Cut:
    """Blank rows are skipped; the others keep their numbers."""
    numbers: Sequence[int] = range(first, first + len(columns[0]))
    # Sorted by characters, cells that are empty or begin with a space come first.
    if min(columns[0], default="") < "!" and not all(map(_filled, zip(*columns, strict=True))):
        filled = list(map(_filled, zip(*columns, strict=True)))
        columns = [list(itertools.compress(column, filled)) for column in columns]
        return _Cut(columns, list(itertools.compress(numbers, filled)), filled.count(False))
    return _Cut(columns, numbers)


def _filled(row: Iterable[str]) -> bool:
    return any(map(str.strip, row))


def running_numbers(cells: Sequence[str], numbers: Sequence[int]) -> bool:
    """Whether labels are nothing but a running number, which can name nobody."""
    if not cells or not (cells[0].isascii() and cells[0].isdigit() and len(cells[0]) < 12):
        return False
    first = int(cells[0])
    return abs(first - numbers[0]) < 1000 and list(map(str, range(first, first + len(cells)))) == cells


def gather(keys: Sequence[Hashable]) -> Callable[[Any], Sequence[Any]]:
    """Takes what lies at many keys or places, in order: in half the time that one by one takes."""
    if len(keys) > 1:
        return itemgetter(*keys)
    return lambda held: [held[key] for key in keys]
