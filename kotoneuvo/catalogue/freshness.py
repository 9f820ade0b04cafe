"""What must be confirmed anew: past its review, or soon to be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from kotoneuvo.advice.contact import Office
from kotoneuvo.advice.service import RUNNING, Catalogue, Service
from kotoneuvo.dates import months_after


@dataclass(frozen=True)
class Due:
    """A service or an office to confirm anew from the day `due` on, with the pages to look at, the likeliest first.

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
