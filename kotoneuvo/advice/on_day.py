"""A catalogue on a day: what is the same for everybody, worked out when it is first asked for and kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from kotoneuvo.advice.assessment import Constants, constants
from kotoneuvo.advice.compiled import CompiledService, area_of, compile_service, inside
from kotoneuvo.advice.contact import ContactPoint
from kotoneuvo.advice.criteria import Criterion
from kotoneuvo.advice.disclosure import telling
from kotoneuvo.advice.doors import best_contact, page_only
from kotoneuvo.advice.facts import Values
from kotoneuvo.advice.service import RUNNING, Catalogue, Service
from kotoneuvo.advice.situation import MUNICIPALITY

_MOST_CONTACTS = 20_000
"""Contact points remembered by place; the offices of all municipalities have some thousands."""


class OnDay:
    """Services are compiled when they first come within somebody's reach.

    `provided` are the facts that some running service brings about.
    """

    def __init__(self, catalogue: Catalogue, day: date) -> None:
        self.catalogue, self.day = catalogue, day
        services = catalogue.services.values()
        providers = [each for each in services if each.provides and each.operating(day) in RUNNING]
        self.provided = frozenset([fact for each in providers for fact in each.provides])
        # Where services could move a person to another place, no area puts one out of reach for good.
        moving = MUNICIPALITY in self.provided
        self._services = [(place, each, None if moving else area_of(each)) for place, each in enumerate(services)]
        self._compiled: dict[int, CompiledService | None] = {}
        self._constants: dict[str, Constants] = {}
        self._telling: dict[str, bool] = {}
        self._by_place: dict[str, bool] = {}
        self._contacts: dict[tuple[str, Values], ContactPoint | None] = {}

    def __reduce__(self) -> tuple[Callable[[Catalogue, date], OnDay], tuple[Catalogue, date]]:
        """To another process it goes without what it remembers."""
        return (on_day, (self.catalogue, self.day))

    def running(self) -> Iterator[CompiledService]:
        """Every running service, in the catalogue's order."""
        return filter(None, (self._compile(*each) for each in self._services))

    def near(self, places: Values) -> Iterator[tuple[CompiledService, tuple[bool, bool]]]:
        """The running services whose area may hold somebody; `places` are the municipalities still possible.

        Each with how these lie to its area; see `inside`.
        """
        for position, service, area in self._services:
            # Most services are somewhere else: whether they run is not looked up.
            if lies := inside(area, places):
                compiled = self._compile(position, service, area)
                if compiled:
                    yield compiled, lies

    def _compile(self, position: int, service: Service, area: Criterion | None) -> CompiledService | None:
        """One service; None if it does not run."""
        if position not in self._compiled:
            same, compiled = self.constants(service), None
            if same.operating in RUNNING:
                compiled = compile_service(position, service, area, same, self.catalogue, self.day)
            self._compiled[position] = compiled
        return self._compiled[position]

    def constants(self, service: Service) -> Constants:
        """What an assessment takes from a service, running or not, whoever it is of."""
        found = self._constants.get(service.id)
        if found is None:
            found = self._constants[service.id] = constants(service, self.catalogue.facts, self.day)
        return found

    def telling(self, service: Service) -> bool:
        """Whether a service says something about its clients; see `telling`."""
        found = self._telling.get(service.id)
        if found is None:
            found = self._telling[service.id] = telling(service, self.catalogue.facts)
        return found

    def contact(self, service: Service, places: Values) -> ContactPoint | None:
        """The contact point to use; see `best_contact`."""
        # Most services have the same doors for everybody: one entry for all places.
        if not self.depends_on_place(service):
            places = frozenset()
        key = (service.id, places)
        if key not in self._contacts:
            if len(self._contacts) >= _MOST_CONTACTS:
                self._contacts.clear()
            self._contacts[key] = best_contact(self.catalogue, service, places, self.day)
        return self._contacts[key]

    def contact_seen(self, service: Service, places: Values) -> tuple[bool, bool, bool]:
        """All that the first steps take from contacts: whether none is known, only a page, or all are elsewhere."""
        contact = self.contact(service, places)
        return contact is None, contact is not None and page_only(contact), self.elsewhere(service, places)

    def elsewhere(self, service: Service, places: Values) -> bool:
        """Whether the doors of a service that are for certain municipalities are all for others than these."""
        local = [each for each in service.contacts if each.area]
        return bool(local) and not any(each.serves(places) for each in local)

    def depends_on_place(self, service: Service) -> bool:
        """Whether people of one place may turn elsewhere than those of another."""
        found = self._by_place.get(service.id)
        if found is None:
            found = self._by_place[service.id] = any(
                each.local_name or any(contact.area for contact in each.contacts)
                for each in self.catalogue.with_houses(service)
            )
        return found


def on_day(catalogue: Catalogue, day: date) -> OnDay:
    """A catalogue on a day; it keeps what was worked out for the last day that was asked for."""
    found = catalogue.kept.get(day)
    if found is None:
        # A run advises for one day; a server that lives over midnight must not keep every day.
        catalogue.kept.clear()
        found = catalogue.kept[day] = OnDay(catalogue, day)
    return found
