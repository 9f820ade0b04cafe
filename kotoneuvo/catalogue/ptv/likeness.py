"""Whether words and contacts are the same, whoever wrote them: cases of a word, compounds, spaces of a number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from kotoneuvo.advice.facts import fold

STEM = 4
"""Letters at the beginning that two forms of one word have in common at least."""
_HEADS = ("palvelut", "palvelu", "palveluiden", "keskus", "toiminta", "tjanster", "tjanst", "centret", "services")
"""Ends of compounds that tell little: "vastaanottopalvelut" and "vastaanottokeskus" are about the same thing."""
SMALL = (
    "ja", "tai", "eli", "ry", "sr", "oy", "och", "eller", "and", "or", "the", "of", "for", "i", "a", "en", "ett", "in",
    "on", "palvelut", "palvelu", "kaupungin", "kunnan", "kaupunki", "kunta", "tjanster", "services", "stad", "stads",
    "city", "kela", "kelan", "migri", "alle",
)  # fmt: skip
"""Words that tell nothing of what a service is."""


def headless(word: str) -> str:
    """A compound without an end that tells little."""
    for head in _HEADS:
        if word.endswith(head) and len(word) - len(head) >= STEM:
            return word.removesuffix(head)
    return word


def same_word(one: str, other: str) -> bool:
    """Whether two words are one in another case: the beginning is the same, and most of them."""
    if one == other:
        return True
    length = next((place for place, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]),
                  min(len(one), len(other)))  # fmt: skip
    rest = max(len(one), len(other)) - length
    return (length >= 6 and rest <= 3) or (length == 5 and rest <= 2)


def values(contact: Mapping[str, Any], keys: Iterable[str]) -> Iterator[str]:
    """What a contact point has under these keys; of pages by language each."""
    for key in keys:
        value = contact.get(key)
        if isinstance(value, dict):
            yield from map(str, value.values())
        elif value:
            yield str(value)


def contact_key(value: str) -> str:
    """A contact without what writers of the same one do differently; of a number its last digits."""
    if re.fullmatch(r"\+?[\d ()/-]+", value):
        digits = re.sub(r"\D", "", value)
        return digits.removeprefix("358") if value.startswith("+") else digits.removeprefix("0")
    return fold(value).rstrip("/")


def host(url: str) -> str:
    """The host of a page, without www; empty for what is no address."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
