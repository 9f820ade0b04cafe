"""Time that passes: when something began, and how many full years have passed since."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from kotoneuvo.dates import months_after

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
    first = months_after(today, -12 * (most + 1)) + timedelta(1)
    return Beginning(first, months_after(today, -12 * least), several)


def full_years(begun: Beginning, day: date) -> range:
    """The numbers of full years that may have passed until a day."""
    most, least = (
        day.year - start.year - ((day.month, day.day) < (start.month, start.day)) for start in (begun.first, begun.last)
    )
    return range(max(least, 0), most + 1)


def anniversary(start: date, years: int) -> date:
    """The first day on which so many full years have passed: after 28 February for 29 February."""
    day = months_after(start, 12 * years)
    return day if day.day == start.day else day + timedelta(1)
