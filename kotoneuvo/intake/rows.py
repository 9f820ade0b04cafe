"""Reading the blocks of a file as answers: passes all cells through the guard and collects every problem."""

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
"""About how many bytes the caches of all columns may take before they are cleared."""
PART = 1 << 16
"""About how many characters of a block are cut into cells at once; few enough to stay in the processor's cache."""


@dataclass
class _Cut:
    """Rows as columns of equal length, with the rows' numbers; `beyond` has the cells after the last header."""

    columns: list[list[str]]
    numbers: Sequence[int]
    blank: int = 0
    problems: list[CellProblem] = field(default_factory=list)
    beyond: list[tuple[int, Row]] = field(default_factory=list)


@dataclass
class _BlockSoFar:
    """What was found in the rows of a block so far; `cells` maps the places of unread columns to their cells."""

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
    """The answers in a block's rows: `columns` has the number of each row's reading, `readings` the readings by number.

    `numbers` are the rows' numbers in the file, `labels` their own labels, if any; `blank` rows are not included.
    `withheld` has the indices of rows that get no advice.
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
        """Each row's label, else its number."""
        labels = self.labels or [""] * len(self.numbers)
        return [label or str(number) for label, number in zip(labels, self.numbers, strict=True)]

    def answers(self) -> dict[str, list[Reading]]:
        """Fact or wish to the readings of all rows."""
        return {
            name: list(map(self.readings[name].__getitem__, column.tolist())) for name, column in self.columns.items()
        }

    def people(self) -> Iterator[tuple[str, Mapping[str, Reading] | None]]:
        """Yield the label and the answers of each row; None for a row that gets no advice."""
        columns, withheld = self.answers(), set(self.withheld)
        for place, label in enumerate(self.labelled()):
            yield label, None if place in withheld else {name: column[place] for name, column in columns.items()}


class RowReader:
    """Reads the blocks of one file, with a bounded cache of cells."""

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
        """Clear the caches."""
        self.memories = {each.place: ColumnMemory(each, self.reader) for each in self.columns if each.role is Role.FACT}
        unread = (Role.IGNORED, Role.LABEL, Role.IDENTITY)
        self._unread = {each.place: UnreadColumn(each) for each in self.columns if each.role in unread}

    @property
    def full(self) -> bool:
        """Whether the caches will be cleared before the next block."""
        return sum(memory.spent for memory in self.memories.values()) > MEMORY

    def read(self, block: Block) -> Rows:
        """Read the rows of a block. Raises IdentityFound and InputProblems."""
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
        # At the end of the block, because a column of names is recognised only by many cells.
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
        """Add some rows of a block."""
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
            # A client whose goals cannot be read must not be advised like one without goals, for whom anything fits.
            if memory.lost:
                first_row = len(seen.numbers)
                seen.withheld += [row for row, cell in enumerate(cells, first_row) if cell in memory.lost]
        for place, cells in seen.cells.items():
            cells += cut.columns[place]
        seen.numbers += cut.numbers
        seen.blank += cut.blank
        seen.beyond += cut.beyond

    def _cut(self, block: Block) -> _Cut:
        """Cut rows into columns: all at once if every row is as wide as the header, else row by row."""
        width, delimiter = len(self.columns), self.delimiter
        if '"' not in block.text:
            text = block.text if block.text.endswith("\n") else block.text + "\n"
            # Each line end becomes a cell. If every row is complete, these cells are at regular intervals.
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
        """Raise IdentityFound if a cell identifies a person."""
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
    """The first cell of a column that identifies somebody, as a finding."""
    row, cell = next((row, cell) for row, cell in zip(numbers, cells, strict=True) if cell in column.identity)
    kind = kind_of(cell, column.column.name if isinstance(column, ColumnMemory) else "")
    return Finding(kind, column.column.header or column.column.number, row)


def _without_blank(columns: list[list[str]], first: int) -> _Cut:
    """Remove blank rows; the others keep their numbers."""
    numbers: Sequence[int] = range(first, first + len(columns[0]))
    # A quick test: blank cells sort before "!", so without one in the first column no row is blank.
    if min(columns[0], default="") < "!" and not all(map(_filled, zip(*columns, strict=True))):
        filled = list(map(_filled, zip(*columns, strict=True)))
        columns = [list(itertools.compress(column, filled)) for column in columns]
        return _Cut(columns, list(itertools.compress(numbers, filled)), filled.count(False))
    return _Cut(columns, numbers)


def _filled(row: Iterable[str]) -> bool:
    return any(map(str.strip, row))


def running_numbers(cells: Sequence[str], numbers: Sequence[int]) -> bool:
    """Whether labels are just serial numbers, which cannot identify anybody."""
    if not cells or not (cells[0].isascii() and cells[0].isdigit() and len(cells[0]) < 12):
        return False
    first = int(cells[0])
    return abs(first - numbers[0]) < 1000 and list(map(str, range(first, first + len(cells)))) == cells


def gather(keys: Sequence[Hashable]) -> Callable[[Any], Sequence[Any]]:
    """Return a function that takes the items at many keys, in order; twice as fast as one by one."""
    if len(keys) > 1:
        return itemgetter(*keys)
    return lambda held: [held[key] for key in keys]
