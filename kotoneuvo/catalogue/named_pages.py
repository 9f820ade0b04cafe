"""The pages that the catalogue names, and what it prints that was read from them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from kotoneuvo.advice.contact import ContactPoint, Office, Source
from kotoneuvo.advice.service import Service


class Printed(NamedTuple):
    """A contact of an entry that was read from a page: its kind (phone, email or address) and its value."""

    entry: str
    kind: str
    value: str


def pages_of(services: Iterable[Service], offices: Iterable[Office] = ()) -> Mapping[str, tuple[str, ...]]:
    """Every address in the catalogue (without its #part) with the services and offices that name it."""
    found: dict[str, dict[str, None]] = {}
    for service in services:
        urls = (*service.pages, *(source.url for source in service.sources.values()))
        for url in urls:
            if url:
                found.setdefault(url.partition("#")[0], {})[service.id] = None
    for office in offices:
        for url in (page for contact in office.contacts for page in contact.url.values()):
            found.setdefault(url.partition("#")[0], {})[office.place] = None
    return {url: tuple(ids) for url, ids in found.items()}


def printed_of(services: Iterable[Service], offices: Iterable[Office] = ()) -> Mapping[str, tuple[Printed, ...]]:
    """By page the contacts that were read from it, or stand beside it at one door."""
    found: dict[str, dict[Printed, None]] = {}
    entries = [(each.id, each.contacts, each.sources) for each in services]
    entries += [(each.place, each.contacts, each.sources) for each in offices]
    for entry, contacts, sources in entries:
        for contact in contacts:
            for url in _pages_behind(contact, sources):
                found.setdefault(url, {}).update(dict.fromkeys(_printed(entry, contact)))
    return {url: tuple(each) for url, each in found.items() if each}


def _pages_behind(contact: ContactPoint, sources: Mapping[str, Source]) -> list[str]:
    source = sources.get(contact.source.partition(":")[0])
    urls = (*contact.url.values(), source.url if source else "")
    return [url.partition("#")[0] for url in dict.fromkeys(urls) if url]


def _printed(entry: str, contact: ContactPoint) -> list[Printed]:
    kinds = (("phone", contact.phone), ("email", contact.email), ("address", contact.address))
    return [Printed(entry, kind, value) for kind, value in kinds if value]
