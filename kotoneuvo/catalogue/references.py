"""References between services: names that lead nowhere, circles, and services that nobody can get into."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from kotoneuvo.advice.criteria import UNMET, AnyOf, Criterion, Node, Table, judge, merge
from kotoneuvo.advice.facts import FactBook
from kotoneuvo.advice.pathway import open_in_layers
from kotoneuvo.advice.problems import N_, Problem, closest
from kotoneuvo.advice.service import SELF, Service
from kotoneuvo.advice.situation import Knowledge, Situation

Targets = Callable[[Service], tuple[str, ...]]
"""The ids of the services that one refers to in a field."""


def check_references(services: Iterable[Service]) -> Iterator[Problem]:
    """Every reference that leads nowhere, or back to where it began, by the id of the service that has it."""
    by_id = {service.id: service for service in services}
    for service in by_id.values():
        named = {"part_of": _house(service), "successor": service.successor, "access.via": service.access.via}
        for name, targets in named.items():
            for target in targets:
                if target not in by_id and (name, target) != ("access.via", SELF):
                    near = closest(target, by_id)
                    details = {"kind": "service", "found": target}
                    yield Problem('unknown {kind} "{found}"', details, "", service.id, name, suggestion=near)
        for name, targets_of in (("part_of", _house), ("successor", _successors)):
            if _leads_back(service, targets_of, by_id):
                yield Problem("this leads back to itself", entry=service.id, fieldname=name)


def _house(service: Service) -> tuple[str, ...]:
    return (service.part_of,) if service.part_of else ()


def _successors(service: Service) -> tuple[str, ...]:
    return service.successor


def _leads_back(start: Service, targets_of: Targets, services: Mapping[str, Service]) -> bool:
    seen: set[str] = set()
    waiting = [*targets_of(start)]
    while waiting:
        name = waiting.pop()
        if name == start.id:
            return True
        if name in services and name not in seen:
            seen.add(name)
            waiting += targets_of(services[name])
    return False


def check_reach(services: Iterable[Service], facts: FactBook) -> Iterator[Problem]:
    """Every service that nobody can get into, by its id."""
    by_id = {service.id: service for service in services}
    for service in by_id.values():
        for found in dict.fromkeys(_impossible(service.eligibility, facts)):
            message = N_("nobody can meet this together with the other criteria, area and house")
            yield Problem(message, entry=service.id, fieldname=found)
    yield from _circles(by_id)


def _impossible(table: Table, facts: FactBook) -> Iterator[str]:
    """The fields of a table that are never met when all its other criteria are."""
    empty = [node.fact for node in table if isinstance(node, Criterion) and not node.maybe]
    if empty:
        yield from (_field(fact) for fact in empty)
        return
    knowledge = _at_best(table, facts)
    contradictions = knowledge.contradictions()
    if contradictions:
        yield from (_field(each.fact) for each in contradictions)
        return
    for node in table:
        if isinstance(node, Criterion) or not node.tables:
            continue
        if judge(node, knowledge.possible).truth is UNMET or _no_way(node, table, facts):
            yield "eligibility.any" if isinstance(node, AnyOf) else "eligibility.none"


def _no_way(node: Node, table: Table, facts: FactBook) -> bool:
    """Whether each alternative of a group contradicts the criteria around it."""
    around = tuple(each for each in table if isinstance(each, Criterion))
    return isinstance(node, AnyOf) and all(any(_impossible(merge(around, part), facts)) for part in node.tables)


def _at_best(table: Table, facts: FactBook) -> Knowledge:
    """What is known of a person who meets every single criterion of a table."""
    known = {
        node.fact: node.maybe
        for node in table
        if isinstance(node, Criterion) and node.maybe != facts[node.fact].everything
    }
    return Knowledge(facts, Situation(known))


def _field(fact: str) -> str:
    return {"municipality": "area", "customer_role": "audience"}.get(fact, f"eligibility.{fact}")


def _circles(services: Mapping[str, Service]) -> Iterator[Problem]:
    """Services whose every way in leads, in the end, back to themselves.

    Opened layer by layer like a pathway, but with every criterion met and every door there.
    """
    opened: set[str] = set()

    def opens(name: str, _layer: int) -> bool:
        """Whether a service opens by what has opened so far."""
        service = services[name]
        return service.walk_in or any(door in opened or door not in services for door in doors(service, services))

    for layer in open_in_layers(services, opens):
        opened |= layer.keys()
    waiting = services.keys() - opened
    for name in sorted(waiting):
        # What only waits because its house does is mended with the house.
        shut = [door for door in services[name].access.via if door in waiting]
        if shut:
            details = {"services": ", ".join(shut)}
            yield Problem("the ways in form a circle: {services}", details, "", name, "access.via")


def doors(service: Service, services: Mapping[str, Service]) -> Iterator[str]:
    """The ways in with those that took them over; a door that does not exist is another problem."""
    for door in service.gateways:
        yield door
        if door in services:
            yield from services[door].successor
