"""What a catalogue can be used with but should be mended: warnings, apart from errors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from kotoneuvo.advice.criteria import criteria_of
from kotoneuvo.advice.facts import FactBook, fold
from kotoneuvo.advice.problems import N_, Problem
from kotoneuvo.advice.service import NATIONWIDE, RUNNING, Catalogue, Operating, Service
from kotoneuvo.advice.statement import STATEMENTS
from kotoneuvo.catalogue.contacts import is_charged
from kotoneuvo.catalogue.fields import SUMMARY_ROOM
from kotoneuvo.catalogue.references import doors

FACTS_FILE = "facts.toml"


def find_cautions(catalogue: Catalogue, day: date) -> list[Problem]:
    """Every warning about the services on a day, by the id of the service that has it."""
    services = catalogue.services.values()
    return [
        *(problem for service in services for problem in _of_one(service, catalogue, day)),
        *_namesakes(services, day),
        *_left_out(catalogue),
    ]


def unsaid(services: Iterable[Service], day: date) -> Iterator[Problem]:
    """What running services for migrants do not say yet of what they mean for a person, in one warning."""
    running = [each for each in services if each.operating(day) in RUNNING and "migrant" in each.audience]
    silent = {name: sum(getattr(each, name) is None for each in running) for name in STATEMENTS}
    fields = ", ".join(f"{name} {number}" for name, number in silent.items() if number)
    if fields:
        message = N_("services that do not yet say what they mean for a person, of {count}: {fields}")
        yield Problem(message, {"count": len(running), "fields": fields})


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
    if service.kind == "helpline" and not service.helpline:
        yield caution(N_("add helpline = true to put this on the list for everybody"), "kind")
    if service.assured > day:
        yield caution(N_("this date is in the future"), "assured")
    if state is Operating.ENDED and service.successor and not catalogue.running(service.id, day):
        yield caution(N_("the successor has also ended, or is hidden: {services}"), "successor",
                      services=", ".join(service.successor))  # fmt: skip
    for language, text in service.summary.items():
        if len(text) > SUMMARY_ROOM:
            yield caution(N_("{count} characters; the limit is {room}"), f"summary.{language}",
                          count=len(text), room=SUMMARY_ROOM)  # fmt: skip
    for fieldname, message in _doubtful_contacts(service):
        yield caution(message, fieldname)
    for fieldname in _still_to_come(service, day):
        yield caution(N_("this date is in the future"), fieldname)


def _doubtful_contacts(service: Service) -> Iterator[tuple[str, str]]:
    """The fields of contacts that are possible and seldom meant, each with what is doubtful about it."""
    for place, contact in enumerate(service.contacts):
        if any(span.closes < span.opens for span in contact.opening_hours):
            yield f"contact[{place}].hours", N_("open past midnight: are the times the wrong way round?")
        if contact.phone and is_charged(contact.phone):
            message = N_("this number costs more than a normal call: say so, or name another")
            yield f"contact[{place}].phone", message


def _still_to_come(service: Service, day: date) -> Iterator[str]:
    """The fields with a date that is still to come: what has one would be taken for confirmed for years."""
    today = day.isoformat()
    yield from (f"sources.{key}.date" for key, source in service.sources.items() if source.date > today)
    of_sources = {source.date for source in service.sources.values()}
    for place, contact in enumerate(service.contacts):
        if contact.dated > today and contact.dated not in of_sources:
            yield f"contact[{place}].date"


def _left_out(catalogue: Catalogue) -> Iterator[Problem]:
    """Services that are left out and were ways in to others; whoever leaves them out is to know."""
    behind: dict[str, list[str]] = {}
    for service in catalogue.services.values() if catalogue.hidden else ():
        for door in dict.fromkeys(doors(service, catalogue.services)):
            if door in catalogue.hidden:
                behind.setdefault(door, []).append(service.id)
    for name, ids in behind.items():
        yield Problem(
            "other services are reached through this one: {services}", {"services": ", ".join(ids)}, "", name, "hide"
        )


def _namesakes(services: Iterable[Service], day: date) -> Iterator[Problem]:
    """Services that run under one name in one place: each that comes second is told once."""
    by_name: dict[str, list[Service]] = {}
    for service in services:
        if service.operating(day) is not Operating.ENDED:
            for name in {fold(text) for text in service.name.values()}:
                by_name.setdefault(name, []).append(service)
    said: set[str] = set()
    for group in by_name.values():
        for place, second in enumerate(group):
            first = next((each for each in group[:place] if _overlap(each, second)), None)
            if first and second.id not in said:
                said.add(second.id)
                details = {"service": first.id}
                yield Problem("{service} has the same name in the same place", details, "", second.id, "name")


def _overlap(first: Service, second: Service) -> bool:
    both = set(first.area) & set(second.area)
    return bool(both) or NATIONWIDE in first.area or NATIONWIDE in second.area
