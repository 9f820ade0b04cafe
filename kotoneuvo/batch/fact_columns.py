"""The facts of a block of rows as columns of numbers, with what follows from what worked out once for each combination.

The numbers are those of an `Encoding`. Values that some criteria do not tell apart are one class to them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from kotoneuvo.advice.compiled import bearing_seen
from kotoneuvo.advice.criteria import Criterion, criteria_of
from kotoneuvo.advice.encoding import Encoding, Row
from kotoneuvo.advice.facts import Values
from kotoneuvo.advice.situation import GOALS, Situation, wished
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


class ClassColumn:
    """The values of one fact as their classes in the eyes of some criteria, for whole columns (see `ValueClasses`)."""

    def __init__(self, encoding: Encoding, name: str, criteria: Iterable[Criterion], *, exact: bool = False) -> None:
        self.classes = encoding.classes(name, criteria, bearing_seen, exact=exact)
        self._encoding = encoding
        self._numbers: Ints = np.empty(0, np.int64)

    @property
    def position(self) -> int:
        """Where the fact lies in a row."""
        return self.classes.position

    @property
    def samples(self) -> list[int]:
        """The number of some values of each class."""
        return self.classes.samples

    def of_values(self, values: Values) -> int:
        """The class of some values."""
        return self.classes.known()[self._encoding.number(self.position, values)]

    def of(self, numbers: Ints) -> Ints | None:
        """The class of every row, from the number of its values; None if there is only one class so far."""
        known = self.classes.known()
        if len(self.samples) == 1:
            return None
        if len(self._numbers) < len(known):
            self._numbers = np.array(known, np.int64)
        return self._numbers.take(numbers)


class FactColumn:
    """One fact of a block of rows: the number of the values still possible, row by row."""

    def __init__(self, encoding: Encoding, name: str, varying: Collection[str], nobody: Row, *, goals: bool) -> None:
        """`varying`: the facts that columns can change; `nobody`: the row of somebody who told nothing."""
        self.name = name
        self._encoding = encoding
        self._position = encoding.position[name]
        fact = encoding.facts[name]
        self._nobody = nobody
        derivations = encoding.facts.derivations.get(name, {}).values()
        criteria = [criterion for table in derivations for criterion in criteria_of(table)]
        self._sources = {
            source: ClassColumn(encoding, source, criteria) for source in encoding.sources(name) if source in varying
        }
        self._fact = fact
        # What some goals say of the fact: one column of goals for all that say the same.
        self._wishes: dict[bool | None, tuple[str, ...]] | None = {} if goals and fact.goals else None
        self._derived = encoding.is_derived(name)
        self._answered: Ints = np.empty(0, np.int64)
        self._combinations: Combinations[int] = Combinations(self._derive, 0)

    def numbers(self, cells: Cells, facts: Mapping[str, Ints]) -> Ints:
        """The number of every row's values, from what its cells say and from the facts that this one follows from."""
        answered = self._answers(cells) if self.name in cells.numbers else np.zeros(cells.rows, np.int64)
        if not self._derived:
            return answered
        columns: list[Ints | None] = [answered]
        sizes = [len(self._encoding.values[self._position])]
        if self._wishes is not None:
            columns.append(self._wished(cells, self._wishes))
            sizes.append(len(self._wishes))
        for source, classes in self._sources.items():
            columns.append(classes.of(facts[source]))
            sizes.append(len(classes.samples))
        found = self._combinations.numbers(columns, sizes, cells.rows)
        return np.array(self._combinations.contents, np.int64).take(found)

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
                self._encoding.number(self._position, reading) if isinstance(reading, frozenset) else 0
                for reading in listed[len(self._answered) :]
            ]
            self._answered = np.concatenate((self._answered, np.array(new, np.int64)))
        return self._answered.take(cells.numbers[self.name])

    def _derive(self, key: tuple[int, ...]) -> int:
        """What follows, by the core's own derivation, for somebody who stands for all with this combination."""
        answered, *others = key
        known = {self.name: self._encoding.values[self._position][answered]} if answered else {}
        goals = () if self._wishes is None else list(self._wishes.values())[others.pop(0)]
        row = list(self._nobody)
        for number, classes in zip(others, self._sources.values(), strict=True):
            row[classes.position] = classes.samples[number]
        return self._encoding.derive(self.name, row, Situation(known, goals))[0]
