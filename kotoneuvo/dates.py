"""Dates as people and catalogues write them, and the full years that pass between them.

The output patterns are our own. Babel takes its "short" pattern from CLDR, which changes between releases: the same
date in Swedish (Finland) went from 2026-11-24 to 24.11.2026.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from datetime import MAXYEAR, date, timedelta
from functools import cache
from typing import NamedTuple

WEEKDAYS: Mapping[str, tuple[str, ...]] = {
    "fi": ("ma", "ti", "ke", "to", "pe", "la", "su"),
    "sv": ("mån", "tis", "ons", "tors", "fre", "lör", "sön"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
"""Short names of the days, Monday first, as written before opening hours."""
_FINNISH = r"(?:(\d{1,2})\.)?(\d{1,2})(?:\.|/)(\d{4})"
_ISO = r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?"


def iso_date(text: str) -> str:
    """Convert a Finnish date (30.11.2026, 11/2026) to ISO 8601; return any other text unchanged."""
    found = re.fullmatch(_FINNISH, text.strip())
    # A full date has dots only and a month has a slash; "11.2026" may be a number.
    if not found or bool(found[1]) == ("/" in text):
        return text
    day = f"-{int(found[1]):02}" if found[1] else ""
    return f"{found[3]}-{int(found[2]):02}{day}"


def day_of(found: object, *, last: bool = False) -> date | None:
    """Parse "YYYY-MM-DD", or the first (or `last`) day of "YYYY" or "YYYY-MM"; None if it is not a date."""
    # TOML has a date type, so an unquoted date arrives as `date`. An unquoted year is an int and is refused.
    return _day(found if isinstance(found, str) else str(found) if isinstance(found, date) else "", last)


# A catalogue holds thousands of dates, but only a few different ones.
@cache
def _day(found: str, last: bool) -> date | None:
    match = re.fullmatch(_ISO, iso_date(found))
    if not match:
        return None
    year, month, day = int(match[1]), match[2], match[3]
    whole_month = int(month) if month else 12 if last else 1
    try:
        whole_day = int(day) if day else monthrange(year, whole_month)[1] if last else 1
        return date(year, whole_month, whole_day)
    except ValueError:
        return None


@cache
def months_after(day: date, months: int) -> date:
    """The same day `months` later (negative: earlier), capped at the end of a shorter month and at `date.max`."""
    year, month = divmod(day.month - 1 + months, 12)
    if day.year + year > MAXYEAR:
        return date.max
    last = monthrange(day.year + year, month + 1)[1]
    return date(day.year + year, month + 1, min(day.day, last))


def day_after(day: date) -> date:
    """The day after `day`; `date.max` stays as it is."""
    return day if day == date.max else day + timedelta(1)


class Beginning(NamedTuple):
    """The first and last day on which something may have begun; `several`: perhaps more than one child was born."""

    first: date
    last: date
    several: bool = False


Started = tuple[Beginning, ...]
"""When the years that a fact counts began: one beginning, or the birth of each child."""


def began_before(least: int, most: int, today: date, *, several: bool = False) -> Beginning:
    """The beginning of something that has lasted between `least` and `most` full years by `today`."""
    first = months_after(today, -12 * (most + 1)) + timedelta(1)
    return Beginning(first, months_after(today, -12 * least), several)


def full_years(begun: Beginning, day: date) -> range:
    """The numbers of full years that may have passed by `day`."""
    most, least = (
        day.year - start.year - ((day.month, day.day) < (start.month, start.day)) for start in (begun.first, begun.last)
    )
    return range(max(least, 0), most + 1)


def anniversary(start: date, years: int) -> date:
    """The first day on which `years` full years have passed since `start`."""
    # In most years 29 February has no anniversary: the year is full on 1 March.
    day = months_after(start, 12 * years)
    return day if day.day == start.day else day + timedelta(1)


def date_in_numbers(day: date) -> str:
    """Format a date as 24.11.2026, as all three languages write it in Finland."""
    return f"{day.day}.{day.month}.{day.year}"


def partial_date_in_numbers(text: str) -> str:
    """Format "2026", "2026-05" or "2026-05-31" as 2026, 5/2026 or 31.5.2026."""
    year, *rest = text.split("-")
    numbers = [int(part) for part in rest]
    if len(numbers) == 2:
        return f"{numbers[1]}.{numbers[0]}.{year}"
    return f"{numbers[0]}/{year}" if numbers else year
