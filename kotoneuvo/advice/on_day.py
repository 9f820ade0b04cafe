"""A catalogue on a day: what is the same for everybody, worked out once and cached."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from kotoneuvo.advice.assessment import Constants, constants
from kotoneuvo.advice.compiled import CompiledService, area_of, compile_service, inside
from kotoneuvo.advice.contact import ContactPoint
from kotoneuvo.advice.criteria import Criterion
from kotoneuvo.advice.disclosure import reveals_client
from kotoneuvo.advice.doors import best_contact, page_only
from kotoneuvo.advice.facts import Values
from kotoneuvo.advice.service import RUNNING, Catalogue, Service
from kotoneuvo.advice.situation import MUNICIPALITY

_MOST_CONTACTS = 20_000
"""Cached contact points. The offices of all municipalities need a few thousand."""


class OnDay:
    """A catalogue on a day. Services are compiled when they first come within somebody's reach.

    `provided` holds the facts that some running service can change.
    """

    def __init__(self, catalogue: Catalogue, day: date) -> None:
        self.catalogue, self.day = catalogue, day
        services = catalogue.services.values()
        providers = [each for each in services if each.provides and each.operating(day) in RUNNING]
        self.provided = frozenset([fact for each in providers for fact in each.provides])
        # If a service could change the municipality, no area would be permanently out of reach.
        moving = MUNICIPALITY in self.provided
        self._services = [(place, each, None if moving else area_of(each)) for place, each in enumerate(services)]
        self._compiled: dict[int, CompiledService | None] = {}
        self._constants: dict[str, Constants] = {}
        self._revealing: dict[str, bool] = {}
        self._by_place: dict[str, bool] = {}
        self._contacts: dict[tuple[str, Values], ContactPoint | None] = {}

    def __reduce__(self) -> tuple[Callable[[Catalogue, date], OnDay], tuple[Catalogue, date]]:
        """Pickle without the caches."""
        return (on_day, (self.catalogue, self.day))

    def running(self) -> Iterator[CompiledService]:
        """Yield every running service, in the catalogue's order."""
        return filter(None, (self._compile(*each) for each in self._services))

    def near(self, places: Values) -> Iterator[tuple[CompiledService, tuple[bool, bool]]]:
        """Yield the running services whose area overlaps `places`, the municipalities still possible.

        Each comes with the result of `inside` for its area.
        """
        for position, service, area in self._services:
            # Most services are elsewhere, so the area is tested before the dates.
            if lies := inside(area, places):
                compiled = self._compile(position, service, area)
                if compiled:
                    yield compiled, lies

    def _compile(self, position: int, service: Service, area: Criterion | None) -> CompiledService | None:
        """Compile a service; None if it does not run."""
        if position not in self._compiled:
            same, compiled = self.constants(service), None
            if same.operating in RUNNING:
                compiled = compile_service(position, service, area, same, self.catalogue, self.day)
            self._compiled[position] = compiled
        return self._compiled[position]

    def constants(self, service: Service) -> Constants:
        """The constants of a service, running or not; see `Constants`."""
        found = self._constants.get(service.id)
        if found is None:
            found = self._constants[service.id] = constants(service, self.catalogue.facts, self.day)
        return found

    def reveals_client(self, service: Service) -> bool:
        """Whether a service reveals something about its clients; see `disclosure.reveals_client`."""
        found = self._revealing.get(service.id)
        if found is None:
            found = self._revealing[service.id] = reveals_client(service, self.catalogue.facts)
        return found

    def contact(self, service: Service, places: Values) -> ContactPoint | None:
        """The contact point to use; see `best_contact`."""
        # Most services have the same contacts everywhere: one cache entry serves all places.
        if not self.depends_on_place(service):
            places = frozenset()
        key = (service.id, places)
        if key not in self._contacts:
            if len(self._contacts) >= _MOST_CONTACTS:
                self._contacts.clear()
            self._contacts[key] = best_contact(self.catalogue, service, places, self.day)
        return self._contacts[key]

    def contact_seen(self, service: Service, places: Values) -> tuple[bool, bool, bool]:
        """What the first steps need to know of a contact: whether there is none, only a page, or only elsewhere."""
        contact = self.contact(service, places)
        return contact is None, contact is not None and page_only(contact), self.elsewhere(service, places)

    def elsewhere(self, service: Service, places: Values) -> bool:
        """Whether a service has contact points for certain municipalities, but none for `places`."""
        local = [each for each in service.contacts if each.area]
        return bool(local) and not any(each.serves(places) for each in local)

    def depends_on_place(self, service: Service) -> bool:
        """Whether the contact points depend on where a person lives."""
        found = self._by_place.get(service.id)
        if found is None:
            found = self._by_place[service.id] = any(
                each.local_name or any(contact.area for contact in each.contacts)
                for each in self.catalogue.with_houses(service)
            )
        return found


def on_day(catalogue: Catalogue, day: date) -> OnDay:
    """Return the cached `OnDay` of a catalogue; only the last day is kept."""
    found = catalogue.day_cache.get(day)
    if found is None:
        # A run advises for one day, and a server that runs past midnight must not keep every day.
        catalogue.day_cache.clear()
        found = catalogue.day_cache[day] = OnDay(catalogue, day)
    return found
