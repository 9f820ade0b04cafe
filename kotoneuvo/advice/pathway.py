"""The pathway: which services are open now, which open through others, and which open later.

Steps only add something (a level, a registration, a way in) and never take anything away. So it is enough to open
services layer by layer until nothing more opens, and then to walk back from the wanted ones: the relaxed planning graph
of automated planning.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import Enum
from typing import NamedTuple, TypeVar

from kotoneuvo.advice.compiled import Standing
from kotoneuvo.advice.criteria import UNMET, AnyOf, Criterion, Judgement
from kotoneuvo.advice.eligibility import coming
from kotoneuvo.advice.encoding import Encoding, Row
from kotoneuvo.advice.facts import Value

Opened = TypeVar("Opened")


class When(Enum):
    """How soon a service is open: now, through another service, or after something changes."""

    NOW = "now"
    THROUGH = "through"
    LATER = "later"


_WHENS = {when: place for place, when in enumerate(When)}


class Step(NamedTuple):
    """How a service opens. `after` lists the services before it, or "fact=value" for what comes with time."""

    when: When
    after: tuple[str, ...]
    layer: int


_OPEN_NOW = Step(When.NOW, (), 0)


class Stage(NamedTuple):
    """Services that open in the same way, in display order."""

    when: When
    after: tuple[str, ...]
    services: tuple[str, ...]


def open_in_layers(
    service_ids: Iterable[str], opens: Callable[[str, int], Opened | None]
) -> Iterator[Mapping[str, Opened]]:
    """Open services layer by layer until nothing more opens; yield each layer.

    `opens(service_id, layer)` returns how a service opens, given the layers so far, or None.
    """
    waiting = list(service_ids)
    layer = 0
    while opened := {service_id: how for service_id in waiting if (how := opens(service_id, layer))}:
        yield opened
        waiting = [service_id for service_id in waiting if service_id not in opened]
        layer += 1


def explore(
    encoding: Encoding, row: Row, standings: Mapping[str, Standing], ranks: Mapping[str, int]
) -> Mapping[str, Step]:
    """Return the step of every service that opens, out of those that run and are within reach.

    `standings` are in the catalogue's order; services with lower `ranks` are shown first. How a service opens depends
    only on itself and on the services that may come before it.
    """
    return _Exploration(encoding, row, standings, ranks).run()


class _Exploration:
    """Opens services layer by layer; `gains` maps fact and value to the opened services that provide it."""

    def __init__(
        self, encoding: Encoding, row: Row, standings: Mapping[str, Standing], ranks: Mapping[str, int]
    ) -> None:
        self.encoding, self.row, self.standings, self.ranks = encoding, row, standings, ranks
        self.steps: dict[str, Step] = {}
        self.gains: dict[str, dict[Value, list[str]]] = {}

    def run(self) -> Mapping[str, Step]:
        hopeful = [name for name, standing in self.standings.items() if not standing.hopeless]
        for opened in open_in_layers(hopeful, self._open):
            # A layer is added as a whole: within it, services must not open one another.
            self.steps |= opened
            for service_id in opened:
                self._gain(self.standings[service_id])
        return self.steps

    def _open(self, service_id: str, layer: int) -> Step | None:
        """The step that opens a service, given what is open so far; None if it stays closed."""
        standing = self.standings[service_id]
        compiled = standing.compiled
        gateways: tuple[str, ...] = ()
        if not compiled.walk_in:
            doors = [door for door in compiled.doors if door in self.steps]
            if not doors:
                return None
            gateways = (min(doors, key=self._order),)
        elif not standing.unmet and not layer:
            return _OPEN_NOW  # most services open this way, so they share one object
        missing: dict[str, None] = {}
        for judgement in standing.unmet:
            cover = self._cover(judgement)
            if cover is None:
                return None
            missing |= dict.fromkeys(cover)
        waits = missing or any(self.steps[gateway].when is When.LATER for gateway in gateways)
        when = When.LATER if waits else When.THROUGH if gateways else When.NOW
        return Step(when, tuple(dict.fromkeys((*gateways, *missing))), layer)

    def _order(self, service_id: str) -> tuple[int, int]:
        return (self.steps[service_id].layer, self.ranks[service_id])

    def _cover(self, judgement: Judgement) -> tuple[str, ...] | None:
        """The services, or the "fact=value" of passing time, that make an unmet node met; None if nothing does."""
        node = judgement.node
        if isinstance(node, Criterion):
            offers = self.gains.get(node.fact, {})
            providers = [name for value, names in offers.items() if value in node.maybe for name in names]
            # A provider wins over time: a course is something to do, waiting for a birthday is not.
            if providers:
                return (min(providers, key=self._order),)
            soon = coming(node, self.encoding.facts[node.fact], self.encoding.possible(self.row, node.fact))
            return None if soon is None else (f"{node.fact}={soon}",)
        if isinstance(node, AnyOf):
            covers = [self._cover_table(part) for part in judgement.parts]
            return min((cover for cover in covers if cover is not None), key=len, default=None)
        return None  # an exclusion: steps only add, so none of them can end it

    def _cover_table(self, part: tuple[Judgement, ...]) -> tuple[str, ...] | None:
        found: tuple[str, ...] = ()
        for judgement in part:
            if judgement.truth is UNMET:
                cover = self._cover(judgement)
                if cover is None:
                    return None
                found += cover
        return found

    def _gain(self, standing: Standing) -> None:
        """Record what an opened service provides beyond what the person has; for levels, every level up to it."""
        service = standing.compiled.service
        for name, value in service.provides.items():
            fact = self.encoding.facts[name]
            held = self.encoding.possible(self.row, name)
            reached = {value}
            if fact.grows:
                # A course that leads to B1 passes A2, so it also opens services that require A2.
                top = max(fact.position[each] for each in held)
                reached = set(fact.domain[top + 1 : fact.position[value] + 1])
            for each in reached - held:
                self.gains.setdefault(name, {}).setdefault(each, []).append(service.id)


def walk_back(steps: Mapping[str, Step], wanted: Iterable[str]) -> frozenset[str]:
    """The wanted services that open, and every step before them."""
    needed: set[str] = set()
    waiting = list(wanted)
    while waiting:
        name = waiting.pop()
        if name not in needed and name in steps:
            needed.add(name)
            waiting.extend(steps[name].after)
    return frozenset(needed)


def stages_of(needed: frozenset[str], steps: Mapping[str, Step], ranks: Mapping[str, int]) -> tuple[Stage, ...]:
    """Group the needed steps by what comes before them: now, through (nearest first), later."""
    ordered = sorted([name for name in steps if name in needed], key=ranks.__getitem__)
    groups: dict[tuple[When, tuple[str, ...]], list[str]] = {}
    for name in ordered:
        when, after, _layer = steps[name]
        groups.setdefault((when, after), []).append(name)

    def place(group: tuple[When, tuple[str, ...]]) -> tuple[int, int, int]:
        names = groups[group]
        return (_WHENS[group[0]], min([steps[name].layer for name in names]), ranks[names[0]])

    return tuple([Stage(*group, tuple(groups[group])) for group in sorted(groups, key=place)])
