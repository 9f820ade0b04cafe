"""The readers of a handout: its words, the catalogue's texts, dates and lists as the language of each writes them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import chain
from pathlib import Path

from kotoneuvo.advice.facts import Text
from kotoneuvo.catalogue.files import data_folder
from kotoneuvo.catalogue.translations import CONTACT, Translation, TranslationState, read_translations
from kotoneuvo.dates import date_in_numbers
from kotoneuvo.render.handout.content import Line, Phrase, TaggedText
from kotoneuvo.words import LANGUAGES, language_name, locale_of, printable

LOCALE = Path(__file__).resolve().parents[2] / "locale"
SIMPLE = "fi-simple"
"""Easy Finnish (selkosuomi); "simple" is a registered variant of BCP 47."""
LONGEST = 420
"""Characters of one text on paper; what is longer ends after an earlier sentence."""
_ENDLESS = 600
"""A single sentence of an overlay that is longer than this is cut after a word, so that it cannot fill the sheet."""
_SENTENCE = re.compile(r"(?<=[.!?؟])(?<!\b[^\W\d]\.)(?<!\b[^\W\d]{2}\.)(?<!\besim\.)\s+(?=[^\W_a-zåäöа-яіїєґ])")
"""Where a sentence ends: not after a letter or two (an abbreviation, the day of a date), not before a small letter."""
_CONTACT = 160
"""Characters of the words around a contact."""
_DATE = {
    "ckb": "{day}ی {month}ی {year}",
    "es": "{day} de {month} de {year}",
    "et": "{day}. {month} {year}",
    "fi": "{day}. {month} {year}",
    "ru": "{day} {month} {year}\u202fг.",
    "so": "{month} {day}, {year}",
    "uk": "{day} {month} {year}\u202fр.",
    "vi": "{day} {month} năm {year}",
}
"""Where a date in words is not "2 May 2026"; the narrow spaces before the Russian and Ukrainian "year" do not break.

CLDR's own long patterns change with its releases; the names of its months do not.
"""
_ISOLATE, _POP = "\u2068", "\u2069"


def handout_languages() -> list[str]:
    """The languages that handouts can be in: those that have a file of the handout's words."""
    return sorted({path.parents[1].name for path in LOCALE.glob("*/LC_MESSAGES/handout.*")})


class Reader:
    """Says things in one language, and remembers in which states the texts were that it used, and who has read them
    when ("2026-12")."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.base = language.partition("-")[0]
        # What stands in where a translation is missing: of easy Finnish the usual one.
        self._source = "fi" if language == SIMPLE else "en"
        self.locale = locale_of(self.base)
        self.rtl = self.locale.text_direction == "rtl"
        self.used: set[TranslationState] = set()
        self.read_by: dict[str, str] = {}
        self._words = read_translations(LOCALE / language / "LC_MESSAGES", "handout")
        self._texts = read_translations(data_folder() / "translations", language)

    @property
    def own_name(self) -> TaggedText:
        """The language's name in itself, with its tag and direction."""
        return self.said(self.language_name(self.base))

    def say(self, msgid: str, **places: str) -> TaggedText:
        """The handout's words, with places filled; in right-to-left writing each filled place is isolated."""
        if self.language == "en":
            return self.said(msgid.format(**places))
        found = self._words.find("", msgid)
        if not found.holds:
            return self._instead(msgid.format(**places), "en")
        self._note(found)
        return self.said(found.text.format(**{name: self._isolated(text) for name, text in places.items()}))

    def text(self, context: str, text: Text, longest: int = LONGEST) -> TaggedText:
        """A text of the catalogue of at most `longest` characters; one in another language, which is then named, where
        it has no translation."""
        if self.language in LANGUAGES:
            own = text.get(self.language) or text.get("fi", "")
            return self.said(shortened(own, longest))
        source = text.get(self._source) or text.get("fi", "")
        found = self._texts.find(context, source)
        if not found.holds:
            return self._instead(shortened(source, longest), self._source)
        self._note(found)
        return self.said(shortened(found.text, longest))

    def translates(self, context: str, text: Text) -> bool:
        """Whether there is such a text in this language."""
        source = text.get(self._source, "")
        return self.language in LANGUAGES or self._texts.find(context, source).holds

    def date(self, day: date) -> str:
        """A date with the month in words; in easy Finnish in numbers."""
        if self.language == SIMPLE:
            return date_in_numbers(day)
        pattern = _DATE.get(self.locale.language, "{day} {month} {year}")
        return pattern.format(day=day.day, month=self.locale.months["format"]["wide"][day.month], year=day.year)

    def language_name(self, code: str) -> str:
        """The name of a language (CLDR); the code itself if it has none."""
        return language_name(code, self.base)

    def listed(self, parts: Sequence[str]) -> str:
        """Words as a list (CLDR)."""
        from babel.lists import format_list

        return format_list([self._isolated(part) for part in parts], locale=self.locale) if parts else ""

    def _note(self, found: Translation) -> None:
        self.used.add(found.state)
        if found.review:
            self.read_by[found.review.name] = max(found.review.date, self.read_by.get(found.review.name, ""))

    def said(self, text: str) -> TaggedText:
        """A text in this language."""
        return TaggedText(text, self.language, self.rtl)

    def _instead(self, text: str, language: str) -> TaggedText:
        self.used.add(TranslationState.MISSING)
        return TaggedText(text, language, rtl=False, stand_in=self.language_name(language))

    def _isolated(self, text: str) -> str:
        # A Latin name or a figure would else take the full stop behind it to its own left end.
        return f"{_ISOLATE}{text}{_POP}" if self.rtl else text


Place = str | Callable[[Reader], str]
"""What fills a place in a sentence: the same for every reader, or as each language says it."""


class Readers:
    """All readers of a handout at once, the client's first: what is said, is said in each of their languages."""

    def __init__(self, everyone: Iterable[Reader]) -> None:
        self.everyone = tuple(everyone)

    @property
    def client(self) -> Reader:
        """The reader of the one who takes the handout home."""
        return self.everyone[0]

    def each(self, speak: Callable[[Reader], Line]) -> Phrase:
        """What each reader says."""
        return tuple(speak(reader) for reader in self.everyone)

    def say(self, msgid: str, **places: Place) -> Phrase:
        """The handout's words in each language, with their places filled."""

        def speak(reader: Reader) -> Line:
            filled = {name: fill if isinstance(fill, str) else fill(reader) for name, fill in places.items()}
            return (reader.say(msgid, **filled),)

        return self.each(speak)

    def text(self, context: str, text: Text, longest: int = LONGEST) -> Phrase:
        """A text of the catalogue in each language; nothing where there is none."""
        return self.each(lambda reader: (reader.text(context, text, longest),)) if text else ()

    def contact(self, text: Text) -> Phrase:
        """Words around a contact in each language; once, where it is a name that all say alike."""
        said = self.text(CONTACT, text, _CONTACT)
        return said if len({each.text for line in said for each in line}) > 1 else said[:1]


def together(phrases: Iterable[Phrase]) -> Phrase:
    """Several phrases as one, reader by reader."""
    return tuple(tuple(chain.from_iterable(lines)) for lines in zip(*phrases, strict=True))


def shortened(text: str, longest: int = LONGEST) -> str:
    """A text fit for paper: without control characters, and of as many whole sentences as `longest` has room for.

    The first sentence always stays: half a sentence may say the opposite of the whole.
    """
    kept = ""
    for sentence in _SENTENCE.split(printable(text)):
        longer = f"{kept} {sentence}" if kept else sentence
        if kept and len(longer) > longest:
            break
        kept = longer
    return kept if len(kept) <= _ENDLESS else kept[:_ENDLESS].rsplit(" ", 1)[0] + " …"
