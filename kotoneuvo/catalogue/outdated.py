"""What in a catalogue is too old, or mentions an office that has ended; what must be confirmed again, and by when."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from kotoneuvo.advice.contact import Office
from kotoneuvo.advice.problems import N_, Problem
from kotoneuvo.advice.service import RUNNING, Catalogue, Operating, Service
from kotoneuvo.catalogue.entry_reader import DOCUMENT_DATE
from kotoneuvo.catalogue.fields import DOCUMENT
from kotoneuvo.catalogue.files import data_folder, read_bundled
from kotoneuvo.dates import day_of, months_after

OVERDUE = N_("overdue for review since {day}")
_NAMED = ("access.how", "summary", "organization")
"""The texts of a service that must not send anyone to an office that has ended."""


@dataclass(frozen=True)
class EndedOffice:
    """An office that has ended, with the words that stand for it."""

    name: str
    until: date
    words: re.Pattern[str]


@cache
def ended_offices() -> tuple[EndedOffice, ...]:
    """The offices of data/ended_offices.toml."""
    found = []
    for entry in read_bundled(data_folder(), "ended_offices")["ended"]:
        words = "|".join(re.escape(word) for word in sorted(entry["words"], key=len, reverse=True))
        found.append(EndedOffice(entry["name"], date.fromisoformat(entry["until"]), re.compile(rf"\b({words})\b")))
    return tuple(found)


def find_outdated(catalogue: Catalogue, specs: Mapping[str, Mapping[str, Any]], day: date) -> Iterator[Problem]:
    """Every warning about what is too old on a day; `specs` are the services as the files write them."""
    for service in catalogue.services.values():
        found = [*_ends(service, specs.get(service.id, {}))]
        if service.operating(day) in RUNNING:
            spec = specs.get(service.id, {})
            found += [*_too_old(service, day), *_unsupported(service, spec, day), *_ended(service, catalogue, day)]
            found += _one_page(service)
        yield from (problem._replace(entry=service.id) for problem in found)


def named_office(service: Service, day: date) -> Iterator[tuple[str, EndedOffice]]:
    """The fields of a service that name an office which has ended by a day, without saying when."""
    texts = {"summary": service.summary, "access.how": service.access.how, "organization": {"": service.organization}}
    for fieldname in _NAMED:
        for office in ended_offices():
            year = str(office.until.year)
            said = (text for text in texts[fieldname].values() if office.words.search(text))
            if day > office.until and any(year not in text for text in said):
                yield fieldname, office


def _too_old(service: Service, day: date) -> Iterator[Problem]:
    """The entry; where it is not too old itself, its contact points and its way in, each by its own date."""
    parts = [("access", service.access.review)]
    parts += [(f"contact[{place}]", contact.review) for place, contact in enumerate(service.contacts)]
    for fieldname, review in [("assured", service.review)] if day >= service.review else parts:
        if review and day >= review:
            details = {"day": review.isoformat()}
            yield Problem(OVERDUE, details, fieldname=fieldname)


def _unsupported(service: Service, spec: Mapping[str, Any], day: date) -> Iterator[Problem]:
    """A confirmation that is newer than every source which anything in the entry rests on."""
    keys = {key.partition(":")[0] for key in cited_in(spec)}
    days = [DOCUMENT_DATE] if DOCUMENT in keys else []
    written = [service.sources[key].date for key in keys if key in service.sources]
    written += [each["date"] for each in _contacts(spec) if "date" in each]
    days += filter(None, (day_of(each, last=True) for each in written))
    newest = max(days, default=day)
    if newest < service.assured <= day:
        message = N_("newer than every source that the entry uses: the newest is from {day}")
        yield Problem(message, {"day": newest.isoformat()}, fieldname="assured")


def cited_in(found: object) -> Iterator[str]:
    """The keys of sources that anything in an entry names."""
    if isinstance(found, dict):
        for key, value in found.items():
            if key == "source":
                yield from map(str, value.values()) if isinstance(value, dict) else [str(value)]
            elif key != "sources":
                yield from cited_in(value)
    elif isinstance(found, list):
        for value in found:
            yield from cited_in(value)


def _contacts(spec: Mapping[str, Any]) -> list[dict[str, Any]]:
    listed = spec.get("contact", [])
    return [each for each in listed if isinstance(each, dict)] if isinstance(listed, list) else []


def _ended(service: Service, catalogue: Catalogue, day: date) -> Iterator[Problem]:
    """A house or a way in that has ended."""
    house = catalogue.services.get(service.part_of)
    if house and house.operating(day) is Operating.ENDED:
        details = {"service": house.id, "day": str(house.valid_until)}
        yield Problem(N_("runs, but its house {service} ended on {day}"), details, fieldname="part_of")
    for fieldname, office in named_office(service, day):
        message = N_("mentions {found}, which ended on {day}: name its successor, or give the year")
        yield Problem(message, {"found": office.name, "day": office.until.isoformat()}, fieldname=fieldname)


def _one_page(service: Service) -> Iterator[Problem]:
    """An English page as the only one."""
    languages = {language for contact in service.contacts for language in contact.url}
    if languages == {"en"}:
        place = next(place for place, contact in enumerate(service.contacts) if contact.url)
        yield Problem(
            N_("the only page is in English; add the Finnish and the Swedish one"), fieldname=f"contact[{place}].url"
        )


def _ends(service: Service, spec: Mapping[str, Any]) -> Iterator[Problem]:
    """A last day that no source tells: that before the page on which another name was first seen, or before 2020."""
    until, valid = service.valid_until, spec.get("valid")
    if not until or not isinstance(valid, dict):
        return
    key = str(valid.get("source", "")).partition(":")[0]
    source = service.sources.get(key)
    written = str(source.date) if source else ""
    whole = day_of(written) if len(written) == len("2020-09-01") else None
    # Reforms come into force on the first day of a year: a page of that day may well tell of them.
    if whole == until + timedelta(days=1) and (until.month, until.day) != (12, 31):
        yield Problem(
            N_("a last day cannot be the day before its source was written: leave it open"), fieldname="valid.until"
        )
    elif until < DOCUMENT_DATE and service.covers and key != DOCUMENT:
        yield Problem(N_("ends before the day of the 2020 document, in which it still runs"), fieldname="valid.until")


@dataclass(frozen=True)
class Due:
    """A service or an office to confirm again from the day `due` on, with the pages to look at, the likeliest first.

    `name` is the id of the service, or the place of the office ("municipality:091").
    """

    name: str
    due: date
    assured: date
    pages: tuple[str, ...]


def find_due(catalogue: Catalogue, day: date, months: int) -> list[Due]:
    """The running services and the offices that are past their review within `months` from `day`; the oldest first."""
    until = months_after(day, months)
    running = (each for each in catalogue.services.values() if each.operating(day) in RUNNING)
    due = [Due(each.id, each.due, each.assured, tuple(_pages(each))) for each in running]
    due += [each for office in catalogue.offices.values() for each in _of_office(office)]
    return sorted((each for each in due if each.due <= until), key=lambda each: (each.due, each.assured, each.name))


def _of_office(office: Office) -> Iterator[Due]:
    """The office by the oldest of its contact points; none if they have no day."""
    dated = [(each.review, each.confirmed, each) for each in office.contacts if each.review and each.confirmed]
    if dated:
        due, assured, oldest = min(dated, key=lambda each: each[:2])
        source = office.sources.get(oldest.source)
        urls = (*oldest.url.values(), *(page for each in office.contacts for page in each.url.values()))
        read = (source.url,) if source else ()
        yield Due(office.place, due, assured, tuple(dict.fromkeys(url for url in (*urls, *read) if url)))


def _pages(service: Service) -> Iterable[str]:
    """Its own pages, then those it was read from, the newest first."""
    dated = sorted(service.sources.values(), key=lambda source: source.date, reverse=True)
    urls = (*service.pages, *(source.url for source in dated))
    return dict.fromkeys(url for url in urls if url)
