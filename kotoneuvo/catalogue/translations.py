"""Translations of the catalogue's texts, and of the handout's words, for readers of further languages.

One .po file a language, as translators' tools read them. The state of an entry is gettext's own: an empty msgstr is
missing; one with a previous msgid ("#| msgid") was made of a text that has changed; another that is flagged fuzzy comes
from a machine and nobody has read it yet; any other has been reviewed by a person. Who that was stands in a comment
("# read by: ORGANISATION, 2026-12").
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from kotoneuvo.advice.facts import Text
from kotoneuvo.advice.service import Catalogue, Operating
from kotoneuvo.catalogue.files import data_folder

CONTACT = "contact"
"""The context of the words around contacts (opening hours, labels) and of costs: they recur from service to service."""
READ_BY = re.compile(r"read by: (?P<name>.+), (?P<date>\d{4}-\d{2}(?:-\d{2})?)")
"""The comment of an entry that says which organisation has read it, and when."""
_PREVIOUS = "|"
"""What the comments begin with that hold the source text of before, on one line or several."""
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')


class TranslationState(StrEnum):
    """How far a text in a reader's language can be trusted."""

    REVIEWED = "reviewed"
    MACHINE = "machine"
    STALE = "stale"
    MISSING = "missing"


class Review(NamedTuple):
    """Which organisation has read a text, and in which month or on which day ("2026-12", "2026-12-03")."""

    name: str
    date: str


class Translation(NamedTuple):
    """An entry of a .po file: where it belongs, its source text, the translation, how far that can be trusted.

    The text of a missing one is empty; `read_by` is the comment that says who has read it.
    """

    context: str
    source: str
    text: str
    state: TranslationState
    read_by: str = ""

    @property
    def holds(self) -> bool:
        """Whether it says what the source text says today."""
        return self.state in (TranslationState.REVIEWED, TranslationState.MACHINE)

    @property
    def review(self) -> Review | None:
        """Who has read it."""
        read = READ_BY.fullmatch(self.read_by)
        return Review(read["name"], read["date"]) if read else None


class Translations:
    """The entries of one language by context ("kela.name"; "" for the handout's words) and source text."""

    def __init__(self, entries: Iterable[Translation]) -> None:
        self.entries = {(each.context, each.source): each for each in entries}

    def find(self, context: str, source: str) -> Translation:
        """The translation of a source text, or a missing one."""
        return self.entries.get((context, source)) or Translation(context, source, "", TranslationState.MISSING)


def read_translations(folder: Path, name: str) -> Translations:
    """The file `name`.po in a folder, or the JSON twin that the build made of it; no entries where there is neither."""
    twin, written = folder / f"{name}.json", folder / f"{name}.po"
    if twin.is_file():
        # Field by field, as that is quick: a language has more than a thousand entries, and a page waits for them.
        return Translations(
            Translation(context, source, text, TranslationState(state), read_by)
            for context, source, text, state, read_by in json.loads(twin.read_bytes())
        )
    return Translations(read_rows(written) if written.is_file() else ())


def read_rows(path: Path) -> Iterator[Translation]:
    """The entries of a .po file that have a text."""
    from babel.messages.pofile import read_po

    with path.open("rb") as file:
        messages = [message for message in read_po(file) if message.id and message.string]
    for each in messages:
        state = TranslationState.MACHINE if each.fuzzy else TranslationState.REVIEWED
        # A tool that updates the file marks a stale text as fuzzy, too.
        if previous_source(each.user_comments):
            state = TranslationState.STALE
        read = "" if state is not TranslationState.REVIEWED else next(filter(READ_BY.fullmatch, each.user_comments), "")
        yield Translation(each.context or "", str(each.id), str(each.string), state, read)


def previous_source(comments: Iterable[str]) -> str:
    """The text that a stale translation was made of, from its comments (babel reads "#| msgid" as one of those)."""
    held = " ".join(comment[1:].strip() for comment in comments if comment.startswith(_PREVIOUS))
    return "".join(_QUOTED.findall(held)).replace('\\"', '"').replace("\\\\", "\\")


def other_comments(comments: Iterable[str]) -> list[str]:
    """The comments of an entry without the source text of before."""
    return [comment for comment in comments if not comment.startswith(_PREVIOUS)]


HANDOUT = "handout"
"""Where the words of the handout belong, which have no context of their own."""


class SourceText(NamedTuple):
    """One text to translate: where it belongs, its source text, and a word for the translator."""

    context: str
    source: str
    hint: str = ""


def entries(catalogue: Catalogue, day: date, source: str) -> list[SourceText]:
    """The texts of the goals, of every service that has not ended on `day` and of offices' contacts, in `source`.

    With Finnish as the source (easy Finnish) a name's entry is a gloss that stands under the Finnish name.
    """
    hint = "en" if source == "fi" else "fi"
    found = [_entry(f"goal.{name}", text, source, hint) for name, text in catalogue.facts.goals.items()]
    running = [each for each in catalogue.services.values() if each.operating(day) is not Operating.ENDED]
    for each in running:
        texts = {"name": each.name, "summary": each.summary, "how": each.access.how}
        texts |= {name: said.text for name, said in (("bring", each.bring), ("unread", each.unread)) if said}
        found += [_entry(f"{each.id}.{name}", text, source, hint) for name, text in texts.items() if text]
    lasting = [each for each in catalogue.notices if each.valid_until is None or each.valid_until >= day]
    found += [_entry(f"notice.{notice.id}", notice.text, source, hint) for notice in lasting]
    doors = [door for each in running for door in each.contacts]
    doors += [door for each in catalogue.offices.values() for door in each.contacts]
    around = [text for door in doors for text in (door.name, door.audience, door.place, door.hours)]
    around += [each.cost.text for each in running if each.cost]
    found += [_entry(CONTACT, text, source, hint) for text in around if text]
    return list({(each.context, each.source): each for each in found}.values())


def _entry(context: str, text: Text, source: str, hint: str) -> SourceText:
    return SourceText(context, text[source], f"{hint}: {text[hint]}" if text[hint] != text[source] else "")


class LanguageProgress(NamedTuple):
    """One language: every text that is wanted, with its translation; and who has read some of them."""

    language: str
    texts: tuple[tuple[SourceText, Translation], ...]

    def of(self, state: TranslationState) -> list[SourceText]:
        """The texts in a state."""
        return [entry for entry, found in self.texts if found.state is state]

    @property
    def reviews(self) -> list[Review]:
        """Who has read texts of it, each with their latest date."""
        latest = {review.name: review for review in sorted(found.review for _, found in self.texts if found.review)}
        return list(latest.values())


def progress_of(languages: Iterable[str], catalogue: Catalogue, day: date, locale: Path) -> list[LanguageProgress]:
    """Each language, of those that the catalogue is not written in; `locale` is where the handout's words are."""
    folder = data_folder() / "translations"
    said = [SourceText(HANDOUT, source) for _, source in read_translations(_words(locale, "en"), HANDOUT).entries]
    wanted = {source: entries(catalogue, day, source) for source in ("en", "fi")}
    found = []
    for language in languages:
        texts, words = read_translations(folder, language), read_translations(_words(locale, language), HANDOUT)
        rows = [(entry, words.find("", entry.source)) for entry in said]
        # Easy Finnish is made of the Finnish texts.
        source = "fi" if language == "fi-simple" else "en"
        rows += [(entry, texts.find(entry.context, entry.source)) for entry in wanted[source]]
        found.append(LanguageProgress(language, tuple(rows)))
    return found


def _words(locale: Path, language: str) -> Path:
    return locale / language / "LC_MESSAGES"
