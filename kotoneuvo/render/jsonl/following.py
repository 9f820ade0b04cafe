"""The numbers of a row: what was answered, fact by fact, and what follows from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
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


def _nothing(_vector: Vector) -> tuple[()]:
    return ()


class Layout:
    """Where in a row's vector the numbers lie.

    `direct`: answers and wishes, in the order of the facts. `held`: what is still possible, and `classes`: its class.
    `against`: the places of tuples of answers that others rule out.
    """

    def __init__(self, facts: FactBook, numbers: Mapping[str, Numbers], exact: frozenset[str], memory: Memory) -> None:
        self.facts = facts
        self.numbers = numbers
        self.exact = exact
        self.direct = {name: place for place, name in enumerate((*facts.facts, GOALS, SERVICE_LANGUAGE))}
        self.held = {name: self.direct[name] for name in facts.facts if not self._follows(name)}
        self.classes = dict(self.held)
        self.size = len(self.direct)
        self.against: list[int] = []
        self.told_apart = [(name, self.held[name]) for name in self.held if name not in exact]
        for name, _place in self.told_apart:
            self.classes[name] = self._next()
        self.blocks = [Following(self, names, memory) for names in self._blocks()]

    def _next(self) -> int:
        self.size += 1
        return self.size - 1

    def _follows(self, name: str) -> bool:
        """Whether anything but a fact's own answer says what is possible."""
        fact = self.facts[name]
        return bool(self.facts.derivations.get(name) or fact.goals or fact.default is not None)

    def sources(self, name: str) -> frozenset[str]:
        """What a fact follows from."""
        tables = self.facts.derivations.get(name, {}).values()
        told = {criterion.fact for table in tables for criterion in criteria_of(table)}
        return frozenset(told | ({GOALS} if self.facts[name].goals else set()))

    def _blocks(self) -> list[list[str]]:
        """Facts that follow from the same others, after those others."""
        known = {*self.held, GOALS}
        left = [name for name in self.facts.facts if name not in self.held]
        found: list[list[str]] = []
        while left:
            ready = [name for name in left if self.sources(name) <= known]
            blocks: dict[frozenset[str], list[str]] = {}
            for name in ready or left:
                blocks.setdefault(self.sources(name), []).append(name)
            found += blocks.values()
            known |= set(ready or left)
            left = [name for name in left if name not in known]
        return found

    def place_in_block(self, name: str) -> None:
        """Give the numbers of a fact that follows the next places."""
        self.held[name] = self.classes[name] = self._next()
        if name not in self.exact:
            self.classes[name] = self._next()

    def place_against(self) -> None:
        """Give a tuple of answers that others rule out the next place."""
        self.against.append(self._next())

    def fill(self, vector: list[Any]) -> None:
        """Add to the answers all that follows from them."""
        for name, place in self.told_apart:
            vector.append(self.numbers[name].classes[vector[place]])
        for block in self.blocks:
            vector += block[block.key(vector)]


class Held(Knowledge):
    """Knowledge that looks up what is possible in the vector of a row."""

    def __init__(self, knowledge: Knowledge, layout: Layout, vector: Vector) -> None:
        self.facts = knowledge.facts
        self.situation = knowledge.situation
        self.layout = layout
        self.vector = vector
        self.possible = self._look_up

    def _look_up(self, name: str) -> Values:
        held = self.layout.numbers[name].held[self.vector[self.layout.held[name]]]
        return self.facts[name].everything if held is None else held


class Following(Remembered[Any, tuple[Any, ...]]):
    """What is possible of a few facts, by what they follow from and by their own answers."""

    def __init__(self, layout: Layout, names: Sequence[str], memory: Memory) -> None:
        super().__init__(memory)
        self.layout = layout
        self.names = names
        sources = sorted(frozenset[str]().union(*map(layout.sources, names)))
        places = [layout.direct[name] if name == GOALS else layout.classes[name] for name in sources]
        self.key = pick([*places, *(layout.direct[name] for name in names)])
        for name in names:
            layout.place_in_block(name)
        layout.place_against()

    def make(self, key: Any) -> tuple[Any, ...]:
        """The numbers, each with its class where that is another, and the answers that others rule out."""
        knowledge = self.memory.knowledge
        found: list[Any] = []
        for name in self.names:
            numbers = self.layout.numbers[name]
            number = numbers[knowledge.possible(name)]
            found += (number,) if name in self.layout.exact else (number, numbers.classes[number])
        return (*found, tuple(filter(knowledge.contradicted, self.names)))
