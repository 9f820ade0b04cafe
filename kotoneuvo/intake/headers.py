"""What a column's header means: a fact, the row's label, something that identifies a person, or nothing known."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
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
_NUMBERED = re.compile(
    r"^\s*(?:(?:[QKqk]?\d{1,3}[.):_-]?\d{0,2}[.)]?|[a-zA-Z][.)])[\s_]+)?"
    r"(?:(?:what(?:['’]s| is| are)(?: the)?|mikä on|mitkä ovat|vad är|vilka är)\s+)?",
    re.IGNORECASE,
)
"""1. Kunta, Q3 Kunta, 2) Kunta, a) Kunta, Mikä on ..."""
_OR = re.compile(r"\s*[/|]\s*|\s+[-–]\s+")
"""What separates the names of a column in several languages: Kunta / Kommun."""
_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")
_MONTHS = re.compile(r"\b(?:kk|kuukau|month|mån|lkm|kpl|lukumäärä|number|count|antal)", re.IGNORECASE)
"""Brackets with one of these words change the meaning of the cells, so they are not removed from a header."""
_TELLING = 7
"""An identity word with at least this many letters is also found inside a longer header ("asiakkaan sähköposti")."""
_ALIKE = 0.75
"""How similar (0 to 1) a known header must be to be suggested for an unknown one."""


_NUMBER = re.compile(r"[<>≤≥]?=?\d[\d.,:/\s–-]*\+?|[ABC][0-2](?:\.[0-9])?", re.IGNORECASE)
_ALSO_ANSWERS = {
    "no", "yes", "nro", "nr", "ei", "on", "kylla", "ja", "nej", "suomi", "ruotsi", "englanti", "finska", "svenska",
    "finnish", "swedish", "english", "work", "language", "muu", "other",
}  # fmt: skip
"""Common answers that are also names of columns."""


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
    """A column of a file.

    `name` is the fact (or the kind of identity), `others` further facts that the header could mean, `suggestion` a
    similar known header. `caution` is a reason to look twice: "sensitive", "health", "special", "twice", "option", or
    what its numbers may be: "ages" (or numbers of children), "codes" (of options), "months", "zero_one" (yes and no).
    `option` is the goal or language that a cell of 1 means, `recodes` maps other cells to answers. A joined column
    ("tavoite 2") adds its goals or languages to the column at the place `joins`. `by_hand`: the mapping names it.
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
        """The name of a column whose header is blank or must not be repeated."""
        return f"#{self.place + 1}"


class HeaderNames:
    """The known headers, in Finnish, Swedish and English."""

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
        self.others = tuple(map(plain, raw["others"]["words"]))
        self.health = tuple(map(plain, raw["health"]["words"]))
        self.special = tuple(map(plain, raw["special"]["words"]))

    @classmethod
    def bundled(cls, facts: FactBook) -> HeaderNames:
        """The headers that ship with the program (data/headers.toml)."""
        return cls(facts, read_bundled(data_folder(), "headers"))

    def recognised(self, header: Sequence[str]) -> int:
        """The number of cells in a row that are column names and cannot be answers."""
        folded = {plain(cell) for cell in header}
        named = {cell for cell in folded if cell in self.known or cell in self.labels or cell in self.identity}
        return len(named - self.answers)

    @cached_property
    def answers(self) -> Set[str]:
        """The folded words for values and goals, and the common answers that are also headers."""
        facts = self.facts
        words = {word for fact in facts.facts.values() for word in (*fact.aliases, *fact.groups)}
        return words | facts.goal_aliases.keys() | _ALSO_ANSWERS

    def answered(self, row: Sequence[str]) -> int:
        """The number of cells in a row that look like answers: values, goals, numbers, dates, levels."""
        return sum(1 for cell in row if plain(cell) in self.answers or _NUMBER.fullmatch(cell.strip()))

    def identity_of(self, header: str) -> str:
        """The kind of identity that a header stands for, or an empty string."""
        if plain(header) in self.known or plain(header) in self.labels:
            return ""
        for reading in self._readings(header):
            if kind := self._identity_of(reading):
                return kind
        parts = map(self._identity_of, _OR.split(header))
        return next((kind for kind in parts if kind not in ("", "free text", "picture")), "")

    def _identity_of(self, header: str) -> str:
        text, words = plain(header), words_of(header)
        joined = "".join(words)
        own = "".join(word for word in words if word not in self.whose).removesuffix("si")
        for whole in (text, joined, own):
            # Only "huom" itself means free text; for a header like "huom2", the cells decide.
            if whole in self.identity and (whole == text or self.identity[whole] != "free text"):
                return self.identity[whole]
        if self.about.isdisjoint(words):
            kind = next((kind for word, kind in self.identity.items() if len(word) >= _TELLING and word in joined), "")
            kind = "" if kind in ("free text", "picture") else kind or self._by_words(words)
            if kind:
                return kind
        return self._pair_in(text) or self._pair_in(joined)

    def _by_words(self, words: Sequence[str]) -> str:
        """The kind of identity by the first or last one or two words of a header, except names (see `_pair_in`)."""
        for some in (words[-1:], words[:1], words[-2:], words[:2]):
            kind = self.identity.get("".join(some), "")
            if kind and kind not in ("name", "free text", "picture") and len("".join(some)) >= _SHORTEST:
                return kind
        return ""

    def _pair_in(self, text: str) -> str:
        """The kind of identity by both ends of a header together: "asiakkaan … numero", "nimi (asiakas)"."""
        for kind, (whose, what) in self.pairs.items():
            first = tuple(word for word in what if len(word) > 3)
            if (text.startswith(whose) and text.endswith(what)) or (text.startswith(first) and text.endswith(whose)):
                return kind
        return ""

    def column(self, place: int, header: str) -> Column:
        """Return the column with the role that its header suggests."""
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
        """The facts that a header names, also without numbering, brackets, underscores and words like "client's".

        A header may name them twice, in two languages.
        """
        for text in self._readings(header):
            words = words_of(text)
            short = [word for word in words if word not in self.whose]
            for each in (plain(text), "".join(words), "".join(short), "".join(short).removesuffix("si")):
                if each in self.known:
                    return self.known[each]
        parts = _OR.split(header) if _OR.search(header) else header.split()
        if len(parts) < 2:
            return {}
        first, *more = map(self.named, parts)
        return {name: None for name in first if all(name in each for each in more)}

    def _readings(self, header: str) -> Iterator[str]:
        """A header, without its numbering, and without brackets, unless they say that it asks something else."""
        yield header
        bare = _NUMBERED.sub("", header.strip(" *:?"))
        yield bare
        inside = words_of(" ".join(_BRACKETS.findall(bare)))
        if not _MONTHS.search(bare) and not any(word.startswith(self.others) for word in inside):
            yield _BRACKETS.sub("", bare)

    def fact(self, place: int, header: str, name: str) -> Column:
        """Return a column that gives the fact `name`."""
        warned = name in self.facts.facts and "warned_in_files" in self.facts[name].sensitivity
        return Column(place, header, Role.FACT, name, caution="sensitive" if warned else "")


def words_of(header: str) -> list[str]:
    """The folded words of a header; client_phone, clientPhone and "Client phone 1" have the same ones."""
    return [plain(word) for word in _WORD.findall(_HUMP.sub(" ", header))]


# Cached because every cell of a column of options is compared with its header.
@lru_cache(1 << 12)
def plain(text: str) -> str:
    """Fold a header for comparison: letters and digits only."""
    return fold(text).translate({ord(sign): None for sign in "<>.+"}) or text.strip()
