"""The strip to show at a counter: it speaks for a person who cannot speak Finnish or Swedish yet."""

from __future__ import annotations

from kotoneuvo.render.handout.content import Said, Strip
from kotoneuvo.render.handout.readers import Readers

_SPOKEN = {
    "ar": ("arabiaa", "arabiska"), "ckb": ("soranikurdia", "sorani (kurdiska)"), "en": ("englantia", "engelska"),
    "es": ("espanjaa", "spanska"), "et": ("viroa", "estniska"), "fa": ("persiaa (farsia)", "persiska (farsi)"),
    "fr": ("ranskaa", "franska"), "kmr": ("kurmandžikurdia", "kurmanji (kurdiska)"), "prs": ("daria", "dari"),
    "ru": ("venäjää", "ryska"), "so": ("somalia", "somaliska"), "ti": ("tigrinjaa", "tigrinja"),
    "tr": ("turkkia", "turkiska"), "uk": ("ukrainaa", "ukrainska"), "vi": ("vietnamia", "vietnamesiska"),
    "zh": ("kiinaa", "kinesiska"),
}  # fmt: skip
"""What follows "Puhun" and "Jag talar": Finnish wants the partitive, which CLDR does not have."""
_BLANK = 34
"""Millimetres for a language that the worker writes in."""
_LINES = {
    "fi": ("Puhun ", ". Tarvitsen tulkin.", "Minulla on aika: ", " klo ", "Asiani: ", " Paikka: "),
    "sv": ("Jag talar ", ". Jag behöver tolk.", "Min tid: ", " kl. ", "Mitt ärende: ", " Plats: "),
}


def make_strip(readers: Readers, office: str) -> Strip:
    """The strip in the language of the office, "fi" or "sv", with what it says in the language of the reader."""
    client = readers.client
    speak, interpreter, appointment, time, matter, place = (Said(text, office) for text in _LINES[office])
    spoken = _SPOKEN.get(client.base)
    language = Said(spoken[office == "sv"], office) if spoken else _BLANK
    return Strip(
        readers.say(
            "Cut here. Show this at the counter. It says: I speak {language}. I need an interpreter. "
            "My appointment, my matter, the place.",
            language=lambda reader: reader.language_name(client.base),
        ),
        ((speak, language, interpreter), (appointment, 38, time, 22), (matter, 52, place, 46)),
    )
