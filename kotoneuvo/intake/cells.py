"""Cells read as answers: what desks write in a spreadsheet, cleaned and given to the one reader of values."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date

from kotoneuvo.advice.facts import FactBook, Values, fold
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
}
_LIST = re.compile(r"\s*[;,/|\n&]\s*|\s+(?:tai|ja|eller|och|or|and)\s+", re.IGNORECASE)
_DAY_FI = re.compile(r"^\d{1,2}\.\s?(\d{1,2})\.\s?(\d{4})(?:\s+\d.*)?$")
_DAY_ISO = re.compile(r"^(\d{4})-(\d{1,2})-\d{1,2}(?:[T ].*)?$")
_MONTH = re.compile(r"^(\d{1,2})[./](\d{4})$")
_MONTH_ISO = re.compile(r"^(\d{4})[-/.](\d{1,2})$")
_YEAR = re.compile(r"^(?:19|20)\d\d$")
_WHOLE = re.compile(r"^(\d+)[.,]0+$")
_EXCEL_DATE = re.compile(r"^\d{1,2}[.-]\s?(?:[a-zåäö]{3,9}|\d{1,2}\.)$", re.IGNORECASE)


class CellReader:
    """Reads the cells of one file; `today` is the day that dates are counted to."""

    def __init__(self, facts: FactBook, today: date, languages: Callable[[], Mapping[str, str]] = dict) -> None:
        self.facts = facts
        self.today = today
        self._languages = languages
        self._names: Mapping[str, str] | None = None

    def read(self, name: str, cell: str) -> Reading:
        """What `cell` says about the fact (or wish) `name`. Raises InputProblems if it says nothing known."""
        text = cell.replace("\u00a0", " ").strip()
        if text.casefold() in _BLANK:
            return None
        if name == GOALS:
            return self._goals(text)
        if name == SERVICE_LANGUAGE:
            return self._spoken(text)
        fact = self.facts[name]
        if fact.kind == "years":
            text = self._month(text)
        if fact.kind in ("number", "several"):
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
        try:
            return read_values(fact, text, self.today)
        except InputProblems:
            parts = [part for part in _LIST.split(text) if part]
            if len(parts) < 2:
                raise
            return read_values(fact, parts, self.today) if fact.kind == "several" else self._any(name, parts)

    def _any(self, name: str, parts: Iterable[str]) -> Values:
        listed = list(parts)
        if not listed:
            raise InputProblems([Problem("{label}: the value is not known", {"label": name})])
        return read_values(self.facts[name], listed, self.today)

    def _last_month(self, year: str) -> int:
        return 12 if int(year) < self.today.year else self.today.month if int(year) == self.today.year else 0

    def _month(self, text: str) -> str:
        """A Finnish or ISO date, or a month, as "2024-05"; anything else as it is."""
        for pattern, year, month in ((_DAY_FI, 2, 1), (_DAY_ISO, 1, 2), (_MONTH, 2, 1), (_MONTH_ISO, 1, 2)):
            found = pattern.match(text)
            if found and 1 <= int(found[month]) <= 12:
                return f"{found[year]}-{int(found[month]):02}"
        return text

    def _goals(self, text: str) -> tuple[str, ...]:
        try:
            return read_answers(self.facts, {GOALS: [text]}).goals
        except InputProblems:
            return read_answers(self.facts, {GOALS: [part for part in _LIST.split(text) if part]}).goals

    def _spoken(self, text: str) -> tuple[str, ...]:
        if self._names is None:
            self._names = self._languages()
        found: dict[str, None] = {}
        for part in [part for part in _LIST.split(text) if part]:
            code = self._names.get(fold(part))
            if code is None:
                near = closest(fold(part), self._names)
                raise InputProblems(
                    [Problem("this language is not known", {}, allowed=("ar, en, fa, so, uk, …",), suggestion=near)]
                )
            found[code] = None
        return tuple(found)
