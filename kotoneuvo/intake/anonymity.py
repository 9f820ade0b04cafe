"""k-anonymity: how many rows stand alone, or in a group too small to hide in, and what coarser answers would mend."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import repeat
from operator import and_

from kotoneuvo.advice.facts import FactBook
from kotoneuvo.intake.bits import PLACE
from kotoneuvo.intake.sheet import QUASI, QUASI_BITS
from kotoneuvo.intake.tally import Tally

_FIELD = (1 << QUASI_BITS) - 1
_DECADE = 10
_PRIME = 1_000_003


@dataclass(frozen=True, slots=True)
class Mend:
    """One way to make groups larger: what would be done to which answer, and how many rows would still be too few."""

    fact: str
    how: str
    left: int


@dataclass(frozen=True)
class Anonymity:
    """Rows alone and rows in groups smaller than `least`, by the facts looked at; `beyond` rows were not counted."""

    facts: tuple[str, ...]
    least: int
    rows: int
    alone: int
    small: int
    mends: tuple[Mend, ...]
    beyond: int = 0


def anonymity(tally: Tally, facts: FactBook, present: Iterable[str], least: int) -> Anonymity:
    """How well the rows of a tally hide among each other, in groups of `least`."""
    looked_at = tuple(name for name in QUASI if name in set(present))
    small = _small(tally.groups, least)
    mends = _mends(tally.groups, facts, looked_at, least) if small else []
    return Anonymity(
        facts=looked_at,
        least=least,
        rows=tally.rows,
        alone=sum(1 for count in tally.groups.values() if count == 1),
        small=small,
        mends=tuple(sorted(mends, key=lambda mend: mend.left)),
        beyond=tally.beyond,
    )


SAMPLE = 20_000
"""With more groups than this, what a coarser answer would mend is estimated from about so many of them."""


def _small(groups: Mapping[int, int], least: int) -> int:
    return sum(count for count in groups.values() if count < least)


def _mends(groups: Counter[int], facts: FactBook, names: tuple[str, ...], least: int) -> list[Mend]:
    """Every single step: one answer coarser or left out."""
    found = []
    for name in names:
        shift = QUASI_BITS * QUASI.index(name)
        coarse = {"age": _decades, PLACE: _regions}.get(name)
        if coarse:
            how = "bands of ten years" if name == "age" else "region"
            found.append(Mend(name, how, _left(groups, shift, coarse(facts), least)))
        found.append(Mend(name, "left out", _left(groups, shift, {}, least)))
    return found


def _left(groups: Counter[int], shift: int, coarse: Mapping[int, int], least: int) -> int:
    """Rows still in small groups when one answer is replaced by its coarser one, or by nothing where there is none."""
    outside = ~(_FIELD << shift)
    there = coarse.get
    keys: Iterable[int] = map(and_, groups, repeat(outside))
    if coarse:
        keys = [key & outside | there(told := key >> shift & _FIELD, told) << shift for key in groups]
    every = 1 + len(groups) // SAMPLE
    merged: dict[int, int] = {}
    held = merged.get
    for key, count in zip(keys, groups.values(), strict=True):
        # A group is in the sample with all its members or with none.
        if not key % _PRIME % every:
            merged[key] = held(key, 0) + count
    return every * _small(merged, least)


def _decades(facts: FactBook) -> Mapping[int, int]:
    """The number of an age to that of the first age of its decade."""
    return {1 + place: 1 + place - place % _DECADE for place in range(len(facts["age"].domain))}


def _regions(facts: FactBook) -> Mapping[int, int]:
    """The number of a municipality to that of the first one in its region."""
    first: dict[str, int] = {}
    found = {}
    for place, code in enumerate(facts[PLACE].domain, 1):
        entry = facts.municipalities.get(str(code))
        region = entry.region["fi"] if entry else ""
        found[place] = first.setdefault(region, place)
    return found
