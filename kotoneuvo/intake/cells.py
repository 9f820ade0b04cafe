"""Reading cells as answers: what desks write in a spreadsheet, cleaned up for `advice.values`."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date
from typing import Any

from kotoneuvo.advice.answer_words import NO, YES, refuse_lists
from kotoneuvo.advice.facts import Fact, FactBook, Text, Value, Values, fold
from kotoneuvo.advice.problems import N_, InputProblems, Problem, closest, suggestions
from kotoneuvo.advice.situation import GOALS, SERVICE_LANGUAGE, Situation, read_answers
from kotoneuvo.advice.values import means_unknown, read_values
from kotoneuvo.words import language_codes

Reading = Values | tuple[str, ...] | None
"""The values still possible, goals or languages in order, or None for no answer."""

# "#puuttuu!" is #N/A in a Finnish spreadsheet.
_BLANK = {
    "", "-", "--", "–", "—", "?", "??", "???", ".", "..", "...", "…", "/", "n/a", "n.a.", "na", "#n/a", "#puuttuu!",
    "#saknas!", "null", "tyhjä", "tyhja", "tom", "none given", "nan",
}  # fmt: skip
_ENDS = "; \t\n"
_SIGN = re.compile(r"[;,/|\n&]")
_LISTS = (
    re.compile(r"\s*[;,/|\n&]\s*|\s+\+\s+"),
    re.compile(r"\s*[;,/|\n&]\s*|\s+(?:tai|ja|eller|och|or|and|\+)\s+", re.IGNORECASE),
)
"""What separates answers: first only signs, then words too, because names of goals also contain these words."""
_NEGATIVE = re.compile(r"[-\u2212\u2013]\s?\d[\d.,]*")
_MISSING = re.compile(r"(?<!\d)9{2,4}(?!\d|\s*[vyå])")
"""Nothing but nines: surveys write them for a missing answer."""
_DECIMAL = re.compile(r"\d{1,3},\d{1,2}")
_CODED = re.compile(r"(.+\S)\s*\((\w+)\)", re.DOTALL)
_HALF = re.compile(r"\d{1,2},\d")
_MONTHS_OLD = re.compile(r"(?<![vyår]\s)\b(\d{1,2})\s?(?:kk|kuukautta|mån(?:ader)?|mo|months?)\b\.?", re.IGNORECASE)
_GAP = re.compile(r"\s*[(/–—-]\s*|\s+")
"""What separates two names of one municipality: Turku (Åbo), 564 Oulu, Oulu - Uleåborg."""
Names = Mapping[Any, Text]
"""Value or goal to its names."""
# Spreadsheets may export the whole number 34 as 34.0.
_WHOLE = re.compile(r"^(\d+)[.,]0*$")
_EXCEL_DATE = re.compile(r"^\d{1,2}[.-]\s?(?![vyå])(?:[a-zåäö]{3,9}|\d{1,2}\.)$", re.IGNORECASE)
PARTLY = N_("part of the answer is not known; the rest counts")
MOST_SUGGESTED = 300
"""Suggestions are made for this many different cells that cannot be read; each takes about a millisecond."""


class PartlyRead(InputProblems):
    """Part of a list was read (`reading`); the problems are about the rest."""

    def __init__(self, problems: Iterable[Problem], reading: tuple[str, ...] = ()) -> None:
        super().__init__(problems)
        self.reading = reading

    def __reduce__(self) -> tuple[type[PartlyRead], tuple[object, ...]]:
        return (PartlyRead, (self.problems, self.reading))


class CellReader:
    """Reads the cells of one file; years are counted to `today`."""

    def __init__(
        self,
        facts: FactBook,
        today: date,
        languages: Callable[[], Mapping[str, str]] = language_codes,
        most_suggested: int = MOST_SUGGESTED,
    ) -> None:
        self.facts = facts
        self.today = today
        self._most_suggested = most_suggested
        self._languages = languages
        self._misses = 0
        self._signed: dict[int, dict[str, str]] = {}

    def read(self, name: str, cell: str) -> Reading:
        """Read `cell` as an answer to the fact or wish `name`.

        Raises InputProblems if it cannot be read, and PartlyRead if only part of it can.
        """
        try:
            with suggestions(self._misses < self._most_suggested):
                return self._read(name, cell)
        except InputProblems:
            self._misses += 1
            raise

    def _read(self, name: str, cell: str) -> Reading:
        text = cell.replace("\u00a0", " ").strip(_ENDS)
        if text.casefold() in _BLANK:
            return None
        if name == GOALS:
            return self._wishes(text, self._goal, self.facts.goals) or None
        if name == SERVICE_LANGUAGE:
            return self._wishes(text, self._language, {}) or None
        _refuse_doubtful(name, text)
        fact = self.facts[name]
        if fact.kind == "several":
            text = _MONTHS_OLD.sub(lambda found: str(int(found[1]) // 12), text)
        if fact.kind in ("number", "municipality") or "," not in text:
            text = _WHOLE.sub(r"\1", text)
        if fact.kind in ("number", "years", "several") and _EXCEL_DATE.match(text):
            raise InputProblems(
                [Problem("a spreadsheet has turned this into a date; write a range as 3-5", {}, fieldname=name)]
            )
        values = self._values(name, text)
        return None if values == fact.everything else values

    def reads(self, name: str, cell: str) -> bool:
        """Whether a cell can be read as an answer to the fact."""
        try:
            return self.read(name, cell) is not None
        except InputProblems:
            return False

    def _values(self, name: str, text: str) -> Values:
        fact = self.facts[name]
        if fact.kind == "several" and _HALF.fullmatch(text):
            # "2,5" may be two children or one of two and a half years; both stay possible.
            return self._values(name, f"{text};") | self._values(name, text.partition(",")[0])
        try:
            return self._one(fact, text)
        except InputProblems as error:
            wrong = error
        if fact.kind == "years":
            refuse_lists(text)  # a possible date ("24/5") must not be split into a list
        if fact.kind == "municipality" and (town := self._named_twice(fact, text)):
            return town
        if fact.ordered and _DECIMAL.fullmatch(text):
            raise wrong  # "2,5" years are not a list of 2 and 5
        for parts in self._lists(text, fact.names):
            try:
                if fact.kind == "several":
                    return read_values(fact, parts, self.today)
                return frozenset[Value]().union(*(self._one(fact, part) for part in parts))
            except InputProblems as error:
                wrong = error
        raise wrong

    def _lists(self, text: str, names: Names) -> Iterator[list[str]]:
        """Split a cell into several answers, in every way that may be meant."""
        text = self._with_ids(text, names) if _SIGN.search(text) else text
        for signs in _LISTS:
            parts = [part for part in signs.split(text) if part.casefold() not in _BLANK]
            if parts and parts != [text]:
                yield parts

    def _with_ids(self, text: str, names: Names) -> str:
        """Replace names that contain a separator, such as "Tilapäinen suojelu, kotikunta", by their ids."""
        # Python ids are safe keys here: the facts, and so their names, live as long as this reader.
        if names and id(names) not in self._signed:
            every = [(name, str(value)) for value, written in names.items() for name in written.values()]
            self._signed[id(names)] = {name.casefold(): value for name, value in every if _SIGN.search(name)}
        signed = self._signed[id(names)] if names else {}
        if not signed:
            return text
        longest = "|".join(map(re.escape, sorted(signed, key=len, reverse=True)))
        whole = rf"(?:^|(?<={_SIGN.pattern}))\s*({longest})\s*(?={_SIGN.pattern}|$)"
        return re.sub(whole, lambda found: signed[found[1].casefold()], text, flags=re.IGNORECASE)

    def _id(self, text: str, names: Names) -> str:
        """Return the id of a value written as in the code book ("label (id)"); any other text unchanged."""
        found = _CODED.fullmatch(text)
        labels = names.get(found[2], {}) if found else {}
        return found[2] if found and fold(found[1]) in map(fold, labels.values()) else text

    def _one(self, fact: Fact, text: str) -> Values:
        coded = self._id(text, fact.names)
        # "asylum" is an id, but people also write it for a seeker: unless it is marked as a code, both stay possible.
        word = fold(text) if coded == text else ""
        if word in fact.position and word in fact.groups:
            return fact.groups[word]
        return read_values(fact, coded, self.today)

    def _named_twice(self, fact: Fact, text: str) -> Values | None:
        """The municipality in a text that names it twice: "Turku (Åbo)", "564 Oulu"; None if it does not."""
        for gap in _GAP.finditer(text):
            with suppress(InputProblems):
                first = self._one(fact, text[: gap.start()])
                if first == self._one(fact, text[gap.end() :].rstrip(") ")):
                    return first
        return None

    def _wishes(self, text: str, one: Callable[[str], str], names: Names) -> tuple[str, ...]:
        """Read the goals or languages in a cell, in order; empty if it says "not known".

        Raises PartlyRead if only some of a list are known.
        """
        if means_unknown(text):
            return ()
        with suppress(InputProblems):
            return (one(self._id(text, names)),)
        best: tuple[dict[str, None], list[Problem]] = ({}, [])
        for parts in self._lists(text, names):
            known: dict[str, None] = {}
            wrong: list[Problem] = []
            for part in itertools.filterfalse(means_unknown, parts):
                try:
                    known.update(dict.fromkeys(_one_or_apart(self._id(part, names), one)))
                except InputProblems as error:
                    wrong += error.problems
            if not wrong:
                return tuple(known)
            if len(known) > len(best[0]):
                best = (known, wrong)
        known, wrong = best
        if known:
            raise PartlyRead([problem._replace(message=PARTLY) for problem in wrong], tuple(known))
        return tuple(dict.fromkeys(_one_or_apart(text, one)))

    def _goal(self, text: str) -> str:
        _refuse_doubtful(GOALS, text)
        return read_answers(self.facts, {GOALS: [text]}).goals[0]

    def _language(self, text: str) -> str:
        _refuse_doubtful(SERVICE_LANGUAGE, text)
        names = self._languages()
        # "no" and "ja" are codes of languages, but in a sheet they are answers.
        code = names.get(fold(text)) if fold(text) not in YES | NO else None
        if code is None:
            # Every short word resembles some language: "muu" (other) is neither Wu nor Mbundu.
            near = closest(fold(text), set(names).difference(names.values())) if len(text) > 3 else ""
            raise InputProblems(
                [Problem("this language is not known", {}, allowed=("ar, en, fa, so, uk, …",), suggestion=near)]
            )
        return code


def _one_or_apart(text: str, one: Callable[[str], str]) -> list[str]:
    """Read one wish, or several separated by spaces if every word is known (one name may contain spaces too)."""
    try:
        return [one(text)]
    except InputProblems:
        words = text.split()
        if len(words) > 1:
            with suppress(InputProblems):
                return [one(word) for word in words]  # KoboToolbox separates choices by spaces
        raise


def _refuse_doubtful(name: str, text: str) -> None:
    """Raise InputProblems for text that would probably be misread."""
    if _NEGATIVE.fullmatch(text):
        raise InputProblems([Problem("a negative number is not an answer; forms use it for a missing one")])
    if "?" in text:
        raise InputProblems([Problem("the answer contains a question mark, so it is left open")])
    if name in ("age", "children_ages") and _MISSING.search(text):
        raise InputProblems(
            [Problem("99, 999 and the like mean “no answer” in many forms; if it is an age, write 99 v")]
        )


def situation_of(readings: Mapping[str, Reading]) -> Situation:
    """Combine the readings of one row into a situation."""
    known = {name: reading for name, reading in readings.items() if isinstance(reading, frozenset)}
    wishes = {name: reading for name, reading in readings.items() if isinstance(reading, tuple)}
    return Situation(known, wishes.get(GOALS, ()), wishes.get(SERVICE_LANGUAGE, ()))
