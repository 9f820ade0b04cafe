"""The values of each fact by number, with what every number says: in the situation, in a reason, to a criterion."""

from __future__ import annotations

from collections.abc import Hashable
from sys import getsizeof

from kotoneuvo.advice.facts import Fact, Values
from kotoneuvo.render.jsonl.looks import Regard
from kotoneuvo.render.jsonl.memory import ENTRY, Memory
from kotoneuvo.render.jsonl.text import dumped, inner
from kotoneuvo.render.reasons import Reasons

WIDE = 40
"""A fact of more values than this is told apart by what criteria make of its values; its words are put in last."""


class Numbers(dict[Values | None, int]):
    """Values of one fact to their number, in order of appearance; 0: not answered.

    By number: `held`, `said` (its part of the situation, with a comma), `has` (in words, as the inside of a JSON
    string, in UTF-8), `sources` (one number if all that follows is the same) and, if there is a `regard`, `classes`:
    one number if no criterion can tell the values apart.
    """

    def __init__(self, fact: Fact, regard: Regard | None, source: Regard, reasons: Reasons, memory: Memory) -> None:
        super().__init__()
        self.fact = fact
        self.regard = regard
        self.source = source
        self.reasons = reasons
        self.memory = memory
        self.held: list[Values | None] = []
        self.said: list[str] = []
        self.has: list[bytes] = []
        self.classes: list[int] = []
        self.sources: list[int] = []
        self._classes: dict[Hashable, int] = {}
        self._sources: dict[Hashable, int] = {}
        self[None]

    def __missing__(self, values: Values | None) -> int:
        fact = self.fact
        held = fact.everything if values is None else values
        number = self[values] = len(self.held)
        self.held.append(values)
        self.said.append("" if held == fact.everything else f"{dumped(fact.id)}:{dumped(fact.in_order(held))},")
        self.has.append(inner(self.reasons.values(fact, held)).encode())
        if self.regard:
            told = (values is None, self.regard.signature(fact, held))
            self.classes.append(self._classes.setdefault(told, len(self._classes)))
        implied = self.source.signature(fact, held)
        self.sources.append(self._sources.setdefault(implied, len(self._sources)))
        self.memory.fixed += ENTRY + getsizeof(self.said[-1]) + getsizeof(self.has[-1])
        return number


class Wishes(dict[tuple[str, ...] | None, int]):
    """Goals or languages by number, with their part of the situation in `said`; 0: none."""

    def __init__(self, name: str, memory: Memory) -> None:
        super().__init__()
        self.name = name
        self.memory = memory
        self.wishes: list[tuple[str, ...]] = []
        self.said: list[str] = []
        self[None]

    def __missing__(self, wishes: tuple[str, ...] | None) -> int:
        number = self[wishes] = len(self.wishes)
        self.wishes.append(wishes or ())
        self.said.append(f"{dumped(self.name)}:{dumped(wishes)}," if wishes else "")
        self.memory.fixed += ENTRY
        return number
