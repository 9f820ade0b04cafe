"""All criteria of a catalogue as bit masks: the same verdicts as the plain tree, for many people at once.

Each service (and each table of a group) is a bit. Per fact and value two masks say which bits accept the value for
sure and which do not rule it out. For a person, *surely* is the AND over facts of the AND over the values that are
possible, *maybe* the AND over facts of the OR over them. Groups are put together from their tables' bits afterwards.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kotoneuvo.advice.criteria import AnyOf, Criterion, Possible, Table
from kotoneuvo.advice.facts import FactBook, Value
from kotoneuvo.advice.service import Catalogue


@dataclass(frozen=True)
class Masks:
    """The compiled criteria of a catalogue; `services` are the low bits, in the catalogue's order."""

    services: tuple[str, ...]
    size: int
    surely: dict[str, dict[Value, int]]
    maybe: dict[str, dict[Value, int]]
    groups: tuple[tuple[int, bool, tuple[int, ...]], ...]

    def evaluate(self, possible: Possible) -> tuple[int, int]:
        """Two masks over the services for one person: surely eligible, and not ruled out."""
        surely = maybe = (1 << self.size) - 1
        for fact, sure in self.surely.items():
            near, far = self.maybe[fact], 0
            for value in possible(fact):
                surely &= sure[value]
                far |= near[value]
            maybe &= far
        for owner, wanted, tables in self.groups:
            all_sure = any(surely >> table & 1 for table in tables)
            all_maybe = any(maybe >> table & 1 for table in tables)
            holds, could = (all_sure, all_maybe) if wanted else (not all_maybe, not all_sure)
            surely &= -1 if holds else ~(1 << owner)
            maybe &= -1 if could else ~(1 << owner)
        low = (1 << len(self.services)) - 1
        return surely & low, maybe & low


def compile_masks(catalogue: Catalogue) -> Masks:
    """Compile every service's table. Groups inside groups are evaluated innermost first."""
    tables: list[Table] = [service.eligibility for service in catalogue.services.values()]
    groups: list[tuple[int, bool, tuple[int, ...]]] = []
    index = 0
    while index < len(tables):
        for node in tables[index]:
            if not isinstance(node, Criterion):
                first = len(tables)
                tables.extend(node.tables)
                groups.append((index, isinstance(node, AnyOf), tuple(range(first, len(tables)))))
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
