"""One `[[service]]` table of a catalogue read into a Service, with every problem noted."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from datetime import MAXYEAR, date
from functools import cached_property
from typing import Any

from kotoneuvo.advice.criteria import Criterion, Table
from kotoneuvo.advice.facts import Value
from kotoneuvo.advice.problems import N_, InputProblems
from kotoneuvo.advice.service import MAINLAND, NATIONWIDE, Access, Contact, Cost, Languages, Service
from kotoneuvo.advice.situation import unknown_name
from kotoneuvo.advice.values import read_values
from kotoneuvo.catalogue.field_reader import FieldReader
from kotoneuvo.catalogue.fields import FIELD_NAMES, ID, REQUIRED, TABLES

DOCUMENT_DATE = date(2020, 9, 1)
"""The day of the 2020 document: what it says was so then."""
_REVIEW_MONTHS = 24
_MIGRANT = ("migrant",)


class ServiceReader(FieldReader):
    """Reads one service: first its own criteria, then, once its house is known, the whole."""

    @property
    def house(self) -> str:
        """The id of the house that the service is part of, or an empty string."""
        found = self.spec.get("part_of", "")
        return found if isinstance(found, str) else ""

    def own_table(self) -> Table:
        """The criteria that the service itself gives."""
        spec = self.table("eligibility")
        if not spec:
            return ()
        return self.criteria(spec, self._criterion_sources(spec))

    def surroundings(self) -> Table:
        """Area and audience as criteria."""
        first = next(iter(self.sources), "")
        audience = frozenset[Value](self.several("audience") or _MIGRANT)
        role = Criterion("customer_role", audience, source=first)
        if NATIONWIDE in self.area:
            return (role,)
        places = self.facts.mainland_places if self._mainland() else frozenset(self.area)
        given = self.table("eligibility").get("source")
        source = given.get("area", first) if isinstance(given, dict) else first
        cited = self._citation(source) if isinstance(source, str) else ""
        return (Criterion("municipality", places, source=cited), role)

    def service(self, eligibility: Table) -> Service:
        """The service with its whole table."""
        spec = self.spec
        self._check_whole()
        assured, review = self._freshness()
        start, end = self._period()
        return Service(
            id=self.entry,
            name=self.text(spec, "name"),
            summary=self.text(spec, "summary"),
            kind=self.chosen("kind"),
            goals=self.several("goals"),
            phase=self.chosen("phase"),
            area=self.area,
            audience=self.strings(spec, "audience") or _MIGRANT,
            eligibility=eligibility,
            access=self._access(),
            sources=self.sources,
            assured=assured,
            review=review,
            covers=self.strings(spec, "covers"),
            organization=self.string("organization"),
            part_of=self.string("part_of"),
            basic=self.truth(spec, "basic"),
            discreet=self.truth(spec, "discreet"),
            successor=self.strings(spec, "successor"),
            valid_from=start,
            valid_until=end,
            provides=self._provides() if "provides" in spec else {},
            local_name=self.chosen("local_name"),
            note=self.text(spec, "note"),
            languages=self._languages() if "languages" in spec else None,
            cost=self._cost() if "cost" in spec else None,
            phones=self._contacts("phones", "number"),
            emails=self._contacts("emails", "email"),
            addresses=self._contacts("addresses", "address"),
            urls=self._contacts("urls", "url"),
            schedules=self._contacts("schedules", "text"),
            overlays=self.origin.overlays,
        )

    def _check_whole(self) -> None:
        """Note what is missing, what has no meaning, and an id or an area that is none."""
        self.keys(self.spec, FIELD_NAMES, "")
        if not self.spec.keys() >= REQUIRED:
            for name in sorted(REQUIRED - self.spec.keys()):
                self.note("this field is missing", name)
        if not ID.fullmatch(self.entry) and "id" in self.spec:
            self.note("an id is made of lower case letters, digits and hyphens", "id")
        if self.spec.get("sources") == {}:
            self.note("at least one source is needed", "sources")
        self._check_area()

    def _period(self) -> tuple[date | None, date | None]:
        """First and last day."""
        valid = self._sourced("valid")
        start = self.date(valid.get("from"), "valid.from")
        end = self.date(valid.get("until"), "valid.until", last=True)
        if start and end and start > end:
            self.note("this ends before it starts", "valid")
        return start, end

    def _sourced(self, name: str) -> dict[str, Any]:
        """A table with its source checked."""
        table = self.table(name)
        if table:
            self.source(table, name)
        return table

    @cached_property
    def area(self) -> tuple[str, ...]:
        """The codes of the municipalities that it serves, or "FI"."""
        area = self.strings(self.spec, "area")
        return self.facts.mainland if self._mainland() else area

    def _mainland(self) -> bool:
        return self.spec.get("area") == [MAINLAND]

    def _check_area(self) -> None:
        for code in () if self._mainland() else self.area:
            if code not in self.facts.municipalities and code not in (NATIONWIDE, MAINLAND):
                allowed = (NATIONWIDE, MAINLAND, N_("codes of municipalities.csv"))
                self.note('unknown {kind} "{found}"', "area", {"kind": "municipality code", "found": code}, allowed)

    def _criterion_sources(self, spec: Mapping[str, Any]) -> Mapping[str, str]:
        """Criterion name to a citation of its source."""
        given = spec.get("source", {})
        sources = given if isinstance(given, dict) else {"": given}
        cited = {}
        for key, source in sources.items():
            if key and key not in spec and key != "area":
                self.note("this names a criterion that is not there", f"eligibility.source.{key}")
            path = f"eligibility.source.{key}" if key else "eligibility.source"
            cited[key] = self._citation(self.source({"source": source}, path, path))
        for key in spec:
            if key not in cited and key != "source" and "" not in cited:
                self.note("this needs a source", f"eligibility.{key}")
        return cited

    def _citation(self, source: str) -> str:
        """A source that can stand alone: "doc:76" for the document, else the page's address and date."""
        page = self.sources.get(source)
        return f"{page.url} {page.date}" if page and page.url else source

    def _access(self) -> Access:
        spec = self._sourced("access")
        if not spec:
            return Access()
        via = self.strings(spec, "via", "access.via")
        return Access(via, self.text(spec, "how", "access"), str(spec.get("source", "")))

    def _languages(self) -> Languages:
        spec = self._sourced("languages")
        count = spec.get("count", 0)
        if not isinstance(count, int) or isinstance(count, bool):
            self.note("a number is needed here", "languages.count")
            count = 0
        codes = self.strings(spec, "codes", "languages.codes")
        return Languages(codes, count, self.truth(spec, "interpreter", "languages.interpreter"))

    def _cost(self) -> Cost:
        spec = self._sourced("cost")
        return Cost(self.truth(spec, "free", "cost.free"), self.text(spec, "text", "cost"))

    def _provides(self) -> Mapping[str, Value]:
        """What the person has afterwards; of a coarse level its highest step."""
        spec = self._sourced("provides")
        found: dict[str, Value] = {}
        for name, wanted in spec.items():
            if name == "source":
                continue
            path = f"provides.{name}"
            if name not in self.facts.facts:
                self.refuse(unknown_name("fact", name, tuple(self.facts.facts)), path)
                continue
            fact = self.facts[name]
            try:
                found[name] = max(read_values(fact, wanted), key=fact.position.__getitem__)
            except InputProblems as error:
                for problem in error.problems:
                    self.refuse(problem, path)
        return found

    def _contacts(self, name: str, key: str) -> tuple[Contact, ...]:
        entries = self.spec.get(name)
        if entries is None:
            return ()
        if not isinstance(entries, list):
            self.note("these are written as [[service.…]] tables", name)
            return ()
        return tuple(self._contact(name, key, spec, f"{name}[{index}]") for index, spec in enumerate(entries))

    def _contact(self, name: str, key: str, spec: Any, path: str) -> Contact:
        if not isinstance(spec, dict):
            self.note("a table is needed here, such as { … }", path)
            return Contact("", "")
        self.keys(spec, TABLES[name].keys(), path)
        value = "" if key == "text" else str(spec.get(key, "")).strip()
        if value and key == "address":
            place = " ".join(str(spec[part]) for part in ("postal_code", "city") if spec.get(part))
            value = f"{value}, {place}" if place else value
        words = self.text(spec, "label" if "label" in TABLES[name] else "text", path)
        if not value and not words:
            self.note("this is empty", path)
        return Contact(value, self.source(spec, path), words, self.text(spec, "hours", path))

    def _freshness(self) -> tuple[date, date]:
        """The day the service was last confirmed, and the first day on which that is too old."""
        assured = self.date(self.spec.get("assured"), "assured") or DOCUMENT_DATE
        months = self.spec.get("review", _REVIEW_MONTHS)
        if not isinstance(months, int) or isinstance(months, bool) or not 1 <= months <= 600:
            self.note("a number of months is needed here", "review")
            months = _REVIEW_MONTHS
        review = months_after(assured, months)
        recheck = self.date(self.spec.get("recheck"), "recheck")
        if recheck and recheck <= assured:
            self.note("this day is not after the one on which it was confirmed", "recheck")
            recheck = None
        return assured, min(review, recheck) if recheck else review


def months_after(day: date, months: int) -> date:
    """The same day some months later, or the last of a shorter month; the last day that there is, at most."""
    year, month = divmod(day.month - 1 + months, 12)
    if day.year + year > MAXYEAR:
        return date.max
    last = monthrange(day.year + year, month + 1)[1]
    return date(day.year + year, month + 1, min(day.day, last))
