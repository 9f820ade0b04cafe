"""The strip to show at a counter: it speaks for a person who cannot speak Finnish or Swedish yet."""

from __future__ import annotations

from collections.abc import Sequence

from kotoneuvo.render.handout.content import Strip, TaggedText
from kotoneuvo.render.handout.readers import Readers
from kotoneuvo.words import LANGUAGES, language_name

_PARTITIVE = {
    "ckb": "kurdia (sorani)", "fa": "persiaa (farsia)", "kmr": "kurdia (kurmandži)", "th": "thaita",
}  # fmt: skip
"""What follows "Puhun" where it is not the name of the language (CLDR) with an ending behind it."""
_BLANK = 34
"""Millimetres for a language that the worker writes in."""
_LINES = {
    "fi": ("Puhun ", ". Tarvitsen tulkin.", "Minulla on aika: ", " klo ", "Asiani: ", " Paikka: "),
    "sv": ("Jag talar ", ". Jag behöver tolk.", "Min tid: ", " kl. ", "Mitt ärende: ", " Plats: "),
}


def make_strip(readers: Readers, office: str, told: Sequence[str]) -> Strip:
    """The strip in the language of the office, "fi" or "sv", with what it says in the language of the reader.

    It speaks of the language that the paper is in; where the paper is in a language of the desk, of the first that the
    client has `told`.
    """
    client = readers.client
    foreign = [code for code in told if code not in LANGUAGES]
    spoken = foreign[0] if foreign and client.base in LANGUAGES else client.base
    speak, interpreter, appointment, time, matter, place = (TaggedText(text, office) for text in _LINES[office])
    # Who speaks a language of the desk shows no strip; the worker may write another one in.
    name = "" if spoken in _LINES else _spoken(spoken, office)
    language = TaggedText(name, office) if name else _BLANK
    caption = readers.say(
        "Cut here. Show this at the counter. It says: I speak {language}. I need an interpreter. "
        "My appointment, my matter, the place.",
        language=lambda reader: reader.language_name(spoken),
    )
    return Strip(caption, ((speak, language, interpreter), (appointment, 38, time, 22), (matter, 52, place, 46)))


def _spoken(code: str, office: str) -> str:
    """What one speaks, as the language of the office says it; nothing where it has no word for it."""
    name = language_name(code, office)
    if name == code:
        return ""
    if office != "fi":
        return name
    # "Puhun" takes the partitive: its ending follows the vowels of the name, and a consonant needs an i before it.
    ending = "a" if set("aou") & set(name) else "ä"
    return _PARTITIVE.get(code) or name + (ending if name[-1] in "aeiouyäö" else f"i{ending}")
