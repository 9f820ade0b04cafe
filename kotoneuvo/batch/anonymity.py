"""k-anonymity: how many rows stand alone, or in a group too small to hide in, and what coarser answers would mend."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from kotoneuvo.advice.facts import FactBook
from kotoneuvo.advice.situation import MUNICIPALITY
from kotoneuvo.batch.tally import QUASI, Tally, quasi_shift

if TYPE_CHECKING:
    from kotoneuvo.batch.arrays import Ints

_DECADE = 10
LEFT_OUT = "left out"


class Mend(NamedTuple):
    """One way to make groups larger: what would be done to which answer, and how many rows would still be too few."""

    fact: str
    how: str
    left: int


@dataclass(frozen=True)
class Anonymity:
    """Rows alone and rows in groups smaller than `least`, by the facts looked at."""

    facts: tuple[str, ...]
    least: int
    rows: int
    alone: int
    small: int
    mends: tuple[Mend, ...]


def anonymity(tally: Tally, facts: FactBook, present: Iterable[str], least: int) -> Anonymity:
    """How well the rows of a tally hide among each other, in groups of `least`."""
    looked_at = tuple(name for name in QUASI if name in set(present))
    groups, rows = tally.groups.seen
    mends = _mends(groups, rows, facts, looked_at, least) if _small(rows, least) else []
    return Anonymity(
        facts=looked_at,
        least=least,
        rows=tally.rows,
        alone=int((rows == 1).sum()),
        small=_small(rows, least),
        mends=tuple(sorted(mends, key=_worth)),
    )


def _worth(mend: Mend) -> tuple[bool, int]:
    """Coarser answers before none at all: those always help more, and tell less."""
    return (mend.how == LEFT_OUT, mend.left)


def _small(rows: Ints, least: int) -> int:
    return int(rows[rows < least].sum())


def _mends(groups: Ints, rows: Ints, facts: FactBook, names: tuple[str, ...], least: int) -> list[Mend]:
    """Every single step: one answer coarser or left out."""
    found = []
    for name in names:
        coarse = {"age": _decades, MUNICIPALITY: _regions}.get(name)
        if coarse:
            how = "ranges of ten years" if name == "age" else "region"
            found.append(Mend(name, how, _left(groups, rows, name, coarse(facts), least)))
        found.append(Mend(name, LEFT_OUT, _left(groups, rows, name, {}, least)))
    return found


def _left(groups: Ints, rows: Ints, name: str, coarse: Mapping[int, int], least: int) -> int:
    """Rows still in small groups when one answer is replaced by its coarser one, or left out where there is none."""
    shift, size = quasi_shift(name), 1 << QUASI[name]
    coarser = np.arange(size) if coarse else np.zeros(size, np.int64)
    coarser[list(coarse)] = list(coarse.values())
    told = groups >> shift & size - 1
    merged = groups + (coarser[told] - told << shift)
    _, places = np.unique(merged, return_inverse=True)
    return _small(np.bincount(places, weights=rows).astype(np.int64), least)


def _decades(facts: FactBook) -> Mapping[int, int]:
    """The number of an age to that of the first age of its decade."""
    return {1 + place: 1 + place - place % _DECADE for place in range(len(facts["age"].domain))}


def _regions(facts: FactBook) -> Mapping[int, int]:
    """The number of a municipality to that of the first one in its region."""
    first: dict[str, int] = {}
    found = {}
    for place, code in enumerate(facts[MUNICIPALITY].domain, 1):
        entry = facts.municipalities.get(str(code))
        region = entry.region["fi"] if entry else ""
        found[place] = first.setdefault(region, place)
    return found
