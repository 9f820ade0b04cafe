"""Services that nobody can get into: criteria that exclude one another, ways in that lead in a circle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kotoneuvo.advice.criteria import AnyOf, Criterion, Node, Table, judge, merge
from kotoneuvo.advice.facts import FactBook
from kotoneuvo.advice.pathway import open_in_layers
from kotoneuvo.advice.problems import Problem
from kotoneuvo.advice.service import SELF, Service
from kotoneuvo.advice.situation import Knowledge, Situation
from kotoneuvo.advice.truth import UNMET


def check_reach(services: Iterable[Service], facts: FactBook) -> list[Problem]:
    """Every service that nobody can get into, by its id."""
    listed = list(services)
    problems = [problem for service in listed for problem in _closed(service, facts)]
    return [*problems, *_circles({service.id: service for service in listed})]


def _closed(service: Service, facts: FactBook) -> Iterator[Problem]:
    """The criteria of a service that nobody can meet, as far as what follows from what can tell."""
    for found in dict.fromkeys(_impossible(service.eligibility, facts)):
        yield Problem(
            "nobody can meet this together with the other criteria, area and house", {}, "", service.id, found
        )


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
        walk_in = not service.gateways or SELF in service.gateways
        return walk_in or any(door in opened or door not in services for door in doors(service, services))

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
