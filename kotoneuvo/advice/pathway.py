"""The pathway: what is open now, what opens through it, what opens later; computed by forward exploration.

Steps only add (a level, a registration, a way in), they never take away, so it is enough to open services layer by
layer until nothing new opens, and then to walk back from the wanted ones (the relaxed planning graph of automated
planning).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import Enum
from typing import NamedTuple

from kotoneuvo.advice.assessment import Assessment, Rank, rank
from kotoneuvo.advice.criteria import AnyOf, Criterion, Judgement
from kotoneuvo.advice.facts import Value
from kotoneuvo.advice.service import SELF, Catalogue, Service
from kotoneuvo.advice.situation import Knowledge
from kotoneuvo.advice.truth import UNMET

SOON = 1
"""How many years ahead a birthday or an anniversary still counts as a later step."""


class When(Enum):
    """How soon a service is open: as things stand, through another one, or after something changes."""

    NOW = "now"
    THROUGH = "through"
    LATER = "later"


class Step(NamedTuple):
    """How one service opens. `after` names the services before it, or "fact=value" for what time brings."""

    when: When
    after: tuple[str, ...]
    layer: int


class Stage(NamedTuple):
    """Services that open in the same way, in the order in which to show them."""

    when: When
    after: tuple[str, ...]
    services: tuple[str, ...]


def find_pathway(
    catalogue: Catalogue, assessments: Mapping[str, Assessment], knowledge: Knowledge, day: date
) -> tuple[tuple[Stage, ...], frozenset[str]]:
    """The stages of the pathway, and the ids of everything that can be reached at all."""
    ranks = {name: rank(assessment, catalogue, knowledge) for name, assessment in assessments.items()}
    steps = explore(catalogue, assessments, knowledge, day, ranks)
    needed = walk_back(steps, (name for name in steps if assessments[name].wanted))
    return _stages(needed, steps, ranks), frozenset(steps)


def explore(
    catalogue: Catalogue,
    assessments: Mapping[str, Assessment],
    knowledge: Knowledge,
    day: date,
    ranks: Mapping[str, Rank],
) -> Mapping[str, Step]:
    """How every service opens that does. A step is told by its service and those that may come before it alone."""
    return _Exploration(catalogue, assessments, knowledge, day, ranks).run()


def walk_in(service: Service, catalogue: Catalogue) -> bool:
    """Whether the person may go directly, or no source says how one gets in.

    Nobody waits for a house that serves others than the service does: an employer's desk in a house for migrants.
    """
    if not service.gateways or SELF in service.gateways:
        return True
    house = catalogue.services.get(service.part_of)
    return not service.access.via and house is not None and not set(house.audience) & set(service.audience)


def doors_of(service: Service, catalogue: Catalogue, day: date) -> list[str]:
    """The services that are a way in on a day: successors stand for those that have ended."""
    return [door for gateway in service.gateways for door in catalogue.running(gateway, day)]


class _Exploration:
    """Opens services layer by layer; `gains` holds what opened services provide: fact, value, providers."""

    def __init__(
        self,
        catalogue: Catalogue,
        assessments: Mapping[str, Assessment],
        knowledge: Knowledge,
        day: date,
        ranks: Mapping[str, Rank],
    ) -> None:
        self.catalogue = catalogue
        self.assessments = assessments
        self.knowledge = knowledge
        self.day = day
        self.ranks = ranks
        self.steps: dict[str, Step] = {}
        self.gains: dict[str, dict[Value, list[str]]] = {}

    def run(self) -> Mapping[str, Step]:
        waiting = [name for name, assessment in self.assessments.items() if assessment.running]
        layer = 0
        while True:
            opened = {name: step for name in waiting if (step := self._open(self.assessments[name], layer))}
            if not opened:
                return self.steps
            self.steps |= opened
            waiting = [name for name in waiting if name not in opened]
            for name in opened:
                self._gain(self.assessments[name].service)
            layer += 1

    def _open(self, assessment: Assessment, layer: int) -> Step | None:
        """The step that opens a service with what is reached so far, if one does."""
        gateways = self._gateways(assessment.service)
        if gateways is None:
            return None
        missing: dict[str, None] = {}
        for judgement in assessment.judgements:
            if judgement.truth is UNMET:
                cover = self._cover(judgement)
                if cover is None:
                    return None
                missing |= dict.fromkeys(cover)
        waits = missing or any(self.steps[gateway].when is When.LATER for gateway in gateways)
        when = When.LATER if waits else When.THROUGH if gateways else When.NOW
        return Step(when, tuple(dict.fromkeys((*gateways, *missing))), layer)

    def _gateways(self, service: Service) -> tuple[str, ...] | None:
        """The best open way in; empty if the person may go directly (or no source says how); None if none is open."""
        if walk_in(service, self.catalogue):
            return ()
        doors = [door for door in doors_of(service, self.catalogue, self.day) if door in self.steps]
        return (min(doors, key=self._order),) if doors else None

    def _order(self, name: str) -> tuple[int, Rank]:
        return (self.steps[name].layer, self.ranks[name])

    def _cover(self, judgement: Judgement) -> tuple[str, ...] | None:
        """What brings an unmet node about: services that provide it, or time; None if nothing does."""
        node = judgement.node
        if isinstance(node, Criterion):
            offers = self.gains.get(node.fact, {})
            providers = [name for value, names in offers.items() if value in node.maybe for name in names]
            if providers:
                return (min(providers, key=self._order),)
            return self._time(node)
        if isinstance(node, AnyOf):
            covers = [self._cover_table(part) for part in judgement.parts]
            return min((cover for cover in covers if cover is not None), key=len, default=None)
        return None

    def _cover_table(self, part: tuple[Judgement, ...]) -> tuple[str, ...] | None:
        found: tuple[str, ...] = ()
        for judgement in part:
            if judgement.truth is UNMET:
                cover = self._cover(judgement)
                if cover is None:
                    return None
                found += cover
        return found

    def _time(self, criterion: Criterion) -> tuple[str, ...] | None:
        """A birthday or an anniversary that comes soon."""
        fact = self.knowledge.facts[criterion.fact]
        if fact.change != "time" or not fact.ordered:
            return None
        top = max(fact.position[value] for value in self.knowledge.possible(fact.id))
        ahead = [fact.position[value] for value in criterion.maybe if fact.position[value] > top]
        if not ahead or min(ahead) - top > SOON:
            return None
        return (f"{fact.id}={fact.domain[min(ahead)]}",)

    def _gain(self, service: Service) -> None:
        """Note what an opened service provides beyond what the person has: for levels, every step up to it."""
        for name, value in service.provides.items():
            fact = self.knowledge.facts[name]
            held = self.knowledge.possible(name)
            reached = {value}
            if fact.grows:
                top = max(fact.position[each] for each in held)
                reached = set(fact.domain[top + 1 : fact.position[value] + 1])
            for each in reached - held:
                self.gains.setdefault(name, {}).setdefault(each, []).append(service.id)


def walk_back(steps: Mapping[str, Step], wanted: Iterable[str]) -> frozenset[str]:
    """The wanted services and, walking back, every step before them."""
    needed: set[str] = set()
    waiting = list(wanted)
    while waiting:
        name = waiting.pop()
        if name not in needed and name in steps:
            needed.add(name)
            waiting.extend(steps[name].after)
    return frozenset(needed)


def _stages(needed: frozenset[str], steps: Mapping[str, Step], ranks: Mapping[str, Rank]) -> tuple[Stage, ...]:
    """Group by what comes before: now, through (nearest first), later."""
    ordered = sorted((name for name in steps if name in needed), key=lambda name: ranks[name])
    groups: dict[tuple[When, tuple[str, ...]], list[str]] = {}
    for name in ordered:
        groups.setdefault((steps[name].when, steps[name].after), []).append(name)
    order = list(When)

    def place(group: tuple[tuple[When, tuple[str, ...]], list[str]]) -> tuple[int, int, Rank]:
        (when, _), names = group
        return (order.index(when), min(steps[name].layer for name in names), ranks[names[0]])

    return tuple(Stage(when, after, tuple(names)) for (when, after), names in sorted(groups.items(), key=place))
