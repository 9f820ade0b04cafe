"""What a reading adds to the keys by which rows are counted: by gap (place and goals), and by group of k-anonymity.

A key is one number of at most 63 bits, so that a million rows are counted as an array.
"""

from __future__ import annotations

from zlib import crc32

from kotoneuvo.advice.compiled import MUNICIPALITY
from kotoneuvo.advice.facts import FactBook, Values
from kotoneuvo.advice.situation import GOALS, SERVICE_LANGUAGE
from kotoneuvo.intake.cells import Reading

QUASI = {MUNICIPALITY: 14, "age": 14, "status": 14, SERVICE_LANGUAGE: 14, "gender": 7}
"""Answers that together can tell a person apart, each with the bits it has in the key of a group: 63 in all."""
COVERED_BITS, WANTED_BITS = 24, 24
GAP_PLACE = COVERED_BITS + WANTED_BITS
"""Where the number of the municipality lies in a gap key, after the goals covered and the goals wanted."""
_LETTERS = 26


def gap_key(facts: FactBook, name: str, reading: Reading) -> int:
    """A reading as part of the gap key: the number of the one municipality (0: none or several), the goals wanted."""
    if name == MUNICIPALITY and isinstance(reading, frozenset) and len(reading) == 1:
        return (1 + facts[MUNICIPALITY].position[next(iter(reading))]) << GAP_PLACE
    if name == GOALS and isinstance(reading, tuple):
        goals = list(facts.goals)
        return sum(1 << goals.index(goal) for goal in set(reading)) << COVERED_BITS
    return 0


def group_key(facts: FactBook, name: str, reading: Reading) -> int:
    """A reading as part of the group key: the same in every worker, whatever was seen before."""
    if name not in QUASI or reading is None:
        return 0
    return _quasi_number(facts, name, reading) << quasi_shift(name)


def quasi_shift(name: str) -> int:
    """Where an answer begins in the key of a group."""
    names = list(QUASI)
    return sum(QUASI[each] for each in names[: names.index(name)])


def _quasi_number(facts: FactBook, name: str, reading: Values | tuple[str, ...]) -> int:
    """1 and up within the bits of the answer.

    Several values, and languages whose code has three letters, get one by chance, seldom the same as others.
    """
    most = 1 << QUASI[name]
    if isinstance(reading, tuple):
        languages = ",".join(reading)
        if len(languages) == 2:
            return 1 + _LETTERS * (ord(languages[0]) - ord("a")) + ord(languages[1]) - ord("a")
        return 1 + _LETTERS**2 + crc32(languages.encode()) % (most - 1 - _LETTERS**2)
    places = sorted(facts[name].position[value] for value in reading)
    if len(places) == 1:
        return 1 + places[0]
    first = 1 + len(facts[name].domain)
    return first + crc32(repr(places).encode()) % (most - first)
