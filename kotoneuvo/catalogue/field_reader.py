"""The fields of an entry, each read by its shape (see `fields`), with every problem noted."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from kotoneuvo.advice.contact import Source
from kotoneuvo.advice.facts import NO_TEXT, FactBook, Text, Value, fold
from kotoneuvo.advice.hours import Span, parse_hours
from kotoneuvo.advice.problems import N_, InputProblems, Problem
from kotoneuvo.advice.service import MAINLAND, NATIONWIDE
from kotoneuvo.advice.situation import unknown_name
from kotoneuvo.catalogue.closed_lists import meanings_of, unknown_word
from kotoneuvo.catalogue.criterion_values import CODES, meant, values_of
from kotoneuvo.catalogue.fields import ID, LANGUAGES, NOTICE_ID, PLACE, Field, Shape
from kotoneuvo.catalogue.overlays import Entry
from kotoneuvo.catalogue.read_criteria import Known, TableReader
from kotoneuvo.dates import day_of, iso_date

DATES = ("YYYY", "YYYY-MM", "YYYY-MM-DD", "30.11.2026")
"""How dates are written."""
REVIEW_MONTHS, MOST_MONTHS = 24, 600
"""How long a confirmation is good if an entry does not say so, and how long it may say."""
_HOURS = ("Mo-Fr 09:00-15:00", "Mo 09:00-12:00, 13:00-15:00", "Mo-Su 00:00-24:00")
_OFFICES = ("employment_area:01", "wellbeing_county:01", "municipality:091")

Given = dict[str, Any]
"""Fields of a table as they were read."""


class FieldReader(TableReader):
    """Reads the fields of one entry; what is wrong is noted and read as empty.

    The methods that read a shape take the value as it is written, its path and the description of its field.
    """

    def __init__(self, facts: FactBook, entry: Entry, known: Known | None = None) -> None:
        super().__init__(facts, str(entry.layers[0].file.path), entry.key, known)
        self.origin = entry
        self.spec = entry.spec
        self.sources: Mapping[str, Source] = {}

    def read(
        self, spec: Mapping[str, Any], fields: Mapping[str, Field], path: str = "", *, whole: bool = True
    ) -> Given:
        """The fields of a table that are given; what means nothing is noted, and of a `whole` one what is missing."""
        self.keys(spec, fields.keys(), path)
        if whole:
            for name in [name for name, field in fields.items() if field.required and name not in spec]:
                if fields[name].shape == "citation":
                    self.note("this needs a source", path or name)
                else:
                    self.note("this field is missing", f"{path}.{name}" if path else name)
        before = f"{path}." if path else ""
        return {
            name: _READ[fields[name].shape](self, value, before + name, fields[name])
            for name, value in spec.items()
            if name in fields
        }

    def accept(self, found: Any, right: bool, message: str, path: str, instead: Any) -> Any:
        """What was found if it is right; else that is noted, and something is read instead of it."""
        if not right:
            self.note(message, path, {"found": found})
        return found if right else instead

    def word(self, found: Any, path: str, _: Field) -> str:
        """A single word or name."""
        return str(self.accept(found, isinstance(found, str), N_("expected a text"), path, "")).strip()

    def truth(self, found: Any, path: str, _: Field) -> bool:
        """true or false."""
        return bool(self.accept(found, isinstance(found, bool), N_("expected true or false"), path, False))

    def number(self, found: Any, path: str, field: Field) -> int:
        """A number of months, or of anything else from 0 on."""
        whole = isinstance(found, int) and not isinstance(found, bool)
        if field.shape == "months":
            right, message = whole and 1 <= found <= MOST_MONTHS, N_("expected a number of months")
            return int(self.accept(found, right, message, path, REVIEW_MONTHS))
        return int(self.accept(found, whole and found >= 0, N_("expected a number"), path, 0))

    def strings(self, found: Any, path: str, _: Field) -> tuple[str, ...]:
        """A list of words."""
        right = isinstance(found, list) and all(isinstance(each, str) for each in found)
        return tuple(self.accept(found, right, N_('expected a list, such as ["…"]'), path, ()))

    def lines(self, found: Any, path: str, _: Field) -> tuple[int, ...]:
        """A first and a last line, in this order."""
        right = isinstance(found, list) and len(found) == 2 and all(type(each) is int for each in found)
        right = right and 1 <= found[0] <= found[1]
        return tuple(self.accept(found, right, N_("lines are written as [first, last]"), path, ()))

    def identity(self, found: Any, path: str, field: Field) -> str:
        """The id of a service, or of a notice, which may have underscores."""
        pattern = NOTICE_ID if field.shape == "notice_id" else ID
        if not isinstance(found, str) or not pattern.fullmatch(found):
            self.note("an id consists of lower-case letters, digits and hyphens", path)
        return self.entry

    def office_place(self, found: Any, path: str, _: Field) -> str:
        """The place of an office."""
        if not isinstance(found, str) or not re.fullmatch(PLACE, found):
            self.note(N_('"{found}" is not the area of an office'), path, {"found": found}, _OFFICES)
        return self.entry

    def words(self, found: Any, path: str, field: Field) -> Text:
        """Words in Finnish, Swedish and English; a language may be missing, which is mostly worth a warning."""
        if not _is_whole(found):
            texts = found.values() if isinstance(found, dict) else ()
            if not texts or not all(isinstance(text, str) and text.strip() for text in texts):
                self.note('expected texts, as { fi = "…", sv = "…", en = "…" }', path)
                return dict.fromkeys(LANGUAGES, "")
            for language in found.keys() - set(LANGUAGES):
                self.note('unknown {kind} "{found}"', path, {"kind": "language", "found": language}, LANGUAGES)
            for language in LANGUAGES if field.shape in ("words", "hours") else ():
                if language not in found:
                    self.warn(N_("the {language} text is missing"), path, {"language": language})
        words: Text = found
        return words

    def place(self, found: Any, path: str, field: Field) -> str | Text:
        """A text in one language or in several: a street may have names in two only."""
        return found.strip() if isinstance(found, str) else self.words(found, path, field)

    def pages(self, found: Any, path: str, _: Field) -> Mapping[str, str]:
        """A page ("" as its language), or pages by language."""
        if isinstance(found, str):
            return {"": found.strip()} if found.strip() else NO_TEXT
        if not isinstance(found, dict) or not all(isinstance(page, str) for page in found.values()):
            self.note("expected a page, or pages by language, as { fi = … }", path)
            return NO_TEXT
        return {language: page.strip() for language, page in found.items()}

    def choice(self, found: Any, path: str, field: Field) -> str:
        """One word of the closed list for this field."""
        self._allowed([found] if isinstance(found, str) else [], path)
        return self.word(found, path, field)

    def choices(self, found: Any, path: str, field: Field) -> tuple[str, ...]:
        """Words of the closed list for this field."""
        words = self.strings(found, path, field)
        if found == [] and field.required:
            self.note("expected at least one value", path)
        self._allowed(words, path)
        return words

    def _allowed(self, words: Iterable[str], path: str) -> None:
        name = path.rpartition(".")[2]
        for word in words:
            if word not in meanings_of(name, self.facts):
                self.refuse(unknown_word(name, word, self.facts), path)

    def area(self, found: Any, path: str, field: Field) -> tuple[str, ...]:
        """Municipality codes, "FI", or those of the mainland."""
        if found == []:
            self.note("expected at least one value", path)
        if found == [MAINLAND]:
            return self.facts.mainland
        return (NATIONWIDE,) if found == [NATIONWIDE] else self.codes(found, path, field)

    def codes(self, found: Any, path: str, field: Field) -> tuple[str, ...]:
        """The codes of municipalities, which are written as such or by their names."""
        known, aliases = self.facts.municipalities, self.facts["municipality"].aliases
        written = self.strings(found, path, field)
        codes = [str(each if each in known else aliases.get(fold(each), each)) for each in written]
        whole = (NATIONWIDE, MAINLAND) if field.shape == "area" else ()
        for code in codes:
            if code in whole:
                self.note('"{found}" cannot be combined with other areas', path, {"found": code})
            elif code not in known:
                near = meant(self.facts["municipality"], code)
                names = {near: known[near].name} if near in known else {}
                details = {"kind": "municipality code", "found": code}
                problem = Problem('unknown {kind} "{found}"', details, suggestion=near, meanings=names)
                self.refuse(problem._replace(allowed=(*whole, CODES)), path)
        return tuple(code for code in codes if code in known)

    def date(self, found: Any, path: str, field: Field) -> date | None:
        """A date; of a bare year or month its first or last day."""
        day = day_of(found, last=field.shape == "last_day")
        if day is None:
            self.note('"{found}" is not a date', path, {"found": found}, DATES)
        return day

    def written_date(self, found: Any, path: str, field: Field) -> str:
        """A date as it is written, in the form of ISO 8601."""
        if found != "":
            self.date(found, path, field)
        return iso_date(str(found))

    def citation(self, found: Any, path: str, _: Field | None = None) -> str:
        """The key of a source; it may name a line of the document ("doc:76")."""
        if not found or not isinstance(found, str):
            self.note("this needs a source", path.removesuffix(".source"))
            return ""
        # Where no source could be read at all, that is said; not of each part again.
        if found.partition(":")[0] not in self.sources and self.sources:
            self.refuse(unknown_name("source", found, tuple(self.sources)), path)
        return found

    def hours(self, found: Any, path: str, field: Field) -> tuple[Span, ...] | Text:
        """Hours as a table of days and times, or in words."""
        return self.spans(found, path, field) if isinstance(found, str) else self.words(found, path, field)

    def spans(self, found: Any, path: str, _: Field) -> tuple[Span, ...]:
        """Days and times."""
        try:
            return parse_hours(str(found))
        except ValueError:
            self.note(N_('"{found}" is not valid as opening hours'), path, {"found": found}, _HOURS)
            return ()

    def table(self, found: Any, path: str, field: Field) -> Given:
        """A table of fields."""
        return self.read(found, field.of, path) if isinstance(found, dict) else dict(self.mapping(found, path))

    def tables(self, found: Any, path: str, field: Field) -> list[Given | None]:
        """Tables in a list; None stands for what is none, so that each keeps its place."""
        if not isinstance(found, list):
            self.note("these are written as [[service.…]] tables", path)
            return []
        tables = [self.table(each, f"{path}[{place}]", field) for place, each in enumerate(found)]
        return [table if isinstance(each, dict) else None for table, each in zip(tables, found, strict=True)]

    def rows(self, found: Any, path: str, field: Field) -> list[Given]:
        """Tables in a list, which are mostly written on one line."""
        if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
            self.note("expected a list of tables, such as [{ … }, { … }]", path)
            return []
        return [self.read(each, field.of, f"{path}[{place}]") for place, each in enumerate(found)]

    def gains(self, found: Any, path: str, _: Field) -> Mapping[str, Value]:
        """What the person has afterwards; of a coarse level its highest step."""
        gained: dict[str, Value] = {}
        for name, wanted in self.mapping(found, path).items():
            inner = f"{path}.{name}"
            if name == "source":
                self.citation(wanted, inner)
            elif name not in self.facts.facts:
                self.refuse(unknown_name("fact", name, tuple(self.facts.facts)), inner)
            else:
                fact = self.facts[name]
                try:
                    gained[name] = max(values_of(fact, wanted), key=fact.position.__getitem__)
                except InputProblems as error:
                    self.refuse(error, inner)
        if isinstance(found, dict) and "source" not in found:
            self.note("this needs a source", path)
        return gained

    def checksums(self, found: Any, path: str, _: Field) -> Mapping[str, str]:
        """A table of texts."""
        right = isinstance(found, dict) and all(isinstance(value, str) for value in found.values())
        return self.mapping(found if right else None, path)


_READ: Mapping[Shape, Callable[[FieldReader, Any, str, Field], Any]] = {
    **dict.fromkeys(("word", "phone", "email", "page"), FieldReader.word),
    **dict.fromkeys(("id", "notice_id"), FieldReader.identity),
    **dict.fromkeys(("words", "names"), FieldReader.words),
    **dict.fromkeys(("list", "languages"), FieldReader.strings),
    **dict.fromkeys(("date", "last_day"), FieldReader.date),
    **dict.fromkeys(("months", "count"), FieldReader.number),
    **dict.fromkeys(("closures", "periods"), FieldReader.rows),
    **dict.fromkeys(("criteria", "who"), FieldReader.mapping),
    "office": FieldReader.office_place,
    "place": FieldReader.place,
    "pages": FieldReader.pages,
    "choice": FieldReader.choice,
    "choices": FieldReader.choices,
    "area": FieldReader.area,
    "codes": FieldReader.codes,
    "written_date": FieldReader.written_date,
    "yes_no": FieldReader.truth,
    "lines": FieldReader.lines,
    "citation": FieldReader.citation,
    "hours": FieldReader.hours,
    "spans": FieldReader.spans,
    "table": FieldReader.table,
    "tables": FieldReader.tables,
    "sources": lambda reader, *_: reader.sources,  # they were read before all else
    "gains": FieldReader.gains,
    "checksums": FieldReader.checksums,
}
"""How each shape is read."""


def _is_whole(words: Any) -> bool:
    """Whether these are words in every language; nearly all are, so this is made to be quick."""
    try:
        return len(words) == len(LANGUAGES) and bool(
            words["fi"].strip() and words["sv"].strip() and words["en"].strip()
        )
    except (TypeError, KeyError, AttributeError):
        return False
