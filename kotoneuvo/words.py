"""The program's texts in the worker's language: gettext with English msgids and .po files in ``locale/``."""

from __future__ import annotations

import gettext
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from kotoneuvo.advice.problems import N_, NO_MEANINGS, Problem, fill

if TYPE_CHECKING:
    from babel import Locale

    from kotoneuvo.advice.facts import Text

LANGUAGES = {"fi": "suomi", "sv": "svenska", "en": "English"}
"""The languages of the program, each with its own name."""
KINDS = (
    N_("fact"), N_("goal"), N_("goals"), N_("phase"), N_("audience"), N_("kind"), N_("key"), N_("field"), N_("source"),
    N_("language"), N_("service"), N_("state"), N_("municipality code"), N_("local_name"), N_("confidence"), N_("role"),
    N_("option"), N_("command"), N_("column"),
)  # fmt: skip
"""The words that can fill {kind} in a problem ("unknown {kind}")."""
_SPACES = "\n\r\t\v\f\x85\u2028\u2029"
_JOINERS = "\u200c\u200d"
_STEERS_TERMINAL = "[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb]"
"""What JSON does not escape: C1 controls, direction marks and overrides, invisible characters, lone surrogates."""
_UNPRINTABLE = ("Cc", "Cf", "Cs", "Co", "Cn")
_LONGEST_DETAIL = 200
"""Characters of the input that a message repeats."""
_FOLDER = Path(__file__).resolve().parent / "locale"


class Words:
    """Translates msgids, and picks the texts of catalogue entries, in one language ("fi", "sv" or "en")."""

    def __init__(self, language: str) -> None:
        self.language = language
        # English has no .po file: its texts are the msgids.
        self._translations = gettext.translation("kotoneuvo", _FOLDER, [language], fallback=True)
        self.gettext = self._translations.gettext
        self.ngettext = self._translations.ngettext

    def pick(self, text: Text) -> str:
        """The text in this language, else in Finnish, else in any language."""
        return printable(text.get(self.language) or text.get("fi") or next(iter(text.values()), ""))

    def fill(self, msgid: str, details: Mapping[str, object]) -> str:
        """Translate a message and fill its placeholders; {kind} is translated too."""
        texts = {
            key: self.gettext(str(value)) if key == "kind" else shortened(str(value)) for key, value in details.items()
        }
        return fill(self.gettext(msgid), texts)

    def counted(self, one: str, many: str, count: int, **details: object) -> str:
        """Translate a message about one or many things and fill its placeholders, {count} among them."""
        return self.ngettext(one, many, count).format(count=count, **details)

    @property
    def locale(self) -> Locale:
        """The CLDR locale of this language in Finland."""
        return locale_of(self.language)

    def language_name(self, code: str) -> str:
        """The name of a language in this language; see the function."""
        return language_name(code, self.language)

    def listed(self, parts: list[str]) -> str:
        """Join words into a list: "a, b and c" (by CLDR)."""
        from babel.lists import format_list

        return format_list(parts, locale=self.locale) if parts else ""

    def allowed(self, parts: Iterable[str], meanings: Mapping[str, str | Text] = NO_MEANINGS) -> str:
        """List allowed values, codes with their meanings."""
        # A single word is a code or an example; only descriptions of several words are translated.
        texts = (self.gettext(each) if " " in each else each for each in parts)
        return ", ".join(f"{each} ({self.meaning(meanings[each])})" if each in meanings else each for each in texts)

    def meaning(self, meaning: str | Text) -> str:
        """The meaning of a code (a msgid or a text) in this language."""
        return self.gettext(meaning) if isinstance(meaning, str) else self.pick(meaning)

    def problem(self, problem: Problem) -> str:
        """Describe a problem in one or two lines: where it is, what it is, a suggestion, and what is allowed."""
        _ = self.gettext
        where = f"{problem.where}:{problem.line}" if problem.line else problem.where
        place = ": ".join(part for part in (where, shortened(problem.entry), shortened(problem.fieldname)) if part)
        message = self.fill(problem.message, problem.details)
        line = f"{place}: {message}" if place else message
        if problem.suggestion:
            line += ". " + _("Did you mean “{suggestion}”?").format(suggestion=problem.suggestion)
            if problem.suggestion in problem.meanings and problem.suggestion not in problem.allowed:
                line += f" ({self.meaning(problem.meanings[problem.suggestion])})"
        if problem.allowed:
            line += "\n  " + _("Allowed: {allowed}").format(allowed=self.allowed(problem.allowed, problem.meanings))
        # File names and cells may contain characters that control a terminal.
        return "".join(each if each == "\n" or each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in line)


def shortened(text: str) -> str:
    """Shorten a text to what a message may repeat."""
    return text if len(text) <= _LONGEST_DETAIL else f"{text[:_LONGEST_DETAIL]}…"


def printable(text: str) -> str:
    """Put a text on one line without control characters: a catalogue must not control a terminal or break a page.

    Spaces replace line ends and tabs. Direction overrides and isolates are removed; joiners, which Persian needs, stay.
    """
    if text.isprintable():
        return text
    spaced = " ".join(text.split()) if any(c in _SPACES for c in text) else text
    return "".join(c for c in spaced if c in _JOINERS or unicodedata.category(c) not in _UNPRINTABLE)


def help_words(language: str) -> Callable[[str], str]:
    """Return the translation function for --help. Its texts have .po files of their own, which other runs skip."""
    return gettext.translation("help", _FOLDER, [language], fallback=True).gettext


def has_translation(language: str) -> bool:
    """Whether translations for a language are installed; English needs none."""
    return language == "en" or gettext.find("kotoneuvo", _FOLDER, [language]) is not None


def escape_controls(text: str) -> str:
    """Escape characters in JSON that could control a terminal; the data stays the same."""
    # Nearly every line is printable, and `isprintable` is much faster than the search.
    return text if text.isprintable() else re.sub(_STEERS_TERMINAL, lambda found: f"\\u{ord(found[0]):04x}", text)


@cache
def locale_of(language: str) -> Locale:
    """The CLDR locale of a language in Finland if there is one, else of the language."""
    from babel import Locale
    from babel.localedata import exists

    name = CLDR_NAMES.get(language, language)
    finnish = f"{name}_FI"
    return Locale.parse(finnish if exists(finnish) else name)


def language_name(code: str, language: str) -> str:
    """The name of the language `code` in `language` (by CLDR); the code itself if there is none."""
    named = _NAMES.get(code, {}).get(language)
    return named or str(locale_of(language).languages.get(CLDR_NAMES.get(code, code), code))


@cache
def language_codes() -> Mapping[str, str]:
    """Folded name or code to language code: names in Finnish, Swedish and English (CLDR), and languages' own names."""
    from babel import Locale

    from kotoneuvo.advice.facts import fold

    found: dict[str, str] = {}
    for language in LANGUAGES:
        names = {code: name for code, name in Locale.parse(language).languages.items() if "_" not in code}
        found |= {fold(name): code for code, name in names.items()} | {code: code for code in names}
    others = {fold(name): code for name, code in _OTHER_NAMES.items()}
    others |= {fold(name): code for code, names in _NAMES.items() for name in names.values()}
    return others | {code: code for code in others.values()} | found


CLDR_NAMES = {"prs": "fa_AF"}
"""Language codes that CLDR does not use: Dari is its Persian of Afghanistan."""
_NAMES = {
    "ckb": {
        "ar": "الكردية (السورانية)", "ckb": "کوردی (سۆرانی)", "en": "Kurdish (Sorani)", "es": "kurdo (sorani)",
        "et": "kurdi (sorani)", "fa": "کردی (سورانی)", "fi": "kurdi (sorani)", "fr": "kurde (sorani)",
        "prs": "کردی (سورانی)", "ru": "курдский (сорани)", "so": "Kurdish (Sorani)", "sv": "kurdiska (sorani)",
        "tr": "Kürtçe (Sorani)", "uk": "курдська (сорані)", "vi": "Tiếng Kurd (Sorani)",
    },
    "prs": {"ckb": "دەری"},
    "fse": {"en": "Finnish Sign Language", "fi": "suomalainen viittomakieli", "sv": "finskt teckenspråk"},
    "fss": {
        "en": "Finland-Swedish Sign Language", "fi": "suomenruotsalainen viittomakieli",
        "sv": "finlandssvenskt teckenspråk",
    },
}  # fmt: skip
"""Language code to its names by language, if CLDR has none or one that clients do not use ("Central Kurdish")."""
_OTHER_NAMES = {
    "farsi": "fa", "dari": "prs", "persiska": "fa", "sorani": "ckb", "soranikurdi": "ckb", "centralkurdiska": "ckb",
    "kurdish sorani": "ckb", "kurmandži": "kmr", "kurmanji": "kmr", "kurmancî": "kmr",
    "mandariini": "zh", "suomen kieli": "fi", "ruotsin kieli": "sv", "englannin kieli": "en", "venäjän kieli": "ru",
    "arabian kieli": "ar", "darin kieli": "prs", "kurdin kieli": "ku",
    "العربية": "ar", "русский": "ru", "українська": "uk", "فارسی": "fa", "دری": "prs", "سۆرانی": "ckb",
    "کوردی": "ku", "soomaali": "so", "eesti": "et", "türkçe": "tr", "español": "es", "castellano": "es",
    "français": "fr", "tiếng việt": "vi", "kurdî": "ku", "af-soomaali": "so", "afsoomaali": "so", "tigrinska": "ti",
    "ትግርኛ": "ti", "አማርኛ": "am", "پښتو": "ps", "اردو": "ur", "ไทย": "th", "中文": "zh", "汉语": "zh", "português": "pt",
    "shqip": "sq", "polski": "pl", "română": "ro", "kiswahili": "sw", "नेपाली": "ne", "हिन्दी": "hi", "বাংলা": "bn",
    "deutsch": "de", "italiano": "it", "magyar": "hu", "български": "bg", "српски": "sr", "srpski": "sr",
    "hrvatski": "hr", "bosanski": "bs", "latviešu": "lv", "lietuvių": "lt", "ქართული": "ka", "हिंदी": "hi",
    "한국어": "ko", "日本語": "ja", "filipino": "fil", "தமிழ்": "ta", "ਪੰਜਾਬੀ": "pa", "မြန်မာ": "my",
    "မြန်မာဘာသာ": "my", "o‘zbek": "uz", "кыргызча": "ky", "қазақ тілі": "kk", "azərbaycan": "az",
    "հայերեն": "hy", "עברית": "he", "ελληνικά": "el", "čeština": "cs",
}  # fmt: skip
"""Names that CLDR lacks or spells differently, and languages' own names. CLDR has those too (a test compares them), but
would load the data of every language, which takes 160 ms of a command."""
