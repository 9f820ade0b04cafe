"""The numbers of a row: what was answered, fact by fact, and what follows from it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from operator import itemgetter
from typing import Any

from kotoneuvo.advice.criteria import criteria_of
from kotoneuvo.advice.facts import FactBook, Values
from kotoneuvo.advice.situation import GOALS, SERVICE_LANGUAGE, Knowledge
from kotoneuvo.render.jsonl.memory import Memory, Remembered
from kotoneuvo.render.jsonl.numbers import Numbers

Vector = Sequence[Any]
"""The numbers of one row; where each lies is told by `Layout`."""
Pick = Callable[[Vector], Any]


def pick(places: Sequence[int]) -> Pick:
    """What takes the numbers at these places, as a key."""
    return itemgetter(*places) if places else _nothing


def pick_all(places: Sequence[int]) -> Callable[[Sequence[Any]], Sequence[Any]]:
    """What takes what lies at these places, always as a sequence."""
    return pick(places) if len(places) != 1 else lambda row: (row[places[0]],)


def _nothing(_vector: Vector) -> tuple[()]:
    return ()


class Layout:
    """Where in a row's vector the numbers lie.

    `direct`: answers and wishes, in the order of the facts. `held`: what is still possible, `classes` its class, and
    `sources` its class to facts that follow from it. `against`: tuples of answers that others rule out, `behind` the
    answers by which a fact's own may be ruled out.
    """

    def __init__(
        self, facts: FactBook, numbers: Mapping[str, Numbers], provided: frozenset[str], memory: Memory
    ) -> None:
        self.facts = facts
        self.numbers = numbers
        self.direct = {name: place for place, name in enumerate((*facts.facts, GOALS, SERVICE_LANGUAGE))}
        self.held: dict[str, int] = {}
        self.classes: dict[str, int] = {}
        self.sources: dict[str, int] = {GOALS: self.direct[GOALS]}
        self.against: list[int] = []
        self._exact = {name for name in facts.facts if name in provided or not numbers[name].regard}
        self._used = frozenset[str]().union(*map(self.follows_from, facts.facts))
        self._size = len(self.direct)
        self._free: list[tuple[int, Sequence[int]]] = []
        for name in facts.facts:
            if not self._follows(name):
                self.held[name] = self.direct[name]
                self._free += [(self.direct[name], table) for table in self.place_classes(name)]
        self.behind = {name: [self.direct[each] for each in self.follows_from(name)] for name in facts.facts}
        self.blocks = [Following(self, names, memory) for names in self._blocks()]

    def _next(self) -> int:
        self._size += 1
        return self._size - 1

    def place_classes(self, name: str) -> list[Sequence[int]]:
        """Give the classes of a fact the next places, as far as they are used; by number what to put there."""
        tables: list[Sequence[int]] = []
        self.classes[name] = self.held[name]
        if name not in self._exact:
            self.classes[name] = self._next()
            tables.append(self.numbers[name].classes)
        if name in self._used:
            self.sources[name] = self._next()
            tables.append(self.numbers[name].sources)
        return tables

    def _follows(self, name: str) -> bool:
        """Whether anything but a fact's own answer says what is possible."""
        fact = self.facts[name]
        return bool(self.facts.derivations.get(name) or fact.goals or fact.default is not None)

    def follows_from(self, name: str) -> frozenset[str]:
        """What a fact follows from."""
        tables = self.facts.derivations.get(name, {}).values()
        told = {criterion.fact for table in tables for criterion in criteria_of(table)}
        return frozenset(told | ({GOALS} if self.facts[name].goals else set()))

    def _blocks(self) -> Iterator[list[str]]:
        """Facts that follow from the same others, after those others."""
        known = {*self.held, GOALS}
        left = [name for name in self.facts.facts if name not in self.held]
        while left:
            blocks: dict[frozenset[str], list[str]] = {}
            for name in left:
                if self.follows_from(name) <= known:
                    blocks.setdefault(self.follows_from(name), []).append(name)
            yield from blocks.values()
            known.update(*blocks.values())
            left = [name for name in left if name not in known]

    def place(self, name: str) -> None:
        """Give what is possible of a fact that follows the next place."""
        self.held[name] = self._next()

    def place_against(self) -> None:
        """Give a tuple of answers that others rule out the next place."""
        self.against.append(self._next())

    def fill(self, vector: list[Any]) -> None:
        """Add to the answers all that follows from them."""
        vector += [table[vector[place]] for place, table in self._free]
        for block in self.blocks:
            vector += block[block.key(vector)]


class Held(Knowledge):
    """Knowledge that looks up what is possible in the vector of a row."""

    def __init__(self, knowledge: Knowledge, layout: Layout, vector: Vector) -> None:
        super().__init__(knowledge.facts, knowledge.situation)
        self.possible = partial(_look_up, layout, vector)


def _look_up(layout: Layout, vector: Vector, name: str) -> Values:
    held = layout.numbers[name].held[vector[layout.held[name]]]
    return layout.facts[name].everything if held is None else held


class Following(Remembered[Any, tuple[Any, ...]]):
    """What is possible of a few facts, by what they follow from and by their own answers."""

    def __init__(self, layout: Layout, names: Sequence[str], memory: Memory) -> None:
        super().__init__(memory)
        sources = [layout.sources[name] for name in sorted(layout.follows_from(names[0]))]
        self.key = pick([*sources, *(layout.direct[name] for name in names)])
        self.facts: list[tuple[str, Numbers, list[Sequence[int]]]] = []
        for name in names:
            layout.place(name)
            self.facts.append((name, layout.numbers[name], layout.place_classes(name)))
        layout.place_against()

    def make(self, key: Any) -> tuple[Any, ...]:
        """The numbers, each with its classes, and the answers that others rule out."""
        knowledge = self.memory.knowledge
        found: list[Any] = []
        for name, numbers, classes in self.facts:
            number = numbers[knowledge.possible(name)]
            found += (number, *(table[number] for table in classes))
        return (*found, tuple(name for name, _, _ in self.facts if knowledge.contradicted(name)))
