"""The contact of each row's first step, as text."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kotoneuvo.advice.contact import ContactPoint
from kotoneuvo.advice.doors import next_best_door
from kotoneuvo.advice.on_day import on_day
from kotoneuvo.advice.service import Catalogue
from kotoneuvo.intake.cells import Reading
from kotoneuvo.render.contact_lines import page_of
from kotoneuvo.words import Words


class FirstContacts:
    """Describes in one language where to turn for a service, or where to ask if that is not known."""

    def __init__(self, catalogue: Catalogue, day: date, words: Words) -> None:
        self._on_day, self._words = on_day(catalogue, day), words
        self._services = tuple(catalogue.services.values())

    def text(self, position: int, place: Reading) -> str:
        """The contact of the service at a position in the catalogue (-1: none) for a client who lives at `place`."""
        return " · ".join(self._parts(position, place)) if position >= 0 else ""

    def _parts(self, position: int, place: Reading) -> Iterator[str]:
        places = place if isinstance(place, frozenset) else frozenset()
        service = self._services[position]
        contact = self._on_day.contact(service, places)
        if contact:
            yield from self._said(contact)
        door = next_best_door(self._on_day.catalogue, service, contact, places, self._on_day.day)
        if door:
            yield f"{self._words.pick(door.office.name)}: {', '.join(self._said(door.contact))}"
        if old := service.old_since(contact or (door.contact if door else None), self._on_day.day):
            yield self._words.gettext("information from {date}").format(date=f"{old.month}/{old.year}")

    def _said(self, contact: ContactPoint) -> Iterator[str]:
        """Yield all the ways to reach a contact point."""
        # "Phone" comes first because a spreadsheet would take a number that begins with "+" for a formula.
        if contact.phone:
            yield f"{self._words.gettext('Phone')} {contact.phone}"
        if contact.email:
            yield contact.email
        if contact.address or contact.place:
            yield contact.address or self._words.pick(contact.place)
        page, _language = page_of(contact, self._words)
        if page:
            yield page
