"""Read the fields of an entry by their shapes (see `fields`), noting every problem."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeGuard

from kotoneuvo.advice.contact import Source
from kotoneuvo.advice.facts import NO_TEXT, FactBook, Text, Value, fold
from kotoneuvo.advice.hours import Span, parse_hours
from kotoneuvo.advice.problems import N_, InputProblems, Problem
from kotoneuvo.advice.service import MAINLAND, NATIONWIDE
from kotoneuvo.advice.situation import unknown_name
from kotoneuvo.catalogue.closed_lists import meanings_of, unknown_word
from kotoneuvo.catalogue.contacts import mistakes
from kotoneuvo.catalogue.criterion_values import CODES, meant, values_of
from kotoneuvo.catalogue.fields import ID, LANGUAGES, NOTICE_ID, PLACE, Field, Shape
from kotoneuvo.catalogue.overlays import Entry
from kotoneuvo.catalogue.read_criteria import ReadContext, TableReader
from kotoneuvo.dates import day_of, iso_date

DATES = ("YYYY", "YYYY-MM", "YYYY-MM-DD", "30.11.2026")
"""The allowed forms of a date."""
REVIEW_MONTHS, MOST_MONTHS = 24, 600
"""The review period, in months, of an entry that states none, and the longest that may be stated."""
_HOURS = ("Mo-Fr 09:00-15:00", "Mo 09:00-12:00, 13:00-15:00", "Mo-Su 00:00-24:00")
_OFFICES = ("employment_area:01", "wellbeing_county:01", "municipality:091")

Given = dict[str, Any]
"""The fields of a table, read."""
_Plain = tuple[Callable[[Any], bool], str, Any]
"""For a plain shape: a test of a value, the message if it fails, and the value to use instead."""


class FieldReader(TableReader):
    """Reads the fields of one entry; a wrong value is noted and read as empty.

    There is one method for each group of shapes. Each takes the raw value, its path and the description of its field.
    """

    def __init__(self, facts: FactBook, entry: Entry, context: ReadContext) -> None:
        super().__init__(facts, str(entry.layers[0].file.path), entry.key, context)
        self.origin = entry
        self.spec = entry.spec
        self.sources: Mapping[str, Source] = {}

    def read(
        self, spec: Mapping[str, Any], fields: Mapping[str, Field], path: str = "", *, whole: bool = True
    ) -> Given:
        """The given fields of a table. Notes unknown fields and, if the table must be `whole`, missing ones."""
        self.check_keys(spec, fields.keys(), path)
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

    def plain(self, raw: Any, path: str, field: Field) -> Any:
        """Read a text, a number, true or false, or a list of texts."""
        self.check_contact(raw, path, field.shape)
        right, message, instead = _PLAIN[field.shape]
        if not right(raw):
            self.note(message, path, {"found": raw})
            return instead
        return raw.strip() if isinstance(raw, str) else tuple(raw) if isinstance(raw, list) else raw

    def check_contact(self, raw: object, path: str, shape: Shape) -> None:
        """In strict reading, note an invalid phone number, e-mail address, page or language code."""
        for problem in mistakes(raw, shape) if self.context.strict else ():
            self.refuse(problem, path)

    def identity(self, raw: Any, path: str, field: Field) -> str:
        """Read the id of a service or notice, or the place of an office."""
        pattern = {"office": re.compile(PLACE), "notice_id": NOTICE_ID}.get(field.shape, ID)
        if isinstance(raw, str) and pattern.fullmatch(raw):
            return raw
        if field.shape == "office":
            self.note(N_('"{found}" is not the area of an office'), path, {"found": raw}, _OFFICES)
        else:
            self.note("an id consists of lower-case letters, digits and hyphens", path)
        return self.entry

    def words(self, raw: Any, path: str, field: Field) -> Text:
        """Read a text in Finnish, Swedish and English; one is enough, but a missing one may cause a warning."""
        if not _in_every_language(raw):
            texts = raw.values() if isinstance(raw, dict) else ()
            if not texts or not all(isinstance(text, str) and text.strip() for text in texts):
                self.note('expected texts, as { fi = "…", sv = "…", en = "…" }', path)
                return dict.fromkeys(LANGUAGES, "")
            for language in raw.keys() - set(LANGUAGES):
                self.note('unknown {kind} "{found}"', path, {"kind": "language", "found": language}, LANGUAGES)
            # Names of offices and places have no English form, so none is missed there.
            for language in LANGUAGES if field.shape in ("words", "hours") else ():
                if language not in raw:
                    self.warn(N_("the {language} text is missing"), path, {"language": language})
        words: Text = raw
        return words

    def place(self, raw: Any, path: str, field: Field) -> str | Text:
        """Read one text for all languages, or a text for each."""
        return raw.strip() if isinstance(raw, str) else self.words(raw, path, field)

    def pages(self, raw: Any, path: str, _: Field) -> Mapping[str, str]:
        """Read one page (under the language "") or pages by language, without empty ones."""
        pages = raw if isinstance(raw, dict) else {"": raw}
        for language, page in pages.items():
            self.check_contact(page, path, "page")
            self.check_contact([language] if pages is raw else [], path, "languages")
        if not all(isinstance(page, str) for page in pages.values()):
            self.note("expected a page, or pages by language, as { fi = … }", path)
            return NO_TEXT
        # An empty page must not hide those in other languages from its readers.
        return {language: page.strip() for language, page in pages.items() if page.strip()}

    def choice(self, raw: Any, path: str, field: Field) -> Any:
        """Read one word, or several, of the closed list for this field."""
        words = self.plain(raw, path, field)
        if raw == [] and field.required:
            self.note("expected at least one value", path)
        name = path.rpartition(".")[2]
        for word in [raw] if field.shape == "choice" and isinstance(raw, str) else words:
            if word not in meanings_of(name, self.facts):
                self.refuse(unknown_word(name, word, self.facts), path)
        return words

    def area(self, raw: Any, path: str, field: Field) -> tuple[str, ...]:
        """Read an area: municipality codes, "FI" alone, or "mainland" alone, which becomes the mainland's codes."""
        if raw == []:
            self.note("expected at least one value", path)
        if raw == [MAINLAND]:
            return self.facts.mainland
        return (NATIONWIDE,) if raw == [NATIONWIDE] else self.codes(raw, path, field)

    def codes(self, raw: Any, path: str, field: Field) -> tuple[str, ...]:
        """Read municipalities, each written as its code or its name, as codes."""
        known, aliases = self.facts.municipalities, self.facts["municipality"].aliases
        written = self.plain(raw, path, field)
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

    def date(self, raw: Any, path: str, field: Field) -> date | None:
        """Read a date; a bare year or month becomes its first day, or its last for the shape `last_day`."""
        day = day_of(raw, last=field.shape == "last_day")
        if day is None:
            self.note('"{found}" is not a date', path, {"found": raw}, DATES)
        return day

    def written_date(self, raw: Any, path: str, field: Field) -> str:
        """Read a date in ISO 8601 form that stays a text, because "2026-11" must not become a day."""
        if raw != "":
            self.date(raw, path, field)
        return iso_date(str(raw))

    def citation(self, raw: Any, path: str, _: Field | None = None) -> str:
        """Read the key of a source, which may be followed by a line number ("doc:76")."""
        if not raw or not isinstance(raw, str):
            self.note("this needs a source", path.removesuffix(".source"))
            return ""
        # If no source could be read at all, that is noted once, not again for every citation.
        if raw.partition(":")[0] not in self.sources and self.sources:
            self.refuse(unknown_name("source", raw, tuple(self.sources)), path)
        return raw

    def hours(self, raw: Any, path: str, field: Field) -> tuple[Span, ...] | Text:
        """Read opening hours: days and times, or words in every language."""
        return self.spans(raw, path, field) if isinstance(raw, str) else self.words(raw, path, field)

    def spans(self, raw: Any, path: str, _: Field) -> tuple[Span, ...]:
        """Read days and times, such as "Mo-Fr 09:00-15:00"."""
        try:
            return parse_hours(str(raw))
        except ValueError:
            self.note(N_('"{found}" is not valid as opening hours'), path, {"found": raw}, _HOURS)
            return ()

    def table(self, raw: Any, path: str, field: Field) -> Given:
        """Read a table of fields."""
        return self.read(raw, field.of, path) if isinstance(raw, dict) else dict(self.mapping(raw, path))

    def tables(self, raw: Any, path: str, field: Field) -> list[Given | None]:
        """Read a list of tables; None stands for an item that is not a table, so that the others keep their places."""
        if not isinstance(raw, list):
            self.note("these are written as [[service.…]] tables", path)
            return []
        tables = [self.table(each, f"{path}[{place}]", field) for place, each in enumerate(raw)]
        return [table if isinstance(each, dict) else None for table, each in zip(tables, raw, strict=True)]

    def rows(self, raw: Any, path: str, field: Field) -> list[Given]:
        """Read a list of tables that are usually written inline."""
        if not isinstance(raw, list) or not all(isinstance(each, dict) for each in raw):
            self.note("expected a list of tables, such as [{ … }, { … }]", path)
            return []
        return [self.read(each, field.of, f"{path}[{place}]") for place, each in enumerate(raw)]

    def gains(self, raw: Any, path: str, _: Field) -> Mapping[str, Value]:
        """Read what a service provides, a value for each fact; a coarse level ("B1") becomes its highest step."""
        gained: dict[str, Value] = {}
        for name, wanted in self.mapping(raw, path).items():
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
        if isinstance(raw, dict) and "source" not in raw:
            self.note("this needs a source", path)
        return gained

    def checksums(self, raw: Any, path: str, _: Field) -> Mapping[str, str]:
        """Read a table of texts."""
        right = isinstance(raw, dict) and all(isinstance(value, str) for value in raw.values())
        return self.mapping(raw if right else None, path)


def _is_number(raw: object) -> TypeGuard[int]:
    return isinstance(raw, int) and not isinstance(raw, bool)  # in Python true is a number, too


def _are_texts(raw: object) -> bool:
    return isinstance(raw, list) and all(isinstance(each, str) for each in raw)


def _are_lines(raw: Any) -> bool:
    return isinstance(raw, list) and [type(each) for each in raw] == [int, int] and 1 <= raw[0] <= raw[1]


_TEXT: _Plain = (lambda raw: isinstance(raw, str), N_("expected a text"), "")
_TEXTS: _Plain = (_are_texts, N_('expected a list, such as ["…"]'), ())
_PLAIN: Mapping[Shape, _Plain] = {
    **dict.fromkeys(("word", "phone", "email", "page", "choice"), _TEXT),
    **dict.fromkeys(("list", "languages", "choices", "area", "codes"), _TEXTS),
    "yes_no": (lambda raw: isinstance(raw, bool), N_("expected true or false"), False),
    "months": (
        lambda raw: _is_number(raw) and 1 <= raw <= MOST_MONTHS,
        N_("expected a number of months"),
        REVIEW_MONTHS,
    ),
    "count": (lambda raw: _is_number(raw) and raw >= 0, N_("expected a number"), 0),
    "lines": (_are_lines, N_("lines are written as [first, last]"), ()),
}
_READ: Mapping[Shape, Callable[[FieldReader, Any, str, Field], Any]] = {
    **dict.fromkeys(_PLAIN, FieldReader.plain),
    **dict.fromkeys(("id", "notice_id", "office"), FieldReader.identity),
    **dict.fromkeys(("words", "names"), FieldReader.words),
    **dict.fromkeys(("date", "last_day"), FieldReader.date),
    **dict.fromkeys(("closures", "periods"), FieldReader.rows),
    **dict.fromkeys(("criteria", "who"), FieldReader.mapping),
    "place": FieldReader.place,
    "pages": FieldReader.pages,
    **dict.fromkeys(("choice", "choices"), FieldReader.choice),
    "area": FieldReader.area,
    "codes": FieldReader.codes,
    "written_date": FieldReader.written_date,
    "citation": FieldReader.citation,
    "hours": FieldReader.hours,
    "spans": FieldReader.spans,
    "table": FieldReader.table,
    "tables": FieldReader.tables,
    "sources": lambda reader, *_: reader.sources,  # already read: all other fields cite them
    "gains": FieldReader.gains,
    "checksums": FieldReader.checksums,
}
"""The method that reads each shape."""


def _in_every_language(words: Any) -> bool:
    # A catalogue has thousands of texts, nearly all complete: trying is faster than checking types first.
    try:
        return len(words) == len(LANGUAGES) and all(words[language].strip() for language in LANGUAGES)
    except (TypeError, KeyError, AttributeError):
        return False
