"""What places have in common: memories of services that look the same from each of them."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from math import prod

from kotoneuvo.advice.service import Service
from kotoneuvo.advice.situation import GOALS, SERVICE_LANGUAGE
from kotoneuvo.render.jsonl.following import Layout, Pick, Vector, pick
from kotoneuvo.render.jsonl.looks import facts_of
from kotoneuvo.render.jsonl.numbers import WIDE
from kotoneuvo.render.jsonl.standing import Bench, Finest, OneByOne, Standings
from kotoneuvo.render.jsonl.ways import Preferences, Ways

PLACE = "municipality"
MANY = 20_000
"""Combinations of values of some facts; if there may be more, they are not worth remembering."""


class Shared:
    """What places have in common: memories of services that look the same from each of them."""

    def __init__(self, bench: Bench, layout: Layout) -> None:
        self.bench = bench
        self.layout = layout
        self.names = {
            each.id: tuple(name for name in facts_of(each, layout.facts) if name != PLACE) for each in bench.running
        }
        self.order = {name: place for place, name in enumerate(bench.catalogue.services)}
        self._finest: dict[str, Finest] = {}
        self._standings: dict[Hashable, Standings] = {}
        self._ways: dict[Hashable, Ways] = {}
        self._preferences: dict[tuple[str, ...], Preferences] = {}
        self.wishes = pick([layout.direct[name] for name in (GOALS, SERVICE_LANGUAGE)])

    def group(self, services: Sequence[Service], place: int) -> tuple[Standings | OneByOne, Pick]:
        """What tells how some services stand that look at the same facts, and its key in a row's vector."""
        names = self.names[services[0].id]
        finest = list(map(self._one, services))
        if prod(min(len(self.layout.facts[name].domain), WIDE) for name in names) > MANY:
            return OneByOne(finest), _whole
        looks = [self.bench.looks.look(each, PLACE)[place] for each in services]
        key = tuple(zip((each.id for each in services), looks, strict=True))
        if key not in self._standings:
            self._standings[key] = Standings(finest, self.bench.memory)
        return self._standings[key], pick([self.layout.classes[name] for name in names])

    def _one(self, service: Service) -> Finest:
        if service.id not in self._finest:
            self._finest[service.id] = Finest(service, self.bench)
        return self._finest[service.id]

    def ways(self, name: str, services: Sequence[Service]) -> Ways:
        """The memory of how a service opens after these."""
        key = (name, tuple(each.id for each in services))
        if key not in self._ways:
            self._ways[key] = Ways(name, services, self.bench)
        return self._ways[key]

    def preferences(self, services: Sequence[Service]) -> Preferences:
        """Which of these services comes before which."""
        key = tuple(each.id for each in services)
        if key not in self._preferences:
            self._preferences[key] = Preferences(services, self.bench)
        return self._preferences[key]


def _whole(vector: Vector) -> Vector:
    return vector
