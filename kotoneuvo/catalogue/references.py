"""Check references between services: unknown ids, circles, and services that nobody can get into."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from kotoneuvo.advice.criteria import UNMET, AnyOf, Criterion, Table, judge, merge
from kotoneuvo.advice.facts import FactBook
from kotoneuvo.advice.pathway import open_in_layers
from kotoneuvo.advice.problems import closest
from kotoneuvo.advice.service import SELF, Service
from kotoneuvo.advice.situation import Knowledge, Situation
from kotoneuvo.catalogue.entry_reader import EntryReader

Targets = Callable[[Service], tuple[str, ...]]
"""The ids that a service refers to in some field."""


def check_references(services: Iterable[Service], readers: Mapping[str, EntryReader]) -> None:
    """Note every reference to an unknown service, and every chain that leads back to itself, with its reader."""
    by_id = {service.id: service for service in services}
    for service in by_id.values():
        reader = readers[service.id]
        named = {"part_of": _house(service), "successor": service.successor, "access.via": service.access.via}
        for name, targets in named.items():
            for target in targets:
                if target not in by_id and (name, target) != ("access.via", SELF):
                    details = {"kind": "service", "found": target}
                    reader.note('unknown {kind} "{found}"', name, details, suggestion=closest(target, by_id))
        if _leads_back(service, _house, by_id):
            reader.note("this leads back to itself", "part_of")
        if _leads_back(service, lambda each: each.successor, by_id):
            reader.note("this leads back to itself", "successor")


def _house(service: Service) -> tuple[str, ...]:
    return (service.part_of,) if service.part_of else ()


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


def check_reach(services: Iterable[Service], readers: Mapping[str, EntryReader], facts: FactBook) -> None:
    """Note every service that nobody can get into, with its reader."""
    by_id = {service.id: service for service in services}
    for service in by_id.values():
        for fieldname in dict.fromkeys(_impossible(service.eligibility, facts)):
            reader = readers[service.id]
            reader.note("nobody can meet this together with the other criteria, area and house", fieldname)
    for name, shut in _circles(by_id):
        readers[name].note("the ways in form a circle: {services}", "access.via", {"services": ", ".join(shut)})


def _impossible(table: Table, facts: FactBook) -> Iterator[str]:
    """The fields of a table that nobody can meet together with all its other criteria."""
    empty = [node.fact for node in table if isinstance(node, Criterion) and not node.maybe]
    if empty:
        yield from (_field(fact) for fact in empty)
        return
    single = tuple(node for node in table if isinstance(node, Criterion))
    # A person who meets every single criterion; one that accepts all values would only make a fact look known.
    best = {node.fact: node.maybe for node in single if node.maybe != facts[node.fact].everything}
    knowledge = Knowledge(facts, Situation(best))
    contradictions = knowledge.contradictions()
    if contradictions:
        yield from (_field(each.fact) for each in contradictions)
        return
    for node in table:
        if isinstance(node, Criterion) or not node.tables:
            continue
        any_of = isinstance(node, AnyOf)
        # Judging looks at one fact at a time: an alternative may pass and still contradict the criteria around it.
        if judge(node, knowledge.possible).truth is UNMET or (
            any_of and all(any(_impossible(merge(single, part), facts)) for part in node.tables)
        ):
            yield "eligibility.any" if any_of else "eligibility.none"


def _field(fact: str) -> str:
    return {"municipality": "area", "customer_role": "audience"}.get(fact, f"eligibility.{fact}")


def _circles(services: Mapping[str, Service]) -> Iterator[tuple[str, list[str]]]:
    """Services that only open through each other, each with those of its ways in that therefore never open.

    Services are opened layer by layer as in a pathway, for somebody who meets every criterion.
    """
    opened: set[str] = set()

    def opens(name: str, _layer: int) -> bool:
        service = services[name]
        return service.walk_in or any(door in opened or door not in services for door in doors(service, services))

    for layer in open_in_layers(services, opens):
        opened |= layer.keys()
    waiting = services.keys() - opened
    for name in sorted(waiting):
        # One that waits only for its house needs no report of its own.
        shut = [door for door in services[name].access.via if door in waiting]
        if shut:
            yield name, shut


def doors(service: Service, services: Mapping[str, Service]) -> Iterator[str]:
    """The ways in of a service, each followed by its successors."""
    for door in service.gateways:
        yield door
        if door in services:
            yield from services[door].successor
