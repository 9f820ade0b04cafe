"""Readings that no criterion can tell apart are one class; what a combination of classes says is looked up.

The columns are put into a few joints. A reading has a class number in every joint that its column belongs to; the
numbers of a row are the key into the joint's memory of words.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain

from kotoneuvo.advice.criteria import Criterion, criteria_of
from kotoneuvo.advice.facts import Values
from kotoneuvo.advice.situation import GOALS, SERVICE_LANGUAGE, Situation
from kotoneuvo.intake.bits import Duty, Layout
from kotoneuvo.intake.cells import Reading

FEW = 8000
"""About how many combinations of classes a joint may have."""
Signature = object


MOST = 30_000
"""Combinations remembered in a joint before it starts afresh."""


class Base:
    """Nodes that look at the same columns, with what they say for every combination seen."""

    def __init__(self, layout: Layout, columns: tuple[str, ...], duties: list[Duty]) -> None:
        self.layout = layout
        self.columns = columns
        self.duties = duties
        self._criteria = self._looked_at()
        self._words: dict[tuple[Signature, ...], int] = {}
        self._signatures: dict[tuple[str, Reading], Signature] = {}

    def _looked_at(self) -> Mapping[str, tuple[Criterion, ...]]:
        """Per column every criterion that could meet its values: the nodes' own, and those of derivations."""
        facts, sources = self.layout.catalogue.facts, self.layout.sources
        involved = frozenset[str]().union(*(sources.of_node(duty.node) for duty in self.duties))
        tables = chain.from_iterable(facts.derivations.get(fact, {}).values() for fact in involved)
        criteria = [*criteria_of(tuple(duty.node for duty in self.duties))]
        criteria += [criterion for table in tables for criterion in criteria_of(table)]
        return {name: tuple({c: None for c in criteria if c.fact == name}) for name in self.columns}

    def signature(self, column: str, reading: Reading) -> Signature:
        """What tells this reading apart from others in the eyes of these nodes."""
        key = (column, reading)
        if key not in self._signatures:
            self._signatures[key] = self._sign(column, reading)
        return self._signatures[key]

    def _sign(self, column: str, reading: Reading) -> Signature:
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

    def word(self, readings: Mapping[str, Reading]) -> int:
        """The bits that these nodes set for a row with these readings."""
        key = tuple([self.signature(name, readings[name]) for name in self.columns])
        found = self._words.get(key)
        if found is None:
            if len(self._words) >= MOST:
                self._words.clear()
            found = self._words[key] = self._judge(readings)
        return found

    def _judge(self, readings: Mapping[str, Reading]) -> int:
        situation = situation_of({name: readings[name] for name in self.columns})
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


class Joint(dict[tuple[int, ...], int]):
    """Several bases looked up at once: class numbers, in the order of `columns`, to word; filled as they appear."""

    def __init__(self, bases: list[Base]) -> None:
        super().__init__()
        self.bases = bases
        self.columns = tuple(dict.fromkeys(chain.from_iterable(base.columns for base in bases)))
        self._numbers: dict[str, dict[tuple[Signature, ...], int]] = {column: {} for column in self.columns}
        self._samples: dict[str, list[Reading]] = {column: [] for column in self.columns}

    def number(self, column: str, reading: Reading) -> int:
        """The class of a reading."""
        signature = tuple(base.signature(column, reading) for base in self.bases if column in base.columns)
        numbers = self._numbers[column]
        if signature not in numbers:
            numbers[signature] = len(numbers)
            self._samples[column].append(reading)
        return numbers[signature]

    def __missing__(self, key: tuple[int, ...]) -> int:
        readings = {name: self._samples[name][number] for name, number in zip(self.columns, key, strict=True)}
        word = 0
        for base in self.bases:
            word |= base.word(readings)
        if len(self) >= MOST:
            self.clear()
        self[key] = word
        return word


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
    return [Joint(members) for members in _shared(bases)]


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
        domain = using[0].layout.catalogue.facts[column].domain
        readings: list[Values] = [frozenset({value}) for value in domain]
        size *= 1 + len({tuple(base.signature(column, reading) for base in using) for reading in readings})
    return size
