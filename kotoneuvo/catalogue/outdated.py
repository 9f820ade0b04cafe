"""What in a catalogue is too old, or mentions an office that has ended; what must be confirmed again, and by when."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from kotoneuvo.advice.contact import Office
from kotoneuvo.advice.problems import N_
from kotoneuvo.advice.service import RUNNING, Catalogue, Service
from kotoneuvo.catalogue.files import data_folder, read_bundled
from kotoneuvo.dates import months_after

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
        # The longest first: a pattern takes the first alternative that fits, and one name begins another.
        words = "|".join(re.escape(word) for word in sorted(entry["words"], key=len, reverse=True))
        found.append(EndedOffice(entry["name"], date.fromisoformat(entry["until"]), re.compile(rf"\b({words})\b")))
    return tuple(found)


def named_office(service: Service, day: date) -> Iterator[tuple[str, EndedOffice]]:
    """The fields of a service that name an office which has ended by a day, without saying when."""
    texts = {"summary": service.summary, "access.how": service.access.how, "organization": {"": service.organization}}
    for fieldname in _NAMED:
        for office in ended_offices():
            year = str(office.until.year)
            # Who gives the year tells what was, and sends nobody there.
            said = (text for text in texts[fieldname].values() if office.words.search(text))
            if day > office.until and any(year not in text for text in said):
                yield fieldname, office


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
