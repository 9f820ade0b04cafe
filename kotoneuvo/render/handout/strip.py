"""The strip to show at a counter, for a person who does not speak Finnish or Swedish yet."""

from __future__ import annotations

from collections.abc import Sequence

from kotoneuvo.render.handout.content import Strip, TaggedText
from kotoneuvo.render.handout.readers import Readers
from kotoneuvo.words import LANGUAGES, language_name

_PARTITIVE = {
    "ckb": "kurdia (sorani)", "fa": "persiaa (farsia)", "kmr": "kurdia (kurmandži)", "th": "thaita",
}  # fmt: skip
"""What follows "Puhun" ("I speak"), where that is not simply the language's name (CLDR) with an ending."""
_BLANK = 34
"""The width in millimetres of the blank in which the worker writes a language."""
_LINES = {
    "fi": ("Puhun ", ". Tarvitsen tulkin.", "Minulla on aika: ", " klo ", "Asiani: ", " Paikka: "),
    "sv": ("Jag talar ", ". Jag behöver tolk.", "Min tid: ", " kl. ", "Mitt ärende: ", " Plats: "),
}


def make_strip(readers: Readers, office: str, spoken_languages: Sequence[str]) -> Strip:
    """Return the strip in the language of the office ("fi" or "sv"), with a caption in the reader's language.

    It names the language of the paper; if that is one of the desk's languages, the first of `spoken_languages` that is
    not.
    """
    client = readers.client
    foreign = [code for code in spoken_languages if code not in LANGUAGES]
    spoken = foreign[0] if foreign and client.base in LANGUAGES else client.base
    speak, interpreter, appointment, time, matter, place = (TaggedText(text, office) for text in _LINES[office])
    # A speaker of the desk's language needs no strip, but the worker may write another language into the blank.
    name = "" if spoken in _LINES else _spoken(spoken, office)
    language = TaggedText(name, office) if name else _BLANK
    caption = readers.say(
        "Cut here. Show this at the counter. It says: I speak {language}. I need an interpreter. "
        "My appointment, my matter, the place.",
        language=lambda reader: reader.language_name(spoken),
    )
    return Strip(caption, ((speak, language, interpreter), (appointment, 38, time, 22), (matter, 52, place, 46)))


def _spoken(code: str, office: str) -> str:
    """Return what follows "I speak" in the language of the office; "" if that has no name for the language."""
    name = language_name(code, office)
    if name == code:
        return ""
    if office != "fi":
        return name
    # "Puhun" takes the partitive: -a or -ä by vowel harmony, with an i in between after a consonant.
    ending = "a" if set("aou") & set(name) else "ä"
    return _PARTITIVE.get(code) or name + (ending if name[-1] in "aeiouyäö" else f"i{ending}")
