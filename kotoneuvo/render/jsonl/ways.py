"""How services open that need another one first: remembered by how they and those before them stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from kotoneuvo.advice.assessment import rank
from kotoneuvo.advice.criteria import criteria_of
from kotoneuvo.advice.pathway import doors_of, explore, walk_in
from kotoneuvo.advice.service import Catalogue, Service
from kotoneuvo.render.jsonl.memory import ENTRY, Remembered
from kotoneuvo.render.jsonl.standing import Bench, Way, bare


def before(name: str, first: Iterable[str], direct: Mapping[str, set[str]]) -> frozenset[str]:
    """A service, those `first` before it, and all that may come before these."""
    found = {name}
    waiting = list(first)
    while waiting:
        other = waiting.pop()
        if other not in found:
            found.add(other)
            waiting += direct[other]
    return frozenset(found)


def doors(service: Service, services: Mapping[str, Service], catalogue: Catalogue, day: date) -> set[str]:
    """The ways in to a service that run; none where the person may go directly."""
    return set() if walk_in(service, catalogue) else services.keys() & {*doors_of(service, catalogue, day)}


def providers(services: Iterable[Service]) -> Mapping[str, set[str]]:
    """Fact to the services that provide it."""
    found: dict[str, set[str]] = {}
    for each in services:
        for fact in each.provides:
            found.setdefault(fact, set()).add(each.id)
    return found


def helpers(service: Service, given: Mapping[str, set[str]]) -> set[str]:
    """The others that provide something that a service asks for."""
    asked = {criterion.fact for criterion in criteria_of(service.eligibility)}
    return set[str]().union(*(given.get(fact, ()) for fact in asked)) - {service.id}


def in_turn(direct: Mapping[str, set[str]]) -> Iterator[tuple[str, bool]]:
    """The services that may wait for others, each after those: where they wait for each other, False for the first."""
    left = {name: others for name, others in direct.items() if others}
    while left:
        ready = [name for name, others in left.items() if left.keys().isdisjoint(others)]
        for name in ready or list(left)[:1]:
            yield name, bool(ready)
            del left[name]


class Preferences(dict[tuple[int, int], int]):
    """Which of several services comes before which for a person's wishes: the numbers of these to that of the order.

    The outcome, which counts for less than goals and for more than the rest, is not among it.
    """

    def __init__(self, services: Sequence[Service], bench: Bench) -> None:
        super().__init__()
        self.services = services
        self.bench = bench

    def __missing__(self, wishes: tuple[int, int]) -> int:
        bench, memory = self.bench, self.bench.memory
        ranks = [rank(bare(each, bench.day), bench.catalogue, memory.knowledge) for each in self.services]
        first, last = [each[:2] for each in ranks], [each[3:] for each in ranks]
        order = (*map(sorted(first).index, first), *map(sorted(last).index, last))
        number = self[wishes] = memory.number(order)
        memory.fixed += ENTRY
        return number


class Ways(Remembered[Any, Way | None]):
    """How one service opens, by what it lacks and by how those open that it may wait for."""

    def __init__(self, name: str, services: Sequence[Service], bench: Bench) -> None:
        super().__init__(bench.memory)
        self.name = name
        self.services = services
        self.bench = bench

    def make(self, key: Any) -> Way | None:
        """Explore these services alone: no other has a part in it."""
        knowledge, catalogue, day = self.memory.held, self.bench.catalogue, self.bench.day
        assessments = {each.id: self.bench.assess(each) for each in self.services}
        ranks = {name: rank(each, catalogue, knowledge) for name, each in assessments.items()}
        return self.bench.way(self.name, explore(catalogue, assessments, knowledge, day, ranks))
