"""What each column is: a fact, the row's label, something that names a person, or nothing we know."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from enum import Enum
from functools import cached_property, lru_cache
from typing import Any

from kotoneuvo.advice.facts import FactBook, fold
from kotoneuvo.advice.problems import closest
from kotoneuvo.advice.situation import WISHES
from kotoneuvo.catalogue.files import data_folder, read_bundled

_WORD = re.compile(r"[^\W\d_]+(?:[ʼ'’][^\W\d_]+)*")
_HUMP = re.compile(r"(?<=[a-zåäö])(?=[A-ZÅÄÖ])|(?<=[A-ZÅÄÖ])(?=[A-ZÅÄÖ][a-zåäö])")
_SHORTEST = 2
_NUMBERED = re.compile(r"^\s*(?:[QKqk]?\d{1,3}[.):_-]?\d{0,2}[.)]?|[a-zA-Z][.)])\s+")
"""1. Kunta, Q3 Kunta, 2) Kunta, a) Kunta."""
_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")
_MONTHS = re.compile(r"\b(?:kk|kuukau|month|mån|lkm|kpl|lukumäärä|number|count|antal)", re.IGNORECASE)
"""What stands in brackets then changes what the cells say."""
_TELLING = 7
"""An identity word at least this long counts inside a longer header too ("asiakkaan sähköposti")."""
_ALIKE = 0.75
"""How much an unknown header must be like a known one to be taken for it misspelt, 0 to 1."""


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
    `option` is the goal or language that a cell of 1 stands for, `recodes` what else stands for which answer.
    `others` are further facts that the header could mean. A joined column ("tavoite 2") gives more goals or languages
    to the column at the place `joins`. `by_hand`: somebody said what it gives.
    """

    place: int
    header: str
    role: Role
    name: str = ""
    suggestion: str = ""
    caution: str = ""
    others: tuple[str, ...] = ()
    joins: int = -1
    by_hand: bool = False
    option: str = ""
    recodes: tuple[tuple[str, str], ...] = ()

    @property
    def is_read(self) -> bool:
        """Whether its cells are answers."""
        return self.role in (Role.FACT, Role.JOINED)

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
            questions = facts[name].question.values() if name in facts.facts else ()
            bare = [_BRACKETS.sub("", text) for text in questions]
            for word in (name, *labels, *questions, *bare, *raw["fact"].get(name, ())):
                self.known.setdefault(plain(word), {})[name] = None
                self._spelled.setdefault(plain(word), word)
        self.labels = set(map(plain, raw["label"]["label"]))
        self.identity: dict[str, str] = {plain(word): kind for kind, words in raw["identity"].items() for word in words}
        self.pairs: dict[str, list[tuple[str, ...]]] = {
            kind: [tuple(map(plain, words)) for words in pair] for kind, pair in raw["pair"].items()
        }
        self.whose = set(map(plain, raw["whose"]["words"]))
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
        return words | facts.goal_aliases.keys() | _ALSO_ANSWERS

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
            # "huom2" is no column of remarks: its cells are looked at instead.
            if whole in self.identity and (whole == text or self.identity[whole] != "free text"):
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
        known = self.named(header) or {name: None for name in counted if name in WISHES}
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

    def named(self, header: str) -> Mapping[str, None]:
        """The facts that a header names: as it stands, or without numbering, brackets, underscores and whose it is."""
        bare = _NUMBERED.sub("", header.strip(" *:"))
        for text in (header, bare, _BRACKETS.sub("", bare) if not _MONTHS.search(bare) else bare):
            words = words_of(text)
            short = [word for word in words if word not in self.whose]
            for each in (plain(text), "".join(words), "".join(short)):
                if each in self.known:
                    return self.known[each]
        return {}

    def fact(self, place: int, header: str, name: str) -> Column:
        """A column that gives a fact."""
        warned = name in self.facts.facts and "warned_in_files" in self.facts[name].sensitivity
        return Column(place, header, Role.FACT, name, caution="sensitive" if warned else "")


def words_of(header: str) -> list[str]:
    """The words of a header as they are compared: client_phone, clientPhone and "Client phone 1" have the same."""
    return [plain(word) for word in _WORD.findall(_HUMP.sub(" ", header))]


@lru_cache(1 << 12)
def plain(text: str) -> str:
    """A header as it is compared: letters and digits only."""
    return fold(text).translate({ord(sign): None for sign in "<>.+"}) or text.strip()
