"""A service as the catalogue describes it (field names follow HSDS 3 where it has a word)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from functools import cached_property
from typing import NamedTuple

from kotoneuvo.advice.criteria import Table
from kotoneuvo.advice.facts import NO_TEXT, FactBook, Text, Value

_NOTHING: Mapping[str, Value] = {}
SELF = "self"
"""The way in of a service that a person may walk into, call or apply to without anyone's referral."""
NATIONWIDE = "FI"
MAINLAND = "mainland"
"""In `area`: every municipality but those of Åland, which has laws of its own in these matters."""


class Source(NamedTuple):
    """Where something was read: lines of the 2020 document, or a page with its date (`seen` says what shows it)."""

    url: str = ""
    date: str = ""
    lines: tuple[int, ...] = ()
    seen: str = ""


class Contact(NamedTuple):
    """A phone number, e-mail, address, URL or schedule, with the key of the source that gives it.

    `value` is the number, address or URL as it is used; `text` (and `hours` of a phone) the words around it.
    """

    value: str
    source: str
    text: Text = NO_TEXT
    hours: Text = NO_TEXT


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

    Empty `via`: no source says how one gets in.
    """

    via: tuple[str, ...] = ()
    how: Text = NO_TEXT
    source: str = ""


class Overlay(NamedTuple):
    """A catalogue laid over another one that has a part in a service: the fields it gave (none: the service is its)."""

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

    `eligibility` holds the service's whole table: its own criteria, those of the house it is part of, its area and its
    audience. `assured` is the day a source last confirmed it, `review` the first day on which that is too old. A
    `discreet` service tells something about its clients by its very name. A `helpline` (an emergency service too) is
    listed for everybody and is a step only for those who told what it is for.
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
    phones: tuple[Contact, ...] = ()
    emails: tuple[Contact, ...] = ()
    addresses: tuple[Contact, ...] = ()
    urls: tuple[Contact, ...] = ()
    schedules: tuple[Contact, ...] = ()
    overlays: tuple[Overlay, ...] = ()

    def operating(self, day: date) -> Operating:
        """Whether the service runs on `day`, by its dates alone."""
        if self.valid_from and day < self.valid_from:
            return Operating.PLANNED
        if self.valid_until and day > self.valid_until:
            return Operating.ENDED
        return Operating.UNVERIFIED if day >= self.review else Operating.ACTIVE

    @property
    def gateways(self) -> tuple[str, ...]:
        """What opens the door: its own ways in, else the house it is part of."""
        return self.access.via or ((self.part_of,) if self.part_of else ())


@dataclass(frozen=True)
class Catalogue:
    """All services by id, in the catalogue's order, with the facts that their criteria use.

    `hidden` names services that a catalogue laid over this one leaves out, with the reason.
    """

    version: str
    facts: FactBook
    services: Mapping[str, Service]
    hidden: Mapping[str, str] = field(default_factory=dict)

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
        return tuple(later for successor in entry.successor for later in self.running(successor, day))
