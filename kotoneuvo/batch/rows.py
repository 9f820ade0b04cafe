"""Blocks of rows in, lines of results and numbers out."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np

from kotoneuvo.advice.advisor import Advisor
from kotoneuvo.advice.compiled import MUNICIPALITY
from kotoneuvo.advice.criteria import Criterion
from kotoneuvo.advice.problems import N_
from kotoneuvo.advice.situation import GOALS
from kotoneuvo.batch.blocks import BlockForm, Judged
from kotoneuvo.batch.contacts import FirstContacts
from kotoneuvo.batch.fact_columns import Cells as BlockCells
from kotoneuvo.batch.lines import Lines, labels
from kotoneuvo.batch.sheet import QUASI, Cells, Guarded, Languages, Task, check_beyond, kind_of
from kotoneuvo.batch.tally import CellProblem, Tally
from kotoneuvo.intake.cells import CellReader, Reading
from kotoneuvo.intake.extra_rows import SWALLOWED, swallowing
from kotoneuvo.intake.guard import Finding, IdentityFound
from kotoneuvo.intake.headers import Role
from kotoneuvo.intake.options import recoder
from kotoneuvo.intake.records import Block, split_rows
from kotoneuvo.words import Words

if TYPE_CHECKING:
    from kotoneuvo.batch.arrays import Ints


@dataclass
class Result:
    """What one block gives: its lines in UTF-8, its problems in order, its numbers."""

    data: bytes
    problems: list[CellProblem]
    tally: Tally

    @property
    def text(self) -> str:
        """The lines."""
        return self.data.decode()


@dataclass
class Cut:
    """The rows of a block as columns of equal length, with their numbers."""

    columns: list[list[str]]
    numbers: Sequence[int]
    blank: int = 0
    problems: list[CellProblem] = field(default_factory=list)


STANDINGS = 1 << 23
"""About how many bytes of what single services said are kept."""
GAP = (MUNICIPALITY, GOALS)
"""The columns that a gap is told by."""
Readings: TypeAlias = "Mapping[int, Ints]"
"""Column to the numbers of its readings, row by row."""


class Documents(NamedTuple):
    """The lines of rows in UTF-8; for every row how many services fit, and a bit for every goal that is served near."""

    data: bytes
    fits: Sequence[int]
    covers: Sequence[int]


Document = Callable[[Sequence[str], Mapping[str, Sequence[Reading]], Container[int]], Documents]
"""The lines of rows from their labels, what they say, fact by fact, and the places of those that get no advice: for
results that say more than lists of ids."""


class BlockReader:
    """Reads blocks of one file. What it remembers of cells and combinations is dropped when there is too much of it."""

    def __init__(self, task: Task, languages: Languages = dict, document: Document | None = None) -> None:
        self.task = task
        self.languages = languages
        self.document = document
        self.reader = CellReader(task.catalogue.facts, task.day, languages)
        contacts = FirstContacts(task.catalogue, task.day, Words(task.language))
        self.lines = Lines(task.output, task.catalogue, contacts, task.separator)
        joins = [column.joins for column in task.columns if column.role is Role.JOINED]
        self.joined = {
            first: [column.place for column in task.columns if first in (column.place, column.joins)] for first in joins
        }
        recodes = {column.place: recoder(column) for column in task.columns if column.role in (Role.FACT, Role.JOINED)}
        self.recodes = {place: recode for place, recode in recodes.items() if recode}
        self.label = next((column.place for column in task.columns if column.role is Role.LABEL), None)
        self._start()

    def __reduce__(self) -> tuple[type[BlockReader], tuple[Task, Languages, Document | None]]:
        """To another process it goes without what it remembers."""
        return (BlockReader, (replace(self.task), self.languages, self.document))

    def _start(self) -> None:
        """Remember nothing."""
        used = [column for column in self.task.columns if column.role is Role.FACT]
        self.cells = {column.place: Cells(column, self.reader) for column in used}
        self.places_of = {column.name: column.place for column in used}
        self.guarded = {
            column.place: Guarded(column)
            for column in self.task.columns
            if column.role in (Role.IGNORED, Role.LABEL, Role.IDENTITY)
        }
        self.__dict__.pop("form", None)

    @cached_property
    def form(self) -> BlockForm:
        """An advisor compiled for the columns of the file."""
        advisor = Advisor(self.task.catalogue, self.task.day, STANDINGS)
        return BlockForm(advisor, self.places_of, reasons=self.task.reasons)

    def read(self, block: Block) -> Result:
        """What one block gives. Raises IdentityFound and InputProblems."""
        if any(cells.full for cells in self.cells.values()):
            self._start()
        cut = self._cut(block)
        for place, recodes in self.recodes.items():
            cut.columns[place] = list(map(recodes, cut.columns[place]))
        for first, places in self.joined.items():
            cut.columns[first] = list(map(";".join, zip(*(cut.columns[place] for place in places), strict=True)))
        return self._judge(cut)

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
        beyond: list[tuple[int, list[str]]] = []
        for number, row in zip(numbers, rows, strict=True):
            swallowed = swallowing(row, number, delimiter, self.task.columns, self.reader, self.task.strict)
            problems += [CellProblem(number, header, "", SWALLOWED) for header in swallowed]
            if any(map(str.strip, row[width:])):
                problems.append(CellProblem(number, "", "", N_("the row has more cells than the header")))
                beyond.append((number, row[width:]))
            row[width:] = [""] * (width - len(row))
        check_beyond(beyond)
        cut = self._without_blank(list(map(list, zip(*rows, strict=True))) or [[] for _ in range(width)], block.first)
        return replace(cut, problems=problems)

    def _without_blank(self, columns: list[list[str]], first: int) -> Cut:
        """Rows in which nothing but blanks stands are no clients; the others keep their numbers."""
        numbers: Sequence[int] = range(first, first + len(columns[0]))
        # Sorted by letters, cells that are empty or begin with a blank come first.
        if min(columns[0], default="") < "!" and not all(map(_filled, zip(*columns, strict=True))):
            filled = list(map(_filled, zip(*columns, strict=True)))
            columns = [list(itertools.compress(column, filled)) for column in columns]
            numbers = list(itertools.compress(numbers, filled))
            return Cut(columns, numbers, filled.count(False))
        return Cut(columns, numbers)

    def _judge(self, cut: Cut) -> Result:
        columns, count = cut.columns, len(cut.numbers)
        readings = {
            place: np.fromiter(map(cells.__getitem__, columns[place]), np.int64, count)
            for place, cells in self.cells.items()
        }
        self._guard(cut)
        bad = self._bad(cut)
        wrong = {problem.row for problem in bad}
        withheld = self._withheld(cut, wrong)
        tally = Tally(count, cut.blank, len(wrong), len(bad), len(withheld), cautions=self._cautions())
        gaps, groups = self._keys("gaps", GAP, readings, count), self._keys("groups", QUASI, readings, count)
        advised = np.delete(np.arange(count), withheld) if withheld else slice(None)
        told = BlockCells(
            {name: readings[place] for name, place in self.places_of.items()},
            {name: self.cells[place].readings for name, place in self.places_of.items()},
            count,
        )
        judged = self.form.judge(told) if not self.document or self.task.reasons else None
        if judged and self.task.reasons:
            self._missed(told, judged, tally, advised)
        if self.document or not judged:
            written = self._documents(cut, readings, frozenset(withheld))
            fits, covers = np.array(written.fits, np.int64), np.array(written.covers, np.int64)
            tally.count((gaps | covers)[advised], fits[advised], groups)
            return Result(written.data, bad, tally)
        tally.count((gaps | judged.covers)[advised], judged.fits[advised], groups)
        labelled = labels(None if self.label is None else columns[self.label], cut.numbers, self.task.separator)
        return Result(self.lines.write(judged, told, labelled, withheld), bad, tally)

    def _withheld(self, cut: Cut, wrong: Container[int]) -> list[int]:
        """The places of rows without advice: with --strict all with a problem, else those whose goals are not known.

        Somebody whose goals were not understood is nobody without goals, for whom anything would do.
        """
        if self.task.strict:
            return [place for place, number in enumerate(cut.numbers) if number in wrong]
        column = self.places_of.get(GOALS)
        lost = self.cells[column].lost if column is not None else ()
        return [place for place, cell in enumerate(cut.columns[column or 0]) if cell in lost] if lost else []

    def _documents(self, cut: Cut, readings: Readings, withheld: Container[int]) -> Documents:
        """A document for every row, in order; one without advice for those withheld."""
        assert self.document is not None
        told = [""] * len(cut.numbers) if self.label is None else cut.columns[self.label]
        labelled = [label or str(number) for label, number in zip(told, cut.numbers, strict=True)]
        columns: dict[str, list[Reading]] = {
            cells.column.name: list(map(cells.readings.__getitem__, readings[place].tolist()))
            for place, cells in self.cells.items()
        }
        return self.document(labelled, columns, withheld)

    def _keys(self, part: str, names: Container[str], readings: Readings, count: int) -> Ints:
        """For every row the `part` ("gaps" or "groups") of the columns `names`, put together."""
        keys = np.zeros(count, np.int64)
        for place, cells in self.cells.items():
            if cells.column.name in names:
                keys |= getattr(cells, part).array[readings[place]]
        return keys

    def _missed(self, cells: BlockCells, judged: Judged, tally: Tally, advised: Ints | slice) -> None:
        """Count the services that one node shuts, with the answer that shuts them where that is an ordered one."""
        facts = self.task.catalogue.facts
        services = list(self.task.catalogue.services.values())
        for segment, pieces in zip(judged.segments, judged.pieces, strict=True):
            for number, rows in by_number(pieces[advised]):
                for position, place in segment.pieces.contents[number].missed:
                    node = services[position].eligibility[place]
                    if isinstance(node, Criterion) and facts[node.fact].ordered and node.fact in cells.numbers:
                        listed = cells.readings[node.fact]
                        for reading, those in by_number(cells.numbers[node.fact][advised].take(rows)):
                            tally.missed[(position, place, listed[reading])] += len(those)
                    else:
                        tally.missed[(position, place, None)] += len(rows)

    def _cautions(self) -> set[tuple[str, str]]:
        return set().union(*(cells.cautions for cells in self.cells.values()))

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
                findings.append(Finding(kind, memory.column.header or memory.column.number, row))
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
        if self.label is not None and found:
            said = dict(zip(cut.numbers, cut.columns[self.label], strict=True))
            found = [replace(problem, label=said.get(problem.row, "")) for problem in found]
        return sorted(found, key=lambda problem: problem.row)


def by_number(numbers: Ints) -> Iterator[tuple[int, Ints]]:
    """Every different number with the places where it stands."""
    order = np.argsort(numbers, kind="stable")
    different, starts = np.unique(numbers[order], return_index=True)
    ends = np.append(starts[1:], len(order))
    # Of no numbers there is an end too many.
    for number, start, end in zip(different.tolist(), starts.tolist(), ends.tolist(), strict=False):
        yield number, order[start:end]


def _filled(row: Iterable[str]) -> bool:
    return any(map(str.strip, row))


def running_numbers(cells: Sequence[str], numbers: Sequence[int]) -> bool:
    """Whether labels are nothing but a running number, which can name nobody."""
    if not cells or not (cells[0].isascii() and cells[0].isdigit() and len(cells[0]) < 12):
        return False
    first = int(cells[0])
    return abs(first - numbers[0]) < 1000 and list(map(str, range(first, first + len(cells)))) == cells
