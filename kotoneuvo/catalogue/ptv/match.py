"""Which of our services a PTV service is: by words of the names, place, organisation, page host and shared contacts.

A person decides once and the answer is stored in the entry: `ptv` for yes, `ptv_not` for never.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from math import log
from typing import Any, NamedTuple

from kotoneuvo.advice.facts import fold
from kotoneuvo.advice.service import MAINLAND, NATIONWIDE, Catalogue, Service
from kotoneuvo.catalogue.contact_changes import texts_of
from kotoneuvo.catalogue.ptv.contacts import Spec
from kotoneuvo.catalogue.ptv.likeness import SMALL, STEM, headless, host, keys_of, same_word

LINE = 0.88
"""From this score on (0 to 1) a match is proposed; below it somebody may look at it all the same."""
LOWEST = 0.45
"""Below this nothing is shown."""
_CLOSE = 0.05
"""Two services of ours so close to each other cannot be told apart by a program."""
_SHARED = 0.2
"""What a contact adds that no other service of ours has. The same town or the same site says too little."""
_RARE = 3.5
"""How much the words must tell that one name has in common with the whole of another."""
_FEW = 60
"""Of an area with more towns no name is taken out: "Turku" tells something of a service of the whole country."""
_PART = 0.6
"""What a name counts that is wholly part of another: "Hallintokantelu Maahanmuuttovirastolle" is not Migri."""
_FIRST = 0.9
"""What a part of a name counts that stands for itself: "Lähisuhdeväkivallan auttava puhelin / Nollalinja"."""
_PARTS = re.compile(r"[:/,(–]|(?<!-) (?:ja|och|and) ")
_BRACKETS = re.compile(r"\([^)]*\)")


@dataclass(frozen=True)
class Proposal:
    """A PTV entry and the service of ours that it seems to be, with why.

    `why` are the kinds of what they have in common. `partial`: its area does not cover the service's, so that its
    contacts must not become everybody's. `others` are services nearly as alike.
    """

    entry: Spec
    service: Service
    score: float
    why: tuple[str, ...]
    partial: bool = False
    others: tuple[str, ...] = ()

    @property
    def above(self) -> bool:
        """Whether it is proposed."""
        return self.score >= LINE and not self.partial and not self.others


class _Named(NamedTuple):
    """The telling words of a name, or of a part of it that stands for itself."""

    words: tuple[str, ...]
    language: str = ""
    whole: bool = True


class _Comparable(NamedTuple):
    """What a service, of ours or of the register, is compared by."""

    names: list[_Named]
    organization: _Named
    area: frozenset[str]
    contacts: set[str]
    hosts: set[str]

    @property
    def wide(self) -> bool:
        """Whether it is for the whole country."""
        return bool({NATIONWIDE, MAINLAND} & self.area)

    @property
    def words(self) -> set[str]:
        """The telling words of all names."""
        return {word for each in self.names for word in each.words}


class Matcher:
    """Compares entries of the register with the services of a catalogue."""

    def __init__(self, catalogue: Catalogue, entries: Iterable[Spec], day: date) -> None:
        """`day`: of services that have ended by then their successors are proposed."""
        self.catalogue = catalogue
        self.day = day
        self._entries = [(entry, self._comparable(entry, entry.get("contact", ()))) for entry in entries]
        self._ours = self._own_services()
        self._weights: dict[str, float] = {}
        # A register has thousands of names: only words with one beginning are compared with each other.
        self._by_stem: dict[str, set[str]] = {}
        self._counts: dict[str, Counter[str]] = {}
        for name, service in self._ours.items():
            for word in service.words:
                self._by_stem.setdefault(word[:STEM], set()).add(name)
        for each in (*(entry for _, entry in self._entries), *self._ours.values()):
            for word in each.words:
                self._counts.setdefault(word[:STEM], Counter())[word] += 1

    def proposals(self, decided: Mapping[str, str], never: Iterable[tuple[str, str]]) -> list[Proposal]:
        """For each entry without a stored match the service most like it, the surest first.

        `decided` are stored matches (PTV id to service), `never` pairs that a person has refused. Of two entries that
        seem to be one service the better is kept.
        """
        refused, taken = set(never), set(decided.values())
        best: dict[str, Proposal] = {}
        for entry, compared in self._entries:
            if entry["ptv"] in decided:
                continue
            apart = taken | {name for ptv, name in refused if ptv == entry["ptv"]}
            if found := self._best(entry, compared, apart):
                name = found.service.id
                best[name] = max(best.get(name, found), found, key=lambda each: (each.above, each.score))
        return sorted(best.values(), key=lambda each: (-each.above, -each.score, each.service.id))

    def _best(self, entry: Spec, mine: _Comparable, apart: set[str]) -> Proposal | None:
        found: dict[str, tuple[float, tuple[str, ...]]] = {}
        for name in {name for word in mine.words for name in self._by_stem.get(word[:STEM], ())}:
            score, why = self._score(mine, self._ours[name])
            now = next(iter(self.catalogue.running(name, self.day)), "")
            if score >= LOWEST and now and now not in apart:
                found[now] = max(found.get(now, (0.0, ())), (score, why), key=lambda each: each[0])
        if not found:
            return None
        best, *others = sorted(found, key=lambda name: (-found[name][0], name))
        score, why = found[best]
        rivals = tuple(name for name in others if score - found[name][0] < _CLOSE)
        service = self.catalogue.services[best]
        # A town's contacts must not become those of the whole county.
        partial = not covers(entry, service, self.catalogue)
        return Proposal(entry, service, round(min(score, 1.0), 2), why, partial, rivals)

    def _score(self, mine: _Comparable, theirs: _Comparable) -> tuple[float, tuple[str, ...]]:
        """How alike they are, and why."""
        if not (mine.wide or NATIONWIDE in theirs.area) and mine.area.isdisjoint(theirs.area):
            return 0.0, ()
        pairs = ((one, other) for one in mine.names for other in theirs.names if one.language == other.language)
        alike = max((self._alike(*pair) for pair in pairs), default=0.0)
        contact = not mine.contacts.isdisjoint(theirs.contacts)
        beside = {
            "contact": contact,
            "organization": self._alike(mine.organization, theirs.organization) >= _FIRST,
            "host": not mine.hosts.isdisjoint(theirs.hosts),
        }
        # A service of the whole country is rarely what one town calls by the same words.
        everywhere = NATIONWIDE in theirs.area or len(theirs.area) > _FEW
        if mine.wide and not everywhere and not any(beside.values()):
            return 0.0, ()
        reasons = ("name", *(reason for reason, holds in beside.items() if holds))
        # Without a word in common the same organisation or site says nothing.
        return alike + _SHARED * contact, reasons if alike else ("contact",) * contact

    def _alike(self, one: _Named, other: _Named) -> float:
        """Words in common, by what they tell; a name that is wholly part of another counts nearly as much."""
        if not one.words or not other.words:
            return 0.0
        left = list(other.words)
        common = 0.0
        for word in one.words:
            found = next((each for each in left if same_word(word, each)), None)
            if found:
                left.remove(found)
                common += self._weight(word)
        whole = one.whole and other.whole
        if common < _RARE and not whole:
            return 0.0
        mine, theirs = (sum(map(self._weight, each.words)) for each in (one, other))
        part = max(common / mine, common / theirs) if common >= _RARE else 0.0
        return max(2 * common / (mine + theirs), _PART * part) * (1.0 if whole else _FIRST)

    def _weight(self, word: str) -> float:
        """What a word tells: the rarer in all names, the more."""
        if word not in self._weights:
            alike = self._counts.get(word[:STEM], {}).items()
            seen = sum(count for other, count in alike if same_word(word, other))
            self._weights[word] = log(1 + (len(self._entries) + len(self._ours)) / (1 + seen))
        return self._weights[word]

    def _own_services(self) -> dict[str, _Comparable]:
        """The services of the catalogue, of their contacts only those that no other one has."""
        found = {}
        for name, service in self.catalogue.services.items():
            contacts = [{"phone": each.phone, "email": each.email, "url": each.url} for each in service.contacts]
            spec = {"name": service.name, "area": service.area, "organization": service.organization}
            found[name] = self._comparable(spec, contacts)
        seen = Counter(value for each in found.values() for value in each.contacts)
        return {
            name: each._replace(contacts={value for value in each.contacts if seen[value] == 1})
            for name, each in found.items()
        }

    def _comparable(self, spec: Mapping[str, Any], contacts: Iterable[Mapping[str, Any]]) -> _Comparable:
        """What an entry, or a service put in the form of one, is compared by."""
        listed, area = list(contacts), spec.get("area", ())
        names = []
        for code, name in spec.get("name", {}).items():
            names.append(_Named(self._words(name, area), code))
            parts = [each for each in _PARTS.split(_BRACKETS.sub(" ", name)) if each.strip()]
            names += [_Named(self._words(each, area), code, whole=False) for each in parts if len(parts) > 1]
        return _Comparable(
            names,
            _Named(self._words(str(spec.get("organization", "")), ())),
            frozenset(area),
            {key for each in listed for key in keys_of(each, ("phone", "email", "url"))},
            {host(page) for each in listed for page in texts_of(each.get("url"))} - {""},
        )

    def _words(self, name: str, area: Iterable[str]) -> tuple[str, ...]:
        """The telling words of a name: without what stands in brackets, places of its own area, and small words."""
        known = self.catalogue.facts.municipalities
        towns = {fold(text)[:STEM] for code in area if code in known for text in known[code].name.values()}
        written = map(fold, re.findall(r"\w+", _BRACKETS.sub(" ", name).casefold()))
        listed = [headless(word) for word in written if word not in SMALL]
        telling = [word for word in listed if len(word) > 2 and not (len(towns) < _FEW and word[:STEM] in towns)]
        return tuple(dict.fromkeys(telling))


def covers(entry: Spec, service: Service, catalogue: Catalogue) -> bool:
    """Whether an entry serves every municipality that the service does."""
    mine = set(entry.get("area", ()))
    mine |= set(catalogue.facts.mainland) if MAINLAND in mine else set()
    return NATIONWIDE in mine or mine.issuperset(service.area)
