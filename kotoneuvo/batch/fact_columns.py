"""The facts of a block of rows as columns of numbers, with what follows from what worked out once for each combination.

The numbers are those of an `Encoding`. Values that some criteria do not tell apart are one class to them.
"""

from __future__ import annotations

from collections.abc import Container, Hashable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from kotoneuvo.advice.compiled import bearing_seen
from kotoneuvo.advice.criteria import Criterion, criteria_of
from kotoneuvo.advice.encoding import Encoding, Row, ValueClasses
from kotoneuvo.advice.facts import Values
from kotoneuvo.advice.situation import GOALS, Situation, wished
from kotoneuvo.batch.arrays import at
from kotoneuvo.batch.combinations import Combinations
from kotoneuvo.intake.cells import Reading

if TYPE_CHECKING:
    from kotoneuvo.batch.arrays import Ints


class Cells(NamedTuple):
    """What the cells of a block say: per column the number of every row's reading, and the readings by number.

    Columns are named by the fact or wish that they give. Number 0 is a cell that says nothing.
    """

    numbers: Mapping[str, Ints]
    readings: Mapping[str, Sequence[Reading]]
    rows: int

    def at(self, rows: slice) -> Cells:
        """Some of the rows."""
        numbers = {name: column[rows] for name, column in self.numbers.items()}
        return Cells(numbers, self.readings, len(range(*rows.indices(self.rows))))

    def alone(self) -> Cells:
        """The same rows, with no more readings than they have; 0 still is a cell that says nothing."""
        numbers, readings = {}, {}
        for name, column in self.numbers.items():
            met, places = np.unique(np.append(column, 0), return_inverse=True)
            numbers[name] = places[:-1]
            readings[name] = [self.readings[name][number] for number in met.tolist()]
        return Cells(numbers, readings, self.rows)


class FactColumn:
    """One fact of a block of rows: the number of the values still possible, row by row.

    What follows from one other fact alone has no numbers of its own: those of its `root` say everything.
    """

    def __init__(
        self, encoding: Encoding, name: str, varying: Mapping[str, FactColumn], nobody: Row, present: Container[str]
    ) -> None:
        """`varying`: what columns can change of the facts before; `nobody`: the row of somebody who told nothing."""
        self.name = name
        self.position = encoding.position[name]
        self._encoding, self._nobody = encoding, nobody
        self._fact = encoding.facts[name]
        # What some goals say of the fact: one column of goals for all that say the same.
        goals = GOALS in present and self._fact.goals
        self._wishes: dict[bool | None, tuple[str, ...]] | None = {} if goals else None
        sources = [varying[source] for source in encoding.sources(name) if source in varying]
        alone = len(sources) == 1 and name not in present and not goals
        self._source = sources[0] if alone else None
        self.root: FactColumn = self._source.root if self._source else self
        self._by_root: dict[int, int] = {}
        derivations = encoding.facts.derivations.get(name, {}).values()
        criteria = [criterion for table in derivations for criterion in criteria_of(table)]
        self._axes = axes_of(sources, criteria, encoding) if not alone else []
        self._derived = encoding.is_derived(name)
        self._answered: Ints = np.empty(0, np.int64)
        self._combinations = Combinations(self._derive)

    def at_root(self, number: int) -> int:
        """The number of the fact's values where the root's values have some number."""
        if self._source is None:
            return number
        found = self._by_root.get(number)
        if found is None:
            row = list(self._nobody)
            row[self._source.position] = self._source.at_root(number)
            found = self._by_root[number] = self._encoding.derive(self.name, row, Situation())[0]
        return found

    def numbers(self, cells: Cells, facts: Mapping[Hashable, Ints]) -> Ints:
        """The number of every row's values, from what its cells say and from the facts that this one follows from."""
        answered = self._answers(cells) if self.name in cells.numbers else np.zeros(cells.rows, np.int64)
        if not self._derived:
            return answered
        columns: list[Ints | None] = [answered]
        sizes = [len(self._encoding.values[self.position])]
        if self._wishes is not None:
            columns.append(self._wished(cells, self._wishes))
            sizes.append(len(self._wishes))
        for axis in self._axes:
            columns.append(axis.of(facts, None))
            sizes.append(len(axis.samples))
        return self._combinations.numbers(columns, sizes, cells.rows)

    def _wished(self, cells: Cells, wishes: dict[bool | None, tuple[str, ...]]) -> Ints:
        """What the goals of every row say of the fact, as the place among all that was said so far."""
        said = []
        for reading in cells.readings[GOALS]:
            goals = reading if isinstance(reading, tuple) else ()
            wish = wished(self._fact, goals)
            wishes.setdefault(wish, goals)
            said.append(list(wishes).index(wish))
        return np.array(said, np.int64).take(cells.numbers[GOALS])

    def _answers(self, cells: Cells) -> Ints:
        """What the fact's own column says, row by row."""
        listed = cells.readings[self.name]
        if len(self._answered) < len(listed):
            new = [
                self._encoding.number(self.position, reading) if isinstance(reading, frozenset) else 0
                for reading in listed[len(self._answered) :]
            ]
            self._answered = np.concatenate((self._answered, np.array(new, np.int64)))
        return self._answered.take(cells.numbers[self.name])

    def _derive(self, key: tuple[int, ...]) -> int:
        """What follows, by the core's own derivation, for somebody who stands for all with this combination."""
        answered, *others = key
        known = {self.name: self._encoding.values[self.position][answered]} if answered else {}
        goals = () if self._wishes is None else list(self._wishes.values())[others.pop(0)]
        row = list(self._nobody)
        for axis, number in zip(self._axes, others, strict=True):
            axis.fill(row, number)
        return self._encoding.derive(self.name, row, Situation(known, goals))[0]


class Axis:
    """What some criteria take from a fact that rows have numbers of, and from all that follows from it alone.

    Values that they do not tell apart are one class (see `ValueClasses`); `samples` has the number of some values of
    each class.
    """

    def __init__(
        self, columns: Sequence[FactColumn], classes: Sequence[ValueClasses], values: Sequence[Values]
    ) -> None:
        """`values` are those of the root, by their number."""
        self.root = columns[0].root
        self.samples: list[int] = []
        self._columns, self._classes, self._values = columns, classes, values
        self._numbers: dict[tuple[int, ...], int] = {}
        self._known: list[int] = []
        self._array: Ints = np.empty(0, np.int64)

    def fill(self, row: list[int], number: int) -> None:
        """Give somebody the values that stand for a class."""
        sample = self.samples[number]
        row[self.root.position] = sample
        for column in self._columns:
            row[column.position] = column.at_root(sample)

    def class_of(self, number: int) -> int:
        """The class of some values, from their number."""
        self._learn()
        return self._known[number]

    def _learn(self) -> None:
        for new in range(len(self._known), len(self._values)):
            at = [column.at_root(new) for column in self._columns]
            seen = tuple([each.known()[place] for each, place in zip(self._classes, at, strict=True)])
            self._known.append(self._numbers.setdefault(seen, len(self.samples)))
            if self._known[-1] == len(self.samples):
                self.samples.append(new)

    def of(self, facts: Mapping[Hashable, Ints], rows: Ints | None) -> Ints | None:
        """The class of some rows, or all; None if there is only one class so far."""
        self._learn()
        if len(self.samples) == 1:
            return None
        if len(self._array) < len(self._known):
            self._array = np.array(self._known, np.int64)
        return self._array.take(at(facts[self.root.name], rows))


def axes_of(
    columns: Iterable[FactColumn], criteria: Sequence[Criterion], encoding: Encoding, exact: Container[str] = ()
) -> list[Axis]:
    """What some criteria take from some facts, of those in `exact` every value: an axis for each root."""
    by_root: dict[str, list[FactColumn]] = {}
    for column in columns:
        by_root.setdefault(column.root.name, []).append(column)
    return [
        Axis(
            each,
            [encoding.classes(column.name, criteria, bearing_seen, exact=column.name in exact) for column in each],
            encoding.values[each[0].root.position],
        )
        for each in by_root.values()
    ]
