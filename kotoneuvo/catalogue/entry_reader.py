"""Read the parts that services, offices and notices share: sources, contact points, statements, intakes, dates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, ClassVar

from kotoneuvo.advice.contact import ContactPoint, Source
from kotoneuvo.advice.facts import NO_TEXT, FactBook
from kotoneuvo.advice.hours import Closure
from kotoneuvo.advice.problems import N_, closest
from kotoneuvo.advice.statement import Intake, Period, Statement
from kotoneuvo.catalogue.contact_changes import NO_CONTACT, SEVERAL, is_contact, is_gone_and_new, names_of
from kotoneuvo.catalogue.contacts import is_post_box, texts_in
from kotoneuvo.catalogue.field_reader import REVIEW_MONTHS, FieldReader, Given
from kotoneuvo.catalogue.fields import DOCUMENT, SOURCE, Field
from kotoneuvo.catalogue.files import LONGEST_TEXT, first_control_character
from kotoneuvo.catalogue.overlays import Entry
from kotoneuvo.catalogue.read_criteria import ReadContext
from kotoneuvo.dates import day_of, months_after

DOCUMENT_DATE = date(2020, 9, 1)
"""The date of the 2020 document, for everything that cites it."""
WAYS = ("phone", "email", "address", "postal", "url", "hours")
"""A contact point must have at least one of these."""
_AS_READ = ("source", "name", "phone", "email", "postal", "url", "languages", "interpreter", "area", "role")
"""The fields of a contact point that are passed on as they were read."""


class EntryReader(FieldReader):
    """Reads one entry: `given` holds its fields, read; `months` is its review period."""

    fields: ClassVar[Mapping[str, Field]]
    """The fields that an entry of its kind may have."""

    def __init__(self, facts: FactBook, entry: Entry, context: ReadContext) -> None:
        super().__init__(facts, entry, context)
        # First, because all other fields cite them.
        self.sources = self._sources(self.spec["sources"]) if "sources" in self.spec else {}
        self.given = self.read(self.spec, self.fields, whole=not entry.fragment)
        self.months: int = self.given.get("review", REVIEW_MONTHS)

    def _sources(self, found: Any) -> Mapping[str, Source]:
        """The sources by key. One with errors is kept, so that the fields that cite it are not reported too."""
        if found == {}:
            self.note("at least one source is needed", "sources")
        return {key: self._source(key, spec, f"sources.{key}") for key, spec in self.mapping(found, "sources").items()}

    def _source(self, key: str, spec: Any, path: str) -> Source:
        """One source: a page or a spoken word, each with its date, or lines of the 2020 document."""
        if not isinstance(spec, dict):
            self.note("a source needs a url with its date, or lines of the 2020 document", path)
            return Source()
        # All of the 400 offices share the sources of their file, so each table is read once.
        if id(spec) in self.context.sources:
            return self.context.sources[id(spec)][1]
        noted = len(self.problems)
        given = self.read(spec, SOURCE, path)
        # `confidence` is for the editors of the catalogue; no advice depends on it.
        given.pop("confidence", None)
        if not (spec.get("url") or spec.get("said") or (spec.get("lines") and key == DOCUMENT)):
            self.note("a source needs a url with its date, or lines of the 2020 document", path)
        elif not spec.get("date") and spec.get("said"):
            self.note(N_("a source needs the day on which it was said"), path)
        elif not spec.get("date") and key != DOCUMENT:
            self.note("a source needs the date of its page, as YYYY, YYYY-MM or YYYY-MM-DD", path)
        source = Source(**given)
        if len(self.problems) == noted:
            self.context.sources[id(spec)] = spec, source  # holding the table keeps its id() from being reused
        return source

    def contacts(self) -> tuple[ContactPoint, ...]:
        """The contact points, without those that have no effect."""
        found = []
        for place, spec in enumerate(self.given.get("contact", ())):
            if spec is not None:
                self._check_contact(place)
                contact = self._contact(spec, f"contact[{place}]")
                found += [] if has_no_effect(spec) else [contact]
        return tuple(found)

    def _check_contact(self, place: int) -> None:
        """Note a contact point that is empty, or whose `replace` names none, or several, of the files below."""
        listed, path = self.spec["contact"], f"contact[{place}]"
        spec = listed[place]
        if "replace" not in spec:
            if "gone" in spec:
                self.note(N_("use this together with `replace`, which says what is gone"), f"{path}.gone")
            elif not any(spec.get(way) for way in WAYS):
                self.note("this is empty", path)
            return
        named = spec["replace"]
        if has_no_effect(spec):
            self.warn(
                N_('the contact point "{found}" no longer exists, so this has no effect'),
                f"{path}.replace",
                {"found": named},
            )
        elif is_gone_and_new(spec):
            message = N_("a contact point that is gone has no new values: remove `gone` to change it")
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
        # The handout prints `address` as the place to go to, and nobody can be met at a post box.
        if is_post_box(address):
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
        """What a source says of one matter, or the day on which somebody looked and found none; None if not given."""
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
        """The first and the last day of the entry, each None if not given."""
        spec = self.given.get("valid", {})
        start, end = spec.get("from"), spec.get("until")
        if start and end and start > end:
            written = self.spec["valid"]
            self.note("this ends before it starts", "valid", {"found": f"{written['from']} – {written['until']}"})
        return start, end

    def check_order(self, days: Iterable[date | None], path: str) -> None:
        """Note days that are not in chronological order."""
        given = [day for day in days if day]
        if given != sorted(given):
            self.note("this ends before it starts", path, {"found": " – ".join(map(str, given))})

    def cited(self, source: str) -> Source:
        """The source with a key, which may be followed by ":" and a line; an empty source if there is none."""
        return self.sources.get(source.partition(":")[0], Source())

    def date_of(self, source: str) -> str:
        """The date of a source, as written; empty if it has none."""
        # The entry of the 2020 document has lines but no date: we know its date.
        document = source.partition(":")[0] == DOCUMENT and DOCUMENT in self.sources
        return self.cited(source).date or (DOCUMENT_DATE.isoformat() if document else "")

    def said_by(self, source: str) -> str:
        """How a source without a page was told, and by whom; empty for a page."""
        page = self.cited(source)
        return "" if page.url else page.said

    def citation_of(self, source: str) -> str:
        """A source in words for a criterion: page or speaker with the date; a line of the document stays "doc:76"."""
        page = self.sources.get(source)
        return f"{page.url or page.said} {page.date}" if page and (page.url or page.said) else source

    def check_texts(self) -> None:
        """Note texts that are too long, and control characters: they could make a screen show something else."""
        for path, text in texts_in(self.spec):
            if len(text) > LONGEST_TEXT:
                details = {"count": len(text), "room": LONGEST_TEXT}
                self.note(N_("{count} characters; the limit is {room}"), path, details)
            character = first_control_character(text)
            if character and character in "\r\n":
                self.note("this contains a line break", path)
            elif character:
                self.note("this contains a control character ({code})", path, {"code": f"U+{ord(character):04X}"})


def has_no_effect(spec: Mapping[str, object]) -> bool:
    """Whether a contact point only confirms, or declares gone, one that the files below no longer have.

    Merging consumes every `replace` that finds its contact point, so one that is left has found none.
    """
    return "replace" in spec and not spec.keys() - {"replace", "source", "date", "gone"}
