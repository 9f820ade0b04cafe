"""A service as the catalogue describes it (field names follow HSDS 3 where it has a word)."""

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
"""The way in of a service that a person may walk into, call or apply to without anyone's referral."""
NATIONWIDE = "FI"
COUNTRY = 200
"""An area of more municipalities than this is the whole country, or nearly so."""
MAINLAND = "mainland"
"""In `area`: every municipality but those of Åland, which has laws of its own in these matters."""


class Said(NamedTuple):
    """Words with the key of their source."""

    text: Text
    source: str


@dataclass(frozen=True)
class Languages:
    """Languages served: codes (ISO 639-1) where they are named, else only how many; interpreting if said."""

    codes: tuple[str, ...] = ()
    count: int = 0
    interpreter: bool = False
    source: str = ""


class Cost(NamedTuple):
    """What the service costs the person: free of charge, or in words."""

    free: bool = False
    text: Text = NO_TEXT
    source: str = ""


class Access(NamedTuple):
    """Ways in: any one of `via` (service ids, or "self") opens the door; `how` says it in words.

    Empty `via`: no source says how one gets in. `review`: the first day on which the source is too old. `said`: how it
    was told, where no page says it.
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
    """An overlay that changed a service: the fields it gave (none: it added the service)."""

    name: str
    fields: tuple[str, ...] = ()


class Operating(Enum):
    """Whether a service runs on a given day."""

    PLANNED = "planned"
    ACTIVE = "active"
    UNVERIFIED = "unverified"
    ENDED = "ended"


RUNNING = (Operating.ACTIVE, Operating.UNVERIFIED)
"""A person could go there."""


class Service(NamedTuple):
    """One door that a client would see.

    `eligibility` holds the service's whole table: its own criteria, those of the house it is part of, its area and
    its audience. `assured` is the day a source last confirmed it, `review` the first day on which that is too old.
    A `discreet` service tells something about its clients by its very name. A `helpline` (an emergency service too)
    is listed for everybody and is a step only for those who told what it is for. `unread` are conditions that the
    source states but that are not written as criteria, `bring` the documents to bring, `keeper_note` is for those
    who keep the catalogue. `alternate_names` are only looked for. The fields of `STATEMENTS` say what it means for
    a person; `intake` when it takes people in, `recheck` the day of a change of law from which it must be confirmed
    anew. `ptv` is its id in the national register.
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
    unread: Said | None = None
    bring: Said | None = None
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
        """Whether the service runs on `day`, by its dates alone."""
        # No state is kept by hand: nobody would remember to change it on the day.
        if self.valid_from and day < self.valid_from:
            return Operating.PLANNED
        if self.valid_until and day > self.valid_until:
            return Operating.ENDED
        return Operating.UNVERIFIED if day >= self.due else Operating.ACTIVE

    def old_since(self, contact: ContactPoint | None, day: date) -> date | None:
        """From when the entry with the `contact` to go by is, where any part of it is too old on `day`; else None."""
        if not (contact and contact.stale(day)) and self.operating(day) is not Operating.UNVERIFIED:
            return None
        # A page that still exists makes neither a number of years ago new nor a way in.
        return min(filter(None, (self.assured, contact and contact.confirmed, self.access.confirmed)))

    def not_now(self, day: date) -> NotNow | None:
        """Whether its door is shut on a day, though it runs; None: it is open, as far as anybody knows."""
        return self.intake.not_now(day) if self.intake else None

    @property
    def due(self) -> date:
        """The first day on which the entry, or a contact point or way in of its own, is too old."""
        # The oldest part decides: people meet the number and not the entry.
        due = self.review
        for review in [self.access.review, *[contact.review for contact in self.contacts]]:
            if review and review < due:
                due = review
        return due

    @property
    def pages(self) -> tuple[str, ...]:
        """The addresses of its own pages, in every language."""
        return tuple(page for contact in self.contacts for page in contact.url.values())

    @property
    def countrywide(self) -> bool:
        """Whether it is for the whole country, or nearly so."""
        return len(self.area) > COUNTRY or NATIONWIDE in self.area

    @property
    def walk_in(self) -> bool:
        """Whether nobody else has to let one in, or no source says how one gets in."""
        return not self.gateways or SELF in self.gateways

    @property
    def gateways(self) -> tuple[str, ...]:
        """What opens the door: its own ways in, else the house it is part of."""
        return self.access.via or ((self.part_of,) if self.part_of else ())


@dataclass(frozen=True)
class Catalogue:
    """All services by id, in the catalogue's order, with the facts that their criteria use.

    `hidden` names services that an overlay hides, with the reason. `offices` are kept by the
    place that they are for.
    """

    version: str
    facts: FactBook
    services: Mapping[str, Service]
    hidden: Mapping[str, str] = field(default_factory=dict)
    offices: Mapping[str, Office] = field(default_factory=dict)
    notices: tuple[Notice, ...] = ()

    def office(self, kind: str, municipality: str) -> Office | None:
        """The office that serves a municipality (its code); `kind` as a service's `local_name` has it."""
        if kind == "municipality":
            return self.offices.get(f"{kind}:{municipality}")
        place = self.facts.municipalities.get(municipality)
        name = getattr(place, kind)["fi"] if place else ""
        return self._offices_by_name.get((kind, name))

    def contacts(self, service: Service, places: Collection[Value] = ()) -> tuple[ContactPoint, ...]:
        """The contact points to show of a service to a person who lives in one of `places` (municipality codes).

        Its own first, as far as they serve these places (of a part that cannot be reached by itself, also those of
        its house); then, for a known place, those of the office that it names: of its `local_role` if the office has
        such, else those without a role.
        """
        found: tuple[ContactPoint, ...] = ()
        for each in self.with_houses(service):
            found = (*found, *(contact for contact in each.contacts if contact.serves(places)))
            if each is not service:
                found = (*found, *self._office_contacts(each, places))
            # What can be reached by itself sends nobody to the desk of its house.
            if any(contact.reachable for contact in found):
                break
        return (*found, *self._office_contacts(service, places))

    def with_houses(self, service: Service) -> Iterator[Service]:
        """A service, its house, the house of that …; a circle, which check refuses, ends where it began."""
        seen: set[str] = set()
        house: Service | None = service
        while house and house.id not in seen:
            seen.add(house.id)
            yield house
            house = self.services.get(house.part_of)

    def _office_contacts(self, service: Service, places: Collection[Value]) -> list[ContactPoint]:
        """The doors of the office of a known place that a service names: of its role if there are such."""
        if not service.local_name or len(places) != 1:
            return []
        office = self.office(service.local_name, str(next(iter(places))))
        found = [each for each in office.contacts if each.serves(places)] if office else []
        return [each for each in found if each.role == service.local_role] or [each for each in found if not each.role]

    @cached_property
    def kept(self) -> dict[date, Any]:
        """Where what was worked out of the catalogue for a day is kept, as long as it lives; see `on_day`."""
        return {}

    def __getstate__(self) -> dict[str, Any]:
        """To another process it goes without that."""
        return {name: value for name, value in self.__dict__.items() if name != "kept"}

    @cached_property
    def _offices_by_name(self) -> Mapping[tuple[str, str], Office]:
        """Areas and counties by kind and Finnish name, as the list of municipalities has it."""
        return {(each.place.partition(":")[0], each.name.get("fi", "")): each for each in self.offices.values()}

    @cached_property
    def predecessors(self) -> Mapping[str, tuple[str, ...]]:
        """Service id to the ids of those it took over from."""
        found: dict[str, list[str]] = {}
        for service in self.services.values():
            for successor in service.successor:
                found.setdefault(successor, []).append(service.id)
        return {successor: tuple(ids) for successor, ids in found.items()}

    def running(self, service: str, day: date) -> tuple[str, ...]:
        """The ids that stand for `service` on `day`: itself, or the successors of an ended one."""
        entry = self.services.get(service)
        if entry is None:
            return ()
        if entry.operating(day) is not Operating.ENDED:
            return (service,)
        # What took over may have ended as well.
        return tuple(later for successor in entry.successor for later in self.running(successor, day))
