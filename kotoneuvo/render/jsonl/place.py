"""The services near one place, put in groups for looking up how they stand."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import prod
from typing import Any

from kotoneuvo.advice.assessment import COUNTRY
from kotoneuvo.advice.criteria import Criterion
from kotoneuvo.advice.facts import Values
from kotoneuvo.advice.pathway import doors_of, walk_in
from kotoneuvo.advice.service import NATIONWIDE, Catalogue, Service
from kotoneuvo.advice.situation import GOALS, SERVICE_LANGUAGE
from kotoneuvo.render.jsonl.following import Layout, Pick, Vector, pick
from kotoneuvo.render.jsonl.looks import facts_of
from kotoneuvo.render.jsonl.memory import ENTRY, Remembered
from kotoneuvo.render.jsonl.numbers import WIDE
from kotoneuvo.render.jsonl.standing import Bench, Finest, OneByOne, Standing, Standings, Way
from kotoneuvo.render.jsonl.ways import Preferences, Ways, before, doors, helpers, in_turn, providers

PLACE = "municipality"
MANY = 20_000
"""Combinations of values of some facts; if there may be more, they are not worth remembering."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """How a service is looked up that waits for others: its memory, whose marks it goes by, and which of
    these come first.

    A mark says how a service opens and what it gives; where services wait for each other (`circle`) what each lacks
    and gives says more than marks that are not there yet.
    """

    ways: Ways
    marks: Pick
    preferences: Preferences | None
    circle: bool


class Shared:
    """What places have in common: memories of services that look the same from each of them."""

    def __init__(self, bench: Bench, layout: Layout) -> None:
        self.bench = bench
        self.layout = layout
        self.names = {
            each.id: tuple(name for name in facts_of(each, layout.facts) if name != PLACE) for each in bench.running
        }
        self.order = {name: place for place, name in enumerate(bench.catalogue.services)}
        self._finest: dict[Hashable, Finest] = {}
        self._standings: dict[Hashable, Standings] = {}
        self._ways: dict[Hashable, Ways] = {}
        self._preferences: dict[tuple[str, ...], Preferences] = {}
        self.wishes = pick([layout.direct[name] for name in (GOALS, SERVICE_LANGUAGE)])

    def group(self, services: Sequence[Service], near: Catalogue, place: int) -> tuple[Standings | OneByOne, Pick]:
        """What tells how some services stand that look at the same facts, and its key in a row's vector."""
        names = self.names[services[0].id]
        doors = [walk_in(each, near) for each in services]
        finest = [self._one(each, door, near) for each, door in zip(services, doors, strict=True)]
        if prod(min(len(self.layout.facts[name].domain), WIDE) for name in names) > MANY:
            return OneByOne(finest), _whole
        looks = [self.bench.looks.look(each, PLACE)[place] for each in services]
        key = tuple(zip((each.id for each in services), doors, looks, strict=True))
        if key not in self._standings:
            self._standings[key] = Standings(finest, self.bench.memory)
        return self._standings[key], pick([self.layout.classes[name] for name in names])

    def _one(self, service: Service, door: bool, near: Catalogue) -> Finest:
        key = (service.id, door)
        if key not in self._finest:
            self._finest[key] = Finest(service, near, self.bench)
        return self._finest[key]

    def ways(self, service: Service, services: Sequence[Service], near: Catalogue) -> Ways:
        """The memory of how a service opens after these."""
        day = self.bench.day
        ways_in = tuple(() if walk_in(each, near) else tuple(doors_of(each, near, day)) for each in services)
        key = (service.id, tuple(each.id for each in services), ways_in)
        if key not in self._ways:
            self._ways[key] = Ways(service, services, near, day, self.bench.memory)
        return self._ways[key]

    def preferences(self, services: Sequence[Service]) -> Preferences:
        """Which of these services comes before which."""
        key = tuple(each.id for each in services)
        if key not in self._preferences:
            bench = self.bench
            self._preferences[key] = Preferences(services, bench.catalogue, bench.day, bench.memory)
        return self._preferences[key]


class Place:
    """One reading of the municipality: the running services that are not surely for others.

    `services` are in an order of their own; `ordered` are their numbers in the catalogue's.
    """

    def __init__(self, near: Catalogue, place: int, shared: Shared) -> None:
        self.near = near
        self.shared = shared
        groups: dict[tuple[tuple[str, ...], bool], list[Service]] = {}
        for each in shared.bench.running:
            if each.id in near.services:
                groups.setdefault((shared.names[each.id], _wide(each)), []).append(each)
        self.groups = [shared.group(each, near, place) for each in groups.values()]
        self.services = [service for group in groups.values() for service in group]
        self.number = {each.id: number for number, each in enumerate(self.services)}
        self.ordered = sorted(range(len(self.services)), key=lambda number: shared.order[self.services[number].id])
        self.sources: set[int] = set()
        self.waiting = list(self._waiting())

    def _waiting(self) -> Iterator[tuple[int, tuple[Waiting, Waiting]]]:
        """The services that may wait for others: first those that wait for a way in, then for all that helps."""
        near, day = self.near, self.shared.bench.day
        services = {self.services[number].id: self.services[number] for number in self.ordered}
        given = providers(services.values())
        ways_in = {name: doors(each, services, near, day) for name, each in services.items()}
        direct = {name: ways_in[name] | helpers(each, given) for name, each in services.items()}
        for name, in_step in in_turn(direct):
            through, later = (self._wait(name, first, direct, in_step) for first in (ways_in[name], direct[name]))
            self.sources.update(self.number[each] for each in direct[name])
            yield self.number[name], (through, later)

    def _wait(self, name: str, first: set[str], direct: Mapping[str, set[str]], in_step: bool) -> Waiting:
        all_before = before(name, first, direct)
        involved = [self.near.services[each] for each in sorted(all_before, key=self.shared.order.__getitem__)]
        ways = self.shared.ways(self.near.services[name], involved, self.near)
        awaited = [each for each in involved if (each.id in first if in_step else True)]
        rivals = [each for each in awaited if each.id in self.shared.bench.rivals]
        preferences = self.shared.preferences(rivals) if len(rivals) > 1 else None
        return Waiting(ways, pick([self.number[each.id] for each in awaited]), preferences, not in_step)

    def stand(self, vector: Vector) -> tuple[list[Standing], list[Way | None]]:
        """How every service stands for a row, and how it opens."""
        standings: list[Standing] = []
        wishes = self.shared.wishes
        for group, key in self.groups:
            standings += group[key(vector)]
        ways = [each.way for each in standings]
        marks = dict.fromkeys(self.sources, 0)
        for number in marks:
            way = ways[number]
            if way is not None:
                marks[number] = way.number << GIVEN | standings[number].gives
        for number, waiting in self.waiting:
            standing = standings[number]
            if standing.waits:
                each = waiting[standing.waits - 1]
                shown: Any = marks if not each.circle else [(one.lacks, one.gives) for one in standings]
                told = each.marks(shown)
                preferred = 0 if each.preferences is None else each.preferences[wishes(vector)]
                way = ways[number] = each.ways[standing.lacks, told, preferred]
                if way is not None and number in marks:
                    marks[number] = way.number << GIVEN | standing.gives
        return standings, ways


GIVEN = 32
"""Bits of a mark for the number of what a service gives."""


class Places(Remembered[int, Place]):
    """Places by the class of their reading; it is that of the person at hand."""

    def __init__(self, shared: Shared) -> None:
        super().__init__(shared.bench.memory)
        self.shared = shared

    def make(self, key: int) -> Place:
        """Find what is near."""
        answer = self.memory.knowledge.situation.known.get(PLACE)
        number = self.memory.vector[self.shared.layout.held[PLACE]]
        return Place(near(self.shared.bench.catalogue, answer), number, self.shared)

    def size(self, piece: Place) -> int:
        """Some lists of services, and what some of them wait for."""
        return (10 + len(piece.services)) * ENTRY


def _whole(vector: Vector) -> Vector:
    return vector


def near(catalogue: Catalogue, places: Values | None) -> Catalogue:
    """The catalogue without what is surely for other municipalities: such services open no door to any other."""
    if places is None:
        return catalogue
    services = {name: each for name, each in catalogue.services.items() if not _shut_to(each, places)}
    return replace(catalogue, services=services)


def _shut_to(service: Service, places: Values) -> bool:
    own = [node for node in service.eligibility if isinstance(node, Criterion) and node.fact == PLACE]
    return any(places.isdisjoint(node.accept) and places.isdisjoint(node.unclear) for node in own)


def _wide(service: Service) -> bool:
    """Whether a service is for the whole country: it is near in every place, whatever else is."""
    return NATIONWIDE in service.area or len(service.area) > COUNTRY
