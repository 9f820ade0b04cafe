"""Find what is out of date in a catalogue: entries due for review, and texts that mention an office that has ended."""

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


@dataclass(frozen=True)
class EndedOffice:
    """An office that has ended: its last day, and a pattern of the words that mean it."""

    name: str
    until: date
    words: re.Pattern[str]


@cache
def ended_offices() -> tuple[EndedOffice, ...]:
    """The offices of data/ended_offices.toml."""
    found = []
    for entry in read_bundled(data_folder(), "ended_offices")["ended"]:
        # Longest first: a pattern takes the first alternative that fits, and some names are the beginning of others.
        words = "|".join(re.escape(word) for word in sorted(entry["words"], key=len, reverse=True))
        found.append(EndedOffice(entry["name"], date.fromisoformat(entry["until"]), re.compile(rf"\b({words})\b")))
    return tuple(found)


def named_office(service: Service, day: date) -> Iterator[tuple[str, EndedOffice]]:
    """The fields of a service, each with the office that it mentions and that has ended by `day`."""
    texts = {"access.how": service.access.how, "summary": service.summary, "organization": {"": service.organization}}
    for fieldname, by_language in texts.items():
        for office in ended_offices():
            year = str(office.until.year)
            # A text that gives the year is about history and sends nobody there.
            mentions = (text for text in by_language.values() if office.words.search(text))
            if day > office.until and any(year not in text for text in mentions):
                yield fieldname, office


def cited_in(found: object) -> Iterator[str]:
    """Every source key that is cited anywhere in an entry, once per citation, without the line after its colon."""
    if isinstance(found, dict):
        for key, value in found.items():
            if key == "source":
                cited = value.values() if isinstance(value, dict) else [value]
                yield from (str(each).partition(":")[0] for each in cited)
            elif key != "sources":
                yield from cited_in(value)
    elif isinstance(found, list):
        for value in found:
            yield from cited_in(value)


@dataclass(frozen=True)
class Due:
    """A service or an office that must be confirmed again from the day `due` on; it was last confirmed on `assured`.

    `name` is the id of the service or the place of the office ("municipality:091"); `pages` are those to look at,
    the most likely one first.
    """

    name: str
    due: date
    assured: date
    pages: tuple[str, ...]


def find_due(catalogue: Catalogue, day: date, months: int) -> list[Due]:
    """The running services and the offices due for review within `months` after `day`, the most overdue first."""
    until = months_after(day, months)
    running = (each for each in catalogue.services.values() if each.operating(day) in RUNNING)
    due = [Due(each.id, each.due, each.assured, tuple(_pages(each))) for each in running]
    due += [each for office in catalogue.offices.values() for each in _of_office(office)]
    return sorted((each for each in due if each.due <= until), key=lambda each: (each.due, each.assured, each.name))


def _of_office(office: Office) -> Iterator[Due]:
    """An office as old as its oldest contact point; nothing if none has a date."""
    dated = [(each.review, each.confirmed, each) for each in office.contacts if each.review and each.confirmed]
    if dated:
        due, assured, oldest = min(dated, key=lambda each: each[:2])
        source = office.sources.get(oldest.source)
        urls = (*oldest.url.values(), *(page for each in office.contacts for page in each.url.values()))
        read = (source.url,) if source else ()
        yield Due(office.place, due, assured, tuple(dict.fromkeys(url for url in (*urls, *read) if url)))


def _pages(service: Service) -> Iterable[str]:
    """The service's own pages, then the pages that it cites, the newest first."""
    dated = sorted(service.sources.values(), key=lambda source: source.date, reverse=True)
    urls = (*service.pages, *(source.url for source in dated))
    return dict.fromkeys(url for url in urls if url)
