"""Compare words and contact points of different writers: inflected words, compounds, spaces in a phone number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from kotoneuvo.advice.hours import parse_hours
from kotoneuvo.catalogue.contact_changes import REACHED_BY, contact_key, texts_of

STEM = 4
"""Two forms of one word have at least this many first letters in common."""
_HEADS = ("palvelut", "palvelu", "palveluiden", "keskus", "toiminta", "tjanster", "tjanst", "centret", "services")
"""General last parts of compounds: "vastaanottopalvelut" and "vastaanottokeskus" are about the same thing."""
SMALL = (
    "ja", "tai", "eli", "ry", "sr", "oy", "och", "eller", "and", "or", "the", "of", "for", "i", "a", "en", "ett", "in",
    "on", "palvelut", "palvelu", "kaupungin", "kunnan", "kaupunki", "kunta", "tjanster", "services", "stad", "stads",
    "city", "kela", "kelan", "migri", "alle",
)  # fmt: skip
"""Words that do not distinguish one service from another."""


def headless(word: str) -> str:
    """A compound without a general last part."""
    for head in _HEADS:
        if word.endswith(head) and len(word) - len(head) >= STEM:
            return word.removesuffix(head)
    return word


def same_word(one: str, other: str) -> bool:
    """Whether two words are forms of the same word: they differ only in a short ending."""
    if one == other:
        return True
    length = next((place for place, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]),
                  min(len(one), len(other)))  # fmt: skip
    # Finnish case endings mostly have two or three letters; short words are too often alike by chance.
    rest = max(len(one), len(other)) - length
    return (length >= 6 and rest <= 3) or (length == 5 and rest <= 2)


def host(url: str) -> str:
    """The host of a page, without "www."; empty for an invalid URL."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def keys_of(contact: Mapping[str, Any], ways: Iterable[str] = REACHED_BY) -> set[str]:
    """The values of a contact point in some of its fields, in a form for comparing."""
    return {contact_key(text) for way in ways for text in texts_of(contact.get(way))} - {""}


def same_contact(ours: Mapping[str, Any], theirs: Iterable[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """Which contact point of the register is the same as ours: one with equal values, else of the same channel."""
    listed = list(theirs)
    shared = [each for each in listed if keys_of(ours) & keys_of(each)]
    if shared:
        return max(shared, key=lambda each: len(keys_of(ours) & keys_of(each)))
    # If the number has changed on one side, the id of the channel still shows that it is the same contact point.
    kinds = ours.keys() & {*REACHED_BY}
    same = [each for each in listed if ours.get("ptv") and each.get("ptv") == ours["ptv"] and kinds & each.keys()]
    return same[0] if len(same) == 1 else None


def same_hours(ours: object, theirs: object) -> bool:
    """Whether two values of `hours` mean the same: equal times, or equal words in a language that both have."""
    if isinstance(ours, str) and isinstance(theirs, str):
        try:
            return sorted(_spans(ours)) == sorted(_spans(theirs))
        except ValueError:
            return False
    if isinstance(ours, Mapping) and isinstance(theirs, Mapping):
        return any(ours[code] == theirs[code] for code in ours.keys() & theirs.keys())
    return False


def _spans(text: str) -> Iterator[tuple[int, int, int]]:
    for span in parse_hours(text):
        yield from ((day, span.opens, span.closes) for day in span.days)
