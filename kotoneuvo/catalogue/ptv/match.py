"""Which of our services a PTV service is: by words of the names, place, organisation, page host and shared contacts.

A person decides once and the answer is stored in the entry: `ptv` for yes, `ptv_not` for never.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from math import log
from typing import NamedTuple

from kotoneuvo.advice.facts import fold
from kotoneuvo.advice.service import MAINLAND, NATIONWIDE, Catalogue, Operating, Service
from kotoneuvo.catalogue.ptv.contacts import Spec
from kotoneuvo.catalogue.ptv.likeness import SMALL, STEM, contact_key, headless, host, same_word, values

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


class Matcher:
    """Compares entries of the register with the services of a catalogue."""

    def __init__(self, catalogue: Catalogue, entries: Iterable[Spec], day: date) -> None:
        """`day`: of services that have ended by then their successors are proposed."""
        self.catalogue = catalogue
        self.day = day
        self.entries = list(entries)
        self._weights: dict[str, float] = {}

    def proposals(self, decided: Mapping[str, str], never: Iterable[tuple[str, str]]) -> list[Proposal]:
        """For each entry without a stored match the service most like it, the surest first.

        `decided` are stored matches (PTV id to service), `never` pairs that a person has refused. Of two entries that
        seem to be one service the better is kept.
        """
        refused = set(never)
        taken = set(decided.values())
        best: dict[str, Proposal] = {}
        for entry in self.entries:
            if entry["ptv"] in decided:
                continue
            found = self._best(entry, {name for ptv, name in refused if ptv == entry["ptv"]} | taken)
            if found:
                name = found.service.id
                best[name] = max(best.get(name, found), found, key=lambda each: (each.above, each.score))
        return sorted(best.values(), key=lambda each: (-each.above, -each.score, each.service.id))

    def _best(self, entry: Spec, apart: set[str]) -> Proposal | None:
        near = {
            name
            for each in self._names[id(entry)]
            for word in each.words
            for name in self._by_stem.get(word[:STEM], ())
        }
        found: dict[str, tuple[float, tuple[str, ...], Service]] = {}
        for service in (self.catalogue.services[name] for name in near):
            score, why = self._score(entry, service)
            now = running(service, self.catalogue, self.day)
            if score >= LOWEST and now and now.id not in apart:
                found[now.id] = max(found.get(now.id, (0.0, (), now)), (score, why, now), key=lambda each: each[0])
        if not found:
            return None
        scored = sorted(found.values(), key=lambda each: (-each[0], each[2].id))
        score, why, service = scored[0]
        rivals = tuple(other.id for rival, _, other in scored[1:] if score - rival < _CLOSE and rival >= LOWEST)
        return Proposal(
            entry, service, round(min(score, 1.0), 2), why, not covers(entry, service, self.catalogue), rivals
        )

    def _score(self, entry: Spec, service: Service) -> tuple[float, tuple[str, ...]]:
        """How alike they are, and why."""
        if apart(entry, service):
            return 0.0, ()
        pairs = ((mine, theirs) for mine in self._names[id(entry)] for theirs in self._ours[service.id])
        alike = max((self._alike(*pair) for pair in pairs if pair[0].language == pair[1].language), default=0.0)
        why = ["name"] if alike else []
        score = alike
        shared = not self._contacts_of(entry).isdisjoint(self._our_contacts[service.id])
        if shared:
            score, why = score + _SHARED, [*why, "contact"]
        mine, theirs = (self._words(str(each), ()) for each in (entry.get("organization", ""), service.organization))
        organization = self._alike(mine, theirs) >= _FIRST
        host = not self._hosts_of(entry).isdisjoint(self._our_hosts[service.id])
        why += [reason for same, reason in ((organization, "organization"), (host, "host")) if same and alike]
        # A service of the whole country is rarely what one town calls by the same words.
        if _wide(entry) and not _wide_service(service) and not (shared or organization or host):
            return 0.0, ()
        return score, tuple(why)

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
        mine, theirs = (sum(map(self._weight, each.words)) for each in (one, other))
        part = max(common / mine, common / theirs) if common >= _RARE else 0.0
        whole = 1.0 if one.whole and other.whole else _FIRST
        if whole < 1 and common < _RARE:
            return 0.0
        return max(2 * common / (mine + theirs), _PART * part) * whole

    def _weight(self, word: str) -> float:
        """What a word tells: the rarer in all names, the more."""
        if word in self._weights:
            return self._weights[word]
        seen = sum(count for other, count in self._counts.get(word[:STEM], {}).items() if same_word(word, other))
        self._weights[word] = log(1 + self._total / (1 + seen))
        return self._weights[word]

    @cached_property
    def _names(self) -> dict[int, list[_Named]]:
        return {id(each): self._parts(each.get("name", {}), each.get("area", ())) for each in self.entries}

    @cached_property
    def _ours(self) -> dict[str, list[_Named]]:
        return {name: self._parts(each.name, each.area) for name, each in self.catalogue.services.items()}

    @cached_property
    def _by_stem(self) -> dict[str, set[str]]:
        """Services by the beginnings of the words of their names: only they can be alike."""
        found: dict[str, set[str]] = {}
        for name, texts in self._ours.items():
            for word in (word for each in texts for word in each.words):
                found.setdefault(word[:STEM], set()).add(name)
        return found

    @cached_property
    def _counts(self) -> dict[str, Counter[str]]:
        """In how many names each word stands, by its beginning."""
        counts: dict[str, Counter[str]] = {}
        for names in (*self._names.values(), *self._ours.values()):
            for word in {word for each in names for word in each.words}:
                counts.setdefault(word[:STEM], Counter())[word] += 1
        return counts

    @cached_property
    def _total(self) -> int:
        return len(self._names) + len(self._ours)

    def _parts(self, names: Mapping[str, str], area: Iterable[str]) -> list[_Named]:
        """Names in each language, and their parts that stand for themselves."""
        found = []
        for code, name in names.items():
            found.append(self._words(name, area)._replace(language=code))
            parts = [each for each in _PARTS.split(re.sub(r"\([^)]*\)", " ", name)) if each.strip()]
            if len(parts) > 1:
                found += [self._words(each, area)._replace(language=code, whole=False) for each in parts]
        return found

    def _words(self, name: str, area: Iterable[str]) -> _Named:
        """The telling words of a name: without what stands in brackets, places of its own area, and small words."""
        plain = re.sub(r"\([^)]*\)", " ", name).casefold()
        towns = {fold(text)[:STEM] for code in area if code in self.catalogue.facts.municipalities
                 for text in self.catalogue.facts.municipalities[code].name.values()}  # fmt: skip
        listed = [headless(word) for word in map(fold, re.findall(r"\w+", plain)) if word not in SMALL]
        telling = [word for word in listed if len(word) > 2 and not (len(towns) < _FEW and word[:STEM] in towns)]
        return _Named(tuple(dict.fromkeys(telling)))

    @cached_property
    def _our_contacts(self) -> dict[str, set[str]]:
        """Numbers, addresses and pages of each service that no other one has."""
        found = {
            name: {
                contact_key(value)
                for each in service.contacts
                for value in (each.phone, each.email, *each.url.values())
            }
            for name, service in self.catalogue.services.items()
        }
        seen = Counter(value for values in found.values() for value in values)
        return {name: {each for each in values if each and seen[each] == 1} for name, values in found.items()}

    @cached_property
    def _our_hosts(self) -> dict[str, set[str]]:
        return {name: {host(url) for each in service.contacts for url in each.url.values()} - {""}
                for name, service in self.catalogue.services.items()}  # fmt: skip

    def _contacts_of(self, entry: Spec) -> set[str]:
        return {
            contact_key(value) for each in entry.get("contact", ()) for value in values(each, ("phone", "email", "url"))
        }

    def _hosts_of(self, entry: Spec) -> set[str]:
        return {host(url) for each in entry.get("contact", ()) for url in values(each, ("url",))} - {""}


_FEW = 60
"""Of an area with more towns no name is taken out: "Turku" tells something of a service of the whole country."""
_PART = 0.6
"""What a name counts that is wholly part of another: "Hallintokantelu Maahanmuuttovirastolle" is not Migri."""
_FIRST = 0.9
"""What a part of a name counts that stands for itself: "Lähisuhdeväkivallan auttava puhelin / Nollalinja"."""
_PARTS = re.compile(r"[:/,(–]|(?<!-) (?:ja|och|and) ")


def covers(entry: Spec, service: Service, catalogue: Catalogue) -> bool:
    """Whether an entry serves every municipality that the service does."""
    mine = set(entry.get("area", ()))
    mine |= set(catalogue.facts.mainland) if MAINLAND in mine else set()
    return NATIONWIDE in mine or mine.issuperset(service.area)


def apart(entry: Spec, service: Service) -> bool:
    """Whether both name their towns and have none in common."""
    mine, theirs = set(entry.get("area", ())), set(service.area)
    return not (_wide(entry) or NATIONWIDE in theirs) and mine.isdisjoint(theirs)


def running(service: Service, catalogue: Catalogue, day: date) -> Service | None:
    """The service, or what took over where it has ended; None where nothing did."""
    seen: set[str] = set()
    while service.operating(day) is Operating.ENDED:
        seen.add(service.id)
        after = [catalogue.services[name] for name in service.successor if name in catalogue.services]
        if not after or after[0].id in seen:
            return None
        service = after[0]
    return service


def _wide(entry: Spec) -> bool:
    return bool({NATIONWIDE, MAINLAND} & set(entry.get("area", ())))


def _wide_service(service: Service) -> bool:
    return NATIONWIDE in service.area or len(service.area) > _FEW
