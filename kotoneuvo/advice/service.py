"""Services and the catalogue; field names follow HSDS 3 (Open Referral) where it has a word."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from functools import cached_property
from typing import Any, NamedTuple

from kotoneuvo.advice.contact import ContactPoint, Office, Source
from kotoneuvo.advice.criteria import Table
from kotoneuvo.advice.facts import NO_TEXT, FactBook, Text, Value
from kotoneuvo.advice.notices import Notice
from kotoneuvo.advice.statement import Intake, NotNow, Statement

_NOTHING: Mapping[str, Value] = {}
SELF = "self"
"""The way in of a service that a person may visit, call or apply to without a referral."""
NATIONWIDE = "FI"
COUNTRY = 200
"""An area with more municipalities than this counts as the whole country (Finland has about 300)."""
MAINLAND = "mainland"
"""In `area`: every municipality outside Åland, which has its own laws on integration and employment services."""


class SourcedText(NamedTuple):
    """A text with the key of its source."""

    text: Text
    source: str


class Languages(NamedTuple):
    """Languages served: ISO 639-1 codes if the source names them, else their number; and whether it interprets."""

    codes: tuple[str, ...] = ()
    count: int = 0  # type: ignore[assignment]  # of tuples it is a method, which nobody needs here
    interpreter: bool = False
    source: str = ""


class Cost(NamedTuple):
    """What the service costs the person: whether it is free, or the price in words."""

    free: bool = False
    text: Text = NO_TEXT
    source: str = ""


class Access(NamedTuple):
    """How to get into a service: through any one of `via` (service ids, or "self"); `how` is the same in words.

    Empty `via`: no source says how. `confirmed` is the day of the source, `review` the first day on which that is too
    old. `said`: how the information was given, if no page has it (see `Source`).
    """

    via: tuple[str, ...] = ()
    how: Text = NO_TEXT
    source: str = ""
    confirmed: date | None = None
    review: date | None = None
    said: str = ""

    def stale(self, day: date) -> bool:
        """Whether nobody has confirmed it for longer than the review period."""
        return self.review is not None and day >= self.review


class Overlay(NamedTuple):
    """An overlay that changed a service, and the fields that it replaced (empty: it added the service)."""

    name: str
    fields: tuple[str, ...] = ()


class Operating(Enum):
    """Whether a service runs on a given day."""

    PLANNED = "planned"
    ACTIVE = "active"
    UNVERIFIED = "unverified"
    ENDED = "ended"


RUNNING = (Operating.ACTIVE, Operating.UNVERIFIED)
"""The states in which a person can use a service."""


# A start spends most of its time unpickling the catalogue, and tuples load faster than other objects.
class Service(NamedTuple):
    """One service as a client would see it.

    `eligibility` is the complete table: the service's own criteria, those of the house that it is part of, its area and
    its audience. `assured` is the day on which a source last confirmed the service, `review` the first day on which
    that is too old. The very name of a `discreet` service reveals something about its clients. A `helpline` (or
    emergency service) is listed for everybody; it is a step only for a person who brought up what it is for. `unread`
    describes conditions that are not written as criteria, `bring` the documents to bring. `alternate_names` are used in
    searches only, `keeper_note` is for those who look after the catalogue. The fields of `STATEMENTS` say what the
    service means for a person, `intake` when it takes people in. From `recheck`, the day of a change in law, it must be
    confirmed again. `ptv` is its id in the national register (PTV).
    """

    id: str
    name: Text
    summary: Text
    kind: str
    goals: tuple[str, ...]
    phase: str
    area: tuple[str, ...]
    audience: tuple[str, ...]
    eligibility: Table
    access: Access
    sources: Mapping[str, Source]
    assured: date
    review: date
    covers: tuple[str, ...] = ()
    organization: str = ""
    alternate_names: tuple[str, ...] = ()
    part_of: str = ""
    basic: bool = False
    discreet: bool = False
    helpline: bool = False
    successor: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_until: date | None = None
    provides: Mapping[str, Value] = _NOTHING
    local_name: str = ""
    note: Text = NO_TEXT
    languages: Languages | None = None
    cost: Cost | None = None
    contacts: tuple[ContactPoint, ...] = ()
    local_role: str = ""
    unread: SourcedText | None = None
    bring: SourcedText | None = None
    keeper_note: Text = NO_TEXT
    participation: Statement | None = None
    benefits: Statement | None = None
    permit: Statement | None = None
    referral: Statement | None = None
    refusal: Statement | None = None
    intake: Intake | None = None
    recheck: date | None = None
    ptv: str = ""
    overlays: tuple[Overlay, ...] = ()

    def operating(self, day: date) -> Operating:
        """Whether the service runs on `day`."""
        # The state follows from dates: nobody would remember to change a stored one on the right day.
        if self.valid_from and day < self.valid_from:
            return Operating.PLANNED
        if self.valid_until and day > self.valid_until:
            return Operating.ENDED
        return Operating.UNVERIFIED if day >= self.due else Operating.ACTIVE

    def old_since(self, contact: ContactPoint | None, day: date) -> date | None:
        """The date of the oldest information in an entry, if any part is overdue for review on `day`; else None.

        `contact` is the contact point to show with the entry.
        """
        if not (contact and contact.stale(day)) and self.operating(day) is not Operating.UNVERIFIED:
            return None
        # A page that was checked recently says nothing about an old phone number or an old way in.
        return min(filter(None, (self.assured, contact and contact.confirmed, self.access.confirmed)))

    def not_now(self, day: date) -> NotNow | None:
        """When it opens again, if the service runs but takes nobody in on `day`; None if it takes people in."""
        return self.intake.not_now(day) if self.intake else None

    @property
    def due(self) -> date:
        """The first day on which the entry, its way in or one of its contact points is too old."""
        # The oldest part decides: people use the phone number, not the entry.
        due = self.review
        for review in [self.access.review, *[contact.review for contact in self.contacts]]:
            if review and review < due:
                due = review
        return due

    @property
    def pages(self) -> tuple[str, ...]:
        """The URLs of its own pages, in all languages."""
        return tuple(page for contact in self.contacts for page in contact.url.values())

    @property
    def countrywide(self) -> bool:
        """Whether it serves the whole country, or nearly all of it."""
        return len(self.area) > COUNTRY or NATIONWIDE in self.area

    @property
    def walk_in(self) -> bool:
        """Whether no other service has to refer the person, as far as sources say."""
        return not self.gateways or SELF in self.gateways

    @property
    def gateways(self) -> tuple[str, ...]:
        """Its own ways in, else the house that it is part of."""
        return self.access.via or ((self.part_of,) if self.part_of else ())


@dataclass(frozen=True)
class Catalogue:
    """All services by id, in the catalogue's order, with the facts that their criteria use.

    `hidden` maps services that an overlay hides to the reason. `offices` are keyed by their `place`.
    """

    version: str
    facts: FactBook
    services: Mapping[str, Service]
    hidden: Mapping[str, str] = field(default_factory=dict)
    offices: Mapping[str, Office] = field(default_factory=dict)
    notices: tuple[Notice, ...] = ()

    def office(self, kind: str, municipality: str) -> Office | None:
        """The office that serves a municipality (code); `kind` is one of the values of a service's `local_name`."""
        if kind == "municipality":
            return self.offices.get(f"{kind}:{municipality}")
        place = self.facts.municipalities.get(municipality)
        name = getattr(place, kind)["fi"] if place else ""
        return self._offices_by_name.get((kind, name))

    def contacts(self, service: Service, places: Collection[Value] = ()) -> tuple[ContactPoint, ...]:
        """A service's contact points for a person who lives in one of `places` (municipality codes).

        Its own come first, as far as they serve these places, with those of its house if it cannot be reached itself.
        If the place is known, those of the local office follow: those with its `local_role`, else those without a role.
        """
        found: tuple[ContactPoint, ...] = ()
        for each in self.with_houses(service):
            found = (*found, *(contact for contact in each.contacts if contact.serves(places)))
            if each is not service:
                found = (*found, *self._office_contacts(each, places))
            # A service with its own contact does not send people to the desk of its house.
            if any(contact.reachable for contact in found):
                break
        return (*found, *self._office_contacts(service, places))

    def with_houses(self, service: Service) -> Iterator[Service]:
        """Yield a service, its house, the house of that, and so on."""
        seen: set[str] = set()  # `catalogue check` refuses circles, but one must not hang the program
        house: Service | None = service
        while house and house.id not in seen:
            seen.add(house.id)
            yield house
            house = self.services.get(house.part_of)

    def _office_contacts(self, service: Service, places: Collection[Value]) -> list[ContactPoint]:
        """The contact points of the service's local office, if there is exactly one place."""
        if not service.local_name or len(places) != 1:
            return []
        office = self.office(service.local_name, str(next(iter(places))))
        found = [each for each in office.contacts if each.serves(places)] if office else []
        return [each for each in found if each.role == service.local_role] or [each for each in found if not each.role]

    @cached_property
    def day_cache(self) -> dict[date, Any]:
        """What was worked out for a day; see `on_day`."""
        return {}

    def __getstate__(self) -> dict[str, Any]:
        """Pickle without the cache."""
        return {name: value for name, value in self.__dict__.items() if name != "day_cache"}

    @cached_property
    def _offices_by_name(self) -> Mapping[tuple[str, str], Office]:
        """Offices by kind and Finnish name: the list of municipalities gives areas and counties by name."""
        return {(each.place.partition(":")[0], each.name.get("fi", "")): each for each in self.offices.values()}

    @cached_property
    def predecessors(self) -> Mapping[str, tuple[str, ...]]:
        """Service id to the ids of the services that it replaced."""
        found: dict[str, list[str]] = {}
        for service in self.services.values():
            for successor in service.successor:
                found.setdefault(successor, []).append(service.id)
        return {successor: tuple(ids) for successor, ids in found.items()}

    def running(self, service_id: str, day: date) -> tuple[str, ...]:
        """The service's own id, or the ids of its successors if it has ended by `day`."""
        entry = self.services.get(service_id)
        if entry is None:
            return ()
        if entry.operating(day) is not Operating.ENDED:
            return (service_id,)
        # A successor may have ended as well.
        return tuple(each for successor in entry.successor for each in self.running(successor, day))
