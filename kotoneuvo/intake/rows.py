"""Blocks of a file read as answers, row by row: guarded, with every problem told. Judges nothing."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import itemgetter
from typing import TYPE_CHECKING, Any

import numpy as np

from kotoneuvo.advice.problems import N_
from kotoneuvo.advice.situation import GOALS
from kotoneuvo.intake.cells import CellReader, Reading
from kotoneuvo.intake.column_memory import CellProblem, ColumnMemory, UnreadColumn, check_beyond, kind_of
from kotoneuvo.intake.columns import recoder
from kotoneuvo.intake.extra_rows import SWALLOWED, swallowing
from kotoneuvo.intake.guard import Finding, IdentityFound
from kotoneuvo.intake.headers import Column, Role
from kotoneuvo.intake.records import Block, split_rows

if TYPE_CHECKING:
    import numpy.typing as npt

    Ints = npt.NDArray[np.int64]


@dataclass
class _Cut:
    """The rows of a block as columns of equal length, with their numbers."""

    columns: list[list[str]]
    numbers: Sequence[int]
    blank: int = 0
    problems: list[CellProblem] = field(default_factory=list)


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
    cautions: set[tuple[str, str]]

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
        return any(memory.full for memory in self.memories.values())

    def read(self, block: Block) -> Rows:
        """What the rows of a block say. Raises IdentityFound and InputProblems."""
        if self.full:
            self.forget()
        cut = self._cut(block)
        for place, recode in self._recodes.items():
            cut.columns[place] = list(map(recode, cut.columns[place]))
        for first, places in self._joined.items():
            cut.columns[first] = list(map(";".join, zip(*(cut.columns[place] for place in places), strict=True)))
        columns = {
            memory.column.name: np.fromiter(gather(cut.columns[place])(memory), np.int64, len(cut.numbers))
            for place, memory in self.memories.items()
        }
        self._guard(cut)
        problems = self._problems(cut)
        return Rows(
            numbers=cut.numbers,
            labels=None if self._label is None else cut.columns[self._label],
            columns=columns,
            readings={memory.column.name: memory.readings for memory in self.memories.values()},
            blank=cut.blank,
            problems=problems,
            withheld=self._withheld(cut, {problem.row for problem in problems}),
            cautions=set().union(*(memory.cautions for memory in self.memories.values())),
        )

    def _cut(self, block: Block) -> _Cut:
        """The columns of a block: in one go where every row is as wide as the header, else row by row."""
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
        beyond: list[tuple[int, list[str]]] = []
        for number, row in enumerate(rows, block.first):
            swallowed = swallowing(row, number, delimiter, self.columns, self.reader, self.strict)
            problems += [CellProblem(number, header, "", SWALLOWED) for header in swallowed]
            if any(map(str.strip, row[width:])):
                problems.append(CellProblem(number, "", "", N_("the row has more cells than the header")))
                beyond.append((number, row[width:]))
            row[width:] = [""] * (width - len(row))
        check_beyond(beyond)
        cut = _without_blank(list(map(list, zip(*rows, strict=True))) or [[] for _ in range(width)], block.first)
        return replace(cut, problems=problems)

    def _withheld(self, cut: _Cut, wrong: set[int]) -> list[int]:
        """The places of rows without advice: with --strict all with a problem, else those whose goals are not known.

        Somebody whose goals were not understood is nobody without goals, for whom anything would do.
        """
        if self.strict:
            return [place for place, number in enumerate(cut.numbers) if number in wrong]
        goals = next((memory for memory in self.memories.values() if memory.column.name == GOALS), None)
        if goals is None or not goals.lost:
            return []
        return [place for place, cell in enumerate(cut.columns[goals.column.place]) if cell in goals.lost]

    def _guard(self, cut: _Cut) -> None:
        """Refuse the block if a cell names a person."""
        for place, unread in self._unread.items():
            cells = cut.columns[place]
            if unread.column.role is not Role.LABEL or not running_numbers(cells, cut.numbers):
                unread.check(cells)
        findings = []
        columns: dict[int, ColumnMemory | UnreadColumn] = {**self.memories, **self._unread}
        for place, column in columns.items():
            if column.identity:
                numbered = zip(cut.numbers, cut.columns[place], strict=True)
                row, cell = next((number, cell) for number, cell in numbered if cell in column.identity)
                kind = kind_of(cell, column.column.name if isinstance(column, ColumnMemory) else "")
                findings.append(Finding(kind, column.column.header or column.column.number, row))
                column.identity.clear()
        if findings:
            raise IdentityFound(sorted(findings, key=lambda finding: finding.row))

    def _problems(self, cut: _Cut) -> list[CellProblem]:
        """The problems of a block, row by row."""
        found = list(cut.problems)
        for place, memory in self.memories.items():
            if memory.bad:
                cells = zip(cut.numbers, map(memory.bad.get, cut.columns[place]), strict=True)
                found += [replace(problem, row=number) for number, problem in cells if problem]
        if self._label is not None and found:
            labels = dict(zip(cut.numbers, cut.columns[self._label], strict=True))
            found = [replace(problem, label=labels.get(problem.row, "")) for problem in found]
        return sorted(found, key=lambda problem: problem.row)


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
