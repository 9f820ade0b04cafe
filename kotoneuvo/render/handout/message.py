"""The first step as a text message in the client's language: short, and with nothing about the person."""

from __future__ import annotations

from typing import NamedTuple

from kotoneuvo.render.handout.content import Handout, Phrase, TaggedText

GSM_7 = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
"""The letters that a text message holds 160 of: the default alphabet of 3GPP TS 23.038."""
_TWICE = frozenset("^{}\\[~]|€")
"""Those of its extension table, which take two places."""
_PLAIN = str.maketrans({"–": "-", "—": "-", "·": ",", "’": "'", "‘": "'", "“": '"', "”": '"', "…": "...", "\xa0": " "})
"""Signs that would halve the room of a whole message."""
_ISOLATES = str.maketrans("", "", "\u2066\u2067\u2068\u2069\u200e\u200f")
_ONE, _OTHER, _OTHERS = 160, 70, 67
"""Places in one message of GSM letters, in one of other letters, and in each of several of those."""
_MOST = 2
"""Messages that a text in other letters may take."""


class Message(NamedTuple):
    """A text, how many places it takes of how many messages, and whether all its letters are GSM-7."""

    text: str
    length: int
    messages: int
    gsm: bool


def write_message(sheet: Handout) -> Message | None:
    """The first step as a message; None where it has no contact that a message could name.

    What does not fit is left off from the end: how to get in, hours. Never the verb, the office, the contact or that
    it is old, and never half a sentence.
    """
    if not sheet.steps or not any(each.value for each in sheet.steps[0].reach):
        return None
    step, rtl = sheet.steps[0], sheet.readers[0].rtl
    # Groups of digits change places in writing from right to left.
    contacts = [
        each.value.replace(" ", "") if rtl and each.link.startswith("tel:") else each.value
        for each in step.reach
        if each.value
    ]
    # Where to go and what to call: two at most.
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
    """How many messages a text takes, as networks count them."""
    gsm = all(letter in GSM_7 or letter in _TWICE for letter in text)
    length = sum(2 if gsm and letter in _TWICE else 2 if ord(letter) > 0xFFFF else 1 for letter in text)
    # Of a text in several messages each gives up room to the header that joins them.
    one, each = (_ONE, _ONE - 7) if gsm else (_OTHER, _OTHERS)
    return Message(text, length, 1 if length <= one else -(-length // each), gsm)


def _client(phrase: Phrase) -> str:
    """What the first reader reads."""
    line: tuple[TaggedText, ...] = phrase[0] if phrase else ()
    return " ".join(said.text for said in line)


def _sentences(parts: list[str]) -> str:
    whole = " ".join(part if part.endswith((".", "!", "?")) else f"{part}." for part in parts)
    return whole.translate(_PLAIN).translate(_ISOLATES)
