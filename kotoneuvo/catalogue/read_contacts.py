"""Contact points as the catalogue writes them, read with every problem noted."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping
from datetime import MAXYEAR, date
from functools import cache
from typing import Any

from kotoneuvo.advice.facts import NO_TEXT, Text, fold
from kotoneuvo.advice.hours import Closure, Span, parse_hours
from kotoneuvo.advice.problems import N_, Problem, closest
from kotoneuvo.advice.service import ContactPoint
from kotoneuvo.catalogue.contact_changes import NO_CONTACT, SEVERAL, is_contact, names_of
from kotoneuvo.catalogue.field_reader import FieldReader, day_of, unknown_word
from kotoneuvo.catalogue.fields import CLOSURE, DOCUMENT, LISTS, TABLES
from kotoneuvo.catalogue.written import CODES, meant
from kotoneuvo.dates import iso_date

DOCUMENT_DATE = date(2020, 9, 1)
"""The day of the 2020 document: what it says was so then."""
REVIEW_MONTHS = 24
WAYS = ("phone", "email", "address", "postal", "url", "hours")
"""What a contact point must have one of."""
_KEYS = frozenset(TABLES["contact"])
_CLOSURE_KEYS = frozenset(CLOSURE)
_HOURS = ("Mo-Fr 09:00-15:00", "Mo 09:00-12:00, 13:00-15:00", "Mo-Su 00:00-24:00")


class ContactReader(FieldReader):
    """Reads the contact points of a service or an office."""

    def contacts(self, specs: object, months: int) -> tuple[ContactPoint, ...]:
        """Contact points that are good for a number of months from the day of their source."""
        if not isinstance(specs, list):
            self.note("these are written as [[service.…]] tables", "contact")
            return ()
        found = [self._contact(spec, f"contact[{place}]", months) for place, spec in enumerate(specs)]
        return tuple([each for each, spec in zip(found, specs, strict=True) if not is_idle(spec)])

    def _contact(self, spec: Any, path: str, months: int) -> ContactPoint:
        if not isinstance(spec, dict):
            self.note("expected a table, such as { … }", path)
            return ContactPoint("")
        self.keys(spec, _KEYS, path)
        self.truth(spec, "gone", f"{path}.gone")
        if "replace" in spec:
            self._replaces(spec, path)
        elif "gone" in spec:
            self.note(N_("use this together with `replace`, which says what is gone"), f"{path}.gone")
        elif not any(spec.get(way) for way in WAYS):
            self.note("this is empty", path)
        source = self.source(spec, path)
        dated = self._dated(spec, source)
        confirmed = self.date(dated or None, f"{path}.date") if "date" in spec else day_of(dated)
        address, place = self._place(spec, path)
        opening, hours = self._hours(spec, path)
        self._word(spec, "ptv", path)
        return ContactPoint(
            source=source,
            confirmed=confirmed,
            dated=dated,
            review=months_after(confirmed, months) if confirmed else None,
            name=self.text(spec, "name", path),
            phone=self._word(spec, "phone", path),
            email=self._word(spec, "email", path),
            address=address,
            place=place,
            postal=self._word(spec, "postal", path),
            url=self._pages(spec, path),
            hours=hours,
            opening_hours=opening,
            exceptions=self._exceptions(spec, path) if "exceptions" in spec else (),
            languages=self.strings(spec, "languages", f"{path}.languages"),
            interpreter=self.truth(spec, "interpreter", f"{path}.interpreter"),
            audience=self.text(spec, "for", path),
            area=self._codes(spec, path) if "area" in spec else (),
            role=self._role(spec, path) if "role" in spec else "",
            said=self.said_by(source),
        )

    def _replaces(self, spec: Mapping[str, Any], path: str) -> None:
        """A contact point that was not found below, or was found several times."""
        named, listed = spec["replace"], self.spec.get("contact", [])
        if is_idle(spec):
            self.warn(N_('"{found}", which this is about, no longer exists'), f"{path}.replace", {"found": named})
        elif any(is_contact(each, named) for each in listed if each is not spec):
            self.note(SEVERAL, f"{path}.replace", {"found": named})
        else:
            known = tuple(dict.fromkeys(value for each in listed for value in names_of(each)))
            self.note(NO_CONTACT, f"{path}.replace", {"found": named}, suggestion=closest(str(named), known))

    def _word(self, spec: Mapping[str, Any], name: str, path: str) -> str:
        found = spec.get(name, "")
        if not isinstance(found, str):
            self.note("expected a text", f"{path}.{name}", {"found": found})
            return ""
        return found.strip()

    def _dated(self, spec: Mapping[str, Any], source: str) -> str:
        """The day of a contact point as it is written: its own date, else that of its source."""
        return iso_date(str(spec["date"])) if "date" in spec else self._date_of(source)

    def _date_of(self, source: str) -> str:
        key = source.partition(":")[0]
        if key not in self.sources:
            return ""
        return self.sources[key].date or (DOCUMENT_DATE.isoformat() if key == DOCUMENT else "")

    def said_by(self, source: str) -> str:
        """How a source was told, if no page says it."""
        key = source.partition(":")[0]
        return self.sources[key].said if key in self.sources and not self.sources[key].url else ""

    def day_of_source(self, source: str) -> date | None:
        """The day of a source; of a bare year or month its first."""
        return day_of(self._date_of(source))

    def _place(self, spec: Mapping[str, Any], path: str) -> tuple[str, Text]:
        """An address, or a place in words; a street may have names in two languages only."""
        found = spec.get("address", "")
        if isinstance(found, str):
            return found.strip(), NO_TEXT
        place = self.text(spec, "address", path)
        self.warnings = [each for each in self.warnings if each.fieldname != f"{path}.address"]
        return "", place

    def _pages(self, spec: Mapping[str, Any], path: str) -> Mapping[str, str]:
        found = spec.get("url", {})
        if isinstance(found, str):
            return {"": found.strip()} if found.strip() else NO_TEXT
        if not isinstance(found, dict) or not all(isinstance(page, str) for page in found.values()):
            self.note("expected a page, or pages by language, as { fi = … }", f"{path}.url")
            return NO_TEXT
        return {str(language): page.strip() for language, page in found.items()}

    def _hours(self, spec: Mapping[str, Any], path: str) -> tuple[tuple[Span, ...], Text]:
        """Hours as a table of days and times, or in words."""
        found = spec.get("hours")
        if not isinstance(found, str):
            return (), self.text(spec, "hours", path)
        return self._spans(found, f"{path}.hours"), NO_TEXT

    def _spans(self, found: object, path: str) -> tuple[Span, ...]:
        try:
            return parse_hours(str(found))
        except ValueError:
            self.note(N_('"{found}" is not valid as opening hours'), path, {"found": found}, _HOURS)
            return ()

    def _exceptions(self, spec: Mapping[str, Any], path: str) -> tuple[Closure, ...]:
        listed = spec["exceptions"]
        if not isinstance(listed, list) or not all(isinstance(each, dict) for each in listed):
            self.note("expected a list of tables, such as [{ … }, { … }]", f"{path}.exceptions")
            return ()
        found = [self._closure(each, f"{path}.exceptions[{place}]") for place, each in enumerate(listed)]
        return tuple(each for each in found if each)

    def _closure(self, spec: Mapping[str, Any], path: str) -> Closure | None:
        self.keys(spec, _CLOSURE_KEYS, path)
        if "from" not in spec:
            self.note("this field is missing", f"{path}.from")
        first = self.date(spec.get("from"), f"{path}.from")
        last = self.date(spec.get("until"), f"{path}.until", last=True) or first
        closed = self.truth(spec, "closed", f"{path}.closed")
        if closed == ("hours" in spec):
            self.note(N_("expected either closed = true or hours"), path)
        hours = self._spans(spec["hours"], f"{path}.hours") if "hours" in spec else ()
        if first and last and first > last:
            self.note("this ends before it starts", path, {"found": f"{first} – {last}"})
        return Closure(first, last, hours) if first and last else None

    def _codes(self, spec: Mapping[str, Any], path: str) -> tuple[str, ...]:
        codes = self.places(self.strings(spec, "area", f"{path}.area"))
        for code in codes:
            if code not in self.facts.municipalities:
                self.refuse(self.unknown_place(code), f"{path}.area")
        return codes

    def places(self, written: Iterable[str]) -> tuple[str, ...]:
        """The codes of municipalities that are written as such or by their names; others stay as they are."""
        aliases = self.facts["municipality"].aliases
        return tuple(
            str(each if each in self.facts.municipalities else aliases.get(fold(each), each)) for each in written
        )

    def unknown_place(self, written: str) -> Problem:
        """The problem of what is neither the code nor the name of a municipality."""
        near = meant(self.facts["municipality"], written)
        details = {"kind": "municipality code", "found": written}
        names = {near: self.facts.municipalities[near].name} if near in self.facts.municipalities else {}
        return Problem('unknown {kind} "{found}"', details, allowed=(CODES,), suggestion=near, meanings=names)

    def _role(self, spec: Mapping[str, Any], path: str) -> str:
        role = self._word(spec, "role", path)
        if role not in LISTS["role"]:
            self.refuse(unknown_word("role", role, self.facts), f"{path}.role")
        return role


def is_idle(spec: object) -> bool:
    """Whether a contact point only confirms another, or says that it is gone, and that one is not there any more."""
    return isinstance(spec, dict) and "replace" in spec and not spec.keys() - {"replace", "source", "date", "gone"}


@cache
def months_after(day: date, months: int) -> date:
    """The same day some months later, or the last of a shorter month; the last day that there is, at most."""
    year, month = divmod(day.month - 1 + months, 12)
    if day.year + year > MAXYEAR:
        return date.max
    last = monthrange(day.year + year, month + 1)[1]
    return date(day.year + year, month + 1, min(day.day, last))
