"""Find a service or an office by anything that is on a client's paper: a phone number, page, name or other word.

Words are searched in the catalogue's own languages, then in its translations, and finally as misspelt words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from functools import cached_property
from urllib.parse import urlsplit

from kotoneuvo.advice.contact import ContactPoint, Office
from kotoneuvo.advice.facts import Text, Values, fold
from kotoneuvo.advice.service import NATIONWIDE, Catalogue, Operating, Service
from kotoneuvo.catalogue.contact_changes import number_key
from kotoneuvo.catalogue.files import data_folder
from kotoneuvo.catalogue.translations import read_translations

_PHONE = re.compile(r"\+?[\d ()/.\u00a0-]{3,25}")
_EMAIL = re.compile(r"[^\s@]+@([^\s@]+\.[^\s@]+)")
_PAGE = re.compile(r"(?:https?://)?(?:[\w-]+\.)+[a-z]{2,}(?:[:/?#]\S*)?", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")
_INSIDE = 5
"""Words of this length or longer also match inside a word: Finnish and Swedish write compounds as one word."""
_ABBREVIATION = 3
"""Words of this length or shorter only match whole words."""
_ALIKE, _NEAR = 0.8, 3
"""How similar a word must be to count as a misspelling (0 to 1), and how many similar words are tried."""
_MOST_MISSPELT = 10
"""A text with more misspelt words finds nothing: comparing each with all words of the catalogue takes 0.2 seconds."""
_NAME, _DOOR, _TEXT = 3, 2, 1
"""The weight of a word in a name, in a contact, and in other texts."""
_SHORTEST_NUMBER = 5
"""A phone number is found by its beginning if that has at least this many digits."""

Fields = list[tuple[list[str], int]]
"""The words of an entry in groups, each with the weight of its words."""


@dataclass(frozen=True, slots=True)
class Found:
    """A service or an office; `contact` is the contact point that matched, if one did."""

    service: Service | None
    office: Office | None = None
    contact: ContactPoint | None = None

    @property
    def contacts(self) -> tuple[ContactPoint, ...]:
        """All its contact points."""
        return self.service.contacts if self.service else self.office.contacts if self.office else ()


@dataclass(frozen=True, slots=True)
class Hits:
    """What was found, best first.

    `instead` are pairs of a misspelt word and the word that was searched for it. `places` are municipalities that the
    text named and that the services were narrowed down to.
    """

    found: tuple[Found, ...]
    instead: tuple[tuple[str, str], ...] = ()
    places: Values = frozenset()


Texts = list[tuple[Found, Fields]]


class Search:
    """Searches `services` of a catalogue (None: all) on a day, and its `offices`."""

    def __init__(
        self, catalogue: Catalogue, day: date, services: Iterable[Service] | None = None, *, offices: bool = True
    ) -> None:
        self.catalogue = catalogue
        self.day = day
        self.entries = [Found(each) for each in (catalogue.services.values() if services is None else services)]
        self.entries += [Found(None, each) for each in catalogue.offices.values()] if offices else []

    def find(self, text: str) -> Hits:
        """Find by a phone number, an e-mail address or a page; any other text by all of its words."""
        text = text.strip()
        if _PHONE.fullmatch(text) and any(map(str.isdigit, text)):
            wanted = number_key(text)
            return Hits(tuple(self._doors(lambda door: _is_number(number_key(door.phone), wanted))))
        if email := _EMAIL.fullmatch(text):
            exact = tuple(self._doors(lambda door: door.email.casefold() == text.casefold()))
            # An address that is not in the catalogue may still show the organisation, by its host.
            return Hits(exact or tuple(self._by_page(email[1])))
        if _PAGE.fullmatch(text) and (pages := tuple(self._by_page(text))):
            return Hits(pages)
        return self._by_words(list(dict.fromkeys(fold(word) for word in _WORD.findall(text) if fold(word))))

    def _doors(self, fits: Callable[[ContactPoint], bool]) -> Iterator[Found]:
        """Services and offices with a contact point that fits, one result per contact point."""
        for each in self.entries:
            yield from (replace(each, contact=door) for door in each.contacts if fits(door))

    def _by_page(self, text: str) -> Iterable[Found]:
        """What has exactly this page, else what has a page on the same host."""
        parts = urlsplit(text if "//" in text else f"//{text}")
        host, path = (parts.hostname or "").removeprefix("www."), parts.path.strip("/")
        exact = list(self._doors(lambda door: bool(path) and _on_host(door, host, path)))
        # One result per entry: most have several pages on their own host.
        first: dict[str, Found] = {}
        for each in exact or self._doors(lambda door: _on_host(door, host, "")):
            key = each.service.id if each.service else each.office.place if each.office else ""
            first.setdefault(key, each)
        return first.values()

    def _by_words(self, wanted: list[str]) -> Hits:
        if not wanted:
            return Hits(())
        alternatives = [[word] for word in wanted]
        # Translations only if nothing else is found: reading them takes ten times as long as the search.
        if found := self._ranked(self._texts, alternatives) or self._ranked(self._with_translations, alternatives):
            return Hits(found)
        towns = self.catalogue.facts["municipality"].aliases
        places = frozenset(towns[word] for word in wanted if word in towns)
        rest = [word for word in wanted if word not in towns]
        if places and rest:
            services = [each.service for each in self.entries if each.service]
            here = [each for each in services if NATIONWIDE in each.area or not places.isdisjoint(each.area)]
            return replace(Search(self.catalogue, self.day, here, offices=False)._by_words(rest), places=places)
        return self._misspelt(wanted, self._with_translations)

    def _misspelt(self, wanted: list[str], texts: Texts) -> Hits:
        """Find by similar words in place of those that match nothing at all."""
        known = list({word for _, fields in texts for words, _ in fields for word in words})
        near: list[list[str]] = []
        misspelt: list[tuple[str, str]] = []
        for word in wanted:
            alike = [word]
            if not any(_worth(word, fields) for _, fields in texts):
                alike = get_close_matches(word, known, _NEAR, _ALIKE)
                # Every word must match.
                if not alike or len(misspelt) == _MOST_MISSPELT:
                    return Hits(())
                misspelt.append((word, alike[0]))
            near.append(alike)
        found = self._ranked(texts, near)
        return Hits(found, tuple(misspelt) if found else ())

    def _ranked(self, texts: Texts, wanted: list[list[str]]) -> tuple[Found, ...]:
        """What matches every word, in one of its alternatives: by weight, and ended services last."""
        ranked = []
        for place, (found, fields) in enumerate(texts):
            worth = 0.0
            for words in wanted:
                best = max(_worth(word, fields) for word in words)
                if not best:
                    break
                worth += best
            else:
                ended = found.service is not None and found.service.operating(self.day) is Operating.ENDED
                # Among equals the order of the catalogue stays.
                ranked.append(((ended, -worth, place), found))
        return tuple(found for _, found in sorted(ranked, key=lambda each: each[0]))

    @cached_property
    def _texts(self) -> Texts:
        """The words of every service and office in the languages of the catalogue."""
        return [(each, self._fields(each)) for each in self.entries]

    @cached_property
    def _with_translations(self) -> Texts:
        more: dict[str, list[str]] = {}
        folder = data_folder() / "translations"
        for path in sorted({*folder.glob("*.po"), *folder.glob("*.json")}):
            for each in read_translations(folder, path.stem):
                more.setdefault(each.context.rpartition(".")[0], []).append(each.text)
        return [
            (found, [*fields, (_words(more.get(found.service.id, ())), _TEXT)] if found.service else fields)
            for found, fields in self._texts
        ]

    def _fields(self, entry: Found) -> Fields:
        """Names, of a service also what it took over from, of a municipality that of the town; doors; other texts."""
        names: list[str] = []
        other: list[str] = []
        if service := entry.service:
            before = [self.catalogue.services[name].name for name in self.catalogue.predecessors.get(service.id, ())]
            names = [service.id, *(word for name in (service.name, *before) for word in name.values())]
            names += service.alternate_names
            texts: list[Text] = [service.summary, service.access.how, service.note]
            texts += [said.text for said in (service.bring, service.unread, service.cost) if said]
            other = [service.organization, *(word for text in texts for word in text.values())]
        elif office := entry.office:
            town = self.catalogue.facts.municipalities.get(office.place.rpartition(":")[2])
            names = [*(office.name or (town.name if town else {})).values()]
        doors = [
            word
            for each in entry.contacts
            for word in (*each.name.values(), *each.place.values(), each.address, each.postal)
        ]
        return [(_words(names), _NAME), (_words(doors), _DOOR), (_words(other), _TEXT)]


def _words(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(fold(word) for text in texts for word in _WORD.findall(text)))


def _worth(word: str, fields: Fields) -> float:
    """The best weight that a word has in these fields; half of it for a part of a word."""
    best = 0.0
    for words, weight in fields:
        if word in words:
            best = max(best, weight)
        elif len(word) > _ABBREVIATION and any(
            word in each if len(word) >= _INSIDE else each.startswith(word) for each in words
        ):
            best = max(best, weight / 2)
    return best


def _on_host(door: ContactPoint, host: str, path: str) -> bool:
    """Whether a contact point has a page on a host or its subdomains; with a `path`, whether it has that very page."""
    for url in door.url.values():
        parts = urlsplit(url)
        ours = (parts.hostname or "").removeprefix("www.")
        if path and ours == host and parts.path.strip("/") == path:
            return True
        if not path and (ours == host or ours.endswith(f".{host}")):
            return True
    return False


def _is_number(ours: str, wanted: str) -> bool:
    """Whether our number is the wanted one, or begins with it."""
    return bool(ours) and (ours == wanted or (len(wanted) >= _SHORTEST_NUMBER and ours.startswith(wanted)))
