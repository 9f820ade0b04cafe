"""The first step as a short text message in the client's language, with nothing about the person."""

from __future__ import annotations

from typing import NamedTuple

from kotoneuvo.render.handout.content import Handout, Phrase, TaggedText

GSM_7 = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
"""The default alphabet of 3GPP TS 23.038; a text message holds 160 of these characters."""
_TWICE = frozenset("^{}\\[~]|€")
"""The characters of its extension table, each of which counts as two."""
_PLAIN = str.maketrans({"–": "-", "—": "-", "·": ",", "’": "'", "‘": "'", "“": '"', "”": '"', "…": "...", "\xa0": " "})
"""Typographic characters outside GSM-7, with their plain form: a single one would halve the room of a message."""
_ISOLATES = str.maketrans("", "", "\u2066\u2067\u2068\u2069\u200e\u200f")
_ONE, _OTHER, _OTHERS = 160, 70, 67
"""Characters in one message of GSM-7 text, in one of other text, and in each of several of other text."""
_MOST = 2
"""How many messages a text outside GSM-7 may take."""


class Message(NamedTuple):
    """A text, its length as networks count it, the messages it takes, and whether all its characters are GSM-7."""

    text: str
    length: int
    messages: int
    gsm: bool


def write_message(sheet: Handout) -> Message | None:
    """Return the first step as a message; None if it has no contact to name.

    If it is too long, it first leaves out how to get in, then the hours; never the verb, the office, the contact or
    the warning that it is old, and never half a sentence.
    """
    if not sheet.steps or not any(each.value for each in sheet.steps[0].reach):
        return None
    step, rtl = sheet.steps[0], sheet.readers[0].rtl
    # In right-to-left text the groups of a number, divided by spaces, would change places.
    contacts = [
        each.value.replace(" ", "") if rtl and each.link.startswith("tel:") else each.value
        for each in step.reach
        if each.value
    ]
    # Two contacts at most: the main one and another.
    needed = [
        f"{step.number}. {_client(step.verb)} {step.office.text}",
        *contacts[:2],
        *filter(None, [_client(step.age)]),
    ]
    hours = ", ".join(f"{_client(days)} {times}" for days, times in step.hours.rows) or _client(step.hours.words)
    extra = [hours, _client(step.how)]
    for count in range(len(extra), -1, -1):
        found = measure(_sentences([*needed, *filter(None, extra[:count])]))
        if found.messages <= (1 if found.gsm else _MOST):
            break
    return found


def measure(text: str) -> Message:
    """Return the text with its length and number of messages, as networks count them."""
    gsm = all(letter in GSM_7 or letter in _TWICE for letter in text)
    length = sum(2 if gsm and letter in _TWICE else 2 if ord(letter) > 0xFFFF else 1 for letter in text)
    # In a text of several messages, each loses room to the header that joins them.
    one, each = (_ONE, _ONE - 7) if gsm else (_OTHER, _OTHERS)
    return Message(text, length, 1 if length <= one else -(-length // each), gsm)


def _client(phrase: Phrase) -> str:
    """Return what the first reader, the client, reads."""
    line: tuple[TaggedText, ...] = phrase[0] if phrase else ()
    return " ".join(said.text for said in line)


def _sentences(parts: list[str]) -> str:
    whole = " ".join(part if part.endswith((".", "!", "?")) else f"{part}." for part in parts)
    return whole.translate(_PLAIN).translate(_ISOLATES)
