"""One `[[service]]` table of a catalogue read into a Service, with every problem noted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from kotoneuvo.advice.criteria import Criterion, Table, merge, unread
from kotoneuvo.advice.facts import NO_TEXT, FactBook, Text, Value
from kotoneuvo.advice.problems import InputProblems
from kotoneuvo.advice.service import MAINLAND, NATIONWIDE, Access, Cost, Languages, Said, Service
from kotoneuvo.advice.situation import unknown_name
from kotoneuvo.advice.statement import STATEMENTS
from kotoneuvo.catalogue.fields import FIELD_NAMES, FIELDS, ID, LANGUAGES, REQUIRED, Shape
from kotoneuvo.catalogue.overlays import Entry
from kotoneuvo.catalogue.read_contacts import DOCUMENT_DATE, REVIEW_MONTHS, months_after
from kotoneuvo.catalogue.read_criteria import Known
from kotoneuvo.catalogue.read_statements import StatementReader
from kotoneuvo.catalogue.written import CODES, values_of

_MIGRANT = ("migrant",)
_EVERYWHERE = (NATIONWIDE,)


class ServiceReader(StatementReader):
    """Reads one service by itself: what it has from the house that it is part of is woven in later.

    `area` holds the codes of the municipalities that it serves, or "FI".
    """

    def __init__(self, facts: FactBook, source: Entry, known: Known | None = None) -> None:
        super().__init__(facts, source, known)
        self.months = self._months()
        self.mainland = self.spec.get("area") == [MAINLAND]
        self.area = facts.mainland if self.mainland else self.places(self.strings(self.spec, "area"))

    def service(self) -> Service:
        """The service with its own table: area, audience and the criteria that it gives itself."""
        self._check_whole()
        spec = self.table("eligibility")
        surroundings = self._surroundings(spec)
        own = self.criteria(spec, self._criterion_sources(spec)) if spec else ()
        assured, review, recheck = self._freshness()
        start, end = self._period() if "valid" in self.spec else (None, None)
        # Most services give few of the fields: only those are read.
        given = {name: _READ[name](self, self.spec, name) for name in self.spec if name in _READ}
        if "contact" in self.spec:
            given["contacts"] = self.contacts(self.spec["contact"], self.months)
        return Service(
            id=self.entry,
            area=self.area,
            eligibility=self.known.once((*merge(surroundings, own), *self._unread())),
            sources=self.sources,
            assured=assured,
            review=review,
            recheck=recheck,
            valid_from=start,
            valid_until=end,
            overlays=self.origin.overlays,
            **{**_ABSENT, **given},
        )

    def _surroundings(self, eligibility: Mapping[str, Any]) -> Table:
        """Area and audience as criteria."""
        first = next(iter(self.sources), "")
        audience = frozenset[Value](self._audience(self.spec, "audience"))
        role = Criterion("customer_role", audience, source=first)
        if NATIONWIDE in self.area or not self.area:
            return (role,)
        places = self.facts.mainland_places if self.mainland else frozenset(self.area)
        given = eligibility.get("source")
        source = given.get("area", first) if isinstance(given, dict) else first
        cited = self._citation(source) if isinstance(source, str) else ""
        return (Criterion("municipality", places, source=cited), role)

    def _check_whole(self) -> None:
        """Note what is missing, what has no meaning, and an id or an area that is none."""
        self.keys(self.spec, FIELD_NAMES, "")
        if not self.spec.keys() >= REQUIRED and not self.origin.fragment:
            for name in sorted(REQUIRED - self.spec.keys()):
                self.note("this field is missing", name)
        if not ID.fullmatch(self.entry) and "id" in self.spec:
            self.note("an id consists of lower-case letters, digits and hyphens", "id")
        if self.spec.get("sources") == {}:
            self.note("at least one source is needed", "sources")
        self.string(self.spec, "hide")
        self.strings(self.spec, "ptv_not")
        read = self.spec.get("ptv_read", {})
        if not isinstance(read, dict) or not all(isinstance(value, str) for value in read.values()):
            self.note("expected a table, such as { … }", "ptv_read")
        self._check_area()

    def _period(self) -> tuple[date | None, date | None]:
        """First and last day."""
        valid = self.sourced("valid")
        start = self.date(valid.get("from"), "valid.from")
        end = self.date(valid.get("until"), "valid.until", last=True)
        if start and end and start > end:
            self.note("this ends before it starts", "valid", {"found": f"{valid['from']} – {valid['until']}"})
        return start, end

    def _check_area(self) -> None:
        """Note what is no area; the service is read as one of the others, or of everywhere."""
        known = self.facts.municipalities
        if self.mainland or self.area == _EVERYWHERE:
            return
        if not self.area and self.spec.get("area") == []:
            self.note("expected at least one value", "area")
        for code in self.area:
            if code not in known:
                self._note_area(code)
                self.area = tuple(each for each in self.area if each in known)

    def _note_area(self, code: str) -> None:
        if code in (NATIONWIDE, MAINLAND):
            self.note('"{found}" cannot be combined with other areas', "area", {"found": code})
            return
        self.refuse(self.unknown_place(code)._replace(allowed=(NATIONWIDE, MAINLAND, CODES)), "area")

    def _criterion_sources(self, spec: Mapping[str, Any]) -> Mapping[str, str]:
        """Criterion name to a citation of its source."""
        given = spec.get("source", {})
        sources = given if isinstance(given, dict) else {"": given}
        cited = {}
        for key, source in sources.items():
            if key and key not in spec and key != "area":
                self.note("there is no such criterion here", f"eligibility.source.{key}")
            path = f"eligibility.source.{key}" if key else "eligibility.source"
            cited[key] = self._citation(self.source({"source": source}, path, path))
        for key in spec:
            if key not in cited and key != "source" and "" not in cited:
                self.note("this needs a source", f"eligibility.{key}")
        return cited

    def _citation(self, source: str) -> str:
        """A source that can stand alone: "doc:76" for the document, else the page or who said it, with the date."""
        page = self.sources.get(source)
        return f"{page.url or page.said} {page.date}" if page and (page.url or page.said) else source

    def _audience(self, spec: Mapping[str, Any], name: str) -> tuple[str, ...]:
        return (name in spec and self.several(spec, name)) or _MIGRANT

    def _access(self, _: Mapping[str, Any], name: str) -> Access:
        spec = self.sourced(name)
        if not spec:
            return Access()
        via = self.strings(spec, "via", "access.via")
        source = str(spec.get("source", ""))
        confirmed = self.day_of_source(source)
        review = months_after(confirmed, self.months) if confirmed else None
        return Access(via, self.text(spec, "how", "access"), source, confirmed, review, self.said_by(source))

    def _languages(self, _: Mapping[str, Any], name: str) -> Languages:
        spec = self.sourced(name)
        count = spec.get("count", 0)
        if not isinstance(count, int) or isinstance(count, bool) or count < 0:
            self.note("expected a number", "languages.count", {"found": count})
            count = 0
        codes = self.strings(spec, "codes", "languages.codes")
        return Languages(codes, count, self.truth(spec, "interpreter", "languages.interpreter"))

    def _cost(self, _: Mapping[str, Any], name: str) -> Cost:
        spec = self.sourced(name)
        return Cost(self.truth(spec, "free", "cost.free"), self.text(spec, "text", "cost"))

    def _provides(self, _: Mapping[str, Any], name: str) -> Mapping[str, Value]:
        """What the person has afterwards; of a coarse level its highest step."""
        spec = self.sourced(name)
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
                found[name] = max(values_of(fact, wanted), key=fact.position.__getitem__)
            except InputProblems as error:
                for problem in error.problems:
                    self.refuse(problem, path)
        return found

    def _words_with_source(self, _: Mapping[str, Any], name: str) -> Said | None:
        """Words with their source."""
        spec = self.sourced(name)
        if spec and "text" not in spec:
            self.note("this field is missing", f"{name}.text")
        return Said(self.text(spec, "text", name), str(spec.get("source", ""))) if spec else None

    def _unread(self) -> Table:
        """The conditions that nobody has written as criteria yet, as a node that leaves the verdict open."""
        spec = self.spec.get("unread")
        if not isinstance(spec, dict) or not isinstance(spec.get("text"), dict):
            return ()
        everything = self.facts["customer_role"].everything
        return (unread(self.text(spec, "text", "unread"), everything, self._citation(str(spec.get("source", "")))),)

    def _keeper_note(self, spec: Mapping[str, Any], name: str) -> Text:
        """Words in one language or in all: those who keep the catalogue know each other."""
        found = spec[name]
        return dict.fromkeys(LANGUAGES, found) if isinstance(found, str) else self.text(spec, name)

    def _months(self) -> int:
        """For how many months a confirmation is good."""
        months = self.spec.get("review", REVIEW_MONTHS)
        if not isinstance(months, int) or isinstance(months, bool) or not 1 <= months <= 600:
            self.note("expected a number of months", "review", {"found": months})
            return REVIEW_MONTHS
        return months

    def _freshness(self) -> tuple[date, date, date | None]:
        """The day the service was last confirmed, the first day on which that is too old, and `recheck`."""
        assured = self.date(self.spec.get("assured"), "assured") or DOCUMENT_DATE
        review = months_after(assured, self.months)
        recheck = self.date(self.spec.get("recheck"), "recheck")
        if recheck and recheck <= assured:
            self.note("this date must be after the date of confirmation", "recheck")
            recheck = None
        return assured, min(review, recheck) if recheck else review, recheck


_BY_SHAPE: Mapping[Shape, Callable[[ServiceReader, Mapping[str, Any], str], object]] = {
    "word": ServiceReader.string,
    "words": ServiceReader.text,
    "choice": ServiceReader.chosen,
    "choices": ServiceReader.several,
    "list": ServiceReader.strings,
    "yes_no": ServiceReader.truth,
}
_ELSEWHERE = ("id", "area", "hide", "keeper_note", "ptv_not")
"""Fields that are read with others."""
_READ: Mapping[str, Callable[[ServiceReader, Mapping[str, Any], str], Any]] = {
    **{n: _BY_SHAPE[field.shape] for n, field in FIELDS.items() if field.shape in _BY_SHAPE and n not in _ELSEWHERE},
    "audience": ServiceReader._audience,
    "access": ServiceReader._access,
    "languages": ServiceReader._languages,
    "cost": ServiceReader._cost,
    "provides": ServiceReader._provides,
    "unread": ServiceReader._words_with_source,
    "bring": ServiceReader._words_with_source,
    "keeper_note": ServiceReader._keeper_note,
    "intake": ServiceReader.intake,
    **dict.fromkeys(STATEMENTS, ServiceReader.statement),
}
"""How each field is read that stands for itself in a service; one that is not given is not read."""
_ABSENT: Mapping[str, Any] = {
    "name": NO_TEXT, "summary": NO_TEXT, "kind": "", "goals": (), "phase": "", "audience": _MIGRANT, "access": Access(),
}  # fmt: skip
"""What stands for a field that is not given and has no default of its own."""
