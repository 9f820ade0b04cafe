"""The facts of a block as columns of numbers; derived facts are worked out once for each combination of their sources.

The numbers are those of an `Encoding`. Values that some criteria do not tell apart are one class.
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
    """The cells of a block: by column the number of each row's reading, and the readings by number.

    Columns are named by the fact or wish that they give. Number 0 is a cell without an answer.
    """

    numbers: Mapping[str, Ints]
    readings: Mapping[str, Sequence[Reading]]
    rows: int

    def at(self, rows: slice) -> Cells:
        """Return some of the rows."""
        numbers = {name: column[rows] for name, column in self.numbers.items()}
        return Cells(numbers, self.readings, len(range(*rows.indices(self.rows))))

    def alone(self) -> Cells:
        """Return the same rows with only their own readings, numbered again; 0 is still a cell without an answer."""
        numbers, readings = {}, {}
        for name, column in self.numbers.items():
            met, places = np.unique(np.append(column, 0), return_inverse=True)
            numbers[name] = places[:-1]
            readings[name] = [self.readings[name][number] for number in met.tolist()]
        return Cells(numbers, readings, self.rows)


class FactColumn:
    """One fact of a block: the number of the possible values of each row.

    A fact that is derived from a single other fact needs no numbers of its own: those of its `root` determine it.
    """

    def __init__(
        self, encoding: Encoding, name: str, varying: Mapping[str, FactColumn], nobody: Row, present: Container[str]
    ) -> None:
        """`varying`: the earlier facts that columns can change; `nobody`: the row of an unknown person."""
        self.name = name
        self.position = encoding.position[name]
        self._encoding, self._nobody = encoding, nobody
        self._fact = encoding.facts[name]
        # Goals may make a fact true or false.
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
        """Return the number of the fact's values, from the number of its root's values."""
        if self._source is None:
            return number
        found = self._by_root.get(number)
        if found is None:
            row = list(self._nobody)
            row[self._source.position] = self._source.at_root(number)
            found = self._by_root[number] = self._encoding.derive(self.name, row, Situation())[0]
        return found

    def numbers(self, cells: Cells, facts: Mapping[Hashable, Ints]) -> Ints:
        """Return the number of each row's values, from its cells and from the facts that this one is derived from."""
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
        """Return what a reading of goals makes of the fact (see `wished`)."""
        goals = self._goals[number]
        return wished(self._fact, goals if isinstance(goals, tuple) else ())

    def _answers(self, cells: Cells) -> Ints:
        """Return the number of each row's own answer."""
        for reading in cells.readings[self.name][len(self._answered) :]:
            number = self._encoding.number(self.position, reading) if isinstance(reading, frozenset) else 0
            self._answered.append(number)
        return self._answered.array.take(cells.numbers[self.name])

    def _derive(self, key: tuple[int, ...]) -> int:
        """Derive the fact with the core, for a representative of all rows with this combination."""
        answered, *others = key
        known = {self.name: self._encoding.values[self.position][answered]} if answered else {}
        goals = self._goals[self._wishes.samples[others.pop(0)]] if self._wishes else ()
        row = list(self._nobody)
        for axis, number in zip(self._axes, others, strict=True):
            axis.fill(row, number)
        return self._encoding.derive(self.name, row, Situation(known, goals if isinstance(goals, tuple) else ()))[0]


class Axis:
    """Classes of the values of a root fact and of the facts derived from it alone, as some criteria tell them apart.

    Values that the criteria do not tell apart are one class (see `ValueClasses`).
    """

    def __init__(self, columns: Sequence[FactColumn], seen: Sequence[ValueClasses], values: Sequence[Values]) -> None:
        """`values`: the root's values by their number."""
        self.root = columns[0].root
        self.classes = Classes(self._see)
        self._columns, self._seen, self._values = columns, seen, values

    def _see(self, number: int) -> Hashable:
        numbers = [column.at_root(number) for column in self._columns]
        return tuple([seen.known()[each] for each, seen in zip(numbers, self._seen, strict=True)])

    def fill(self, row: list[int], number: int) -> None:
        """Set the values in a row to those that represent a class."""
        sample = self.classes.samples[number]
        row[self.root.position] = sample
        for column in self._columns:
            row[column.position] = column.at_root(sample)

    def class_of(self, number: int) -> int:
        """Return the class of the root's values with this number."""
        return int(self.classes.learn(len(self._values))[number])

    def of(self, facts: Mapping[Hashable, Ints], rows: Ints | None) -> Ints | None:
        """Return the classes of some rows (None: all); None if there is only one class so far."""
        return self.classes.of(facts[self.root.name], rows, len(self._values))


def axes_of(
    columns: Iterable[FactColumn], criteria: Sequence[Criterion], encoding: Encoding, exact: Container[str] = ()
) -> list[Axis]:
    """Return an axis for each root of some facts; of the facts in `exact` every value is a class."""
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
