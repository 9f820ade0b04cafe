"""Read the values of facts as a catalogue writes them: ids, true and false, numbers and bands of numbers.

Answers may use many more words; a catalogue has one spelling for each value, which the JSON Schema can check.
"""

from __future__ import annotations

import re

from kotoneuvo.advice.facts import NONE, Fact, Value, Values, fold
from kotoneuvo.advice.problems import N_, InputProblems, Problem, closest
from kotoneuvo.advice.values import combinations_with, read_values

BAND = r"(<|>=)\d{1,3}|\d{1,3}-\d{1,3}"
"""A pattern for a band of numbers: "<18", ">=65", "18-29"."""
COUNTED = ("number", "years")
"""The kinds of fact whose values are numbers."""
CODES = N_("codes from municipalities.csv")
_BAND = re.compile(BAND)


def names_of(fact: Fact) -> tuple[Value, ...]:
    """The names that may be written for values of a fact; of a level also a letter alone ("B1" for all its steps)."""
    match fact.kind:
        case "number":
            return ()
        case "years":
            return (NONE,)
        case "several":
            return (NONE, *fact.bounds)
        case "level":
            levels = [str(level).partition(".") for level in fact.domain]
            return (*fact.domain, *dict.fromkeys(letter for letter, dot, _ in levels if dot))
        case _:
            return fact.domain


def values_of(fact: Fact, wanted: object) -> Values:
    """The values named by one word or a list of words; an age band of children means all combinations that include it.

    Raises InputProblems with every word that names no value.
    """
    words = wanted if isinstance(wanted, list) else [wanted]
    if not words:
        raise InputProblems([Problem("expected at least one value")])
    found = [_values(fact, word) for word in words]
    wrong = [_unknown(fact, word) for word, values in zip(words, found, strict=True) if not values]
    if wrong:
        raise InputProblems(wrong)
    return frozenset[Value]().union(*found)


def place_of(fact: Fact, end: object, *, last: bool) -> int:
    """The position of one end of a range in the order of a fact; of a letter ("B1") that of its first or `last` step.

    Raises InputProblems if it is neither a number nor a level.
    """
    # A band ("18-29") cannot be the end of a range: which of its own ends would count?
    values = frozenset[Value]() if fact.kind in COUNTED and isinstance(end, str) else _values(fact, end)
    if not values:
        ends = (f"0-{fact.domain[-1]}",) if fact.kind in COUNTED else allowed(fact)
        raise InputProblems([_unknown(fact, end)._replace(allowed=ends)])
    return (max if last else min)(fact.position[value] for value in values)


def meant(fact: Fact, word: str) -> str:
    """The value that a word probably stands for: people's own word for it, or a misspelling; empty if there is none."""
    try:
        values = read_values(fact, word)
    except ValueError:  # also for a month ("11/2020"), which would need today's date to become a number of years
        near = closest(fold(word), fact.aliases)
        values = frozenset({fact.aliases[near]}) if near else frozenset()
    return _said(*values) if len(values) == 1 else ""


def allowed(fact: Fact) -> tuple[str, ...]:
    """The allowed values for a message; examples where there are too many to list."""
    match fact.kind:
        case "number":
            return (f"{fact.domain[0]}-{fact.domain[-1]}", "18-29", "<18", ">=65")
        case "years":
            return (NONE, f"0-{fact.domain[-1]}", "<3", ">=3")
        case "municipality":
            return (CODES, NONE)
        case _:
            return tuple(map(_said, names_of(fact)))


def _values(fact: Fact, word: object) -> Values:
    """The values of one word; empty if it is not in the catalogue's spelling."""
    if not _is_written(fact, word):
        return frozenset()
    if fact.kind == "several":
        return combinations_with(fact, (str(word),))
    try:
        return read_values(fact, word)
    except InputProblems:  # a number or a band beyond the domain
        return frozenset()


def _is_written(fact: Fact, word: object) -> bool:
    # This must come before the test for int: in Python, True is an int.
    if isinstance(word, bool):
        return fact.kind == "yes_no"
    if isinstance(word, int):
        return fact.kind in COUNTED
    if not isinstance(word, str):
        return False
    return word in names_of(fact) or (fact.kind in COUNTED and bool(_BAND.fullmatch(word)))


def _unknown(fact: Fact, word: object) -> Problem:
    """The problem of a word that names no value. It may quote the word, which is not a person's answer."""
    said = _said(word)
    near = meant(fact, said) if isinstance(word, str | int | float) else ""
    return Problem('"{found}" is not known', {"found": said}, allowed=allowed(fact), suggestion=near)


def _said(word: object) -> str:
    return str(word).lower() if isinstance(word, bool) else str(word)
