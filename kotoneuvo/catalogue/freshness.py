"""What must be confirmed anew: past its review, or soon to be."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kotoneuvo.advice.service import RUNNING, Catalogue, Service
from kotoneuvo.catalogue.read_contacts import months_after


@dataclass(frozen=True)
class Due:
    """A service to confirm anew from the day `review` on, with the pages to look at, the likeliest first."""

    service: Service
    pages: tuple[str, ...]


def find_due(catalogue: Catalogue, day: date, months: int) -> list[Due]:
    """The services that run on `day` and are past their review within `months` from it; the oldest first."""
    until = months_after(day, months)
    due = [
        Due(service, tuple(_pages(service)))
        for service in catalogue.services.values()
        if service.due <= until and service.operating(day) in RUNNING
    ]
    return sorted(due, key=lambda each: (each.service.due, each.service.assured, each.service.id))


def _pages(service: Service) -> Iterable[str]:
    """Its own pages, then those it was read from, the newest first."""
    dated = sorted(service.sources.values(), key=lambda source: source.date, reverse=True)
    urls = (*service.pages, *(source.url for source in dated))
    return dict.fromkeys(url for url in urls if url)
