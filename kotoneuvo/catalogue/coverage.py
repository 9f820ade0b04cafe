"""Measure how well the catalogue serves a desk on a day: states, contacts and their ages by kind and municipality."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from statistics import median

from kotoneuvo.advice.contact import ContactPoint
from kotoneuvo.advice.facts import Municipality
from kotoneuvo.advice.problems import N_
from kotoneuvo.advice.service import NATIONWIDE, RUNNING, Catalogue, Operating, Service
from kotoneuvo.catalogue.outdated import named_office

_MONTH = 365.25 / 12
LOCAL = 0.5
"""A service counts as local if it serves at most this share of all municipalities."""


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """The running services of one kind or municipality: how many run, are active, have a contact, a number or e-mail.

    `age` and `contact_age` are the median ages of their confirmations and of their contact points, in months (None if
    there is none).
    """

    running: int
    active: int
    reachable: int
    called: int
    age: float | None
    contact_age: float | None


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure of quality: `count` out of `of`; `name` is a msgid."""

    name: str
    count: int
    of: int


@dataclass(frozen=True)
class Coverage:
    """The whole report. `without` has the running services without a contact, each with its next best door."""

    day: date
    states: Mapping[Operating, int]
    measures: tuple[Measure, ...]
    kinds: Mapping[str, CoverageRow]
    towns: Mapping[str, CoverageRow]
    without: Mapping[str, str]


def measure_coverage(catalogue: Catalogue, day: date) -> Coverage:
    """The report on the services for people who have moved to Finland, on a day."""
    meant = [each for each in catalogue.services.values() if "migrant" in each.audience]
    running = [each for each in meant if each.operating(day) in RUNNING]
    kinds = dict.fromkeys(each.kind for each in running)
    most = len(catalogue.facts.municipalities) * LOCAL
    local = [each for each in running if NATIONWIDE not in each.area and len(each.area) <= most]
    towns = {code: [each for each in local if code in each.area] for code in catalogue.facts.municipalities}
    without = {each.id: next_best_door(each, catalogue) for each in running if not has_contact(each, catalogue)}
    return Coverage(
        day,
        Counter(each.operating(day) for each in meant),
        tuple(_measures(catalogue, running, without, day)),
        {kind: _row([each for each in running if each.kind == kind], catalogue, day) for kind in sorted(kinds)},
        {code: _row(services, catalogue, day) for code, services in towns.items()},
        without,
    )


def has_contact(service: Service, catalogue: Catalogue) -> bool:
    """Whether one can reach the service, its house, or its office in every municipality that it serves."""
    own = catalogue.contacts(service)
    if any(each.reachable for each in own):
        return True
    served = _served(service, catalogue)
    # The contacts of an office come after the service's own.
    return bool(service.local_name and served) and all(
        any(each.reachable for each in catalogue.contacts(service, (code,))[len(own) :]) for code in served
    )


def next_best_door(service: Service, catalogue: Catalogue) -> str:
    """Where to ask about a service without a contact: the id of its house or of a way in, else "municipality".

    Empty if not every municipality that it serves has a page.
    """
    for name in dict.fromkeys((service.part_of, *service.gateways)):
        door = catalogue.services.get(name)
        if door and door.id != service.id and has_contact(door, catalogue):
            return door.id
    served = _served(service, catalogue)
    return "municipality" if served and all(_office_page(catalogue, code) for code in served) else ""


def _served(service: Service, catalogue: Catalogue) -> Collection[str]:
    return catalogue.facts.municipalities.keys() if NATIONWIDE in service.area else service.area


def _office_page(catalogue: Catalogue, code: str) -> bool:
    office = catalogue.office("municipality", code)
    return bool(office and any(each.url for each in office.contacts))


def _measures(catalogue: Catalogue, running: list[Service], without: Mapping[str, str], day: date) -> Iterable[Measure]:
    towns = catalogue.facts.municipalities
    yield Measure(N_("running services with a contact"), len(running) - len(without), len(running))
    next_best = sum(map(bool, without.values()))
    yield Measure(N_("services without one that say where to ask instead"), next_best, len(without))
    yield Measure(N_("municipalities with a page"), sum(_office_page(catalogue, code) for code in towns), len(towns))
    areas = _office_contacts(catalogue, "employment_area")
    yield Measure(N_("employment areas with a page or a phone number"), _having(areas, "url", "phone"), len(areas))
    counties = _office_contacts(catalogue, "wellbeing_county")
    yield Measure(N_("wellbeing services counties with a page"), _having(counties, "url"), len(counties))
    yield Measure(N_("wellbeing services counties with a phone number"), _having(counties, "phone"), len(counties))
    urgent = [[each for each in county if each.role == "social_emergency"] for county in counties]
    yield Measure(
        N_("wellbeing services counties with a social emergency number"), _having(urgent, "phone"), len(counties)
    )
    active = [each for each in running if each.operating(day) is Operating.ACTIVE]
    old = sum(any(each.stale(day) for each in service.contacts) for service in active)
    yield Measure(N_("active services with an older contact of their own"), old, len(active))
    # All offices, not only those of active services: each is shown with its own date beside it.
    doors = [each for office in catalogue.offices.values() for each in office.contacts]
    fresh = sum(not each.stale(day) for each in doors)
    yield Measure(N_("contact points of offices that are not overdue for review"), fresh, len(doors))
    ended = sum(any(name == "access.how" for name, _ in named_office(each, day)) for each in running)
    yield Measure(N_("ways in that mention an office that has ended"), ended, len(running))


def _office_contacts(catalogue: Catalogue, kind: str) -> list[tuple[ContactPoint, ...]]:
    """The contact points of the office of every employment area or wellbeing services county."""
    names: dict[str, Municipality] = {}
    for place in catalogue.facts.municipalities.values():
        names.setdefault(getattr(place, kind)["fi"], place)
    offices = [catalogue.office(kind, place.code) for name, place in names.items() if name]
    return [office.contacts if office else () for office in offices]


def _having(offices: Iterable[Iterable[ContactPoint]], *fields: str) -> int:
    return sum(any(getattr(each, name) for each in contacts for name in fields) for contacts in offices)


def _row(services: list[Service], catalogue: Catalogue, day: date) -> CoverageRow:
    contacts = [contact for each in services for contact in each.contacts if contact.reachable]
    return CoverageRow(
        len(services),
        sum(each.operating(day) is Operating.ACTIVE for each in services),
        sum(has_contact(each, catalogue) for each in services),
        sum(any(contact.phone or contact.email for contact in each.contacts) for each in services),
        _months([each.assured for each in services], day),
        _months([each.confirmed for each in contacts if each.confirmed], day),
    )


def _months(days: list[date], day: date) -> float | None:
    return round(median((day - each).days for each in days) / _MONTH) if days else None
