"""Time that passes: when something began, and how many full years have passed since."""

from __future__ import annotations

from calendar import isleap
from datetime import date, timedelta
from typing import NamedTuple

PASSING = ("number", "years", "several")
"""The kinds of fact that change with nothing but time: ages, years since something, ages of children."""


class Beginning(NamedTuple):
    """When somebody was born, or something began: between two days. `several`: perhaps more than one child."""

    first: date
    last: date
    several: bool = False


Started = tuple[Beginning, ...]
"""When that began from which the years of a fact are counted; of children, each one's birth."""


def began_before(least: int, most: int, today: date, *, several: bool = False) -> Beginning:
    """The beginning of what has lasted from `least` to `most` full years until `today`."""
    return Beginning(_years_before(today, most + 1) + timedelta(1), _years_before(today, least), several)


def full_years(begun: Beginning, day: date) -> range:
    """The numbers of full years that may have passed until a day."""
    most, least = (
        day.year - start.year - ((day.month, day.day) < (start.month, start.day)) for start in (begun.first, begun.last)
    )
    return range(max(least, 0), most + 1)


def anniversary(start: date, years: int) -> date:
    """The first day on which so many full years have passed: after 28 February for 29 February."""
    year = start.year + years
    return date(year, 3, 1) if _missing_in(start, year) else start.replace(year=year)


def _years_before(day: date, years: int) -> date:
    """The same day some years before; for 29 February the 28th where there is none."""
    year = day.year - years
    return date(year, 2, 28) if _missing_in(day, year) else day.replace(year=year)


def _missing_in(day: date, year: int) -> bool:
    """Whether a year has no such day: 29 February."""
    return (day.month, day.day) == (2, 29) and not isleap(year)
