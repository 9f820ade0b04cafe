"""What the order of the first steps takes from a service, from goals and from where one can turn to."""

from __future__ import annotations

from datetime import date

from kotoneuvo.advice.contact import ContactPoint
from kotoneuvo.advice.criteria import Criterion
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


def looks_at(service: Service) -> tuple[Criterion, ...]:
    """What the order of a service hangs on besides its verdict, its contacts, goals and languages."""
    return (LITERATE,) if needs_reading(service) else ()


def goal_place(service: Service, goals: tuple[str, ...]) -> tuple[int, bool]:
    """The place of the first goal that a service answers, after all if it answers none; whether it is mainly for it."""
    wanted = goals or WITHOUT_GOALS
    place = next((place for place, goal in enumerate(wanted) if goal in service.goals), len(wanted))
    return place, place < len(wanted) and wanted[place] == service.goals[0]


def contact_seen(catalogue: Catalogue, service: Service, places: Values, day: date) -> tuple[bool, bool]:
    """All that the order takes from where one can turn to: whether no contact is known, or only a page."""
    contact = contact_at(catalogue, service, places, day)
    return contact is None, contact is not None and page_only(contact)


def contact_at(catalogue: Catalogue, service: Service, places: Values, day: date) -> ContactPoint | None:
    """The contact point to use: of the service or the office of the person's area, else of its house."""
    house = catalogue.services.get(service.part_of)
    found = best_contact(catalogue, service, places, day)
    return found if found or house is None else best_contact(catalogue, house, places, day)


def needs_reading(service: Service) -> bool:
    """Whether somebody who cannot read gets little of it: courses that do not teach reading, and pages."""
    return "literacy" not in service.goals and (service.phase in TEACHING or service.kind == "channel")
