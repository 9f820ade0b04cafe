"""The readers of a handout: each gives texts, dates and lists in one language."""

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
"""The most characters of one text on paper; a longer text ends after an earlier sentence."""
_ENDLESS = 600
"""The most characters of a single sentence, which is then cut after a word: an overlay must not fill the sheet."""
_SENTENCE = re.compile(r"(?<=[.!?؟])(?<!\b[^\W\d]\.)(?<!\b[^\W\d]{2}\.)(?<!\besim\.)\s+(?=[^\W_a-zåäöа-яіїєґ])")
"""The end of a sentence; not after one or two letters, which are an abbreviation, nor before a lower-case letter."""
_CONTACT = 160
"""The most characters of the words around a contact."""
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
"""Where a date in words is not "2 May 2026"; U+202F is a narrow space at which no line breaks.

Our own, because CLDR's long patterns change from release to release; its names of months do not.
"""
_ISOLATE, _POP = "\u2068", "\u2069"


def handout_languages() -> list[str]:
    """Return the codes of the languages that have a file of the handout's words."""
    return sorted({path.parents[1].name for path in LOCALE.glob("*/LC_MESSAGES/handout.*")})


class Reader:
    """Gives texts in one language, and records for the small print which states of translation it used.

    `read_by` holds who has reviewed those translations, and when ("2026-12").
    """

    def __init__(self, language: str) -> None:
        self.language = language
        self.base = language.partition("-")[0]
        # The language that replaces a missing translation; for easy Finnish, standard Finnish.
        self._source = "fi" if language == SIMPLE else "en"
        self.locale = locale_of(self.base)
        self.rtl = self.locale.text_direction == "rtl"
        self.used: set[TranslationState] = set()
        self.read_by: dict[str, str] = {}
        self._words = read_translations(LOCALE / language / "LC_MESSAGES", "handout")
        self._texts = read_translations(data_folder() / "translations", language)

    @property
    def own_name(self) -> TaggedText:
        """The language's own name, with tag and direction."""
        return self.tagged(self.language_name(self.base))

    def say(self, msgid: str, **places: str) -> TaggedText:
        """Translate words of the handout and fill their placeholders."""
        if self.language == "en":
            return self.tagged(msgid.format(**places))
        found = self._words.find("", msgid)
        if not found.holds:
            return self._instead(msgid.format(**places), "en")
        self._note(found)
        return self.tagged(found.text.format(**{name: self._isolated(text) for name, text in places.items()}))

    def text(self, context: str, text: Text, longest: int = LONGEST) -> TaggedText:
        """Translate a text of the catalogue, shortened to `longest` characters.

        Without a translation it returns the source text, which the handout marks with the name of its language.
        """
        if self.language in LANGUAGES:
            own = text.get(self.language) or text.get("fi", "")
            return self.tagged(shortened(own, longest))
        source = text.get(self._source) or text.get("fi", "")
        found = self._texts.find(context, source)
        if not found.holds:
            return self._instead(shortened(source, longest), self._source)
        self._note(found)
        return self.tagged(shortened(found.text, longest))

    def translates(self, context: str, text: Text) -> bool:
        """Whether a text of the catalogue is available in this language."""
        source = text.get(self._source, "")
        return self.language in LANGUAGES or self._texts.find(context, source).holds

    def date(self, day: date) -> str:
        """Format a date with the month in words; in easy Finnish, in numbers."""
        if self.language == SIMPLE:
            return date_in_numbers(day)
        pattern = _DATE.get(self.locale.language, "{day} {month} {year}")
        return pattern.format(day=day.day, month=self.locale.months["format"]["wide"][day.month], year=day.year)

    def language_name(self, code: str) -> str:
        """Return the name of a language (CLDR); the code itself if it has none."""
        return language_name(code, self.base)

    def listed(self, parts: Sequence[str]) -> str:
        """Join words to a list: "a, b and c" (CLDR)."""
        from babel.lists import format_list

        return format_list([self._isolated(part) for part in parts], locale=self.locale) if parts else ""

    def _note(self, found: Translation) -> None:
        self.used.add(found.state)
        if found.review:
            self.read_by[found.review.name] = max(found.review.date, self.read_by.get(found.review.name, ""))

    def tagged(self, text: str) -> TaggedText:
        """Tag a text as being in this language."""
        return TaggedText(text, self.language, self.rtl)

    def _instead(self, text: str, language: str) -> TaggedText:
        self.used.add(TranslationState.MISSING)
        return TaggedText(text, language, rtl=False, stand_in=self.language_name(language))

    def _isolated(self, text: str) -> str:
        # In right-to-left text, a Latin name would otherwise pull the full stop behind it to its left.
        return f"{_ISOLATE}{text}{_POP}" if self.rtl else text


Place = str | Callable[[Reader], str]
"""What fills a placeholder: the same text for every reader, or a function that returns it for one."""


class Readers:
    """All readers of a handout, the client's first; each method returns a text in all their languages."""

    def __init__(self, everyone: Iterable[Reader]) -> None:
        self.everyone = tuple(everyone)

    @property
    def client(self) -> Reader:
        """The reader in the client's language."""
        return self.everyone[0]

    def each(self, speak: Callable[[Reader], Line]) -> Phrase:
        """Return the phrase made by calling `speak` with each reader."""
        return tuple(speak(reader) for reader in self.everyone)

    def say(self, msgid: str, **places: Place) -> Phrase:
        """Translate words of the handout into each language and fill their placeholders."""

        def speak(reader: Reader) -> Line:
            filled = {name: fill if isinstance(fill, str) else fill(reader) for name, fill in places.items()}
            return (reader.say(msgid, **filled),)

        return self.each(speak)

    def text(self, context: str, text: Text, longest: int = LONGEST) -> Phrase:
        """Translate a text of the catalogue into each language; () if there is no text."""
        return self.each(lambda reader: (reader.text(context, text, longest),)) if text else ()

    def contact(self, text: Text) -> Phrase:
        """Translate words around a contact into each language; only once if all languages say the same."""
        phrase = self.text(CONTACT, text, _CONTACT)
        return phrase if len({each.text for line in phrase for each in line}) > 1 else phrase[:1]


def together(phrases: Iterable[Phrase]) -> Phrase:
    """Join phrases to one, reader by reader."""
    return tuple(tuple(chain.from_iterable(lines)) for lines in zip(*phrases, strict=True))


def shortened(text: str, longest: int = LONGEST) -> str:
    """Return a text without control characters, and with as many whole sentences as fit in `longest` characters.

    The first sentence is always kept whole, as half a sentence may say the opposite.
    """
    kept = ""
    for sentence in _SENTENCE.split(printable(text)):
        longer = f"{kept} {sentence}" if kept else sentence
        if kept and len(longer) > longest:
            break
        kept = longer
    return kept if len(kept) <= _ENDLESS else kept[:_ENDLESS].rsplit(" ", 1)[0] + " …"
