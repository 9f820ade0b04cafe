"""What the order of the first steps takes from a service, from goals and from where one can turn to."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from kotoneuvo.advice.assessment import Assessment, countrywide
from kotoneuvo.advice.contact import ContactPoint
from kotoneuvo.advice.criteria import Criterion, criteria_of
from kotoneuvo.advice.disclosure import telling
from kotoneuvo.advice.doors import best_contact, page_only
from kotoneuvo.advice.facts import Values
from kotoneuvo.advice.service import Catalogue, Service

WITHOUT_GOALS = ("guidance",)
"""What somebody is taken to want who named no goal."""
TEACHING = ("language", "education")
READERS = frozenset({"LK2", "literate_latin"})
"""Literacy that a course which does not teach reading needs."""
LITERATE = Criterion("literacy", READERS)
"""What the order of a service may hang on besides its own criteria; see `looks_at`."""
_URGENT = "rights"
"""The phase of what may have a deadline: where it is meant for just this person it comes first."""
_MOST_CONTACTS = 20_000
"""Contact points remembered by place; the offices of all municipalities have some thousands."""


class Constants(NamedTuple):
    """What the order takes from a service, whoever asks.

    `reading`: it is of little use to somebody who cannot read. `own_task`: it is an authority's task for everybody.
    `told_facts`: how many of its facts are never asked; the fewer, the more it is for just what was told.
    """

    reading: bool
    urgent: bool
    own_task: bool
    channel: bool
    phase: int
    costs: bool
    countrywide: bool
    languages: frozenset[str]
    told_facts: int


class StepOrder:
    """What the order takes from services and places of a catalogue on a day, worked out once for everybody."""

    def __init__(self, catalogue: Catalogue, day: date) -> None:
        self.catalogue, self.day = catalogue, day
        self._constants: dict[str, Constants] = {}
        self._telling: dict[str, bool] = {}
        self._by_place: dict[str, bool] = {}
        self._contacts: dict[tuple[str, Values], ContactPoint | None] = {}

    def __reduce__(self) -> tuple[type[StepOrder], tuple[Catalogue, date]]:
        """To another process it goes without what it remembers."""
        return (type(self), (self.catalogue, self.day))

    def constants(self, service: Service) -> Constants:
        """What is the same for everybody."""
        found = self._constants.get(service.id)
        if found is None:
            facts = self.catalogue.facts
            criteria = {criterion.fact for criterion in criteria_of(service.eligibility)}
            found = self._constants[service.id] = Constants(
                reading=needs_reading(service),
                urgent=service.phase == _URGENT,
                own_task=service.basic and service.kind == "authority",
                channel=service.kind == "channel",
                phase=facts.phase_order[service.phase],
                costs=bool(service.cost and not service.cost.free),
                countrywide=countrywide(service),
                languages=frozenset(service.languages.codes if service.languages else ()),
                told_facts=sum(facts[fact].asked == "told" for fact in criteria),
            )
        return found

    def telling(self, assessment: Assessment) -> bool:
        """Whether a service says something about its clients; see `telling`."""
        found = self._telling.get(assessment.service.id)
        if found is None:
            found = self._telling[assessment.service.id] = telling(assessment, self.catalogue.facts)
        return found

    def contact(self, service: Service, places: Values) -> ContactPoint | None:
        """The contact point to use: of the service or the office of the person's area, else of its house."""
        if not self.depends_on_place(service):
            places = frozenset()
        key = (service.id, places)
        if key not in self._contacts:
            if len(self._contacts) >= _MOST_CONTACTS:
                self._contacts.clear()
            house = self.catalogue.services.get(service.part_of)
            found = best_contact(self.catalogue, service, places, self.day)
            if found is None and house is not None:
                found = best_contact(self.catalogue, house, places, self.day)
            self._contacts[key] = found
        return self._contacts[key]

    def contact_seen(self, service: Service, places: Values) -> tuple[bool, bool]:
        """All that the order takes from where one can turn to: whether no contact is known, or only a page."""
        contact = self.contact(service, places)
        return contact is None, contact is not None and page_only(contact)

    def depends_on_place(self, service: Service) -> bool:
        """Whether people of one place may turn elsewhere than those of another."""
        found = self._by_place.get(service.id)
        if found is None:
            found = self._by_place[service.id] = any(
                each.local_name or any(contact.area for contact in each.contacts)
                for each in self.catalogue.with_houses(service)
            )
        return found


def looks_at(service: Service) -> tuple[Criterion, ...]:
    """What the order of a service hangs on besides its verdict, its contacts, goals and languages."""
    return (LITERATE,) if needs_reading(service) else ()


def goal_place(service: Service, goals: tuple[str, ...]) -> tuple[int, bool]:
    """The place of the first goal that a service answers, after all if it answers none; whether it is mainly for it."""
    wanted = goals or WITHOUT_GOALS
    place = next((place for place, goal in enumerate(wanted) if goal in service.goals), len(wanted))
    return place, place < len(wanted) and wanted[place] == service.goals[0]


def needs_reading(service: Service) -> bool:
    """Whether somebody who cannot read gets little of it: courses that do not teach reading, and pages."""
    return "literacy" not in service.goals and (service.phase in TEACHING or service.kind == "channel")
