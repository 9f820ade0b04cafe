"""One `[[service]]` table of a catalogue read into a Service, with every problem noted."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from kotoneuvo.advice.facts import FactBook, Text, Value, Values
from kotoneuvo.advice.problems import InputProblems
from kotoneuvo.advice.service import NATIONWIDE, Access, Contact, Cost, Languages, Service, Source
from kotoneuvo.advice.situation import unknown_name
from kotoneuvo.advice.values import read_values
from kotoneuvo.catalogue.fields import DOCUMENT, FIELDS, LANGUAGES, LISTS, TABLES
from kotoneuvo.catalogue.read_criteria import TableReader

_DATE = re.compile(r"^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$")
_REVIEW_MONTHS = 24


class ServiceReader(TableReader):
    """Reads the fields of one service; what is missing or wrong is noted and read as empty."""

    def __init__(self, facts: FactBook, where: str, spec: dict[str, Any], document: date) -> None:
        super().__init__(facts, where, str(spec.get("id", "?")))
        self.spec = spec
        self.document = document
        self.sources = self._sources()

    def service(self) -> Service:
        """The service as given; the house's part of its table is added once all services are read."""
        spec = self.spec
        self._keys(spec, FIELDS, "")
        for name in (name for name, field in FIELDS.items() if field.required and name not in spec):
            self.note("this field is missing", name)
        valid = self._table("valid")
        eligibility = self._table("eligibility")
        assured, review = self._freshness(valid)
        provides = {name: value for name, value in self._table("provides").items() if name != "source"}
        return Service(
            id=self.entry,
            name=self.text("name"),
            summary=self.text("summary"),
            kind=self._one("kind"),
            goals=self._many("goals"),
            phase=self._one("phase"),
            area=self._area(),
            audience=self._many("audience") or ("migrant",),
            eligibility=self.table(eligibility, self._criterion_sources(eligibility)),
            access=self._access(),
            sources=self.sources,
            assured=assured,
            review=review,
            covers=self._strings("covers"),
            organization=str(spec.get("organization", "")),
            part_of=str(spec.get("part_of", "")),
            basic=bool(spec.get("basic", False)),
            successor=self._strings("successor"),
            valid_from=self._date(valid.get("from"), "valid.from", last=False),
            valid_until=self._date(valid.get("until"), "valid.until", last=True),
            provides={name: value for name in provides if (value := self._provided(name, provides[name])) is not None},
            local_name=self._one("local_name"),
            note=self.text("note") if "note" in spec else {},
            languages=self._languages(),
            cost=self._cost(),
            phones=self._contacts("phones", "number"),
            emails=self._contacts("emails", "email"),
            addresses=self._contacts("addresses", "address"),
            urls=self._contacts("urls", "url"),
            schedules=self._contacts("schedules", ""),
        )

    def _keys(self, spec: Mapping[str, Any], known: Mapping[str, object], path: str) -> None:
        for key in spec:
            if key not in known:
                problem = unknown_name("field", key, tuple(known))
                self.note(problem.message, path or key, problem.details, problem.allowed, problem.suggestion)

    def _table(self, name: str) -> dict[str, Any]:
        table = self.spec.get(name, {})
        if not isinstance(table, dict):
            self.note("a table is needed here, such as { … }", name)
            return {}
        if name in TABLES:
            self._keys(table, dict.fromkeys(TABLES[name]), name)
        self._source(table, name)
        return table

    def text(self, name: str, spec: Mapping[str, Any] | None = None, path: str = "") -> Text:
        """Words in Finnish, Swedish and English; all three are needed."""
        words = (self.spec if spec is None else spec).get(name, {})
        path = path or name
        if not isinstance(words, dict) or any(not isinstance(word, str) or not word.strip() for word in words.values()):
            self.note('words are needed here, as { fi = "…", sv = "…", en = "…" }', path)
            return dict.fromkeys(LANGUAGES, "")
        for language in LANGUAGES:
            if language not in words:
                self.note("the {language} text is missing", path, {"language": language})
        for language in words:
            if language not in LANGUAGES:
                self.note('unknown {kind} "{found}"', path, {"kind": "language", "found": language}, LANGUAGES)
        return {language: words.get(language, "") for language in LANGUAGES}

    def _strings(self, name: str) -> tuple[str, ...]:
        found = self.spec.get(name, [])
        if not isinstance(found, list) or any(not isinstance(each, str) for each in found):
            self.note('a list is needed here, such as ["…"]', name)
            return ()
        return tuple(found)

    def _one(self, name: str) -> str:
        found = self.spec.get(name, "")
        if found and found not in self._allowed(name):
            self._unknown(name, str(found))
        return str(found)

    def _many(self, name: str) -> tuple[str, ...]:
        found = self._strings(name)
        for each in found:
            if each not in self._allowed(name):
                self._unknown(name, each)
        return found

    def _unknown(self, name: str, found: str) -> None:
        problem = unknown_name(name, found, self._allowed(name))
        self.note(problem.message, name, problem.details, problem.allowed, problem.suggestion)

    def _allowed(self, name: str) -> tuple[str, ...]:
        lists: Mapping[str, Callable[[], tuple[Any, ...]]] = {
            "goals": lambda: tuple(self.facts.goals),
            "phase": lambda: tuple(self.facts.phases),
            "audience": lambda: self.facts["customer_role"].domain,
        }
        return tuple(str(each) for each in lists[name]()) if name in lists else LISTS[name]

    def _area(self) -> tuple[str, ...]:
        area = self._strings("area")
        for code in area:
            if code != NATIONWIDE and code not in self.facts.municipalities:
                self.note('unknown {kind} "{found}"', "area", {"kind": "municipality code", "found": code})
        return area

    def _sources(self) -> Mapping[str, Source]:
        found = {}
        specs = self.spec.get("sources", {})
        for key, spec in (specs if isinstance(specs, dict) else {}).items():
            path = f"sources.{key}"
            if not isinstance(spec, dict) or not (spec.get("url") or spec.get("lines")):
                self.note("a source needs a url with its date, or lines of the 2020 document", path)
                continue
            if key != DOCUMENT and self._date(spec.get("date"), f"{path}.date", last=False) is None:
                self.note("a source needs the date of its page, as YYYY, YYYY-MM or YYYY-MM-DD", path)
            found[key] = Source(
                spec.get("url", ""), spec.get("date", ""), tuple(spec.get("lines", ())), spec.get("seen", "")
            )
        if not found:
            self.note("a service needs at least one source", "sources")
        return found

    def _source(self, spec: Mapping[str, Any], path: str, needed: bool = False) -> str:
        """The source key of a part, checked; a key may name a line of the document ("doc:76")."""
        source = spec.get("source", "")
        if path == "eligibility":
            return ""
        if source and str(source).split(":")[0] not in self.sources:
            self.note('unknown {kind} "{found}"', path, {"kind": "source", "found": source}, tuple(self.sources))
        if needed and not source:
            self.note("this needs a source", path)
        return str(source)

    def _criterion_sources(self, spec: Mapping[str, Any]) -> Mapping[str, str]:
        given = spec.get("source", {})
        sources = given if isinstance(given, dict) else {"": given}
        for key, source in sources.items():
            self._source({"source": source}, f"eligibility.source.{key}")
            if key and key not in spec:
                self.note("this names a criterion that is not there", f"eligibility.source.{key}")
        for key in spec:
            if key != "source" and not sources.get(key, sources.get("", "")):
                self.note("this needs a source", f"eligibility.{key}")
        return {key: self._citation(str(source)) for key, source in sources.items()}

    def _citation(self, source: str) -> str:
        """A source that can stand alone: "doc:76" for the document, else the page's address and date."""
        page = self.sources.get(source)
        return f"{page.url} {page.date}" if page and page.url else source

    def _access(self) -> Access:
        spec = self._table("access")
        how = self.text("how", spec, "access.how") if "how" in spec else {}
        via = spec.get("via", [])
        if not isinstance(via, list):
            self.note('a list is needed here, such as ["…"]', "access.via")
            via = []
        return Access(tuple(map(str, via)), how, self._source(spec, "access", needed=bool(spec)))

    def _languages(self) -> Languages | None:
        spec = self._table("languages")
        if not spec:
            return None
        source = self._source(spec, "languages", needed=True)
        return Languages(tuple(spec.get("codes", ())), spec.get("count", 0), spec.get("interpreter", False), source)

    def _cost(self) -> Cost | None:
        spec = self._table("cost")
        if not spec:
            return None
        words = self.text("text", spec, "cost.text") if "text" in spec else {}
        return Cost(spec.get("free", False), words, self._source(spec, "cost", needed=True))

    def _contacts(self, name: str, key: str) -> tuple[Contact, ...]:
        found = []
        entries = self.spec.get(name, [])
        for index, spec in enumerate(entries if isinstance(entries, list) else []):
            path = f"{name}[{index}]"
            if not isinstance(spec, dict):
                self.note("a table is needed here, such as { … }", path)
                continue
            self._keys(spec, dict.fromkeys(TABLES[name]), path)
            parts = [str(spec[part]) for part in (key, "postal_code", "city") if part and spec.get(part)]
            words_key = "label" if name in ("phones", "emails", "urls") else "text"
            words = self.text(words_key, spec, f"{path}.{words_key}") if words_key in spec else {}
            hours = self.text("hours", spec, f"{path}.hours") if "hours" in spec else {}
            if not parts and not words:
                self.note("this is empty", path)
            value = _address(spec) if name == "addresses" else " ".join(parts)
            found.append(Contact(value, self._source(spec, path, needed=True), words, hours))
        return tuple(found)

    def _provided(self, name: str, wanted: object) -> Value | None:
        if name not in self.facts.facts:
            problem = unknown_name("fact", name, tuple(self.facts.facts))
            self.note(problem.message, f"provides.{name}", problem.details, problem.allowed, problem.suggestion)
            return None
        try:
            values: Values = read_values(self.facts[name], wanted)
        except InputProblems as error:
            for problem in error.problems:
                self.note(problem.message, f"provides.{name}", problem.details, problem.allowed, problem.suggestion)
            return None
        return max(values, key=self.facts[name].position.__getitem__)

    def _freshness(self, valid: Mapping[str, Any]) -> tuple[date, date]:
        """The day the service was last confirmed, and the first day on which that is too old."""
        assured = self._date(self.spec.get("assured"), "assured", last=False) or self.document
        months = self.spec.get("review", _REVIEW_MONTHS)
        if not isinstance(months, int) or isinstance(months, bool) or months < 1:
            self.note("a number of months is needed here", "review")
            months = _REVIEW_MONTHS
        review = _months_after(assured, months)
        recheck = self._date(self.spec.get("recheck"), "recheck", last=False)
        self._order(valid)
        return assured, min(review, recheck) if recheck else review

    def _order(self, valid: Mapping[str, Any]) -> None:
        start = self._date(valid.get("from"), "valid.from", last=False)
        end = self._date(valid.get("until"), "valid.until", last=True)
        if start and end and start > end:
            self.note("this ends before it starts", "valid")

    def _date(self, found: object, path: str, *, last: bool) -> date | None:
        """A date; of a bare year or month its first or `last` day."""
        if found is None or found == "":
            return None
        if isinstance(found, date):
            return found
        match = _DATE.match(str(found))
        try:
            if not match:
                raise ValueError
            year, month, day = int(match[1]), match[2], match[3]
            whole_month = int(month) if month else 12 if last else 1
            whole_day = int(day) if day else monthrange(year, whole_month)[1] if last else 1
            return date(year, whole_month, whole_day)
        except ValueError:
            self.note('"{found}" is not a date', path, {"found": found}, ("YYYY", "YYYY-MM", "YYYY-MM-DD"))
            return None


def _address(spec: Mapping[str, Any]) -> str:
    place = " ".join(str(spec[part]) for part in ("postal_code", "city") if spec.get(part))
    return ", ".join(part for part in (str(spec.get("address", "")), place) if part) if spec.get("address") else ""


def _months_after(day: date, months: int) -> date:
    year, month = divmod(day.month - 1 + months, 12)
    last = monthrange(day.year + year, month + 1)[1]
    return date(day.year + year, month + 1, min(day.day, last))
