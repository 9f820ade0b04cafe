"""Reading blocks of rows and writing their results as lines, with counts for the summary."""

from __future__ import annotations

import gc
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from kotoneuvo.advice.advisor import Advisor
from kotoneuvo.advice.criteria import Criterion
from kotoneuvo.advice.facts import FactBook
from kotoneuvo.advice.service import Catalogue
from kotoneuvo.batch import blocks
from kotoneuvo.batch.arrays import Growing
from kotoneuvo.batch.blocks import BlockForm, Judged
from kotoneuvo.batch.contacts import FirstContacts
from kotoneuvo.batch.fact_columns import Cells
from kotoneuvo.batch.lines import Lines, labels
from kotoneuvo.batch.tally import GAP, QUASI, Tally, gap_key, group_key
from kotoneuvo.intake.cells import CellReader, Reading
from kotoneuvo.intake.column_memory import CellProblem
from kotoneuvo.intake.headers import Column, Role
from kotoneuvo.intake.records import Block
from kotoneuvo.intake.rows import RowReader, Rows
from kotoneuvo.words import Words

if TYPE_CHECKING:
    import numpy.typing as npt

    from kotoneuvo.batch.arrays import Ints

STANDINGS = 1 << 23
"""Bytes (estimated) of cached assessments of single services."""


@dataclass(frozen=True)
class Task:
    """How to read a file and write its results, with problems in `language`; the same in every worker."""

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
        """The facts and wishes that the file has columns for."""
        return tuple(column.name for column in self.columns if column.role is Role.FACT)


@dataclass
class Result:
    """The results of one block: its lines in UTF-8, its problems in order, its counts."""

    data: bytes
    problems: list[CellProblem]
    tally: Tally

    @property
    def text(self) -> str:
        """The lines."""
        return self.data.decode()


class Documents(NamedTuple):
    """The lines of rows in UTF-8; by row the number of eligible services, and a bit for every goal served nearby."""

    data: bytes
    fits: Sequence[int] | Ints
    covers: Sequence[int] | Ints


Document = Callable[[Sequence[str], Mapping[str, Sequence[Reading]], Container[int]], Documents]
"""Makes the lines of rows from their labels, their readings by fact and the indexes of rows without advice; for results
with more than lists of ids."""
Languages = Callable[[], Mapping[str, str]]
"""Returns the codes of languages by their folded names."""


class BlockReader:
    """Reads and judges the blocks of one file; its caches are bounded in bytes."""

    def __init__(self, task: Task, languages: Languages = dict, document: Document | None = None) -> None:
        self.task = task
        self.languages = languages
        self.document = document
        reader = CellReader(task.catalogue.facts, task.day, languages)
        self.rows = RowReader(task.columns, task.delimiter, reader, strict=task.strict)
        contacts = FirstContacts(task.catalogue, task.day, Words(task.language))
        self.lines = Lines(task.output, task.catalogue, contacts, task.separator)
        self._keys = _keys(task.names)
        self._form: BlockForm | None = None
        self._form_is_apart = False

    def _forget(self) -> None:
        """Forget the numbers of readings, and everything that uses them."""
        self.rows.forget()
        self._keys = _keys(self.task.names)
        self._drop_form()

    def _drop_form(self) -> None:
        """Make room for another form. It has reference cycles, and garbage is not collected while a file is read."""
        self._form = None
        self.lines.forget()
        # Whether the form uses numbers of its own for readings (see `Cells.alone`).
        self._form_is_apart = False
        gc.collect()

    def __reduce__(self) -> tuple[type[BlockReader], tuple[Task, Languages, Document | None]]:
        """Pickle without the caches, for another process."""
        return (BlockReader, (replace(self.task), self.languages, self.document))

    def read(self, block: Block) -> Result:
        """Return the results of one block. Raises IdentityFound and InputProblems."""
        if self.rows.full or self._form_is_apart:
            self._forget()
        rows = self.rows.read(block)
        count, wrong, withheld = len(rows.numbers), len(rows.wrong), rows.withheld
        tally = Tally(count, rows.blank, wrong, len(rows.problems), len(withheld), cautions=rows.cautions)
        gaps, groups = self._key(gap_key, rows), self._key(group_key, rows)
        advised = np.ones(count, np.bool_)
        advised[withheld] = False
        cells = Cells(rows.columns, rows.readings, count)
        if self.document:
            written = self.document(rows.labelled(), rows.answers(), frozenset(withheld))
            data, fits, covers = written.data, np.array(written.fits, np.int64), np.array(written.covers, np.int64)
            if self.task.reasons:
                for part, some in self._judged_together(cells):
                    self._count_missed(some, self.form.judge(some), tally, advised[part])
        else:
            lines, fits, covers = [], np.zeros(count, np.int64), np.zeros(count, np.int64)
            labelled = labels(rows.labels, rows.numbers, self.task.separator)
            for part, some in self._judged_together(cells):
                written = self._write(some, labelled[part], advised[part], tally)
                lines.append(written.data)
                fits[part], covers[part] = written.fits, written.covers
            data = b"".join(lines)
        tally.count((gaps | covers)[advised], fits[advised], groups)
        return Result(data, rows.problems, tally)

    def _write(self, cells: Cells, labelled: Sequence[str], advised: npt.NDArray[np.bool_], tally: Tally) -> Documents:
        """Return the lines of some rows, without any reference to the form, so that it can be dropped."""
        judged = self.form.judge(cells)
        if self.task.reasons:
            self._count_missed(cells, judged, tally, advised)
        data = self.lines.write(judged, cells, labelled, np.flatnonzero(~advised).tolist())
        return Documents(data, judged.fits, judged.covers)

    def _judged_together(self, cells: Cells) -> Iterator[tuple[slice, Cells]]:
        """Yield the rows of a block: all of them together, unless they add too much to the caches."""
        done = 0
        while done < cells.rows:
            if self._form_is_apart or self.form.spent > (blocks.MOST if done else blocks.REST):
                # Earlier rows are done, so the new form is given only the readings of those that are left.
                self._drop_form()
                self._form_is_apart = done > 0
            part = slice(done, min(cells.rows, done + self.form.rows))
            yield part, cells.at(part).alone() if self._form_is_apart else cells.at(part)
            done = part.stop

    @property
    def form(self) -> BlockForm:
        """An advisor compiled for the columns of the file."""
        if self._form is None:
            self._form = self._new_form()
        return self._form

    def _new_form(self) -> BlockForm:
        advisor = Advisor(self.task.catalogue, self.task.day, STANDINGS)
        places = {column.name: column.place for column in self.task.columns if column.role is Role.FACT}
        return BlockForm(advisor, places, reasons=self.task.reasons)

    def _key(self, key: _Key, rows: Rows) -> Ints:
        """Return the key of every row: the bits of its readings' keys."""
        facts = self.task.catalogue.facts
        whole = np.zeros(len(rows.numbers), np.int64)
        for name, known in self._keys[key].items():
            for reading in rows.readings[name][len(known) :]:
                known.append(key(facts, name, reading))
            whole |= known.array[rows.columns[name]]
        return whole

    def _count_missed(self, cells: Cells, judged: Judged, tally: Tally, advised: npt.NDArray[np.bool_]) -> None:
        """Count the services that a single unmet condition closes; where its fact is ordered, by the answer."""
        facts = self.task.catalogue.facts
        services = list(self.task.catalogue.services.values())
        for segment, pieces in zip(judged.segments, judged.pieces, strict=True):
            for number, rows in by_number(pieces[advised]):
                for position, place in [each for share in segment.shares[number] for each in share.missed]:
                    node = services[position].eligibility[place]
                    if isinstance(node, Criterion) and facts[node.fact].ordered and node.fact in cells.numbers:
                        listed = cells.readings[node.fact]
                        for reading, those in by_number(cells.numbers[node.fact][advised].take(rows)):
                            tally.missed[(position, place, listed[reading])] += len(those)
                    else:
                        tally.missed[(position, place, None)] += len(rows)


_Key = Callable[[FactBook, str, Reading], int]


def _keys(names: Sequence[str]) -> dict[_Key, dict[str, Growing]]:
    """Return empty arrays for the keys of readings: by kind of key, for each column that has keys."""
    parts = {gap_key: GAP, group_key: QUASI}
    return {key: {name: Growing() for name in names if name in columns} for key, columns in parts.items()}


def by_number(numbers: Ints) -> Iterator[tuple[int, Ints]]:
    """Yield every different number with its indexes."""
    order = np.argsort(numbers, kind="stable")
    different, starts = np.unique(numbers[order], return_index=True)
    ends = np.append(starts[1:], len(order))
    # An empty array has one end too many.
    for number, start, end in zip(different.tolist(), starts.tolist(), ends.tolist(), strict=False):
        yield number, order[start:end]
