"""What each column is: a fact, the row's label, something that names a person, or nothing we know."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

from kotoneuvo.advice.facts import FactBook, fold
from kotoneuvo.advice.problems import InputProblems, Problem, closest
from kotoneuvo.advice.situation import WISHES, unknown_name
from kotoneuvo.catalogue.bundle import data_folder
from kotoneuvo.catalogue.files import read_bundled
from kotoneuvo.intake.cells import CellReader
from kotoneuvo.words import printable

_SENTENCE = re.compile(r"\W+")
_TELLING = 7
"""An identity word at least this long counts inside a longer header too ("asiakkaan sähköposti")."""
MOST_COLUMNS = 500
"""More than any desk asks; every unknown name is compared with those that are known."""
_WARNED = {"trafficking_victim", "undocumented", "in_asylum_process", "wants_return_to_home_country"}


class Role(Enum):
    """What a column is used for."""

    FACT = "fact"
    LABEL = "label"
    IDENTITY = "identity"
    IGNORED = "ignored"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the file: `name` is the fact (or kind of identity), `suggestion` a close name of an unknown one.

    `caution` says why to think before using it: "sensitive", "health" or "twice". `others` are further facts that the
    header could mean.
    """

    place: int
    header: str
    role: Role
    name: str = ""
    suggestion: str = ""
    caution: str = ""
    others: tuple[str, ...] = ()


class HeaderNames:
    """The words by which columns are known, in Finnish, Swedish and English."""

    def __init__(self, facts: FactBook, raw: Mapping[str, Any]) -> None:
        self.facts = facts
        self.known: dict[str, dict[str, None]] = {}
        for name in (*facts.facts, *WISHES):
            labels = facts[name].label.values() if name in facts.facts else ()
            for word in map(plain, (name, *labels, *raw["fact"].get(name, ()))):
                self.known.setdefault(word, {})[name] = None
        self.labels = set(map(plain, raw["label"]["label"]))
        self.identity: dict[str, str] = {plain(word): kind for kind, words in raw["identity"].items() for word in words}
        self.pairs: dict[str, list[tuple[str, ...]]] = {
            kind: [tuple(map(plain, words)) for words in pair] for kind, pair in raw["pair"].items()
        }
        self.health = set(map(plain, raw["health"]["words"]))

    @classmethod
    def bundled(cls, facts: FactBook) -> HeaderNames:
        """The list that ships with the program."""
        return cls(facts, read_bundled(data_folder(), "headers"))

    def recognised(self, header: Sequence[str]) -> int:
        """How many cells of a row are names that a header would have."""
        folded = [plain(cell) for cell in header]
        return sum(1 for cell in folded if cell in self.known or cell in self.labels or cell in self.identity)

    def identity_of(self, header: str) -> str:
        """The kind of identity that a header announces, or an empty string."""
        text = plain(header)
        if text in self.known or text in self.labels:
            return ""
        if text in self.identity:
            return self.identity[text]
        words = {plain(word) for word in _SENTENCE.split(header)}
        for word, kind in self.identity.items():
            if kind == "free text":
                continue
            if (len(word) >= _TELLING and word in text) or (len(word) >= 3 and kind != "name" and word in words):
                return kind
        return self._pair_in(text)

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
        if text in self.known:
            name, *others = self.known[text]
            return replace(self.fact(place, header, name), others=tuple(others))
        if text in self.labels:
            return Column(place, header, Role.LABEL)
        kind = self.identity_of(header)
        if kind:
            return Column(place, header, Role.IDENTITY, kind)
        caution = "health" if self.health & ({plain(word) for word in _SENTENCE.split(header)} | {text}) else ""
        return Column(
            place, header, Role.IGNORED, suggestion=closest(text, self.known) if text else "", caution=caution
        )

    def fact(self, place: int, header: str, name: str) -> Column:
        """A column that gives a fact."""
        return Column(place, header, Role.FACT, name, caution="sensitive" if name in _WARNED else "")


def settle(columns: Iterable[Column], rows: Sequence[Sequence[str]], reader: CellReader) -> tuple[Column, ...]:
    """Columns whose header could mean several facts, settled by how many cells of some rows each fact can read."""
    return tuple(
        max(
            (replace(column, name=name, others=()) for name in (column.name, *column.others)),
            key=lambda each: sum(
                1 for row in rows if each.place < len(row) and reader.reads(each.name, row[each.place])
            ),
        )
        if column.others
        else column
        for column in columns
    )


def plain(text: str) -> str:
    """A header as it is compared: letters and digits only."""
    return fold(text).translate({ord(sign): None for sign in "<>.+"}) or text.strip()


def read_columns(
    header: Iterable[str], names: HeaderNames, mapped: Mapping[str, str], dropped: Iterable[str]
) -> tuple[Column, ...]:
    """The columns of a file; `mapped` gives facts by header, `dropped` headers to look away from.

    A second column for the same fact is ignored. Raises InputProblems for headers or facts that do not exist.
    """
    cells = [printable(text).strip() for text in header]
    if len(cells) > MOST_COLUMNS:
        details = {"count": len(cells), "most": MOST_COLUMNS}
        raise InputProblems([Problem("the file has {count} columns; an intake file has at most {most}", details)])
    columns = [names.column(place, text) for place, text in enumerate(cells)]
    places = {plain(column.header): column.place for column in columns if column.header}
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
    return tuple(_once(columns, {plain(text) for text in mapped}))


def _change(columns: list[Column], places: Mapping[str, int], text: str, problems: list[Problem], change: Any) -> None:
    place = places.get(plain(text))
    if place is None:
        problems.append(
            Problem(
                'unknown {kind} "{found}"', {"kind": "column", "found": text}, suggestion=closest(plain(text), places)
            )
        )
    else:
        columns[place] = change(columns[place])


def _once(columns: list[Column], first: set[str]) -> Iterable[Column]:
    """The columns with every fact (and the label) given once: columns that were mapped by hand go before others."""
    taken = {column.name for column in columns if column.role is Role.FACT and plain(column.header) in first}
    labelled = False
    for column in columns:
        by_hand = plain(column.header) in first
        if column.role is Role.FACT and not by_hand and column.name in taken:
            yield replace(column, role=Role.IGNORED, caution="twice")
            continue
        if column.role is Role.LABEL and labelled:
            yield replace(column, role=Role.IGNORED, caution="twice")
            continue
        labelled = labelled or column.role is Role.LABEL
        if column.role is Role.FACT:
            taken.add(column.name)
        yield column
