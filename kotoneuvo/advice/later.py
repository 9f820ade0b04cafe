"""The situation on a later day: what changes by time alone (birthdays, years since the permit)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import combinations, pairwise, product

from kotoneuvo.advice.facts import NONE, PASSING, Fact, FactBook, Values
from kotoneuvo.advice.situation import Knowledge, Situation
from kotoneuvo.dates import Started, anniversary, began_before, full_years

Beginnings = Mapping[str, tuple[Started, ...]]
"""Fact to the alternatives of when it began: one beginning, one for each child, or empty (it never happened)."""


def beginnings(facts: FactBook, situation: Situation, today: date) -> Beginnings:
    """When each fact that changes with time began: the dates given, else what the values on `today` imply."""
    found: dict[str, tuple[Started, ...]] = {}
    for name, values in situation.known.items():
        fact = facts[name]
        if fact.kind in PASSING:
            told = situation.since.get(name)
            found[name] = (told,) if told else tuple(_alternatives(fact, values, today))
    return found


def later(facts: FactBook, situation: Situation, began: Beginnings, day: date) -> Situation:
    """Return the situation on a later day, if nothing but time passes: no move, no new permit, no new child.

    An answer that time rules out, such as "cares for a child under three", is removed.
    """
    moved = {name: values_on(facts[name], alternatives, day) for name, alternatives in began.items()}
    # On most days nothing changes; returning early avoids deriving everything twice.
    if all(situation.known[name] == values for name, values in moved.items()):
        return situation
    on_day = replace(situation, known={**situation.known, **moved})
    before, after = Knowledge(facts, situation), Knowledge(facts, on_day)
    gone = {name for name in on_day.known if after.contradicted(name) and not before.contradicted(name)}
    return replace(
        on_day, known={name: on_day.known[name] for name in on_day.known if name not in gone or name in moved}
    )


def turning_days(facts: FactBook, began: Beginnings, today: date, until: date) -> frozenset[date]:
    """The days after `today`, up to and including `until`, on which `later` may return something different."""
    found: set[date] = set()
    for name, alternatives in began.items():
        bounds = facts[name].bounds.values()
        ends = {end for each in alternatives for begun in each for end in (begun.first, begun.last)}
        for end in ends:
            for years in bounds or range(today.year - end.year, until.year - end.year + 1):
                found.add(anniversary(end, years))
    return frozenset(day for day in found if today < day <= until)


def _alternatives(fact: Fact, values: Values, today: date) -> Iterator[Started]:
    """Yield the alternative beginnings that leave these values possible today."""
    if NONE in values:
        yield ()
    if fact.kind == "several":
        ages = dict(zip(fact.bounds, pairwise((0, *fact.bounds.values())), strict=True))
        for value in values - {NONE}:
            bands = (ages[band] for band in str(value).split("+"))
            yield tuple(began_before(least, below - 1, today, several=True) for least, below in bands)
        return
    years = sorted(int(value) for value in values - {NONE})
    for place, least in enumerate(years):
        # Consecutive years are one span of possible beginnings; a gap starts another alternative.
        if place == 0 or years[place - 1] != least - 1:
            most = least + next(n for n in range(len(years)) if least + n + 1 not in values)
            yield (began_before(least, most, today),)


def values_on(fact: Fact, alternatives: tuple[Started, ...], day: date) -> Values:
    """The values that the alternative beginnings leave possible on a day."""
    if fact.kind == "several":
        return frozenset(value for each in alternatives for value in _children(fact, each, day))
    last = int(fact.domain[-1])
    values = {min(years, last) for each in alternatives for begun in each for years in full_years(begun, day)}
    return frozenset(values) | ({NONE} if () in alternatives else set())


def _children(fact: Fact, children: Started, day: date) -> Iterator[str]:
    """Yield the combinations of age bands that children may be in on a day; grown-up children are in none."""
    names, bounds = [str(band) for band in fact.bounds], list(fact.bounds.values())
    choices = []
    for begun in children:
        bands = sorted({bisect_right(bounds, age) for age in full_years(begun, day)})
        most = len(bands) if begun.several else 1
        choices.append([set(some) for size in range(1, most + 1) for some in combinations(bands, size)])
    # Each child may or may not have reached the next band, independently of the others.
    for chosen in product(*choices):
        places = sorted(set().union(*chosen) - {len(names)})
        yield "+".join(names[place] for place in places) or NONE
