"""What each column is: a fact, the row's label, something that names a person, or nothing we know."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from enum import Enum
from functools import cached_property
from typing import Any

from kotoneuvo.advice.facts import FactBook, fold
from kotoneuvo.advice.problems import InputProblems, Problem, closest
from kotoneuvo.advice.situation import WISHES, unknown_name
from kotoneuvo.catalogue.bundle import data_folder
from kotoneuvo.catalogue.files import read_bundled
from kotoneuvo.intake.cells import CellReader
from kotoneuvo.words import printable

_WORD = re.compile(r"[^\W\d_]+(?:[ʼ'’][^\W\d_]+)*")
_HUMP = re.compile(r"(?<=[a-zåäö])(?=[A-ZÅÄÖ])|(?<=[A-ZÅÄÖ])(?=[A-ZÅÄÖ][a-zåäö])")
_SHORTEST = 2
_TELLING = 7
"""An identity word at least this long counts inside a longer header too ("asiakkaan sähköposti")."""
_ALIKE = 0.75
"""How much an unknown header must be like a known one to be taken for it misspelt, 0 to 1."""
MOST_COLUMNS = 500
"""More than any desk asks; every unknown name is compared with those that are known."""
_SHORT = re.compile(r"\d{1,3}([.,]0+)?")
OLDEST_IF_COUNTED = 7
"""A column of children without any number up to this holds ages, not how many there are."""
MOST_OPTIONS = 30
"""No form has more options that stand in a file as their numbers; Espoo, the lowest code of a large city, is 49."""
LONGEST_STAY = 15
"""Years in the country beyond which a whole column is perhaps one of months."""
_WARNED = {"trafficking_victim", "violence", "undocumented", "in_asylum_process", "wants_return_to_home_country"}


_NUMBER = re.compile(r"[<>≤≥]?=?\d[\d.,:/\s–-]*\+?|[ABC][0-2](?:\.[0-9])?", re.IGNORECASE)
_ALSO_ANSWERS = {
    "no", "yes", "nro", "nr", "ei", "on", "kylla", "ja", "nej", "suomi", "ruotsi", "englanti", "finska", "svenska",
    "finnish", "swedish", "english", "work", "language", "muu", "other",
}  # fmt: skip
"""Everyday answers that are names of columns too."""


class Role(Enum):
    """What a column is used for."""

    FACT = "fact"
    JOINED = "joined"
    LABEL = "label"
    IDENTITY = "identity"
    IGNORED = "ignored"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the file: `name` is the fact (or kind of identity), `suggestion` a close name of an unknown one.

    `caution` says why to think before using it: "sensitive", "health", "twice", or what its numbers may be: "ages" (or
    numbers of children), "codes" (of options), "months", "zero_one" (yes and no).
    `others` are further facts that the header could mean. A joined column ("tavoite 2") gives more goals or languages
    to the column at the place `joins`.
    """

    place: int
    header: str
    role: Role
    name: str = ""
    suggestion: str = ""
    caution: str = ""
    others: tuple[str, ...] = ()
    joins: int = -1

    @property
    def number(self) -> str:
        """What to call the column if its header cannot be said, or there is none."""
        return f"#{self.place + 1}"


class HeaderNames:
    """The words by which columns are known, in Finnish, Swedish and English."""

    def __init__(self, facts: FactBook, raw: Mapping[str, Any]) -> None:
        self.facts = facts
        self.known: dict[str, dict[str, None]] = {}
        self._spelled: dict[str, str] = {}
        for name in (*facts.facts, *WISHES):
            labels = facts[name].label.values() if name in facts.facts else ()
            for word in (name, *labels, *raw["fact"].get(name, ())):
                self.known.setdefault(plain(word), {})[name] = None
                self._spelled.setdefault(plain(word), word)
        self.labels = set(map(plain, raw["label"]["label"]))
        self.identity: dict[str, str] = {plain(word): kind for kind, words in raw["identity"].items() for word in words}
        self.pairs: dict[str, list[tuple[str, ...]]] = {
            kind: [tuple(map(plain, words)) for words in pair] for kind, pair in raw["pair"].items()
        }
        self.about = set(map(plain, raw["about"]["words"]))
        self.health = tuple(map(plain, raw["health"]["words"]))
        self.special = tuple(map(plain, raw["special"]["words"]))

    @classmethod
    def bundled(cls, facts: FactBook) -> HeaderNames:
        """The list that ships with the program."""
        return cls(facts, read_bundled(data_folder(), "headers"))

    def recognised(self, header: Sequence[str]) -> int:
        """How many cells of a row are names that a header would have, and no answers as well."""
        folded = {plain(cell) for cell in header}
        named = {cell for cell in folded if cell in self.known or cell in self.labels or cell in self.identity}
        return len(named - self.answers)

    @cached_property
    def answers(self) -> Set[str]:
        """The words for values and goals, as they are compared; of names of languages those that are headers too."""
        facts = self.facts
        words = {word for fact in facts.facts.values() for word in (*fact.aliases, *fact.groups)}
        words |= {*facts.goal_words, *map(fold, facts.goals)}
        words |= {fold(name) for goal in facts.goals.values() for name in goal.values()}
        return words | _ALSO_ANSWERS

    def answered(self, row: Sequence[str]) -> int:
        """How many cells of a row look like answers: values, goals, numbers, dates, levels."""
        return sum(1 for cell in row if plain(cell) in self.answers or _NUMBER.fullmatch(cell.strip()))

    def identity_of(self, header: str) -> str:
        """The kind of identity that a header announces, or an empty string."""
        text = plain(header)
        if text in self.known or text in self.labels:
            return ""
        words = words_of(header)
        joined = "".join(words)
        for whole in (text, joined):
            if whole in self.identity:
                return self.identity[whole]
        if self.about.isdisjoint(words):
            kind = next((kind for word, kind in self.identity.items() if len(word) >= _TELLING and word in joined), "")
            kind = "" if kind in ("free text", "picture") else kind or self._by_words(words)
            if kind:
                return kind
        return self._pair_in(text) or self._pair_in(joined)

    def _by_words(self, words: Sequence[str]) -> str:
        """The kind that one or two words at an end of a header announce; a name needs somebody whose it is."""
        for some in (words[-1:], words[:1], words[-2:], words[:2]):
            kind = self.identity.get("".join(some), "")
            if kind and kind not in ("name", "free text", "picture") and len("".join(some)) >= _SHORTEST:
                return kind
        return ""

    def _pair_in(self, text: str) -> str:
        """The kind of identity that the two ends of a header announce: "asiakkaan … numero", "nimi (asiakas)"."""
        for kind, (whose, what) in self.pairs.items():
            first = tuple(word for word in what if len(word) > 3)
            if (text.startswith(whose) and text.endswith(what)) or (text.startswith(first) and text.endswith(whose)):
                return kind
        return ""

    def column(self, place: int, header: str) -> Column:
        """The role of one column by its header."""
        text = plain(header)
        counted = self.known.get(text.rstrip("0123456789"), {})
        known = self.known.get(text) or {name: None for name in counted if name in WISHES}
        if known:
            name, *others = known
            return replace(self.fact(place, header, name), others=tuple(others))
        if text in self.labels:
            return Column(place, header, Role.LABEL)
        kind = self.identity_of(header)
        if kind:
            return Column(place, header, Role.IDENTITY, kind)
        words = [text, *words_of(header)]
        protected = {"health": self.health, "special": self.special}
        caution = next((each for each, begin in protected.items() if any(word.startswith(begin) for word in words)), "")
        near = self._spelled.get(closest(text, self.known, _ALIKE), "") if not caution else ""
        return Column(place, header, Role.IGNORED, suggestion=near, caution=caution)

    def fact(self, place: int, header: str, name: str) -> Column:
        """A column that gives a fact."""
        return Column(place, header, Role.FACT, name, caution="sensitive" if name in _WARNED else "")


def settle(
    columns: Iterable[Column], rows: Sequence[Sequence[str]], reader: CellReader, mapped: Iterable[str] = ()
) -> tuple[Column, ...]:
    """Every fact (and the label) given by one column: one that is `mapped` by hand, else one whose header is plain.

    Columns whose header could mean several facts are settled by how many cells of some rows each fact can read. Further
    columns for goals or languages are joined to the first; for a fact they are ignored.
    """
    asked = set(mapped)
    by_hand = {*map(plain, asked)}
    settled: dict[int, Column] = {}
    taken: dict[str, int] = {}

    def order(each: Column) -> tuple[bool, bool, int]:
        chosen = plain(each.header) in by_hand or each.number in asked
        return (not chosen, bool(each.others), each.place)

    for column in sorted(columns, key=order):
        cells = [row[column.place] for row in rows if column.place < len(row)]
        each = _likeliest(column, cells, reader)
        name = each.role.value if each.role is Role.LABEL else each.name
        if each.role in (Role.FACT, Role.LABEL):
            first = taken.setdefault(name, each.place)
            if first == each.place:
                each = _with_doubt(each, cells)
            elif name in WISHES:
                each = replace(each, role=Role.JOINED, joins=first)
            else:
                each = replace(each, role=Role.IGNORED, caution="twice")
        settled[column.place] = each
    return tuple(settled[place] for place in sorted(settled))


def _likeliest(column: Column, cells: Iterable[str], reader: CellReader) -> Column:
    """The column as the fact that reads most of its cells."""
    if not column.others:
        return column
    names = (column.name, *column.others)
    name = max(names, key=lambda each: sum(1 for cell in cells if reader.reads(each, cell)))
    return replace(column, name=name, others=())


def _with_doubt(column: Column, cells: Iterable[str]) -> Column:
    """A column whose numbers may mean something else than they are read as; one of 0 and 1 is no level at all."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    numbers = [int(cell.partition(".")[0]) for cell in filled if _SHORT.fullmatch(cell)]
    if not filled or len(numbers) < len(filled):
        return column
    match column.name:
        case "children_ages" if min(numbers) <= OLDEST_IF_COUNTED:
            return replace(column, caution="ages")
        case "municipality" if max(numbers) <= MOST_OPTIONS and not any(cell.startswith("0") for cell in filled):
            return replace(column, caution="codes")
        case "years_since_first_permit" if max(numbers) > LONGEST_STAY:
            return replace(column, caution="months")
        case "finnish_level" | "swedish_level" if set(numbers) <= {0, 1} and (1 in numbers or _says_no_level(column)):
            return replace(column, role=Role.IGNORED, caution="zero_one")
    return column


def _says_no_level(column: Column) -> bool:
    """Whether a header names a language alone, so that 0 may be "no" and not a level."""
    return not any(word in plain(column.header) for word in ("tas", "tai", "niv", "level", "skill"))


def words_of(header: str) -> list[str]:
    """The words of a header as they are compared: client_phone, clientPhone and "Client phone 1" have the same."""
    return [plain(word) for word in _WORD.findall(_HUMP.sub(" ", header))]


def plain(text: str) -> str:
    """A header as it is compared: letters and digits only."""
    return fold(text).translate({ord(sign): None for sign in "<>.+"}) or text.strip()


def read_columns(
    header: Iterable[str], names: HeaderNames, mapped: Mapping[str, str], dropped: Iterable[str]
) -> tuple[Column, ...]:
    """The columns of a file; `mapped` gives facts by header (or "#3"), `dropped` headers to look away from.

    Raises InputProblems for headers or facts that do not exist.
    """
    cells = [printable(text).strip() for text in header]
    if len(cells) > MOST_COLUMNS:
        details = {"count": len(cells), "most": MOST_COLUMNS}
        raise InputProblems([Problem("the file has {count} columns; an intake file has at most {most}", details)])
    columns = [names.column(place, text) for place, text in enumerate(cells)]
    places: dict[str, list[int]] = {}
    for column in columns:
        places.setdefault(plain(column.header) if column.header else column.number, []).append(column.place)
    problems: list[Problem] = []
    for text in dropped:
        _change(columns, places, text, problems, lambda column: replace(column, role=Role.DROPPED, caution=""))
    for text, fact in mapped.items():
        if fact not in names.facts.facts and fact not in WISHES:
            problems.append(unknown_name("fact", fact, (*names.facts.facts, *WISHES)))
        else:
            _change(
                columns, places, text, problems, lambda column, fact=fact: names.fact(column.place, column.header, fact)
            )
    if problems:
        raise InputProblems(problems)
    return tuple(columns)


def _change(
    columns: list[Column], places: Mapping[str, Sequence[int]], text: str, problems: list[Problem], change: Any
) -> None:
    """Change all columns of a header."""
    numbered = [column.place for column in columns if column.number == text]
    found = places.get(plain(text), numbered)
    if not found:
        details = {"kind": "column", "found": text}
        problems.append(Problem('unknown {kind} "{found}"', details, suggestion=closest(plain(text), places)))
    for place in found:
        columns[place] = change(columns[place])
