"""References between services: ids used twice, names that lead nowhere, circles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kotoneuvo.advice.problems import Problem, closest
from kotoneuvo.advice.service import SELF, Service


def check_references(services: Iterable[Service]) -> list[Problem]:
    """Every problem among the services' references, by the id of the service that has it."""
    listed = list(services)
    by_id = {service.id: service for service in listed}
    problems = list(_doubles(listed))
    for service in by_id.values():
        problems.extend(_nowhere(service, by_id))
        problems.extend(
            Problem("this leads back to itself", entry=service.id, fieldname=name)
            for name in ("part_of", "successor")
            if _targets(service, name) and _circles(service.id, name, by_id)
        )
    return problems


def _doubles(services: list[Service]) -> Iterator[Problem]:
    seen: set[str] = set()
    for service in services:
        if service.id in seen:
            yield Problem("the id is used twice", {"found": service.id}, entry=service.id, fieldname="id")
        seen.add(service.id)


def _nowhere(service: Service, services: Mapping[str, Service]) -> Iterator[Problem]:
    """References to services that do not exist."""
    for name, targets in (
        ("part_of", _targets(service, "part_of")),
        ("successor", service.successor),
        ("access.via", tuple(target for target in service.access.via if target != SELF)),
    ):
        for target in targets:
            if target not in services:
                details = {"kind": "service", "found": target}
                near = closest(target, services)
                yield Problem('unknown {kind} "{found}"', details, "", service.id, name, suggestion=near)


def _targets(service: Service, name: str) -> tuple[str, ...]:
    if name == "part_of":
        return (service.part_of,) if service.part_of else ()
    return service.successor


def _circles(start: str, name: str, services: Mapping[str, Service]) -> bool:
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        for target in _targets(services[waiting.pop()], name):
            if target == start:
                return True
            if target in services and target not in seen:
                seen.add(target)
                waiting.append(target)
    return False
