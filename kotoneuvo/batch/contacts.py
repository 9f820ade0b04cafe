"""The contact of the first step of every row, in words: looked up once for each service and place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from sys import getsizeof
from typing import TYPE_CHECKING

import numpy as np

from kotoneuvo.advice.contact import ContactPoint
from kotoneuvo.advice.doors import next_best_door
from kotoneuvo.advice.on_day import on_day
from kotoneuvo.advice.service import Catalogue
from kotoneuvo.advice.situation import MUNICIPALITY
from kotoneuvo.batch.fact_columns import Cells
from kotoneuvo.intake.cells import Reading
from kotoneuvo.intake.rows import gather
from kotoneuvo.render.contact_lines import page_of
from kotoneuvo.words import Words

if TYPE_CHECKING:
    from kotoneuvo.batch.arrays import Ints


class FirstContacts:
    """Says in one language where to turn for a service, or where to ask when that is not known."""

    def __init__(self, catalogue: Catalogue, day: date, words: Words) -> None:
        self._on_day, self._words = on_day(catalogue, day), words
        self._services = tuple(catalogue.services.values())
        self._texts: dict[tuple[int, Reading], str] = {}
        self.spent = 0

    def forget(self) -> None:
        """Remember no text."""
        self._texts.clear()
        self.spent = 0

    def texts(self, first: Ints, cells: Cells) -> Sequence[str]:
        """One text a row, from the position of the service to go to first (-1: none) and the place in its cell."""
        if MUNICIPALITY not in cells.numbers:
            return [self._text(position, None) for position in first.tolist()]
        places = cells.readings[MUNICIPALITY]
        keys, rows = np.unique(first * len(places) + cells.numbers[MUNICIPALITY], return_inverse=True)
        texts = [self._text(key // len(places), places[key % len(places)]) for key in keys.tolist()]
        return gather(rows.tolist())(texts)

    def _text(self, position: int, place: Reading) -> str:
        if position < 0:
            return ""
        if (position, place) not in self._texts:
            text = self._texts[position, place] = " · ".join(self._parts(position, place))
            # The text is kept as a cell too.
            self.spent += 300 + 2 * len(text) + getsizeof(place)
        return self._texts[position, place]

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
        """Everything that one door is reached by. A number follows its word: it begins with a plus, as formulas do."""
        if contact.phone:
            yield f"{self._words.gettext('Phone')} {contact.phone}"
        if contact.email:
            yield contact.email
        if contact.address or contact.place:
            yield contact.address or self._words.pick(contact.place)
        page, _language = page_of(contact, self._words)
        if page:
            yield page
