"""A whole catalogue held against the national register: what agrees is confirmed, what differs is proposed.

Only entries that a person has paired with a service of the register (`ptv`) are looked at, and contact points of
offices that name a channel of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple
from urllib.parse import quote

from kotoneuvo.advice.service import Catalogue
from kotoneuvo.catalogue.change import ADDED, REGISTER, Change, Evidence
from kotoneuvo.catalogue.contact_changes import is_contact, names_of
from kotoneuvo.catalogue.field_reader import day_of
from kotoneuvo.catalogue.ptv.contacts import KEY, Spec, doors_of
from kotoneuvo.catalogue.ptv.doors import WAYS, door_of, key_of, keys_of, same_hours
from kotoneuvo.catalogue.ptv.entries import SERVER, Seen, changed_on, entry_of, published
from kotoneuvo.catalogue.ptv.match import covers
from kotoneuvo.catalogue.ptv.merge import READ, digest
from kotoneuvo.catalogue.ptv.notes import Notes
from kotoneuvo.catalogue.ptv.records import Record, Records, is_published

_FIELDS = ("name", "summary", "organization", "area", "languages", "cost", "access", "unread")
"""The fields of an imported entry that the register may say anew; kind, goals and phase are the editor's."""


class Difference(NamedTuple):
    """What an entry and the register say otherwise of one field, and what would change ours (None: nothing does).

    `kept`: an editor wrote ours, so it stays.
    """

    entry: str
    field: str
    ours: str
    theirs: str
    change: Change | None = None
    kept: bool = False


@dataclass
class Refreshed:
    """What came of it. `partial` are entries whose register service covers only part of their area.

    `settled` are entries of which nothing is left that differs once all is taken over.
    """

    confirmed: list[Change] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)
    gone: list[tuple[str, str]] = field(default_factory=list)
    partial: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    settled: set[str] = field(default_factory=set)
    unmatched: int = 0

    def changes(self, *, accept: bool) -> list[Change]:
        """What is written: confirmations, and with `accept` what the register says otherwise."""
        if not accept:
            return list(self.confirmed)
        taken = [each.change for each in self.differences if each.change]
        return [
            *(each._replace(alone=each.alone and each.entry not in self.settled) for each in self.confirmed),
            *taken,
        ]


def numbers_of(
    services: Mapping[str, Mapping[str, Any]], offices: Mapping[str, Mapping[str, Any]]
) -> tuple[list[str], list[str]]:
    """The ids of the services, and of channels of offices, that the register is asked for."""
    channels = [
        str(each["ptv"]) for spec in offices.values() for each in _tables(spec.get("contact")) if each.get("ptv")
    ]
    return [str(spec["ptv"]) for spec in services.values() if spec.get("ptv")], list(dict.fromkeys(channels))


def refresh(
    services: Mapping[str, Mapping[str, Any]],
    offices: Mapping[str, Mapping[str, Any]],
    catalogue: Catalogue,
    records: Records,
    seen: Seen,
) -> Refreshed:
    """`services` and `offices` as all files describe them, by id and by place; `catalogue` is what they mean."""
    found = Refreshed()
    for name, spec in services.items():
        number = spec.get("ptv")
        if name not in catalogue.services:
            continue
        if not number:
            found.unmatched += 1
        elif number in records.gone or (number in records.services and not is_published(records.services[number])):
            found.gone.append((name, str(number)))
        elif number not in records.services:
            found.unread.append(name)
        else:
            _Entry(name, spec, catalogue, records, seen, found).compare(records.services[number])
    for place, spec in offices.items():
        _Office(place, spec, records, seen, found).compare()
    return found


class _Doors:
    """The contact points of one entry held against those of the register."""

    def __init__(self, entry: str, spec: Mapping[str, Any], records: Records, seen: Seen, found: Refreshed) -> None:
        self.entry = entry
        self.spec = spec
        self.records = records
        self.seen = seen
        self.found = found
        self.agreed: list[Mapping[str, Any]] = []
        self.otherwise: list[Mapping[str, Any]] = []
        """Contact points that the register has too, and those of which it says something else."""

    def contacts(self, theirs: list[Spec]) -> None:
        """Each of ours: confirmed, otherwise, or not known to the register."""
        known = {key for each in theirs for key in keys_of(each)}
        for ours in _tables(self.spec.get("contact")):
            door = door_of(ours, theirs)
            if door is None:
                continue
            evidence = self.evidence("service-channel", str(door.get("ptv", "")), self._channel(door))
            hours = "hours" not in ours or same_hours(ours["hours"], door.get("hours"))
            wrong = {key: door[key] for key in WAYS if key in ours and key in door and key_of(ours, key) - known}
            wrong |= {} if hours or "hours" not in door else {"hours": door["hours"]}
            agreed = keys_of({key: value for key, value in ours.items() if key not in wrong}) <= known
            right = agreed and (hours or "hours" in wrong)
            if right and not wrong:
                self.agreed.append(ours)
            elif wrong:
                self.otherwise.append(ours)
            if right and not wrong and evidence.day > self._dated(ours):
                self.found.confirmed.append(Change(self.entry, evidence, self._part(ours)))
            more = {
                key: door[key]
                for key in ("hours", "exceptions")
                if door.get(key) and key not in wrong and ours.keys() & {"phone", "address"}
                and (key not in ours or (key == "exceptions" and ours[key] != door[key]))
            }  # fmt: skip
            new = {**wrong, **more}
            if new:
                change = Change(self.entry, evidence, self._part(ours), new, others_right=right)
                self._differ("contact", _said({key: ours.get(key, "") for key in new}), _said(new), change)

    def _part(self, contact: Mapping[str, Any]) -> str:
        """A name of a contact point that no other one has, as far as there is one."""
        listed, named = _tables(self.spec.get("contact")), names_of(contact)
        return next((each for each in named if sum(is_contact(other, each) for other in listed) == 1), named[0])

    def added(self, theirs: list[Spec]) -> None:
        """Contact points that the register has and we do not."""
        ours = {key for each in _tables(self.spec.get("contact")) for key in keys_of(each)}
        for door in theirs:
            if keys_of(door) and ours.isdisjoint(keys_of(door)) and not self._same_channel(door):
                values = {key: value for key, value in door.items() if key != "source"}
                evidence = self.evidence("service-channel", str(door.get("ptv", "")), self._channel(door))
                self._differ("contact", "", _said(values), Change(self.entry, evidence, ADDED, values))

    def evidence(self, kind: str, number: str, record: Record) -> Evidence:
        """Published on the day of fetch; where that is not known, as of the day on which it was last changed."""
        day = self.seen.fetched or day_of(changed_on(record)) or date.min
        seen = published(record) if self.seen.fetched and record else ""
        return Evidence(day, f"{SERVER}/{kind}/{quote(number, safe='')}", seen=seen)

    def _same_channel(self, door: Spec) -> bool:
        """Whether a contact point of ours was paired with this one by a channel, so that a difference was shown."""
        return any(door_of(each, [door]) is not None for each in _tables(self.spec.get("contact")))

    def _channel(self, door: Spec) -> Record:
        return self.records.channels.get(str(door.get("ptv", "")), {})

    def _dated(self, contact: Mapping[str, Any]) -> date:
        source = self.spec.get("sources", {}).get(str(contact.get("source", "")).partition(":")[0], {})
        return day_of(str(contact.get("date") or source.get("date") or "")) or date.min

    def _differ(self, name: str, ours: str, theirs: str, change: Change | None, *, kept: bool = False) -> None:
        self.found.differences.append(Difference(self.entry, name, ours, theirs, change, kept))


class _Office(_Doors):
    """An office: each of its contact points that names a channel, against just that."""

    def compare(self) -> None:
        for contact in _tables(self.spec.get("contact")):
            number = str(contact.get("ptv", ""))
            if number in self.records.gone:
                self.found.gone.append((self.entry, number))
            elif number in self.records.channels:
                own = _Office(self.entry, {**self.spec, "contact": [contact]}, self.records, self.seen, self.found)
                own.contacts(doors_of(number, self.records, self.seen.today, Notes()))


class _Entry(_Doors):
    """A service that a person has paired with one of the register."""

    def __init__(
        self,
        entry: str,
        spec: Mapping[str, Any],
        catalogue: Catalogue,
        records: Records,
        seen: Seen,
        found: Refreshed,
    ) -> None:
        super().__init__(entry, spec, records, seen, found)
        self.catalogue = catalogue

    def compare(self, record: Record) -> None:
        """Confirm, or say what differs. Where the register's area is smaller nothing of ours is touched."""
        service = self.catalogue.services[self.entry]
        draft = entry_of(self.entry, record, self.records, self.catalogue.facts, self.seen, Notes())
        if not covers(draft, service, self.catalogue):
            self.found.partial.append(self.entry)
            return
        evidence = self.evidence("service", str(record["contentId"]), record)
        evidence = evidence._replace(seen=str(draft["sources"][KEY].get("seen", "")))
        before = len(self.found.differences)
        if READ in self.spec:
            self._fields(draft, evidence)
        # One that stands for an office in each area has no number of its own.
        if not service.local_name:
            theirs = draft.get("contact", [])
            self.contacts(theirs)
            self.added(theirs)
        if evidence.day > service.assured:
            self._whole(evidence, [each for each in self.found.differences[before:] if each.field == "access"])

    def _whole(self, evidence: Evidence, ways_in: list[Difference]) -> None:
        """Confirm the entry; what rests on its page in the register only as far as it stands there."""
        sources = self.spec.get("sources", {})
        keys = {key for key, source in sources.items() if source.get("url") == evidence.url}
        resting = [
            each for each in _tables(self.spec.get("contact")) if str(each.get("source", "")).partition(":")[0] in keys
        ]
        doubtful = [each for each in resting if each not in self.agreed]
        if all(each in self.otherwise for each in doubtful) and not any(each.kept for each in ways_in):
            self.found.settled.add(self.entry)
        self.found.confirmed.append(Change(self.entry, evidence, alone=bool(doubtful or ways_in)))

    def _fields(self, draft: Spec, evidence: Evidence) -> None:
        """What an import wrote: taken over anew where nobody has changed it since."""
        read = self.spec[READ]
        for name in _FIELDS:
            ours, theirs = self.spec.get(name), draft.get(name)
            if digest(theirs) in (digest(ours), read.get(name, digest(None))):
                continue
            edited = digest(ours) != read.get(name, digest(None))
            value = {} if theirs is None else theirs
            change = Change(self.entry, evidence, REGISTER, {name: value, READ: {**read, name: digest(theirs)}})
            self._differ(name, _said(ours), _said(theirs), None if edited else change, kept=edited)


def _said(value: object) -> str:
    """What a value says to people, on one line; of what is only true its name."""
    if isinstance(value, Mapping):
        told = ((key, each) for key, each in value.items() if key not in ("source", "ptv"))
        return "; ".join(filter(None, (str(key) if each is True else _said(each) for key, each in told)))
    if isinstance(value, list | tuple):
        return "; ".join(filter(None, map(_said, value)))
    return "" if value is None or isinstance(value, bool) else str(value)


def _tables(found: object) -> list[Mapping[str, Any]]:
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []
