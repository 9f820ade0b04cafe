"""Compare a whole catalogue with the national register: confirm what agrees, propose changes for what differs.

Only entries that an editor has matched with a service of the register (`ptv`) are compared, and contact points of
offices that name one of its channels.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple
from urllib.parse import quote

from kotoneuvo.advice.hours import parse_hours
from kotoneuvo.advice.service import Catalogue
from kotoneuvo.catalogue.change import ADDED, REGISTER, EntryChange, Evidence
from kotoneuvo.catalogue.confirm import part_name
from kotoneuvo.catalogue.contact_changes import REACHED_BY, date_of, keys_of, source_key
from kotoneuvo.catalogue.ptv.contacts import KEY, doors_of
from kotoneuvo.catalogue.ptv.entries import SERVER, ReadDates, changed_on, entry_of, published
from kotoneuvo.catalogue.ptv.match import covers
from kotoneuvo.catalogue.ptv.merge import READ, digest, text_of
from kotoneuvo.catalogue.ptv.records import Record, Records, Spec, dicts, is_published
from kotoneuvo.catalogue.ptv.texts import Notes
from kotoneuvo.dates import day_of

Specs = Mapping[str, Mapping[str, Any]]
"""Merged entries by id, of offices by place."""
_FIELDS = ("name", "summary", "organization", "area", "languages", "cost", "access", "unread")
"""The fields of an imported entry that are compared; kind, goals and phase are the editor's."""


class Difference(NamedTuple):
    """A field in which an entry and the register differ, with the change that would adopt theirs (None: there is none).

    `kept`: an editor wrote our value, so it stays.
    """

    entry: str
    field: str
    ours: str
    theirs: str
    change: EntryChange | None = None
    kept: bool = False


@dataclass
class Refreshed:
    """The result of a comparison.

    `gone` are pairs of an entry and the id that PTV no longer publishes, `unread` entries whose id was not in the
    records, `unmatched` the number of services without an id. `partial` are entries whose register service covers only
    a part of their area. `settled` are entries that will agree completely once all differences are accepted.
    """

    confirmed: list[EntryChange] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)
    gone: list[tuple[str, str]] = field(default_factory=list)
    partial: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    settled: set[str] = field(default_factory=set)
    unmatched: int = 0

    def changes(self, *, accept: bool) -> list[EntryChange]:
        """The changes to write: confirmations, and with `accept` also the register's values."""
        if not accept:
            return list(self.confirmed)
        # A settled entry agrees with its page in every point, so the page's date may confirm all that cites it.
        confirmed = (
            each._replace(entry_only=each.entry_only and each.entry not in self.settled) for each in self.confirmed
        )
        return [*confirmed, *(each.change for each in self.differences if each.change)]


def numbers_of(services: Specs, offices: Specs) -> tuple[list[str], list[str]]:
    """The ids of services, and of channels of offices, to fetch from the register."""
    channels = [str(each["ptv"]) for spec in offices.values() for each in dicts(spec, "contact") if each.get("ptv")]
    return [str(spec["ptv"]) for spec in services.values() if spec.get("ptv")], list(dict.fromkeys(channels))


def refresh(services: Specs, offices: Specs, catalogue: Catalogue, records: Records, dates: ReadDates) -> Refreshed:
    """Compare the entries of `services` and `offices`, which `catalogue` was built from, with the register."""
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
            _Entry(name, spec, records, dates, found).compare(records.services[number], catalogue)
    for place, spec in offices.items():
        for contact in dicts(spec, "contact"):
            number = str(contact.get("ptv", ""))
            if number in records.gone:
                found.gone.append((place, number))
            elif number in records.channels:
                # Each contact point of an office is compared only with the channel that it names.
                entry = _Entry(place, {**spec, "contact": [contact]}, records, dates, found)
                entry.compare_contacts(doors_of(number, records, dates.today, Notes()))
    return found


class _Entry:
    """Compares one entry, of a service or an office, with the register.

    `agreed` are its contact points that the register confirms, `differing` those with another value there.
    """

    def __init__(
        self, entry: str, spec: Mapping[str, Any], records: Records, dates: ReadDates, found: Refreshed
    ) -> None:
        self.entry = entry
        self.spec = spec
        self.records = records
        self.dates = dates
        self.found = found
        self.ours = dicts(spec, "contact")
        self.agreed: list[Record] = []
        self.differing: list[Record] = []

    def compare(self, record: Record, catalogue: Catalogue) -> None:
        """Compare a service; if the register's one covers only a part of our area, nothing of ours is touched."""
        service = catalogue.services[self.entry]
        draft = entry_of(self.entry, record, self.records, catalogue.facts, self.dates, Notes())
        if not covers(draft, service, catalogue):
            self.found.partial.append(self.entry)
            return
        evidence = self._evidence("service", str(record["contentId"]), record)
        evidence = evidence._replace(seen=str(draft["sources"][KEY].get("seen", "")))
        before = len(self.found.differences)
        if READ in self.spec:
            self._compare_fields(draft, evidence)
        # A service with a local office in each area has no contacts of its own.
        if not service.local_name:
            theirs = draft.get("contact", [])
            self.compare_contacts(theirs)
            self._propose_new_contacts(theirs)
        # A register read before our last confirmation confirms nothing new.
        if evidence.day > service.assured:
            self._confirm_entry(evidence, [each for each in self.found.differences[before:] if each.field == "access"])

    def compare_contacts(self, theirs: list[Spec]) -> None:
        """Compare each of our contact points with the same one of the register, if that has it."""
        known = {key for each in theirs for key in keys_of(each)}
        for ours in self.ours:
            door = _same_contact(ours, theirs)
            # Nothing is said about a contact point that the register does not have: it need not have all.
            if door is None:
                continue
            hours_agree = "hours" not in ours or _same_hours(ours["hours"], door.get("hours"))
            # A value that the register has at another contact point is not wrong, only arranged differently.
            wrong = {
                way: door[way] for way in REACHED_BY if way in ours and way in door and keys_of(ours, (way,)) - known
            }
            wrong |= {} if hours_agree or "hours" not in door else {"hours": door["hours"]}
            agreed = keys_of({key: value for key, value in ours.items() if key not in wrong}) <= known
            right = agreed and (hours_agree or "hours" in wrong)
            change = EntryChange(self.entry, self._of_channel(door), part_name(ours, self.ours))
            if wrong:
                self.differing.append(ours)
            elif right:
                self.agreed.append(ours)
                # Never dated back: somebody may have confirmed it later than the register was read.
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
                self._note("contact", before, new, change._replace(values=new, others_right=right))

    def _propose_new_contacts(self, theirs: list[Spec]) -> None:
        """Propose contact points that only the register has."""
        ours = {key for each in self.ours for key in keys_of(each)}
        for door in theirs:
            # One that has the same channel was compared above, even if no value is the same.
            paired = any(_same_contact(each, [door]) is not None for each in self.ours)
            if keys_of(door) and ours.isdisjoint(keys_of(door)) and not paired:
                values = {key: value for key, value in door.items() if key != "source"}
                self._note("contact", "", values, EntryChange(self.entry, self._of_channel(door), ADDED, values))

    def _compare_fields(self, draft: Spec, evidence: Evidence) -> None:
        """Compare the imported fields; propose the register's new value where no editor has changed ours."""
        read = self.spec[READ]
        for name in _FIELDS:
            ours, theirs = self.spec.get(name), draft.get(name)
            imported = read.get(name, digest(None))
            if digest(theirs) in (digest(ours), imported):
                continue
            values = {name: {} if theirs is None else theirs, READ: {**read, name: digest(theirs)}}
            edited = digest(ours) != imported
            self._note(
                name, ours, theirs, None if edited else EntryChange(self.entry, evidence, REGISTER, values), edited
            )

    def _confirm_entry(self, evidence: Evidence, ways_in: list[Difference]) -> None:
        """Confirm the entry, and all that cites its page in the register only if all of that was seen there."""
        keys = {key for key, source in self.spec.get("sources", {}).items() if source.get("url") == evidence.url}
        doubtful = [each for each in self.ours if source_key(each) in keys and each not in self.agreed]
        if all(each in self.differing for each in doubtful) and not any(each.kept for each in ways_in):
            self.found.settled.add(self.entry)
        self.found.confirmed.append(EntryChange(self.entry, evidence, entry_only=bool(doubtful or ways_in)))

    def _of_channel(self, door: Mapping[str, Any]) -> Evidence:
        number = str(door.get("ptv", ""))
        return self._evidence("service-channel", number, self.records.channels.get(number, {}))

    def _evidence(self, kind: str, number: str, record: Record) -> Evidence:
        """That PTV publishes a record: dated by the day of fetching, else by its last change."""
        day = self.dates.fetched or day_of(changed_on(record)) or date.min
        seen = published(record) if self.dates.fetched and record else ""
        return Evidence(day, f"{SERVER}/{kind}/{quote(number, safe='')}", seen=seen)

    def _note(self, name: str, ours: object, theirs: object, change: EntryChange | None, kept: bool = False) -> None:
        self.found.differences.append(Difference(self.entry, name, text_of(ours), text_of(theirs), change, kept))


def _same_contact(ours: Mapping[str, Any], theirs: Iterable[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """Which contact point of the register is the same as ours: one with equal values, else of the same channel."""
    listed = list(theirs)
    shared = [each for each in listed if keys_of(ours) & keys_of(each)]
    if shared:
        return max(shared, key=lambda each: len(keys_of(ours) & keys_of(each)))
    # If the number has changed on one side, the id of the channel still shows that it is the same contact point.
    kinds = ours.keys() & {*REACHED_BY}
    same = [each for each in listed if ours.get("ptv") and each.get("ptv") == ours["ptv"] and kinds & each.keys()]
    return same[0] if len(same) == 1 else None


def _same_hours(ours: object, theirs: object) -> bool:
    """Whether two values of `hours` mean the same: equal times, or equal words in a language that both have."""
    if isinstance(ours, str) and isinstance(theirs, str):
        try:
            spans = [{(day, span.opens, span.closes) for span in parse_hours(text) for day in span.days}
                     for text in (ours, theirs)]  # fmt: skip
        except ValueError:
            return False
        return spans[0] == spans[1]
    if isinstance(ours, Mapping) and isinstance(theirs, Mapping):
        return any(ours[code] == theirs[code] for code in ours.keys() & theirs.keys())
    return False
