"""JSON text of parts of the document, with slots for what a person has."""

from __future__ import annotations

import json
import re

from kotoneuvo.advice.criteria import Node
from kotoneuvo.advice.facts import Fact, FactBook, Values
from kotoneuvo.render.reasons import Reasons
from kotoneuvo.words import Words, still

_SIGNS = re.compile("[\ud800-\udbff]")
_FIRST = 0xD800
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def dumped(data: object) -> str:
    """Data as it stands in a line."""
    return still(_encode(data))


def inner(text: str) -> str:
    """A text as the inside of a JSON string."""
    return dumped(text)[1:-1]


class Slots(Reasons):
    """Reasons in which what a person has is left open: a sign that no catalogue can hold stands for each fact.

    Signs are halves of surrogates, which JSON leaves as they are; no TOML file can hold any.
    """

    def __init__(self, facts: FactBook, words: Words) -> None:
        super().__init__(facts, words)
        self._plain = Reasons(facts, words)
        self._signs = {name: chr(_FIRST + place) for place, name in enumerate(facts.facts)}

    def values(self, fact: Fact, values: Values) -> str:
        """The sign of the fact."""
        return self._signs[fact.id]

    def needs(self, node: Node) -> str:
        """What a criterion needs is the same for all."""
        return self._plain.needs(node)

    def template(self, data: object) -> tuple[list[str], list[int]]:
        """Data as it stands in a line, cut at every slot, and the places of the slots' facts."""
        text = _encode(data)
        places = [ord(sign) - _FIRST for sign in _SIGNS.findall(text)]
        return list(map(still, _SIGNS.split(text))), places
