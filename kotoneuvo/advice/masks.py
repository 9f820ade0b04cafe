"""All criteria of a catalogue as bit masks: the same verdicts as the plain tree, for many people at once.

Each service (and each table of a group) is a bit. Per fact and value two masks say which bits accept the value for
sure and which do not rule it out. For a person, *surely* is the AND over facts of the AND over the values that are
possible, *maybe* the AND over facts of the OR over them. Groups are put together from their tables' bits afterwards.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import reduce
from operator import and_, or_

from kotoneuvo.advice.criteria import AnyOf, Criterion, Possible, Table
from kotoneuvo.advice.facts import FactBook, Value, Values
from kotoneuvo.advice.service import Catalogue

MOST = 10_000
"""Sets of values that are remembered."""


@dataclass(frozen=True)
class Masks:
    """The compiled criteria of a catalogue; `services` are the low bits, in the catalogue's order.

    `groups` are (the bit of the table that the group stands in, whether any or none of its tables must hold, the bits
    of its tables). `known` remembers what the possible values of a fact come to: they repeat from person to person.
    """

    services: tuple[str, ...]
    size: int
    surely: dict[str, dict[Value, int]]
    maybe: dict[str, dict[Value, int]]
    groups: tuple[tuple[int, bool, int], ...]
    known: dict[tuple[str, Values], tuple[int, int]] = field(default_factory=dict)

    def evaluate(self, possible: Possible) -> tuple[int, int]:
        """Two masks over the services for one person: surely eligible, and not ruled out."""
        surely = maybe = (1 << self.size) - 1
        for fact in self.surely:
            values = possible(fact)
            sure, near = self.known.get((fact, values)) or self._judged(fact, values)
            surely &= sure
            maybe &= near
        for owner, wanted, tables in self.groups:
            holds, could = (surely & tables, maybe & tables) if wanted else (not maybe & tables, not surely & tables)
            if not holds:
                surely &= ~owner
                if not could:
                    maybe &= ~owner
        low = (1 << len(self.services)) - 1
        return surely & low, maybe & low

    def _judged(self, fact: str, values: Values) -> tuple[int, int]:
        """The masks of one fact: ANDed and ORed over the values that are possible."""
        if len(self.known) >= MOST:
            self.known.clear()
        sure = reduce(and_, map(self.surely[fact].__getitem__, values))
        self.known[fact, values] = found = (sure, reduce(or_, map(self.maybe[fact].__getitem__, values)))
        return found


def compile_masks(catalogue: Catalogue) -> Masks:
    """Compile every service's table. Groups inside groups are evaluated innermost first."""
    tables: list[Table] = [service.eligibility for service in catalogue.services.values()]
    groups: list[tuple[int, bool, int]] = []
    index = 0
    while index < len(tables):
        for node in tables[index]:
            if not isinstance(node, Criterion):
                first = len(tables)
                tables.extend(node.tables)
                inner = (1 << len(tables)) - (1 << first)
                groups.append((1 << index, isinstance(node, AnyOf), inner))
        index += 1
    surely, maybe = _columns(catalogue.facts, tables)
    return Masks(tuple(catalogue.services), len(tables), surely, maybe, tuple(reversed(groups)))


def _columns(facts: FactBook, tables: list[Table]) -> tuple[dict[str, dict[Value, int]], dict[str, dict[Value, int]]]:
    """Per used fact and value, the mask of tables that accept it and of tables that do not rule it out."""
    used: dict[str, list[tuple[int, Criterion]]] = {}
    for index, table in enumerate(tables):
        for node in table:
            if isinstance(node, Criterion):
                used.setdefault(node.fact, []).append((index, node))
    surely: dict[str, dict[Value, int]] = {}
    maybe: dict[str, dict[Value, int]] = {}
    for fact, criteria in used.items():
        domain = facts[fact].domain
        surely[fact] = {value: _mask(len(tables), ((i, value in c.accept) for i, c in criteria)) for value in domain}
        maybe[fact] = {value: _mask(len(tables), ((i, value in c.maybe) for i, c in criteria)) for value in domain}
    return surely, maybe


def _mask(size: int, bits: Iterable[tuple[int, bool]]) -> int:
    """All ones but for the named bits, through a byte array (building bit by bit is quadratic)."""
    array = bytearray(b"\xff" * (size // 8 + 1))
    for index, bit in bits:
        if not bit:
            array[index >> 3] &= ~(1 << (index & 7)) & 0xFF
    return int.from_bytes(array, "little") & ((1 << size) - 1)
