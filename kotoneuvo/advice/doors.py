"""Which contact point to use, what to do there, and the next best office if none is known."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import Enum
from typing import NamedTuple

from kotoneuvo.advice.contact import ContactPoint, Office
from kotoneuvo.advice.facts import Values
from kotoneuvo.advice.service import Catalogue, Service

_HOUSES = ("centre", "space", "club", "card")
_OFFICES = ("municipality", "wellbeing_county", "employment_area")
"""Where to ask if a service has no contact of its own, nearest first."""


class Action(Enum):
    """What to do to reach a service; depends on the contact that is known."""

    GO = "go"
    CALL = "call"
    WRITE = "write"
    REGISTER = "register"
    OPEN = "open"
    ASK = "ask"


class Door(NamedTuple):
    """A local office, or the house that a service is part of, with one of its contact points."""

    office: Office | Service
    contact: ContactPoint


def best_contact(catalogue: Catalogue, service: Service, places: Values, day: date) -> ContactPoint | None:
    """The easiest contact point of a service to use (see `_ease`), else of its house; None if there is none.

    `places` are the municipalities where the person may live; empty if that is not known.
    """
    for house in catalogue.with_houses(service):
        found = [each for each in catalogue.contacts(house, places) if _usable(each, house.countrywide)]
        # `min` takes the first of equals, so a local office wins over an equally good contact of the whole authority.
        found.sort(key=lambda each: each in house.contacts)
        if found:
            return min(found, key=lambda each: _ease(each, day))
    return None


def next_best_door(
    catalogue: Catalogue, service: Service, contact: ContactPoint | None, places: Values, day: date
) -> Door | None:
    """Where to turn if a service has no phone, e-mail or address: its house.

    If there is no page either: any page of its house, the service that leads to it, or a local office.
    Returns None if `contact` is enough, or nothing better is known.
    """
    if contact and not page_only(contact):
        return None
    house = catalogue.services.get(service.part_of)
    found = best_contact(catalogue, house, places, day) if house else None
    # A contact that is for some clients of the house only may be the wrong one here.
    if house and found and not page_only(found) and not found.audience:
        return Door(house, found)
    if contact:
        return None
    for name in (service.part_of, *service.gateways):
        way = catalogue.services.get(name)
        found = best_contact(catalogue, way, places, day) if way and way.id != service.id else None
        if way and found and not found.audience:
            return Door(way, found)
    return next(doors(catalogue, places, day, service.local_name), None)


def page_only(contact: ContactPoint) -> bool:
    """Whether a contact point has neither phone, e-mail nor address."""
    return not (contact.phone or contact.email or contact.address)


def _usable(contact: ContactPoint, far: bool = False) -> bool:
    """Whether a person can call, write, go there or open a page.

    A postal address does not count, nor does the address of a service that is `far` (the head office, say).
    """
    return bool(contact.phone or contact.email or contact.url or (contact.address and (contact.area or not far)))


def _ease(contact: ContactPoint, day: date) -> tuple[bool, ...]:
    """Sort key, easiest first: pages last, confirmed before old, then phone, address and e-mail."""
    stale = contact.stale(day)
    return (page_only(contact), stale, not contact.phone, not contact.address, not contact.email)


def doors(catalogue: Catalogue, places: Values, day: date, kind: str = "") -> Iterator[Door]:
    """Yield the local offices of a place, the one of `kind` first; none unless there is exactly one place."""
    if len(places) != 1:
        return
    for each in dict.fromkeys((kind, *_OFFICES)):
        office = catalogue.office(each, str(next(iter(places)))) if each else None
        # A contact with a role is for one matter only.
        contacts = [contact for contact in office.contacts if _usable(contact) and not contact.role] if office else []
        if office and contacts:
            yield Door(office, min(contacts, key=lambda contact: _ease(contact, day)))


def action_at(service: Service, contact: ContactPoint | None) -> Action:
    """What to do with the known contact: visit a meeting place, call an authority."""
    if contact is None:
        return Action.ASK
    near = contact.address and (contact.area or not service.countrywide or service.local_name)
    if near and (service.kind in _HOUSES or not contact.phone):
        return Action.GO
    if contact.phone:
        return Action.CALL
    if contact.email:
        return Action.WRITE
    registers = any(isinstance(value, bool) for value in service.provides.values())
    return Action.REGISTER if registers else Action.OPEN
