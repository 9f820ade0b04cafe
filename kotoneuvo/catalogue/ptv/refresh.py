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
from kotoneuvo.catalogue.change import ADDED, REGISTER, EntryChange, Evidence
from kotoneuvo.catalogue.contact_changes import REACHED_BY, date_of, is_contact, names_of, source_key
from kotoneuvo.catalogue.ptv.contacts import KEY, Spec, doors_of
from kotoneuvo.catalogue.ptv.entries import SERVER, Seen, changed_on, entry_of, published
from kotoneuvo.catalogue.ptv.left_out import Notes
from kotoneuvo.catalogue.ptv.likeness import keys_of, same_contact, same_hours
from kotoneuvo.catalogue.ptv.match import covers
from kotoneuvo.catalogue.ptv.merge import READ, digest
from kotoneuvo.catalogue.ptv.records import Record, Records, dicts, is_published
from kotoneuvo.dates import day_of

Specs = Mapping[str, Mapping[str, Any]]
"""Entries as all files together describe them, by id or place."""
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
    change: EntryChange | None = None
    kept: bool = False


@dataclass
class Refreshed:
    """What came of it. `partial` are entries whose register service covers only part of their area.

    `settled` are entries of which nothing is left that differs once all is taken over.
    """

    confirmed: list[EntryChange] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)
    gone: list[tuple[str, str]] = field(default_factory=list)
    partial: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    settled: set[str] = field(default_factory=set)
    unmatched: int = 0

    def changes(self, *, accept: bool) -> list[EntryChange]:
        """What is written: confirmations, and with `accept` what the register says otherwise."""
        if not accept:
            return list(self.confirmed)
        taken = [each.change for each in self.differences if each.change]
        return [
            *(each._replace(alone=each.alone and each.entry not in self.settled) for each in self.confirmed),
            *taken,
        ]


def numbers_of(services: Specs, offices: Specs) -> tuple[list[str], list[str]]:
    """The ids of the services, and of channels of offices, that the register is asked for."""
    channels = [str(each["ptv"]) for spec in offices.values() for each in dicts(spec, "contact") if each.get("ptv")]
    return [str(spec["ptv"]) for spec in services.values() if spec.get("ptv")], list(dict.fromkeys(channels))


def refresh(services: Specs, offices: Specs, catalogue: Catalogue, records: Records, seen: Seen) -> Refreshed:
    """`services` and `offices` are what the files say, `catalogue` what that means."""
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
            _Entry(name, spec, records, seen, found).compare(records.services[number], catalogue)
    for place, spec in offices.items():
        for contact in dicts(spec, "contact"):
            number = str(contact.get("ptv", ""))
            if number in records.gone:
                found.gone.append((place, number))
            elif number in records.channels:
                # Each contact point of an office against just the channel that it names.
                alone = _Entry(place, {**spec, "contact": [contact]}, records, seen, found)
                alone.contacts(doors_of(number, records, seen.today, Notes()))
    return found


class _Entry:
    """One entry, of a service or an office, held against the register.

    `agreed` are its contact points that the register has too, `otherwise` those of which it says something else.
    """

    def __init__(self, entry: str, spec: Mapping[str, Any], records: Records, seen: Seen, found: Refreshed) -> None:
        self.entry = entry
        self.spec = spec
        self.records = records
        self.seen = seen
        self.found = found
        self.ours = dicts(spec, "contact")
        self.agreed: list[Record] = []
        self.otherwise: list[Record] = []

    def compare(self, record: Record, catalogue: Catalogue) -> None:
        """Confirm, or say what differs. Where the register's area is smaller nothing of ours is touched."""
        service = catalogue.services[self.entry]
        draft = entry_of(self.entry, record, self.records, catalogue.facts, self.seen, Notes())
        if not covers(draft, service, catalogue):
            self.found.partial.append(self.entry)
            return
        evidence = self._evidence("service", str(record["contentId"]), record)
        evidence = evidence._replace(seen=str(draft["sources"][KEY].get("seen", "")))
        before = len(self.found.differences)
        if READ in self.spec:
            self._fields(draft, evidence)
        # One that stands for an office in each area has no number of its own.
        if not service.local_name:
            theirs = draft.get("contact", [])
            self.contacts(theirs)
            self._added(theirs)
        # What was looked at before the entry was says nothing new of it.
        if evidence.day > service.assured:
            self._whole(evidence, [each for each in self.found.differences[before:] if each.field == "access"])

    def contacts(self, theirs: list[Spec]) -> None:
        """Each of ours: confirmed, otherwise, or not known to the register."""
        known = {key for each in theirs for key in keys_of(each)}
        for ours in self.ours:
            door = same_contact(ours, theirs)
            if door is None:
                continue
            hours = "hours" not in ours or same_hours(ours["hours"], door.get("hours"))
            wrong = {
                way: door[way] for way in REACHED_BY if way in ours and way in door and keys_of(ours, (way,)) - known
            }
            wrong |= {} if hours or "hours" not in door else {"hours": door["hours"]}
            agreed = keys_of({key: value for key, value in ours.items() if key not in wrong}) <= known
            right = agreed and (hours or "hours" in wrong)
            change = EntryChange(self.entry, self._of_channel(door), self._part(ours))
            if wrong:
                self.otherwise.append(ours)
            elif right:
                self.agreed.append(ours)
                dated = day_of(date_of(ours, self.spec.get("sources", {}))) or date.min
                self.found.confirmed += [change] if change.evidence.day > dated else []
            more = {
                key: door[key]
                for key in ("hours", "exceptions")
                if door.get(key) and key not in wrong and ours.keys() & {"phone", "address"}
                and (key not in ours or (key == "exceptions" and ours[key] != door[key]))
            }  # fmt: skip
            if new := {**wrong, **more}:
                before = {key: ours.get(key, "") for key in new}
                self._differ("contact", before, new, change._replace(values=new, others_right=right))

    def _added(self, theirs: list[Spec]) -> None:
        """Contact points that the register has and we do not."""
        ours = {key for each in self.ours for key in keys_of(each)}
        for door in theirs:
            # One that was paired by its channel has been compared, though no value is the same.
            paired = any(same_contact(each, [door]) is not None for each in self.ours)
            if keys_of(door) and ours.isdisjoint(keys_of(door)) and not paired:
                values = {key: value for key, value in door.items() if key != "source"}
                self._differ("contact", "", values, EntryChange(self.entry, self._of_channel(door), ADDED, values))

    def _fields(self, draft: Spec, evidence: Evidence) -> None:
        """What an import wrote: taken over anew where nobody has changed it since."""
        read = self.spec[READ]
        for name in _FIELDS:
            ours, theirs = self.spec.get(name), draft.get(name)
            imported = read.get(name, digest(None))
            if digest(theirs) in (digest(ours), imported):
                continue
            values = {name: {} if theirs is None else theirs, READ: {**read, name: digest(theirs)}}
            edited = digest(ours) != imported
            self._differ(
                name, ours, theirs, None if edited else EntryChange(self.entry, evidence, REGISTER, values), edited
            )

    def _whole(self, evidence: Evidence, ways_in: list[Difference]) -> None:
        """Confirm the entry; what rests on its page in the register only as far as it stands there."""
        keys = {key for key, source in self.spec.get("sources", {}).items() if source.get("url") == evidence.url}
        doubtful = [each for each in self.ours if source_key(each) in keys and each not in self.agreed]
        if all(each in self.otherwise for each in doubtful) and not any(each.kept for each in ways_in):
            self.found.settled.add(self.entry)
        self.found.confirmed.append(EntryChange(self.entry, evidence, alone=bool(doubtful or ways_in)))

    def _part(self, contact: Mapping[str, Any]) -> str:
        """A name of a contact point that no other one has, as far as there is one."""
        named = names_of(contact)
        return next((each for each in named if sum(is_contact(one, each) for one in self.ours) == 1), named[0])

    def _of_channel(self, door: Mapping[str, Any]) -> Evidence:
        number = str(door.get("ptv", ""))
        return self._evidence("service-channel", number, self.records.channels.get(number, {}))

    def _evidence(self, kind: str, number: str, record: Record) -> Evidence:
        """Published on the day of fetch; where that is not known, as of the day on which it was last changed."""
        day = self.seen.fetched or day_of(changed_on(record)) or date.min
        seen = published(record) if self.seen.fetched and record else ""
        return Evidence(day, f"{SERVER}/{kind}/{quote(number, safe='')}", seen=seen)

    def _differ(self, name: str, ours: object, theirs: object, change: EntryChange | None, kept: bool = False) -> None:
        self.found.differences.append(Difference(self.entry, name, _said(ours), _said(theirs), change, kept))


def _said(value: object) -> str:
    """What a value says to people, on one line; of what is only true its name."""
    if isinstance(value, Mapping):
        told = ((key, each) for key, each in value.items() if key not in ("source", "ptv"))
        return "; ".join(filter(None, (str(key) if each is True else _said(each) for key, each in told)))
    if isinstance(value, list | tuple):
        return "; ".join(filter(None, map(_said, value)))
    return "" if value is None or isinstance(value, bool) else str(value)
