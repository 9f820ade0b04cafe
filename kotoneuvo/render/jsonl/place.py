"""The services near one place, put in groups for looking up how they stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kotoneuvo.advice.assessment import countrywide
from kotoneuvo.advice.criteria import Criterion
from kotoneuvo.advice.facts import Values
from kotoneuvo.advice.service import Service
from kotoneuvo.render.jsonl.following import Pick, Vector, pick
from kotoneuvo.render.jsonl.memory import ENTRY, Remembered
from kotoneuvo.render.jsonl.shared import PLACE, Shared
from kotoneuvo.render.jsonl.standing import Standing, Way
from kotoneuvo.render.jsonl.ways import Preferences, Ways, before, doors, helpers, in_turn, providers


@dataclass(frozen=True, slots=True)
class Waiting:
    """How a service is looked up that waits for others: its memory, whose marks it goes by, and who comes first.

    A mark says how a service opens and what it gives; where services wait for each other (`circle`) what each lacks
    and gives says more than marks that are not there yet.
    """

    ways: Ways
    marks: Pick
    preferences: Preferences | None
    circle: bool


class Place:
    """One reading of the municipality: the running services that are not surely for others.

    `services` are in an order of their own; `ordered` are their numbers in the catalogue's.
    """

    def __init__(self, near: Iterable[Service], place: int, shared: Shared) -> None:
        self.shared = shared
        groups: dict[tuple[tuple[str, ...], bool], list[Service]] = {}
        for each in near:
            groups.setdefault((shared.names[each.id], countrywide(each)), []).append(each)
        self.groups = [shared.group(each, place) for each in groups.values()]
        self.services = [service for group in groups.values() for service in group]
        self.number = {each.id: number for number, each in enumerate(self.services)}
        self.ordered = sorted(range(len(self.services)), key=lambda number: shared.order[self.services[number].id])
        self.sources: set[int] = set()
        self.waiting = list(self._waiting())

    def _waiting(self) -> Iterator[tuple[int, tuple[Waiting, Waiting]]]:
        """The services that may wait for others: first those that wait for a way in, then for all that helps."""
        catalogue, day = self.shared.bench.catalogue, self.shared.bench.day
        services = {self.services[number].id: self.services[number] for number in self.ordered}
        given = providers(services.values())
        ways_in = {name: doors(each, services, catalogue, day) for name, each in services.items()}
        direct = {name: ways_in[name] | helpers(each, given) for name, each in services.items()}
        for name, in_step in in_turn(direct):
            through, later = (self._wait(name, first, direct, in_step) for first in (ways_in[name], direct[name]))
            self.sources.update(self.number[each] for each in direct[name])
            yield self.number[name], (through, later)

    def _wait(self, name: str, first: set[str], direct: Mapping[str, set[str]], in_step: bool) -> Waiting:
        all_before = before(name, first, direct)
        catalogue = self.shared.bench.catalogue
        involved = [catalogue.services[each] for each in sorted(all_before, key=self.shared.order.__getitem__)]
        ways = self.shared.ways(name, involved)
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
        """Leave out what is surely for other municipalities: it opens no door to any other."""
        answer = self.memory.knowledge.situation.known.get(PLACE)
        number = self.memory.vector[self.shared.layout.held[PLACE]]
        running = self.shared.bench.running
        near = running if answer is None else [each for each in running if not _shut_to(each, answer)]
        return Place(near, number, self.shared)

    def size(self, piece: Place) -> int:
        """Some lists of services, and what some of them wait for."""
        return (10 + len(piece.services)) * ENTRY


def _shut_to(service: Service, places: Values) -> bool:
    own = [node for node in service.eligibility if isinstance(node, Criterion) and node.fact == PLACE]
    return any(places.isdisjoint(node.accept) and places.isdisjoint(node.unclear) for node in own)
