"""What services, offices and notices have in common: contact points, statements and intakes, made of fields."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, ClassVar

from kotoneuvo.advice.contact import ContactPoint, Source
from kotoneuvo.advice.facts import NO_TEXT, FactBook
from kotoneuvo.advice.hours import Closure
from kotoneuvo.advice.problems import N_, closest
from kotoneuvo.advice.statement import Intake, Period, Statement
from kotoneuvo.catalogue.contact_changes import NO_CONTACT, SEVERAL, is_contact, is_gone_and_new, names_of
from kotoneuvo.catalogue.contacts import texts_in
from kotoneuvo.catalogue.field_reader import REVIEW_MONTHS, FieldReader, Given
from kotoneuvo.catalogue.fields import DOCUMENT, SOURCE, Field
from kotoneuvo.catalogue.files import LONGEST_TEXT, first_steering
from kotoneuvo.catalogue.overlays import Entry
from kotoneuvo.catalogue.read_criteria import Known
from kotoneuvo.dates import day_of, months_after

DOCUMENT_DATE = date(2020, 9, 1)
"""The day of the 2020 document: what it says was so then."""
_POST_BOX = re.compile(r"\s*(?:PL|PB|P\.?\s?O\.?\s?Box|postilokero|postbox)\b\.?\s*\d", re.IGNORECASE)
WAYS = ("phone", "email", "address", "postal", "url", "hours")
"""What a contact point must have one of."""
_AS_READ = ("source", "name", "phone", "email", "postal", "url", "languages", "interpreter", "area", "role")
"""The fields of a contact point that stand in it as they were read."""


class EntryReader(FieldReader):
    """Reads one entry: `given` are its fields as they were read, `months` how long a confirmation of it is good."""

    fields: ClassVar[Mapping[str, Field]]
    """What an entry of its kind may hold."""

    def __init__(self, facts: FactBook, entry: Entry, known: Known) -> None:
        super().__init__(facts, entry, known)
        # Everything else cites them, so they are read first.
        self.sources = self._sources(self.spec["sources"]) if "sources" in self.spec else {}
        self.given = self.read(self.spec, self.fields, whole=not entry.fragment)
        self.months: int = self.given.get("review", REVIEW_MONTHS)

    def _sources(self, found: Any) -> Mapping[str, Source]:
        """The sources by key; what cites one that is wrong is not wrong for that."""
        if found == {}:
            self.note("at least one source is needed", "sources")
        return {key: self._source(key, spec, f"sources.{key}") for key, spec in self.mapping(found, "sources").items()}

    def _source(self, key: str, spec: Any, path: str) -> Source:
        """One source: a page or a person's word with its day, or lines of the document."""
        if not isinstance(spec, dict):
            self.note("a source needs a url with its date, or lines of the 2020 document", path)
            return Source()
        # An office has all sources of its file, which are the same tables for each of some 400 offices.
        if id(spec) in self.known.sources:
            return self.known.sources[id(spec)][1]
        noted = len(self.problems)
        given = self.read(spec, SOURCE, path)
        # How sure a source is concerns those who keep the catalogue; no advice rests on it.
        given.pop("confidence", None)
        if not (spec.get("url") or spec.get("said") or (spec.get("lines") and key == DOCUMENT)):
            self.note("a source needs a url with its date, or lines of the 2020 document", path)
        elif not spec.get("date") and spec.get("said"):
            self.note(N_("a source needs the day on which it was said"), path)
        elif not spec.get("date") and key != DOCUMENT:
            self.note("a source needs the date of its page, as YYYY, YYYY-MM or YYYY-MM-DD", path)
        source = Source(**given)
        if len(self.problems) == noted:
            self.known.sources[id(spec)] = spec, source  # the table is kept: its id must not become another's
        return source

    def contacts(self) -> tuple[ContactPoint, ...]:
        """The contact points of the entry."""
        found = []
        for place, spec in enumerate(self.given.get("contact", ())):
            if spec is not None:
                self._check_contact(place)
                contact = self._contact(spec, f"contact[{place}]")
                found += [] if is_idle(spec) else [contact]
        return tuple(found)

    def _check_contact(self, place: int) -> None:
        """Note a contact point that is empty, or changes one that was not found below, or was found several times."""
        listed, path = self.spec["contact"], f"contact[{place}]"
        spec = listed[place]
        if "replace" not in spec:
            if "gone" in spec:
                self.note(N_("use this together with `replace`, which says what is gone"), f"{path}.gone")
            elif not any(spec.get(way) for way in WAYS):
                self.note("this is empty", path)
            return
        named = spec["replace"]
        if is_idle(spec):
            self.warn(N_('"{found}", which this is about, no longer exists'), f"{path}.replace", {"found": named})
        elif is_gone_and_new(spec):
            message = N_("what is gone has nothing new: leave `gone` out to change this contact point")
            self.note(message, f"{path}.gone")
        elif any(is_contact(each, named) for each in listed if each is not spec):
            self.note(SEVERAL, f"{path}.replace", {"found": named})
        else:
            there = [each for each in listed if isinstance(each, dict) and "replace" not in each]
            known = tuple(dict.fromkeys(value for each in there for value in names_of(each)))
            suggestion = closest(str(named), known)
            self.note(NO_CONTACT, f"{path}.replace", {"found": named}, known, suggestion)

    def _contact(self, spec: Given, path: str) -> ContactPoint:
        source = spec.get("source", "")
        dated = spec.get("date") or self.date_of(source)
        confirmed = day_of(dated)
        address, hours = spec.get("address", ""), spec.get("hours", NO_TEXT)
        in_words = isinstance(hours, Mapping)
        values = {name: spec[name] for name in _AS_READ if name in spec}
        # On paper an address is where to go: a client would stand before a post box.
        if isinstance(address, str) and _POST_BOX.match(address):
            self.warn(N_("nobody can go to a post box: write it as `postal`"), f"{path}.address")
            values, address = {"postal": address, **values}, ""
        return ContactPoint(
            **{"source": "", **values},
            exceptions=self._closures(spec, path),
            confirmed=confirmed,
            dated=dated,
            review=months_after(confirmed, self.months) if confirmed else None,
            address=address if isinstance(address, str) else "",
            place=NO_TEXT if isinstance(address, str) else address,
            hours=hours if in_words else NO_TEXT,
            opening_hours=() if in_words else hours,
            audience=spec.get("for", NO_TEXT),
            said=self.said_by(source),
        )

    def _closures(self, spec: Given, path: str) -> tuple[Closure, ...]:
        """The exceptions to opening hours."""
        found = []
        for place, each in enumerate(spec.get("exceptions", ())):
            where = f"{path}.exceptions[{place}]"
            first = each.get("from")
            last = each.get("until") or first
            if each.get("closed", False) == ("hours" in each):
                self.note(N_("expected either closed = true or hours"), where)
            self.check_order((first, last), where)
            found += [Closure(first, last, each.get("hours", ()))] if first and last else []
        return tuple(found)

    def statement(self, name: str, field: Field) -> Statement | None:
        """What a source says; or that none was found, with the day on which somebody looked."""
        spec: Given = self.given.get(name, {})
        if not spec:
            return None
        if "not_known" in spec:
            if len(spec) > 1:
                self.note(N_("not_known cannot be combined with other fields"), name)
            return Statement({}, looked=spec["not_known"])
        if "source" not in spec:
            self.note("this needs a source", name)
        source, duty = spec.get("source", ""), spec.get("duty", "")
        parts = {each: text for each, text in spec.items() if each not in ("source", "duty")}
        if not parts and not duty:
            self.note("this field is missing", f"{name}.{next(iter(field.of))}")
        return Statement(parts, source, self.cited(source).url, self.date_of(source), duty)

    def intake(self, spec: Given) -> Intake:
        """When a service takes people in."""
        periods = []
        for place, each in enumerate(spec.get("periods", ())):
            path = f"intake.periods[{place}]"
            period = Period(**each)
            if not any(period):
                self.note("this field is missing", f"{path}.apply_by")
            self.check_order(period, path)
            periods.append(period)
        values = {name: spec[name] for name in ("continuous", "by_appointment", "wait", "source") if name in spec}
        dated = self.date_of(spec.get("source", ""))
        return Intake(tuple(periods), self._closures(spec, "intake"), dated=dated, **values)

    def valid(self) -> tuple[date | None, date | None]:
        """First and last day."""
        spec = self.given.get("valid", {})
        start, end = spec.get("from"), spec.get("until")
        if start and end and start > end:
            written = self.spec["valid"]
            self.note("this ends before it starts", "valid", {"found": f"{written['from']} – {written['until']}"})
        return start, end

    def check_order(self, days: Iterable[date | None], path: str) -> None:
        """Note days of which a later one comes first."""
        given = [day for day in days if day]
        if given != sorted(given):
            self.note("this ends before it starts", path, {"found": " – ".join(map(str, given))})

    def cited(self, source: str) -> Source:
        """The source that a key names; what stands after a colon says where in it. An empty one if there is none."""
        return self.sources.get(source.partition(":")[0], Source())

    def date_of(self, source: str) -> str:
        """The date of a source, as it is written."""
        # As a source the document has lines and no date: its day is known.
        document = source.partition(":")[0] == DOCUMENT and DOCUMENT in self.sources
        return self.cited(source).date or (DOCUMENT_DATE.isoformat() if document else "")

    def said_by(self, source: str) -> str:
        """How a source was told, if no page says it."""
        page = self.cited(source)
        return "" if page.url else page.said

    def citation_of(self, source: str) -> str:
        """A source that can stand alone: "doc:76" for the document, else the page or who said it, with the date."""
        page = self.sources.get(source)
        return f"{page.url or page.said} {page.date}" if page and (page.url or page.said) else source

    def check_texts(self) -> None:
        """Note endless texts, and characters that print nothing or move the cursor: they forge what a screen shows."""
        for path, text in texts_in(self.spec):
            if len(text) > LONGEST_TEXT:
                details = {"count": len(text), "room": LONGEST_TEXT}
                self.note(N_("{count} characters; the limit is {room}"), path, details)
            letter = first_steering(text)
            if letter and letter in "\r\n":
                self.note("this contains a line break", path)
            elif letter:
                self.note("this contains a control character ({code})", path, {"code": f"U+{ord(letter):04X}"})


def is_idle(spec: Mapping[str, object]) -> bool:
    """Whether a contact point only confirms another, or says that it is gone, and that one is not there any more."""
    return "replace" in spec and not spec.keys() - {"replace", "source", "date", "gone"}
