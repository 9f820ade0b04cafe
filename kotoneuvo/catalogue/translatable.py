"""What there is to translate, where each text belongs, and how far each language of the handout is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kotoneuvo.advice.facts import Text
from kotoneuvo.advice.service import Catalogue, Operating, Service
from kotoneuvo.catalogue.files import data_folder
from kotoneuvo.catalogue.translations import CONTACT, Review, State, Translation, read_translations

HANDOUT = "handout"
"""Where the words of the handout belong, which have no context of their own."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One text to translate: where it belongs, its source text, and a word for the translator."""

    context: str
    source: str
    hint: str = ""


def entries(catalogue: Catalogue, day: date, source: str) -> list[Entry]:
    """The texts of the goals and of every service that has not ended on `day`, from the `source` language.

    With Finnish as the source (easy Finnish) a name's entry is a gloss that stands under the Finnish name.
    """
    hint = "en" if source == "fi" else "fi"
    found = [_entry(f"goal.{name}", text, source, hint) for name, text in catalogue.facts.goals.items()]
    running = [each for each in catalogue.services.values() if each.operating(day) is not Operating.ENDED]
    for service in running:
        found += [_entry(f"{service.id}.{name}", text, source, hint) for name, text in _texts(service)]
    lasting = [each for each in catalogue.notices if each.valid_until is None or each.valid_until >= day]
    found += [_entry(f"notice.{each.id}", each.text, source, hint) for each in lasting]
    for service in running:
        found += [_entry(CONTACT, text, source, hint) for text in _around(service)]
    return list({(each.context, each.source): each for each in found}.values())


def _texts(service: Service) -> Iterator[tuple[str, Text]]:
    yield "name", service.name
    yield "summary", service.summary
    if service.access.how:
        yield "how", service.access.how
    if service.bring:
        yield "bring", service.bring.text
    if service.unread:
        yield "unread", service.unread.text


def _around(service: Service) -> Iterator[Text]:
    """The words around the contacts, and the cost."""
    for contact in service.contacts:
        yield from (text for text in (contact.name, contact.audience, contact.place, contact.hours) if text)
    if service.cost and service.cost.text:
        yield service.cost.text


def _entry(context: str, text: Text, source: str, hint: str) -> Entry:
    return Entry(context, text[source], f"{hint}: {text[hint]}" if text[hint] != text[source] else "")


@dataclass(frozen=True, slots=True)
class Progress:
    """One language: every text that is wanted, with its translation; and who has read some of them."""

    language: str
    texts: tuple[tuple[Entry, Translation], ...]

    def of(self, state: State) -> list[Entry]:
        """The texts in a state."""
        return [entry for entry, found in self.texts if found.state is state]

    @property
    def reviews(self) -> list[Review]:
        """Who has read texts of it, each with their latest date."""
        latest = {review.name: review for review in sorted(found.review for _, found in self.texts if found.review)}
        return list(latest.values())


def progress_of(languages: Iterable[str], catalogue: Catalogue, day: date, locale: Path) -> list[Progress]:
    """Each language, of those that the catalogue is not written in; `locale` is where the handout's words are."""
    folder = data_folder() / "translations"
    said = [Entry(HANDOUT, source) for _, source in read_translations(_words(locale, "en"), HANDOUT).entries]
    wanted = {source: entries(catalogue, day, source) for source in ("en", "fi")}
    found = []
    for language in languages:
        texts, words = read_translations(folder, language), read_translations(_words(locale, language), HANDOUT)
        rows = [(entry, words.find("", entry.source)) for entry in said]
        source = "fi" if language == "fi-simple" else "en"
        rows += [(entry, texts.find(entry.context, entry.source)) for entry in wanted[source]]
        found.append(Progress(language, tuple(rows)))
    return found


def _words(locale: Path, language: str) -> Path:
    return locale / language / "LC_MESSAGES"
