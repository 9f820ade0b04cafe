"""Readings that no criterion can tell apart are one class; what a combination of classes says is looked up.

The columns are put into a few joints. A reading has a class number in every joint that its column belongs to; the
numbers of a row are the key into the joint's memory of words.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from kotoneuvo.advice.criteria import Criterion, criteria_of
from kotoneuvo.advice.facts import Value
from kotoneuvo.advice.situation import GOALS, SERVICE_LANGUAGE, Situation
from kotoneuvo.batch.bits import Duty, Layout
from kotoneuvo.intake.cells import Reading

if TYPE_CHECKING:
    import numpy.typing as npt

    from kotoneuvo.batch.arrays import Ints, Words

FEW = 8000
"""About how many combinations of classes a joint may have."""
Signature = object


MOST = 30_000
"""Combinations remembered in a joint before it starts afresh."""
MOST_IN_TABLE = 1 << 20
"""Combinations that a table has room for, most of them never seen. Where there could be more, there is no table."""


class Base:
    """Nodes that look at the same columns, with what they say for every combination seen."""

    def __init__(self, layout: Layout, columns: tuple[str, ...], duties: list[Duty]) -> None:
        self.layout = layout
        self.columns = columns
        self.duties = duties
        self._criteria = self._looked_at()
        self._words: dict[tuple[int, ...], int] = {}
        self._classes: dict[tuple[str, Reading | Signature], int] = {}
        self._samples: dict[str, list[Reading]] = {column: [] for column in columns}
        self._kinds: dict[str, tuple[int, ...]] = {}

    def _looked_at(self) -> Mapping[str, tuple[Criterion, ...]]:
        """Per column every criterion that could meet its values: the nodes' own, and those of derivations."""
        facts, sources = self.layout.catalogue.facts, self.layout.sources
        involved = frozenset[str]().union(*(sources.of_node(duty.node) for duty in self.duties))
        tables = chain.from_iterable(facts.derivations.get(fact, {}).values() for fact in involved)
        criteria = [*criteria_of(tuple(duty.node for duty in self.duties))]
        criteria += [criterion for table in tables for criterion in criteria_of(table)]
        return {name: tuple({c: None for c in criteria if c.fact == name}) for name in self.columns}

    def number(self, column: str, reading: Reading) -> int:
        """The class of a reading in the eyes of these nodes."""
        signature = self.signature(column, reading)
        samples = self._samples[column]
        number = self._classes.setdefault((column, signature), len(samples))
        if number == len(samples):
            samples.append(reading)
        return number

    def kinds(self, column: str) -> tuple[int, ...]:
        """A number for every single value of a column's fact, the same for those that these nodes cannot tell apart."""
        if column not in self._kinds:
            numbers: dict[Signature, int] = {}
            domain = self.layout.catalogue.facts[column].domain
            signatures = (self.signature(column, frozenset[Value]({value})) for value in domain)
            self._kinds[column] = tuple([numbers.setdefault(each, len(numbers)) for each in signatures])
        return self._kinds[column]

    def signature(self, column: str, reading: Reading) -> Signature:
        """What tells this reading apart from others."""
        if reading is None:
            return None
        facts = self.layout.catalogue.facts
        if isinstance(reading, tuple):
            served = [name for name, fact in facts.facts.items() if not set(fact.goals).isdisjoint(reading)]
            return tuple(served) if self.duties else reading
        if column in facts.derivations:
            return reading
        told = (
            (reading <= c.accept, reading.isdisjoint(c.maybe), reading <= c.unclear) for c in self._criteria[column]
        )
        return (len(reading) == 1, *told)

    def word(self, classes: tuple[int, ...]) -> int:
        """The bits that these nodes set for a row with readings of these classes, in the order of `columns`."""
        found = self._words.get(classes)
        if found is None:
            if len(self._words) >= MOST:
                self._words.clear()
            found = self._words[classes] = self._judge(classes)
        return found

    def _judge(self, classes: tuple[int, ...]) -> int:
        readings = zip(self.columns, classes, strict=True)
        situation = situation_of({name: self._samples[name][number] for name, number in readings})
        if not self.duties:
            return self.layout.relevance(situation.goals)
        return self.layout.word(self.duties, situation)


def situation_of(readings: Mapping[str, Reading]) -> Situation:
    """A row's readings as a situation."""
    goals, languages = readings.get(GOALS), readings.get(SERVICE_LANGUAGE)
    known = {name: values for name, values in readings.items() if isinstance(values, frozenset)}
    return Situation(
        known, goals if isinstance(goals, tuple) else (), languages if isinstance(languages, tuple) else ()
    )


class Joint:
    """Several bases looked up at once: from class numbers, in the order of `columns`, to words.

    `_seen` has the number of the word of every combination seen; so has `_table`, an array with an axis for each
    column, as long as there are not too many classes for one. 0 stands for a combination not seen yet.
    """

    def __init__(self, bases: list[Base], width: int) -> None:
        self.bases = bases
        self.columns = tuple(dict.fromkeys(chain.from_iterable(base.columns for base in bases)))
        self._numbers: dict[str, dict[tuple[int, ...], int]] = {column: {} for column in self.columns}
        # For every base, by the axes of its columns, the base's own class of each class here.
        self._inner: list[list[tuple[int, list[int]]]] = [
            [(self.columns.index(column), []) for column in base.columns] for base in bases
        ]
        self._seen: dict[tuple[int, ...], int] = {}
        shape = (4,) * len(self.columns)
        self._table: npt.NDArray[np.int32] | None = (
            np.zeros(shape, np.int32) if math.prod(shape) <= MOST_IN_TABLE else None
        )
        self._words = Wordlist(width)

    def words(self, classes: Sequence[Ints]) -> Words:
        """The word of every row, from the classes of its cells column by column."""
        if self._table is None:
            keys = zip(*(each.tolist() for each in classes), strict=True)
            # First the numbers: a new word may come with a new array.
            seen = np.fromiter(map(self._number, keys), np.int64, len(classes[0]))
            return self._words.array.take(seen, axis=0)
        numbers = self._table[tuple(classes)]
        if not numbers.all():
            new = numbers == 0
            for key in set(zip(*(each[new].tolist() for each in classes), strict=True)):
                self._table[key] = self._number(key)
            numbers = self._table[tuple(classes)]
        return self._words.array.take(numbers, axis=0)

    def forget(self) -> None:
        """Start afresh with the words, if there are too many combinations."""
        if len(self._seen) > MOST:
            self._seen.clear()
            self._words = Wordlist(self._words.width)
            if self._table is not None:
                self._table = np.zeros_like(self._table)

    def number(self, column: str, reading: Reading) -> int:
        """The class of a reading."""
        inner = tuple(base.number(column, reading) for base in self.bases if column in base.columns)
        numbers = self._numbers[column]
        if inner not in numbers:
            numbers[inner] = len(numbers)
            axis = self.columns.index(column)
            lists = (classes for parts in self._inner for place, classes in parts if place == axis)
            for classes, number in zip(lists, inner, strict=True):
                classes.append(number)
            self._make_room(axis, len(numbers))
        return numbers[inner]

    def _make_room(self, axis: int, classes: int) -> None:
        """An axis of the table made longer, as far as there is room for it."""
        if self._table is None or classes <= self._table.shape[axis]:
            return
        shape = list(self._table.shape)
        shape[axis] *= 2
        before, self._table = self._table, None
        if math.prod(shape) <= MOST_IN_TABLE:
            self._table = np.zeros(shape, np.int32)
            self._table[tuple(map(slice, before.shape))] = before

    def _number(self, key: tuple[int, ...]) -> int:
        """The number of the word of a combination of classes."""
        if key not in self._seen:
            word = 0
            for base, parts in zip(self.bases, self._inner, strict=True):
                word |= base.word(tuple([classes[key[axis]] for axis, classes in parts]))
            self._seen[key] = self._words.number(word)
        return self._seen[key]


class Wordlist:
    """Different words, numbered from 1 (0 is no word), as rows of an array."""

    def __init__(self, width: int) -> None:
        self.width = width
        self.array: Words = np.zeros((64, width), np.uint64)
        self._numbers: dict[int, int] = {}

    def number(self, word: int) -> int:
        """The number of a word."""
        number = self._numbers.setdefault(word, len(self._numbers) + 1)
        if number == len(self.array):
            self.array = np.concatenate((self.array, np.zeros_like(self.array)))
        self.array[number] = row_of(word, self.width)
        return number


def row_of(word: int, width: int) -> Words:
    """A word as a row of an array."""
    return np.frombuffer(word.to_bytes(8 * width, "little"), "<u8")


def find_joints(layout: Layout) -> list[Joint]:
    """The joints of the columns that a file has."""
    present = [name for name in (*layout.catalogue.facts.facts, GOALS) if name in layout.present]
    groups: dict[tuple[str, ...], list[Duty]] = {}
    for duty in layout.duties:
        sources = layout.sources.of_node(duty.node)
        groups.setdefault(tuple(name for name in present if name in sources), []).append(duty)
    bases = [Base(layout, names, duties) for names, duties in groups.items()]
    if GOALS in present:
        # Without duties: the base of relevance.
        bases.append(Base(layout, (GOALS,), []))
    return [Joint(members, layout.width) for members in _shared(bases)]


def _shared(bases: list[Base]) -> list[list[Base]]:
    """Bases put together while their columns have few combinations in common."""
    found: list[list[Base]] = []
    for base in sorted(bases, key=lambda each: -len(each.columns)):
        fitting = [(size, members) for members in found if (size := _size([*members, base])) <= FEW]
        if fitting:
            min(fitting, key=lambda each: each[0] / _size(each[1][:-1] or each[1]))[1].append(base)
        else:
            found.append([base])
    return found


def _size(bases: list[Base]) -> int:
    size = 1
    for column in dict.fromkeys(chain.from_iterable(base.columns for base in bases)):
        using = [base for base in bases if column in base.columns]
        if column == GOALS:
            size *= 3 if all(base.duties for base in using) else 150
            continue
        size *= 1 + len(set(zip(*(base.kinds(column) for base in using), strict=True)))
    return size
