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

    def plain(self, found: Any, path: str, field: Field) -> Any:
        """Read a text, a number, true or false, or a list of texts."""
        self.check_contact(found, path, field.shape)
        right, message, instead = _PLAIN[field.shape]
        if not right(found):
            self.note(message, path, {"found": found})
            return instead
        return found.strip() if isinstance(found, str) else tuple(found) if isinstance(found, list) else found

    def check_contact(self, found: object, path: str, shape: Shape) -> None:
        """In strict reading, note an invalid phone number, e-mail address, page or language code."""
        for problem in mistakes(found, shape) if self.context.strict else ():
            self.refuse(problem, path)

    def identity(self, found: Any, path: str, field: Field) -> str:
        """Read the id of a service or notice, or the place of an office."""
        pattern = {"office": re.compile(PLACE), "notice_id": NOTICE_ID}.get(field.shape, ID)
        if isinstance(found, str) and pattern.fullmatch(found):
            return found
        if field.shape == "office":
            self.note(N_('"{found}" is not the area of an office'), path, {"found": found}, _OFFICES)
        else:
            self.note("an id consists of lower-case letters, digits and hyphens", path)
        return self.entry

    def words(self, found: Any, path: str, field: Field) -> Text:
        """Read a text in Finnish, Swedish and English; one is enough, but a missing one may cause a warning."""
        if not _in_every_language(found):
            texts = found.values() if isinstance(found, dict) else ()
            if not texts or not all(isinstance(text, str) and text.strip() for text in texts):
                self.note('expected texts, as { fi = "…", sv = "…", en = "…" }', path)
                return dict.fromkeys(LANGUAGES, "")
            for language in found.keys() - set(LANGUAGES):
                self.note('unknown {kind} "{found}"', path, {"kind": "language", "found": language}, LANGUAGES)
            # Names of offices and places have no English form, so none is missed there.
            for language in LANGUAGES if field.shape in ("words", "hours") else ():
                if language not in found:
                    self.warn(N_("the {language} text is missing"), path, {"language": language})
        words: Text = found
        return words

    def place(self, found: Any, path: str, field: Field) -> str | Text:
        """Read one text for all languages, or a text for each."""
        return found.strip() if isinstance(found, str) else self.words(found, path, field)

    def pages(self, found: Any, path: str, _: Field) -> Mapping[str, str]:
        """Read one page (under the language "") or pages by language, without empty ones."""
        pages = found if isinstance(found, dict) else {"": found}
        for language, page in pages.items():
            self.check_contact(page, path, "page")
            self.check_contact([language] if pages is found else [], path, "languages")
        if not all(isinstance(page, str) for page in pages.values()):
            self.note("expected a page, or pages by language, as { fi = … }", path)
            return NO_TEXT
        # An empty page must not hide those in other languages from its readers.
        return {language: page.strip() for language, page in pages.items() if page.strip()}

    def choice(self, found: Any, path: str, field: Field) -> Any:
        """Read one word, or several, of the closed list for this field."""
        words = self.plain(found, path, field)
        if found == [] and field.required:
            self.note("expected at least one value", path)
        name = path.rpartition(".")[2]
        for word in [found] if field.shape == "choice" and isinstance(found, str) else words:
            if word not in meanings_of(name, self.facts):
                self.refuse(unknown_word(name, word, self.facts), path)
        return words

    def area(self, found: Any, path: str, field: Field) -> tuple[str, ...]:
        """Read an area: municipality codes, "FI" alone, or "mainland" alone, which becomes the mainland's codes."""
        if found == []:
            self.note("expected at least one value", path)
        if found == [MAINLAND]:
            return self.facts.mainland
        return (NATIONWIDE,) if found == [NATIONWIDE] else self.codes(found, path, field)

    def codes(self, found: Any, path: str, field: Field) -> tuple[str, ...]:
        """Read municipalities, each written as its code or its name, as codes."""
        known, aliases = self.facts.municipalities, self.facts["municipality"].aliases
        written = self.plain(found, path, field)
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
        """Read a date; a bare year or month becomes its first day, or its last for the shape `last_day`."""
        day = day_of(found, last=field.shape == "last_day")
        if day is None:
            self.note('"{found}" is not a date', path, {"found": found}, DATES)
        return day

    def written_date(self, found: Any, path: str, field: Field) -> str:
        """Read a date in ISO 8601 form that stays a text, because "2026-11" must not become a day."""
        if found != "":
            self.date(found, path, field)
        return iso_date(str(found))

    def citation(self, found: Any, path: str, _: Field | None = None) -> str:
        """Read the key of a source, which may be followed by a line number ("doc:76")."""
        if not found or not isinstance(found, str):
            self.note("this needs a source", path.removesuffix(".source"))
            return ""
        # If no source could be read at all, that is noted once, not again for every citation.
        if found.partition(":")[0] not in self.sources and self.sources:
            self.refuse(unknown_name("source", found, tuple(self.sources)), path)
        return found

    def hours(self, found: Any, path: str, field: Field) -> tuple[Span, ...] | Text:
        """Read opening hours: days and times, or words in every language."""
        return self.spans(found, path, field) if isinstance(found, str) else self.words(found, path, field)

    def spans(self, found: Any, path: str, _: Field) -> tuple[Span, ...]:
        """Read days and times, such as "Mo-Fr 09:00-15:00"."""
        try:
            return parse_hours(str(found))
        except ValueError:
            self.note(N_('"{found}" is not valid as opening hours'), path, {"found": found}, _HOURS)
            return ()

    def table(self, found: Any, path: str, field: Field) -> Given:
        """Read a table of fields."""
        return self.read(found, field.of, path) if isinstance(found, dict) else dict(self.mapping(found, path))

    def tables(self, found: Any, path: str, field: Field) -> list[Given | None]:
        """Read a list of tables; None stands for an item that is not a table, so that the others keep their places."""
        if not isinstance(found, list):
            self.note("these are written as [[service.…]] tables", path)
            return []
        tables = [self.table(each, f"{path}[{place}]", field) for place, each in enumerate(found)]
        return [table if isinstance(each, dict) else None for table, each in zip(tables, found, strict=True)]

    def rows(self, found: Any, path: str, field: Field) -> list[Given]:
        """Read a list of tables that are usually written inline."""
        if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
            self.note("expected a list of tables, such as [{ … }, { … }]", path)
            return []
        return [self.read(each, field.of, f"{path}[{place}]") for place, each in enumerate(found)]

    def gains(self, found: Any, path: str, _: Field) -> Mapping[str, Value]:
        """Read what a service provides, a value for each fact; a coarse level ("B1") becomes its highest step."""
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
        """Read a table of texts."""
        right = isinstance(found, dict) and all(isinstance(value, str) for value in found.values())
        return self.mapping(found if right else None, path)


def _is_number(found: object) -> TypeGuard[int]:
    return isinstance(found, int) and not isinstance(found, bool)  # in Python true is a number, too


def _are_texts(found: object) -> bool:
    return isinstance(found, list) and all(isinstance(each, str) for each in found)


def _are_lines(found: Any) -> bool:
    return isinstance(found, list) and [type(each) for each in found] == [int, int] and 1 <= found[0] <= found[1]


_TEXT: _Plain = (lambda found: isinstance(found, str), N_("expected a text"), "")
_TEXTS: _Plain = (_are_texts, N_('expected a list, such as ["…"]'), ())
_PLAIN: Mapping[Shape, _Plain] = {
    **dict.fromkeys(("word", "phone", "email", "page", "choice"), _TEXT),
    **dict.fromkeys(("list", "languages", "choices", "area", "codes"), _TEXTS),
    "yes_no": (lambda found: isinstance(found, bool), N_("expected true or false"), False),
    "months": (
        lambda found: _is_number(found) and 1 <= found <= MOST_MONTHS,
        N_("expected a number of months"),
        REVIEW_MONTHS,
    ),
    "count": (lambda found: _is_number(found) and found >= 0, N_("expected a number"), 0),
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
