"""Read translations of the catalogue's texts and of the handout's words into further languages.

There is one .po file per language, and gettext's own marks give the state of an entry: missing if its msgstr is empty;
stale if it has a previous msgid ("#| msgid"), because the source text has changed since; a machine translation that
nobody has read if it is fuzzy; otherwise reviewed. A comment says by whom ("# read by: ORGANISATION, 2026-12").
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from kotoneuvo.advice.facts import Text
from kotoneuvo.advice.service import Catalogue, Operating
from kotoneuvo.catalogue.files import data_folder

CONTACT = "contact"
"""The context of texts at contacts (hours, names) and of costs, which many services share."""
READ_BY = re.compile(r"read by: (?P<name>.+), (?P<date>\d{4}-\d{2}(?:-\d{2})?)")
"""The comment that says which organisation has read an entry, and when."""
_PREVIOUS = "|"
"""How babel returns lines with the previous source text ("#| msgid …"): as comments that begin with this."""
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')


class TranslationState(StrEnum):
    """How far a translation can be trusted."""

    REVIEWED = "reviewed"
    MACHINE = "machine"
    STALE = "stale"
    MISSING = "missing"


class Review(NamedTuple):
    """Which organisation has read a translation, and in which month or on which day ("2026-12", "2026-12-03")."""

    name: str
    date: str


class Translation(NamedTuple):
    """An entry of a .po file: its context, source text, translation (empty if missing) and state.

    `read_by` is the comment that says who has read it.
    """

    context: str
    source: str
    text: str
    state: TranslationState
    read_by: str = ""

    @property
    def holds(self) -> bool:
        """Whether it translates today's source text."""
        return self.state in (TranslationState.REVIEWED, TranslationState.MACHINE)

    @property
    def review(self) -> Review | None:
        """Who has read it, and when; None if nobody has."""
        read = READ_BY.fullmatch(self.read_by)
        return Review(read["name"], read["date"]) if read else None


_MISSING = ("", TranslationState.MISSING, "")


class Translations:
    """The entries of one language by context ("kela.name"; "" for words of the handout) and source text."""

    def __init__(self, rows: Iterable[Sequence[str]]) -> None:
        """`rows` have the fields of Translation, in that order."""
        self._rows = {(context, source): (text, state, read_by) for context, source, text, state, read_by in rows}

    def __iter__(self) -> Iterator[Translation]:
        return (self.find(context, source) for context, source in self._rows)

    def find(self, context: str, source: str) -> Translation:
        """The translation of a source text, or a missing one."""
        # Made when it is asked for: a language has more than a thousand entries, and a handout needs a few dozen.
        text, state, read_by = self._rows.get((context, source), _MISSING)
        return Translation(context, source, text, TranslationState(state), read_by)


def read_translations(folder: Path, name: str) -> Translations:
    """The entries of `name`.po in a folder, or of the JSON twin that the build made of it; none if there is neither."""
    twin, written = folder / f"{name}.json", folder / f"{name}.po"
    if twin.is_file():
        return Translations(json.loads(twin.read_bytes()))
    return Translations(read_rows(written) if written.is_file() else ())


def read_rows(path: Path) -> Iterator[Translation]:
    """The entries of a .po file that have a text."""
    from babel.messages.pofile import read_po

    with path.open("rb") as file:
        # The header of a .po file is an entry with an empty id.
        messages = [message for message in read_po(file) if message.id and message.string]
    for each in messages:
        state = TranslationState.MACHINE if each.fuzzy else TranslationState.REVIEWED
        # A stale entry is also fuzzy, so this test must come last.
        if previous_source(each.user_comments):
            state = TranslationState.STALE
        read = "" if state is not TranslationState.REVIEWED else next(filter(READ_BY.fullmatch, each.user_comments), "")
        yield Translation(each.context or "", str(each.id), str(each.string), state, read)


def previous_source(comments: Iterable[str]) -> str:
    """The source text that a stale translation was made from, out of its comments; empty if it is not stale."""
    held = " ".join(comment[1:].strip() for comment in comments if comment.startswith(_PREVIOUS))
    return "".join(_QUOTED.findall(held)).replace('\\"', '"').replace("\\\\", "\\")


def other_comments(comments: Iterable[str]) -> list[str]:
    """The comments of an entry without its previous source text."""
    return [comment for comment in comments if not comment.startswith(_PREVIOUS)]


HANDOUT = "handout"
"""The name of the .po files with the handout's words."""


class SourceText(NamedTuple):
    """One text to translate, with its context and a hint for the translator."""

    context: str
    source: str
    hint: str = ""


def entries(catalogue: Catalogue, day: date, source: str) -> list[SourceText]:
    """Every text to translate from the language `source`: goals, services and notices not ended by `day`, contacts.

    The source is Finnish for easy Finnish, English for all others. The easy Finnish of a name explains it.
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
    # Each only once, as gettext requires: many contact points have the same texts.
    return list({(each.context, each.source): each for each in found}.values())


def _entry(context: str, text: Text, source: str, hint: str) -> SourceText:
    return SourceText(context, text[source], f"{hint}: {text[hint]}" if text[hint] != text[source] else "")


class LanguageProgress(NamedTuple):
    """The progress of one language: every text to translate, with its translation."""

    language: str
    texts: tuple[tuple[SourceText, Translation], ...]

    def of(self, state: TranslationState) -> list[SourceText]:
        """The texts in a state."""
        return [entry for entry, found in self.texts if found.state is state]

    @property
    def reviews(self) -> list[Review]:
        """Who has read its texts, each organisation with its latest date."""
        latest = {review.name: review for review in sorted(found.review for _, found in self.texts if found.review)}
        return list(latest.values())


def progress_of(languages: Iterable[str], catalogue: Catalogue, day: date, locale: Path) -> list[LanguageProgress]:
    """The progress of each of `languages`, none of them the catalogue's own; `locale` is the folder of locale files."""
    folder = data_folder() / "translations"
    said = [SourceText(HANDOUT, each.source) for each in read_translations(_words(locale, "en"), HANDOUT)]
    wanted = {source: entries(catalogue, day, source) for source in ("en", "fi")}
    found = []
    for language in languages:
        texts, words = read_translations(folder, language), read_translations(_words(locale, language), HANDOUT)
        rows = [(entry, words.find("", entry.source)) for entry in said]
        source = "fi" if language == "fi-simple" else "en"
        rows += [(entry, texts.find(entry.context, entry.source)) for entry in wanted[source]]
        found.append(LanguageProgress(language, tuple(rows)))
    return found


def _words(locale: Path, language: str) -> Path:
    return locale / language / "LC_MESSAGES"
