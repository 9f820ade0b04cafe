"""Propose which of our services a PTV service is, by names, area, organisation, web host and shared contacts.

An editor decides once, and the decision is stored in the entry: `ptv` for yes, `ptv_not` for no.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from math import log
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from kotoneuvo.advice.facts import fold
from kotoneuvo.advice.service import MAINLAND, NATIONWIDE, Catalogue, Service
from kotoneuvo.catalogue.contact_changes import keys_of, texts_of
from kotoneuvo.catalogue.ptv.records import Spec

LINE = 0.88
"""A match with this score (0 to 1) or more is proposed; a lower one is only listed."""
LOWEST = 0.45
"""A match with a lower score is not shown at all."""
_CLOSE = 0.05
"""If two of our services have scores this close, the program cannot choose between them."""
_SHARED = 0.2
"""Added for a shared contact that no other service of ours has. The same town or web host is not worth as much."""
_RARE = 3.5
"""The least weight of the common words for which a name counts as part of another."""
_FEW = 60
"""In an area with more municipalities their names stay in: "Turku" is telling in a nationwide service's name."""
_PART = 0.6
"""Factor for a name that is wholly contained in another: "Hallintokantelu Maahanmuuttovirastolle" is not Migri."""
_FIRST = 0.9
"""Factor for a part of a name that is a name by itself: "Lähisuhdeväkivallan auttava puhelin / Nollalinja"."""
_PARTS = re.compile(r"[:/,(–]|(?<!-) (?:ja|och|and) ")
_STEM = 4
"""Two forms of one word have at least this many first letters in common."""
_HEADS = ("palvelut", "palvelu", "palveluiden", "keskus", "toiminta", "tjanster", "tjanst", "centret", "services")
"""General last parts of compounds: "vastaanottopalvelut" and "vastaanottokeskus" are about the same thing."""
_SMALL = (
    "ja", "tai", "eli", "ry", "sr", "oy", "och", "eller", "and", "or", "the", "of", "for", "i", "a", "en", "ett", "in",
    "on", "palvelut", "palvelu", "kaupungin", "kunnan", "kaupunki", "kunta", "tjanster", "services", "stad", "stads",
    "city", "kela", "kelan", "migri", "alle",
)  # fmt: skip
"""Words that do not distinguish one service from another."""
_BRACKETS = re.compile(r"\([^)]*\)")


@dataclass(frozen=True)
class Proposal:
    """A PTV entry and the service of ours that it seems to be.

    `why` lists what they have in common ("name", "contact", "organization", "host"). `partial`: the entry covers only a
    part of the service's area, so its contacts must not be shown to everybody. `others` have nearly the same score.
    """

    entry: Spec
    service: Service
    score: float
    why: tuple[str, ...]
    partial: bool = False
    others: tuple[str, ...] = ()

    @property
    def above(self) -> bool:
        """Whether it is good enough to be proposed."""
        return self.score >= LINE and not self.partial and not self.others


class _Named(NamedTuple):
    """The significant words of a name, or of a part of a name that is a name by itself (not `whole`)."""

    words: tuple[str, ...]
    language: str = ""
    whole: bool = True


class _Comparable(NamedTuple):
    """What a service, ours or the register's, is compared by."""

    names: list[_Named]
    organization: _Named
    area: frozenset[str]
    contacts: set[str]
    hosts: set[str]

    @property
    def wide(self) -> bool:
        """Whether it serves the whole country."""
        return bool({NATIONWIDE, MAINLAND} & self.area)

    @property
    def words(self) -> set[str]:
        """The significant words of all names."""
        return {word for each in self.names for word in each.words}


class Matcher:
    """Compares entries of the register with the services of a catalogue."""

    def __init__(self, catalogue: Catalogue, entries: Iterable[Spec], day: date) -> None:
        """For services that have ended by `day`, their successors are proposed."""
        self.catalogue = catalogue
        self.day = day
        self._entries = [(entry, self._comparable(entry, entry.get("contact", ()))) for entry in entries]
        self._ours = self._own_services()
        self._weights: dict[str, float] = {}
        # The register has thousands of names, so only words with the same first letters are compared.
        self._by_stem: dict[str, set[str]] = {}
        self._counts: dict[str, Counter[str]] = {}
        for name, service in self._ours.items():
            for word in service.words:
                self._by_stem.setdefault(word[:_STEM], set()).add(name)
        for each in (*(entry for _, entry in self._entries), *self._ours.values()):
            for word in each.words:
                self._counts.setdefault(word[:_STEM], Counter())[word] += 1

    def proposals(self, decided: Mapping[str, str], never: Iterable[tuple[str, str]]) -> list[Proposal]:
        """The best match for each entry that has no stored one, the surest first.

        `decided` are stored matches (PTV id to service), `never` the (PTV id, service) pairs that an editor refused.
        If two entries match the same service, only the better one is returned.
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
        for name in {name for word in mine.words for name in self._by_stem.get(word[:_STEM], ())}:
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
        partial = not covers(entry, service, self.catalogue)
        return Proposal(entry, service, round(min(score, 1.0), 2), why, partial, rivals)

    def _score(self, mine: _Comparable, theirs: _Comparable) -> tuple[float, tuple[str, ...]]:
        """The similarity of two services, and what they have in common."""
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
        # A nationwide service is rarely the local one that has the same name.
        everywhere = NATIONWIDE in theirs.area or len(theirs.area) > _FEW
        if mine.wide and not everywhere and not any(beside.values()):
            return 0.0, ()
        reasons = ("name", *(reason for reason, holds in beside.items() if holds))
        # Without a common word, the same organisation or host means nothing.
        return alike + _SHARED * contact, reasons if alike else ("contact",) * contact

    def _alike(self, one: _Named, other: _Named) -> float:
        """The similarity of two names (0 to 1): the weight of their common words against that of all."""
        if not one.words or not other.words:
            return 0.0
        left = list(other.words)
        common = 0.0
        for word in one.words:
            found = next((each for each in left if _same_word(word, each)), None)
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
        """The weight of a word: the rarer it is in all names, the higher (inverse document frequency)."""
        if word not in self._weights:
            alike = self._counts.get(word[:_STEM], {}).items()
            seen = sum(count for other, count in alike if _same_word(word, other))
            self._weights[word] = log(1 + (len(self._entries) + len(self._ours)) / (1 + seen))
        return self._weights[word]

    def _own_services(self) -> dict[str, _Comparable]:
        """Our services for comparing, each only with the contacts that no other one has."""
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
        """An entry, or a service in the form of one, for comparing."""
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
            {_host(page) for each in listed for page in texts_of(each.get("url"))} - {""},
        )

    def _words(self, name: str, area: Iterable[str]) -> tuple[str, ...]:
        """The significant words of a name: without brackets, place names of its own area, and common words."""
        known = self.catalogue.facts.municipalities
        towns = {fold(text)[:_STEM] for code in area if code in known for text in known[code].name.values()}
        written = map(fold, re.findall(r"\w+", _BRACKETS.sub(" ", name).casefold()))
        listed = [_without_head(word) for word in written if word not in _SMALL]
        telling = [word for word in listed if len(word) > 2 and not (len(towns) < _FEW and word[:_STEM] in towns)]
        return tuple(dict.fromkeys(telling))


def covers(entry: Spec, service: Service, catalogue: Catalogue) -> bool:
    """Whether an entry's area includes that of a service."""
    mine = set(entry.get("area", ()))
    mine |= set(catalogue.facts.mainland) if MAINLAND in mine else set()
    return NATIONWIDE in mine or mine.issuperset(service.area)


def _without_head(word: str) -> str:
    """A compound without a general last part."""
    for head in _HEADS:
        if word.endswith(head) and len(word) - len(head) >= _STEM:
            return word.removesuffix(head)
    return word


def _same_word(one: str, other: str) -> bool:
    """Whether two words are forms of the same word: they differ only in a short ending."""
    if one == other:
        return True
    length = next((place for place, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]),
                  min(len(one), len(other)))  # fmt: skip
    # Finnish case endings mostly have two or three letters; short words are too often alike by chance.
    rest = max(len(one), len(other)) - length
    return (length >= 6 and rest <= 3) or (length == 5 and rest <= 2)


def _host(url: str) -> str:
    """The host of a page, without "www."; empty for an invalid URL."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
