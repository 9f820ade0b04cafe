"""Find what should be corrected in a catalogue but does not keep it from being used: warnings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from kotoneuvo.advice.criteria import criteria_of
from kotoneuvo.advice.facts import FactBook, fold
from kotoneuvo.advice.problems import N_, Problem
from kotoneuvo.advice.service import NATIONWIDE, RUNNING, Catalogue, Operating, Service
from kotoneuvo.advice.statement import STATEMENTS
from kotoneuvo.catalogue.contact_changes import source_key
from kotoneuvo.catalogue.contacts import is_charged
from kotoneuvo.catalogue.entry_reader import DOCUMENT_DATE, EntryReader
from kotoneuvo.catalogue.fields import DOCUMENT, SUMMARY_ROOM
from kotoneuvo.catalogue.files import data_folder
from kotoneuvo.catalogue.line_numbers import line_of
from kotoneuvo.catalogue.outdated import OVERDUE, cited_in, named_office
from kotoneuvo.catalogue.references import doors
from kotoneuvo.dates import day_of

_FUTURE = N_("this date is in the future")


def warn_of_services(catalogue: Catalogue, readers: Mapping[str, EntryReader], day: date) -> None:
    """Note every warning about services on a day, each with the reader of its service."""
    services = list(catalogue.services.values())
    for service in services:
        _warn_of_fields(service, readers[service.id], catalogue, day)
        _warn_of_contacts(service, readers[service.id], day)
    _warn_of_namesakes(services, readers, day)
    _warn_of_hidden(catalogue, readers)
    for service in services:
        _warn_of_its_end(service, readers[service.id])
        if service.operating(day) in RUNNING:
            _warn_of_age(service, readers[service.id], day)
            _warn_of_ended(service, readers[service.id], catalogue, day)


def missing_statements(services: Iterable[Service], day: date) -> Iterator[Problem]:
    """One warning with how many running services for migrants lack each statement; none if all are there."""
    running = [each for each in services if each.operating(day) in RUNNING and "migrant" in each.audience]
    silent = {name: sum(getattr(each, name) is None for each in running) for name in STATEMENTS}
    fields = ", ".join(f"{name} {number}" for name, number in silent.items() if number)
    if fields:
        message = N_("services that do not yet say what they mean for a person, of {count}: {fields}")
        yield Problem(message, {"count": len(running), "fields": fields})


def unused_facts(services: Iterable[Service], facts: FactBook) -> list[Problem]:
    """A warning for each fact that no criterion of a service or of another fact uses: asking it would be pointless."""
    tables = [service.eligibility for service in services]
    tables += [table for conditions in facts.derivations.values() for table in conditions.values()]
    used = {criterion.fact for table in tables for criterion in criteria_of(table)}
    path = data_folder() / "facts.toml"
    return [
        Problem("no criterion uses this fact", {}, str(path), name, line=line_of(path, "id", "fact", number))
        for number, name in enumerate(facts.facts)
        if name not in used
    ]


def _warn_of_fields(service: Service, reader: EntryReader, catalogue: Catalogue, day: date) -> None:
    if service.kind == "helpline" and not service.helpline:
        reader.warn(N_("add helpline = true to put this on the list for everybody"), "kind")
    if service.assured > day:
        reader.warn(_FUTURE, "assured")
    ended = service.operating(day) is Operating.ENDED
    if ended and service.successor and not catalogue.running(service.id, day):
        message = N_("the successor has also ended, or is hidden: {services}")
        reader.warn(message, "successor", {"services": ", ".join(service.successor)})
    for language, text in service.summary.items():
        if len(text) > SUMMARY_ROOM:
            details = {"count": len(text), "room": SUMMARY_ROOM}
            reader.warn(N_("{count} characters; the limit is {room}"), f"summary.{language}", details)


def _warn_of_contacts(service: Service, reader: EntryReader, day: date) -> None:
    """Warn of contacts that are valid but probably not meant, and of dates in the future."""
    for place, contact in enumerate(service.contacts):
        if any(span.closes < span.opens for span in contact.opening_hours):
            reader.warn(N_("open past midnight: are the times the wrong way round?"), f"contact[{place}].hours")
        if contact.phone and is_charged(contact.phone):
            message = N_("this number costs more than a normal call: say so, or name another")
            reader.warn(message, f"contact[{place}].phone")
    # ISO dates compare as texts, also bare years and months: "2026-12" comes after "2026-11-30".
    today = day.isoformat()
    for key, source in service.sources.items():
        if source.date > today:
            reader.warn(_FUTURE, f"sources.{key}.date")
    # A contact point has the date of its source, unless it states one: that is reported once, at the source.
    of_sources = {source.date for source in service.sources.values()}
    for place, contact in enumerate(service.contacts):
        if contact.dated > today and contact.dated not in of_sources:
            reader.warn(_FUTURE, f"contact[{place}].date")


def _warn_of_hidden(catalogue: Catalogue, readers: Mapping[str, EntryReader]) -> None:
    """Warn of hidden services that are the way in to others."""
    behind: dict[str, list[str]] = {}
    for service in catalogue.services.values() if catalogue.hidden else ():
        for door in dict.fromkeys(doors(service, catalogue.services)):
            if door in catalogue.hidden:
                behind.setdefault(door, []).append(service.id)
    for name, ids in behind.items():
        message = N_("other services are reached through this one: {services}")
        readers[name].warn(message, "hide", {"services": ", ".join(ids)})


def _warn_of_namesakes(services: Iterable[Service], readers: Mapping[str, EntryReader], day: date) -> None:
    """Warn of services that have the same name as an earlier one in the same place."""
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
                message = N_("{service} has the same name in the same place")
                readers[second.id].warn(message, "name", {"service": first.id})


def _overlap(first: Service, second: Service) -> bool:
    both = set(first.area) & set(second.area)
    return bool(both) or NATIONWIDE in first.area or NATIONWIDE in second.area


def _warn_of_its_end(service: Service, reader: EntryReader) -> None:
    """Warn of a last day that was probably guessed: the day before its source was written, or before 2020."""
    until, valid = service.valid_until, reader.spec.get("valid")
    if not until or not isinstance(valid, dict):
        return
    key = source_key(valid)
    source = service.sources.get(key)
    written = source.date if source else ""
    whole = day_of(written) if len(written) == len("2020-09-01") else None
    # Except 31 December: reforms start on 1 January, and a page of that day may well announce them.
    if whole == until + timedelta(days=1) and (until.month, until.day) != (12, 31):
        message = N_("a last day cannot be the day before its source was written: leave it open")
        reader.warn(message, "valid.until")
    elif until < DOCUMENT_DATE and service.covers and key != DOCUMENT:
        reader.warn(N_("ends before the day of the 2020 document, in which it still runs"), "valid.until")


def _warn_of_age(service: Service, reader: EntryReader, day: date) -> None:
    """Warn if the entry is overdue for review, else of each overdue contact point or way in.

    Also warn if the entry's date is newer than that of every source that it cites.
    """
    parts = [("access", service.access.review)]
    parts += [(f"contact[{place}]", contact.review) for place, contact in enumerate(service.contacts)]
    for fieldname, review in [("assured", service.review)] if day >= service.review else parts:
        if review and day >= review:
            reader.warn(OVERDUE, fieldname, {"day": review.isoformat()})
    keys = set(cited_in(reader.spec))
    written = [service.sources[key].date for key in keys if key in service.sources]
    listed = reader.spec.get("contact", [])
    # From the raw table, where a contact point has a date of its own only if it states one.
    contacts = listed if isinstance(listed, list) else []
    written += [each["date"] for each in contacts if isinstance(each, dict) and "date" in each]
    days = [DOCUMENT_DATE] if DOCUMENT in keys else []
    days += filter(None, (day_of(each, last=True) for each in written))
    newest = max(days, default=day)
    if newest < service.assured <= day:
        message = N_("newer than every source that the entry uses: the newest is from {day}")
        reader.warn(message, "assured", {"day": newest.isoformat()})


def _warn_of_ended(service: Service, reader: EntryReader, catalogue: Catalogue, day: date) -> None:
    """Warn of a house or an office that has ended, and of a page in English only."""
    house = catalogue.services.get(service.part_of)
    if house and house.operating(day) is Operating.ENDED:
        details = {"service": house.id, "day": str(house.valid_until)}
        reader.warn(N_("runs, but its house {service} ended on {day}"), "part_of", details)
    for fieldname, office in named_office(service, day):
        message = N_("mentions {found}, which ended on {day}: name its successor, or give the year")
        reader.warn(message, fieldname, {"found": office.name, "day": office.until.isoformat()})
    if {language for contact in service.contacts for language in contact.url} == {"en"}:
        place = next(place for place, contact in enumerate(service.contacts) if contact.url)
        reader.warn(N_("the only page is in English; add the Finnish and the Swedish one"), f"contact[{place}].url")
