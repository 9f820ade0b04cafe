"""How services open that need another one first: remembered by how they and those before them stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from kotoneuvo.advice.assessment import assess, rank
from kotoneuvo.advice.criteria import criteria_of
from kotoneuvo.advice.pathway import doors_of, explore, walk_in
from kotoneuvo.advice.service import Catalogue, Service
from kotoneuvo.render.jsonl.memory import Memory, Remembered
from kotoneuvo.render.jsonl.standing import Way, way_of


def before(name: str, direct: Mapping[str, set[str]], *, only_doors: set[str] | None = None) -> frozenset[str]:
    """A service and all that may come before it: by `direct`, or first through its doors only."""
    found = {name}
    waiting = list(direct[name] if only_doors is None else only_doors)
    while waiting:
        other = waiting.pop()
        if other not in found:
            found.add(other)
            waiting += direct[other]
    return frozenset(found)


def doors(service: Service, services: Mapping[str, Service], catalogue: Catalogue, day: date) -> set[str]:
    """The ways in to a service that run; none where the person may go directly."""
    return set() if walk_in(service, catalogue) else services.keys() & {*doors_of(service, catalogue, day)}


def providers(service: Service, services: Mapping[str, Service]) -> set[str]:
    """What provides something that a service asks for."""
    asked = {criterion.fact for criterion in criteria_of(service.eligibility)}
    return {name for name, each in services.items() if not asked.isdisjoint(each.provides)}


def contested(names: Iterable[str], catalogue: Catalogue, day: date) -> bool:
    """Whether services may have to choose among several doors or providers: then ranks matter."""
    services = [catalogue.services[name] for name in names]
    provided = [fact for each in services for fact in each.provides]
    doors = [set(doors_of(each, catalogue, day)) for each in services]
    return len(provided) > len(set(provided)) or any(len(each) > 1 for each in doors)


class Ways(Remembered[Any, Way | None]):
    """How one service opens, by the states of it and of all `services` before it (and by wishes if `contested`)."""

    def __init__(
        self, service: Service, services: Sequence[Service], catalogue: Catalogue, day: date, memory: Memory
    ) -> None:
        super().__init__(memory)
        self.service = service
        self.services = services
        self.catalogue = catalogue
        self.day = day

    def make(self, key: Any) -> Way | None:
        """Explore these services alone: no other has a part in it."""
        knowledge = self.memory.knowledge
        assessments = {each.id: assess(each, knowledge, self.day, frozenset()) for each in self.services}
        ranks = {name: rank(each, self.catalogue, knowledge) for name, each in assessments.items()}
        steps = explore(self.catalogue, assessments, knowledge, self.day, ranks)
        return way_of(self.service.id, dict(steps))
