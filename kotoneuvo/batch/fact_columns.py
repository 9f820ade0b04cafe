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
from kotoneuvo.batch.arrays import Classes, Growing
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
        # What goals say of the fact.
        goals = GOALS in present and self._fact.goals
        self._wishes = Classes(self._wish) if goals else None
        self._goals: Sequence[Reading] = ()
        sources = [varying[source] for source in encoding.sources(name) if source in varying]
        alone = len(sources) == 1 and name not in present and not goals
        self._source = sources[0] if alone else None
        self.root: FactColumn = self._source.root if self._source else self
        self._by_root: dict[int, int] = {}
        derivations = encoding.facts.derivations.get(name, {}).values()
        criteria = [criterion for table in derivations for criterion in criteria_of(table)]
        self._axes = axes_of(sources, criteria, encoding) if not alone else []
        self._derived = encoding.is_derived(name)
        self._answered = Growing()
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
        if self._wishes:
            self._goals = cells.readings[GOALS]
            columns.append(self._wishes.of(cells.numbers[GOALS], None, len(self._goals)))
            sizes.append(len(self._wishes.samples))
        for axis in self._axes:
            columns.append(axis.of(facts, None))
            sizes.append(len(axis.classes.samples))
        return self._combinations.numbers(columns, sizes, cells.rows)

    def _wish(self, number: int) -> Hashable:
        """What goals say of the fact, from the number of their reading."""
        goals = self._goals[number]
        return wished(self._fact, goals if isinstance(goals, tuple) else ())

    def _answers(self, cells: Cells) -> Ints:
        """What the fact's own column says, row by row."""
        for reading in cells.readings[self.name][len(self._answered) :]:
            number = self._encoding.number(self.position, reading) if isinstance(reading, frozenset) else 0
            self._answered.append(number)
        return self._answered.array.take(cells.numbers[self.name])

    def _derive(self, key: tuple[int, ...]) -> int:
        """What follows, by the core's own derivation, for somebody who stands for all with this combination."""
        answered, *others = key
        known = {self.name: self._encoding.values[self.position][answered]} if answered else {}
        goals = self._goals[self._wishes.samples[others.pop(0)]] if self._wishes else ()
        row = list(self._nobody)
        for axis, number in zip(self._axes, others, strict=True):
            axis.fill(row, number)
        return self._encoding.derive(self.name, row, Situation(known, goals if isinstance(goals, tuple) else ()))[0]


class Axis:
    """What some criteria take from a fact that rows have numbers of, and from all that follows from it alone.

    Values that they do not tell apart are one class (see `ValueClasses`).
    """

    def __init__(self, columns: Sequence[FactColumn], seen: Sequence[ValueClasses], values: Sequence[Values]) -> None:
        """`values` are those of the root, by their number."""
        self.root = columns[0].root
        self.classes = Classes(self._see)
        self._columns, self._seen, self._values = columns, seen, values

    def _see(self, number: int) -> Hashable:
        numbers = [column.at_root(number) for column in self._columns]
        return tuple([seen.known()[each] for each, seen in zip(numbers, self._seen, strict=True)])

    def fill(self, row: list[int], number: int) -> None:
        """Give somebody the values that stand for a class."""
        sample = self.classes.samples[number]
        row[self.root.position] = sample
        for column in self._columns:
            row[column.position] = column.at_root(sample)

    def class_of(self, number: int) -> int:
        """The class of some values, from their number."""
        return int(self.classes.learn(len(self._values))[number])

    def of(self, facts: Mapping[Hashable, Ints], rows: Ints | None) -> Ints | None:
        """The class of some rows, or all; None if there is only one class so far."""
        return self.classes.of(facts[self.root.name], rows, len(self._values))


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
