"""k-anonymity: how many rows are unique or in a small group, and which coarser answers would help."""

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
    """One way to make groups larger: `how` to change `fact`, and the rows that would be `left` in small groups."""

    fact: str
    how: str
    left: int


@dataclass(frozen=True)
class Anonymity:
    """The numbers of unique rows and of rows in groups smaller than `least`, grouped by `facts`."""

    facts: tuple[str, ...]
    least: int
    rows: int
    alone: int
    small: int
    mends: tuple[Mend, ...]


def anonymity(tally: Tally, facts: FactBook, present: Iterable[str], least: int) -> Anonymity:
    """Measure the k-anonymity of a tally's rows, with k = `least`; `present` are the columns of the file."""
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
    """Sort key: coarser answers first. Leaving a column out always helps more, but the answers are lost."""
    return (mend.how == LEFT_OUT, mend.left)


def _small(rows: Ints, least: int) -> int:
    return int(rows[rows < least].sum())


def _mends(groups: Ints, rows: Ints, facts: FactBook, names: tuple[str, ...], least: int) -> list[Mend]:
    """Every single change: one column with coarser answers, or left out."""
    found = []
    for name in names:
        coarse = {"age": _decades, MUNICIPALITY: _regions}.get(name)
        if coarse:
            how = "ranges of ten years" if name == "age" else "region"
            found.append(Mend(name, how, _left(groups, rows, name, coarse(facts), least)))
        found.append(Mend(name, LEFT_OUT, _left(groups, rows, name, {}, least)))
    return found


def _left(groups: Ints, rows: Ints, name: str, coarse: Mapping[int, int], least: int) -> int:
    """The rows left in small groups if one column's answers become coarser (empty `coarse`: the column is left out)."""
    shift, size = quasi_shift(name), 1 << QUASI[name]
    coarser = np.arange(size) if coarse else np.zeros(size, np.int64)
    coarser[list(coarse)] = list(coarse.values())
    told = groups >> shift & size - 1
    merged = groups + (coarser[told] - told << shift)
    _, places = np.unique(merged, return_inverse=True)
    return _small(np.bincount(places, weights=rows).astype(np.int64), least)


def _decades(facts: FactBook) -> Mapping[int, int]:
    """Number of an age to the number of the first age in its decade."""
    return {1 + place: 1 + place - place % _DECADE for place in range(len(facts["age"].domain))}


def _regions(facts: FactBook) -> Mapping[int, int]:
    """Number of a municipality to the number of the first one in its region."""
    first: dict[str, int] = {}
    found = {}
    for place, code in enumerate(facts[MUNICIPALITY].domain, 1):
        entry = facts.municipalities.get(str(code))
        region = entry.region["fi"] if entry else ""
        found[place] = first.setdefault(region, place)
    return found
