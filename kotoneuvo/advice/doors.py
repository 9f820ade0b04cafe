"""Which door to use: one contact point of an office, what one does with it, and the next best where none is known."""

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
"""Whose door is asked at where a service's own is not known: the nearest first."""


class Action(Enum):
    """What one does to reach a service: it follows from the contact that is known."""

    GO = "go"
    CALL = "call"
    WRITE = "write"
    REGISTER = "register"
    OPEN = "open"
    ASK = "ask"


class Door(NamedTuple):
    """An office of the person's area, or the house that a service is part of, with one of its contact points."""

    office: Office | Service
    contact: ContactPoint


def best_contact(catalogue: Catalogue, service: Service, places: Values, day: date) -> ContactPoint | None:
    """The contact point to use: confirmed before old, a phone before a place, a place before a page; else its house's.

    `places`: where the person said to live; empty for somebody who did not say.
    """
    for house in catalogue.with_houses(service):
        found = [each for each in catalogue.contacts(house, places) if _usable(each, house.countrywide)]
        # Of an authority with local offices the local one, if it has as much to offer: of equals min takes the first.
        found.sort(key=lambda each: each in house.contacts)
        if found:
            return min(found, key=lambda each: _ease(each, day))
    return None


def next_best_door(
    catalogue: Catalogue, service: Service, contact: ContactPoint | None, places: Values, day: date
) -> Door | None:
    """The next best door: where only a page is known the phone or place of the house, where nothing is an office."""
    if contact and not page_only(contact):
        return None
    house = catalogue.services.get(service.part_of)
    found = best_contact(catalogue, house, places, day) if house else None
    # A number for some clients of the house is not the number for this matter.
    if house and found and not page_only(found) and not found.audience:
        return Door(house, found)
    if contact:
        return None
    return next((door for door in doors(catalogue, places, day, service.local_name) if door.contact != contact), None)


def page_only(contact: ContactPoint) -> bool:
    """Whether a contact point is nothing but a page."""
    return not (contact.phone or contact.email or contact.address)


def _usable(contact: ContactPoint, far: bool = False) -> bool:
    """Whether one can call, write, go or look; a post box is none of these, nor the head office of what is `far`."""
    return bool(contact.phone or contact.email or contact.url or (contact.address and (contact.area or not far)))


def _ease(contact: ContactPoint, day: date) -> tuple[bool, ...]:
    """How easily a contact point is used, the lower the easier: a page last, the old after the confirmed."""
    stale = contact.stale(day)
    return (page_only(contact), stale, not contact.phone, not contact.address, not contact.email)


def doors(catalogue: Catalogue, places: Values, day: date, kind: str = "") -> Iterator[Door]:
    """The doors of the municipality, county and employment area of whoever lives at `places`; those of `kind` first."""
    if len(places) != 1:
        return
    for each in dict.fromkeys((kind, *_OFFICES)):
        office = catalogue.office(each, str(next(iter(places)))) if each else None
        # A door with a role is for one matter, not one to ask at about any.
        contacts = [contact for contact in office.contacts if _usable(contact) and not contact.role] if office else []
        if office and contacts:
            yield Door(office, min(contacts, key=lambda contact: _ease(contact, day)))


def action_at(service: Service, contact: ContactPoint | None) -> Action:
    """What to do, by the contact that is known: a house is gone to, an authority called."""
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
