"""Cells read as answers: what desks write in a spreadsheet, cleaned and given to the one reader of values."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date
from typing import Any

from kotoneuvo.advice.facts import FactBook, Text, Values, fold
from kotoneuvo.advice.problems import InputProblems, Problem, closest
from kotoneuvo.advice.situation import GOALS, SERVICE_LANGUAGE, read_answers
from kotoneuvo.advice.values import read_values

Reading = Values | tuple[str, ...] | None
"""Values still possible, goals or languages in order, or None: nothing is said."""

_BLANK = {
    "",
    "-",
    "--",
    "–",
    "—",
    "?",
    ".",
    "n/a",
    "na",
    "#n/a",
    "#puuttuu!",
    "null",
    "tyhjä",
    "tyhja",
    "tom",
    "none given",
    "nan",
}
_ENDS = "; \t\n"
_LISTS = (
    re.compile(r"\s*[;,/|\n&]\s*"),
    re.compile(r"\s*[;,/|\n&]\s*|\s+(?:tai|ja|eller|och|or|and)\s+", re.IGNORECASE),
)
"""What stands between answers: signs, and if that is not enough, words too (which also stand in names of goals)."""
_DATES = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>\d{4}|\d\d)(?:\s+\d.*)?",
        r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?:[T ].*)?",
        r"(?P<month>\d{1,2})[./](?P<year>\d{4})",
        r"(?P<month>0?[1-9]|1[0-2])/(?P<year>\d\d)",
        r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})",
    )
)
"""Days and months, Finnish and ISO."""
_DECIMAL = re.compile(r"\d{1,3},\d{1,2}")
_CODED = re.compile(r"(.+\S)\s*\((\w+)\)", re.DOTALL)
_HALF = re.compile(r"\d{1,2},\d")
_CODE_AND_NAME = re.compile(r"(\d{3})\s+(\D+)")
Names = Mapping[Any, Text]
"""Value (or goal) to its name."""
_YEAR = re.compile(r"^(?:19|20)\d\d$")
_WHOLE = re.compile(r"^(\d+)[.,]0+$")
_EXCEL_DATE = re.compile(r"^\d{1,2}[.-]\s?(?![vyå])(?:[a-zåäö]{3,9}|\d{1,2}\.)$", re.IGNORECASE)


class CellReader:
    """Reads the cells of one file; `today` is the day that dates are counted to."""

    def __init__(self, facts: FactBook, today: date, languages: Callable[[], Mapping[str, str]] = dict) -> None:
        self.facts = facts
        self.today = today
        self._languages = languages
        self._names: Mapping[str, str] | None = None

    def read(self, name: str, cell: str) -> Reading:
        """What `cell` says about the fact (or wish) `name`. Raises InputProblems if it says nothing known."""
        text = cell.replace("\u00a0", " ").strip(_ENDS)
        if text.casefold() in _BLANK:
            return None
        if name == GOALS:
            return self._goals(text)
        if name == SERVICE_LANGUAGE:
            return self._spoken(text)
        fact = self.facts[name]
        if fact.kind == "years":
            text = self._month(text)
        if fact.kind in ("number", "municipality") or "," not in text:
            text = _WHOLE.sub(r"\1", text)
        if fact.kind in ("number", "years", "several") and _EXCEL_DATE.match(text):
            raise InputProblems(
                [Problem("a spreadsheet has made a date of this; write a band as 3-5", {}, fieldname=name)]
            )
        values = self._values(name, text)
        return None if values == fact.everything else values

    def reads(self, name: str, cell: str) -> bool:
        """Whether a cell says something about the fact."""
        try:
            return self.read(name, cell) is not None
        except InputProblems:
            return False

    def _values(self, name: str, text: str) -> Values:
        fact = self.facts[name]
        if fact.kind == "years" and _YEAR.match(text):
            return self._any(name, (f"{text}-{month:02}" for month in range(1, self._last_month(text) + 1)))
        if fact.kind == "several" and _HALF.fullmatch(text):
            # "2,5" is two children, or one of two and a half: both stay possible.
            return self._values(name, f"{text};") | self._values(name, text.partition(",")[0])
        try:
            return read_values(fact, self._id(text, fact.names), self.today)
        except InputProblems as error:
            wrong = error
        if fact.kind == "municipality" and (found := _CODE_AND_NAME.fullmatch(text)):
            code, town = (read_values(fact, each) for each in found.groups())
            return code if code == town else self._any(name, [])
        if fact.ordered and _DECIMAL.fullmatch(text):
            raise wrong
        for parts in self._lists(text, fact.names):
            try:
                return read_values(fact, parts, self.today) if fact.kind == "several" else self._any(name, parts)
            except InputProblems as error:
                wrong = error
        raise wrong

    def _lists(self, text: str, names: Names) -> Iterator[list[str]]:
        """The answers in a cell that holds several, cut in every way that may be meant."""
        for signs in _LISTS:
            parts = [self._id(part, names) for part in signs.split(text) if part]
            if len(parts) > 1:
                yield parts

    def _id(self, text: str, names: Names) -> str:
        """A value written as the code book lists it, "label (id)", as its id; anything else as it is."""
        found = _CODED.fullmatch(text)
        labels = names.get(found[2], {}) if found else {}
        return found[2] if found and fold(found[1]) in map(fold, labels.values()) else text

    def _any(self, name: str, parts: Iterable[str]) -> Values:
        listed = list(parts)
        if not listed:
            raise InputProblems([Problem("{label}: the value is not known", {"label": name})])
        return read_values(self.facts[name], listed, self.today)

    def _last_month(self, year: str) -> int:
        return 12 if int(year) < self.today.year else self.today.month if int(year) == self.today.year else 0

    def _month(self, text: str) -> str:
        """A Finnish or ISO date, or a month, as "2024-05"; anything else as it is."""
        for pattern in _DATES:
            found = pattern.fullmatch(text)
            if found:
                told = {name: int(part) for name, part in found.groupdict().items()}
                with suppress(ValueError):
                    day = date(told["year"] + (2000 if told["year"] < 100 else 0), told["month"], told.get("day", 1))
                    return f"{day.year:04}-{day.month:02}"
        return text

    def _goals(self, text: str) -> tuple[str, ...]:
        names = self.facts.goals
        try:
            return read_answers(self.facts, {GOALS: [self._id(text, names)]}).goals
        except InputProblems as error:
            wrong = error
        for parts in self._lists(text, names):
            try:
                return read_answers(self.facts, {GOALS: parts}).goals
            except InputProblems as error:
                wrong = error
        raise wrong

    def _spoken(self, text: str) -> tuple[str, ...]:
        if self._names is None:
            self._names = self._languages()
        found: dict[str, None] = {}
        for part in [part for part in _LISTS[-1].split(text) if part]:
            code = self._names.get(fold(part))
            if code is None:
                near = closest(fold(part), self._names)
                raise InputProblems(
                    [Problem("this language is not known", {}, allowed=("ar, en, fa, so, uk, …",), suggestion=near)]
                )
            found[code] = None
        return tuple(found)
