"""What a catalogue can be used with but should be mended: warnings, apart from errors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import combinations

from kotoneuvo.advice.criteria import criteria_of
from kotoneuvo.advice.facts import FactBook, fold
from kotoneuvo.advice.problems import N_, Problem
from kotoneuvo.advice.service import NATIONWIDE, Catalogue, Operating, Service
from kotoneuvo.catalogue.fields import SUMMARY_ROOM

FACTS_FILE = "facts.toml"


def find_cautions(catalogue: Catalogue, day: date) -> list[Problem]:
    """Every warning about the services on a day, by the id of the service that has it."""
    services = catalogue.services.values()
    return [
        *(problem for service in services for problem in _of_one(service, catalogue, day)),
        *_namesakes(services, day),
    ]


def unused_facts(services: Iterable[Service], facts: FactBook) -> list[Problem]:
    """Facts that no criterion uses, of services or of other facts: asking for them would be idle."""
    tables = [service.eligibility for service in services]
    tables += [table for conditions in facts.derivations.values() for table in conditions.values()]
    used = {criterion.fact for table in tables for criterion in criteria_of(table)}
    return [
        Problem("no criterion uses this fact", where=FACTS_FILE, entry=name) for name in facts.facts if name not in used
    ]


def _of_one(service: Service, catalogue: Catalogue, day: date) -> Iterator[Problem]:
    def caution(message: str, fieldname: str, **details: object) -> Problem:
        return Problem(message, details, "", service.id, fieldname)

    state = service.operating(day)
    if state is Operating.UNVERIFIED:
        yield caution(N_("past its review since {day}"), "assured", day=service.review.isoformat())
    if service.assured > day:
        yield caution(N_("this day is still to come"), "assured")
    if state is Operating.ENDED and service.successor and not catalogue.running(service.id, day):
        yield caution(N_("what took over has ended too, or is left out: {services}"), "successor",
                      services=", ".join(service.successor))  # fmt: skip
    for language, text in service.summary.items():
        if len(text) > SUMMARY_ROOM:
            yield caution(N_("{count} letters; there is room for {room}"), f"summary.{language}",
                          count=len(text), room=SUMMARY_ROOM)  # fmt: skip
    for name in service.gateways:
        if name in catalogue.hidden:
            details = {"service": name, "reason": catalogue.hidden[name]}
            yield caution(N_('the way in "{service}" is left out: {reason}'), "access.via", **details)


def _namesakes(services: Iterable[Service], day: date) -> Iterator[Problem]:
    """Services that run under one name in one place."""
    by_name: dict[str, list[Service]] = {}
    for service in services:
        if service.operating(day) is not Operating.ENDED:
            for name in {fold(text) for text in service.name.values()}:
                by_name.setdefault(name, []).append(service)
    said = set()
    for group in by_name.values():
        for first, second in combinations(group, 2):
            together = (first.id, second.id)
            if together not in said and _overlap(first, second):
                said.add(together)
                yield Problem(
                    "{service} has the same name in the same place", {"service": first.id}, "", second.id, "name"
                )


def _overlap(first: Service, second: Service) -> bool:
    both = set(first.area) & set(second.area)
    return bool(both) or NATIONWIDE in first.area or NATIONWIDE in second.area
