"""The kinds of field that a service has (words, lists, choices, dates, sources), read with every problem noted."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Mapping, Set
from datetime import date
from functools import cache
from typing import Any

from kotoneuvo.advice.facts import NO_TEXT, FactBook, Text, fold
from kotoneuvo.advice.problems import N_, Problem, closest
from kotoneuvo.advice.service import Source
from kotoneuvo.advice.situation import unknown_name
from kotoneuvo.catalogue.fields import DOCUMENT, LANGUAGES, LISTS, REQUIRED, SOURCE, TABLES
from kotoneuvo.catalogue.overlays import Entry
from kotoneuvo.catalogue.read_criteria import Known, TableReader
from kotoneuvo.dates import iso_date

DATES = ("YYYY", "YYYY-MM", "YYYY-MM-DD", "30.11.2026")
"""How dates are written."""
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_TEXT_KEYS = frozenset(LANGUAGES)
_STRING = frozenset({str})
_INTEGER = frozenset({int})
_SOURCE_KEYS = frozenset(SOURCE)
_SURE = tuple(LISTS["confidence"])
_EMPTY: Text = dict.fromkeys(LANGUAGES, "")


class FieldReader(TableReader):
    """Reads single fields of one service's table; what is wrong is noted and read as empty."""

    def __init__(self, facts: FactBook, source: Entry, known: Known | None = None) -> None:
        super().__init__(facts, str(source.layers[0].file.path), source.key, known)
        self.origin = source
        self.spec = source.spec
        self.sources = self._sources() if "sources" in self.spec else {}

    def keys(self, spec: Mapping[str, Any], known: Set[str], path: str) -> None:
        """Note every key that has no meaning here."""
        if not spec.keys() <= known:
            for key in spec.keys() - known:
                self.refuse(unknown_name("field", key, tuple(sorted(known))), path or key)

    def table(self, name: str) -> dict[str, Any]:
        """A table of fields; empty if there is none."""
        table = self.spec.get(name)
        if table is None:
            return {}
        if not isinstance(table, dict):
            self.note("expected a table, such as { … }", name)
            return {}
        if name in TABLES:
            self.keys(table, TABLES[name].keys(), name)
        return table

    def text(self, spec: Mapping[str, Any], name: str, path: str = "") -> Text:
        """Words in Finnish, Swedish and English; a language may be missing, which is worth a warning."""
        words = spec.get(name)
        if words is None:
            return NO_TEXT
        return words if _is_whole(words) else self._noted(words, f"{path}.{name}" if path else name)

    def _noted(self, words: Any, path: str) -> Text:
        """Words with something wrong or missing, read as far as they can be."""
        if not isinstance(words, dict) or not words:
            self.note('expected texts, as { fi = "…", sv = "…", en = "…" }', path)
            return _EMPTY
        for language, word in words.items():
            if not isinstance(word, str) or not word.strip():
                self.note('expected texts, as { fi = "…", sv = "…", en = "…" }', path)
                return _EMPTY
            if language not in _TEXT_KEYS:
                self.note('unknown {kind} "{found}"', path, {"kind": "language", "found": language}, LANGUAGES)
        for language in LANGUAGES:
            if language not in words:
                self.warn(N_("the {language} text is missing"), path, {"language": language})
        return words

    def string(self, spec: Mapping[str, Any], name: str) -> str:
        """A single word or name."""
        found = spec.get(name, "")
        if not isinstance(found, str):
            self.note("expected a text", name, {"found": found})
            return ""
        return found

    def truth(self, spec: Mapping[str, Any], name: str, path: str = "") -> bool:
        """true or false; false if absent."""
        found = spec.get(name, False)
        if not isinstance(found, bool):
            self.note("expected true or false", path or name, {"found": found})
            return False
        return found

    def strings(self, spec: Mapping[str, Any], name: str, path: str = "") -> tuple[str, ...]:
        """A list of words; empty if absent."""
        found = spec.get(name)
        if found is None:
            return ()
        if not isinstance(found, list) or not _STRING.issuperset(map(type, found)):
            self.note('expected a list, such as ["…"]', path or name, {"found": found})
            return ()
        return tuple(found)

    def chosen(self, spec: Mapping[str, Any], name: str) -> str:
        """One word of the closed list for this field."""
        found = self.string(spec, name)
        if found:
            self._allowed(name, (found,))
        return found

    def several(self, spec: Mapping[str, Any], name: str) -> tuple[str, ...]:
        """Words of the closed list for this field."""
        found = self.strings(spec, name)
        if not found and name in REQUIRED and spec.get(name) == []:
            self.note("expected at least one value", name)
        self._allowed(name, found)
        return found

    def source(self, spec: Mapping[str, Any], path: str, where: str = "") -> str:
        """The source key of a part; it may name a line of the document ("doc:76"). `where` is the key's own path."""
        source = spec.get("source")
        if not source or not isinstance(source, str):
            self.note("this needs a source", path)
            return ""
        # Where no source could be read at all, that is said; not of each part again.
        if source.partition(":")[0] not in self.sources and self.sources:
            problem = unknown_name("source", source, tuple(self.sources))
            self.refuse(problem, where or f"{path}.source")
        return source

    def date(self, found: object, path: str, *, last: bool = False) -> date | None:
        """A date; of a bare year or month its first or `last` day."""
        if found is None:
            return None
        day = day_of(found, last=last)
        if day is None:
            self.note('"{found}" is not a date', path, {"found": found}, DATES)
        return day

    def _allowed(self, name: str, words: Iterable[str]) -> None:
        for word in words:
            if word not in meanings_of(name, self.facts):
                self.refuse(unknown_word(name, word, self.facts), name)

    def _sources(self) -> Mapping[str, Source]:
        """The sources by key; what cites one that is wrong is not wrong for that."""
        return {key: self._source(key, spec) for key, spec in self.table("sources").items()}

    def _source(self, key: str, spec: Any) -> Source:
        if not isinstance(spec, dict):
            self.note("a source needs a url with its date, or lines of the 2020 document", f"sources.{key}")
            return Source()
        url, day, lines, seen = spec.get("url", ""), spec.get("date", ""), spec.get("lines"), spec.get("seen", "")
        said = spec.get("said", "")
        # Nearly all are right, so this is made to be quick.
        if not (
            _SOURCE_KEYS.issuperset(spec)
            and type(url) is type(day) is type(seen) is type(said) is str
            and (url or said or (lines and key == DOCUMENT))
            and (_day(day, False) or (key == DOCUMENT and not day))
            and (lines is None or _are_lines(lines))
            and spec.get("confidence", "high") in _SURE
        ):
            self._note_source(key, spec, f"sources.{key}")
            lines = lines if _are_lines(lines) else None
        return Source(str(url), iso_date(str(day)), tuple(lines) if lines else (), str(seen), str(said))

    def _note_source(self, key: str, spec: Mapping[str, Any], path: str) -> None:
        """Everything that is wrong with a source."""
        self.keys(spec, SOURCE.keys(), path)
        for name in ("url", "said", "seen", "confidence"):
            if not isinstance(spec.get(name, ""), str):
                self.note("expected a text", f"{path}.{name}", {"found": spec[name]})
        if not (spec.get("url") or spec.get("said") or (spec.get("lines") and key == DOCUMENT)):
            self.note("a source needs a url with its date, or lines of the 2020 document", path)
        elif spec.get("said") and not spec.get("date"):
            self.note(N_("a source needs the day on which it was said"), path)
        elif key != DOCUMENT and not spec.get("date"):
            self.note("a source needs the date of its page, as YYYY, YYYY-MM or YYYY-MM-DD", path)
        self.date(spec.get("date") or None, f"{path}.date")
        if "lines" in spec and not _are_lines(spec["lines"]):
            self.note("lines are written as [first, last]", f"{path}.lines", {"found": spec["lines"]})
        sure = spec.get("confidence", "high")
        if isinstance(sure, str) and sure not in _SURE:
            self.refuse(unknown_name("confidence", sure, _SURE), f"{path}.confidence")


def meanings_of(name: str, facts: FactBook) -> Mapping[str, str | Text]:
    """The words that a field may have, each with its meaning: a text by language, or a msgid."""
    if name == "goals":
        return facts.goals
    if name == "phase":
        return facts.phases
    return (
        {str(role): text for role, text in facts["customer_role"].names.items()} if name == "audience" else LISTS[name]
    )


def unknown_word(name: str, word: str, facts: FactBook) -> Problem:
    """The problem of a word that a field may not have, with all that it may, and what was meant in people's words."""
    meanings = meanings_of(name, facts)
    problem = unknown_name(name, word, tuple(meanings))
    named = {
        fold(text): code
        for code, meaning in meanings.items()
        if not isinstance(meaning, str)
        for text in meaning.values()
    }
    if name == "goals":
        named |= facts.goal_words
    near = named.get(fold(word)) or problem.suggestion or named.get(closest(fold(word), named), "")
    return problem._replace(allowed=tuple(meanings), suggestion=near, meanings=meanings)


def _are_lines(lines: object) -> bool:
    """Whether these are a first and a last line, in this order."""
    return (
        isinstance(lines, list)
        and len(lines) == 2
        and _INTEGER.issuperset(map(type, lines))
        and 1 <= lines[0] <= lines[1]
    )


def _is_whole(words: Any) -> bool:
    """Whether these are words in every language; nearly all are, so this is made to be quick."""
    try:
        return len(words) == len(LANGUAGES) and bool(
            words["fi"].strip() and words["sv"].strip() and words["en"].strip()
        )
    except (TypeError, KeyError, AttributeError):
        return False


def day_of(found: object, *, last: bool = False) -> date | None:
    """The day of "YYYY-MM-DD"; of a bare year or month its first or `last` day; None for what is no date."""
    # TOML has days of its own, which need no quotes; a bare number is none.
    return _day(found if isinstance(found, str) else str(found) if isinstance(found, date) else "", last)


@cache
def _day(found: str, last: bool) -> date | None:
    match = _DATE.fullmatch(iso_date(found))
    if not match:
        return None
    year, month, day = int(match[1]), match[2], match[3]
    whole_month = int(month) if month else 12 if last else 1
    try:
        whole_day = int(day) if day else monthrange(year, whole_month)[1] if last else 1
        return date(year, whole_month, whole_day)
    except ValueError:
        return None
