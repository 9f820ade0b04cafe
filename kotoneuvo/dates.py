"""Dates: read as people and catalogues write them, and written the same with every version of CLDR.

Babel's "short" pattern comes from CLDR and changes with its releases: Swedish of Finland went from 2026-11-24 to
24.11.2026. A reader's date must not hang on the version of a library, so the patterns are ours.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from datetime import MAXYEAR, date
from functools import cache

WEEKDAYS: Mapping[str, tuple[str, ...]] = {
    "fi": ("ma", "ti", "ke", "to", "pe", "la", "su"),
    "sv": ("mån", "tis", "ons", "tors", "fre", "lör", "sön"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
"""Short names of the days from Monday on, as they stand before hours."""
_FINNISH = re.compile(r"(?:(\d{1,2})\.)?(\d{1,2})(?:\.|/)(\d{4})")
_ISO = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


def iso_date(text: str) -> str:
    """A date as Finland writes it (30.11.2026, 11/2026) in the form of ISO 8601; anything else as it is."""
    found = _FINNISH.fullmatch(text.strip())
    if not found or bool(found[1]) == ("/" in text):
        return text
    day = f"-{int(found[1]):02}" if found[1] else ""
    return f"{found[3]}-{int(found[2]):02}{day}"


def day_of(found: object, *, last: bool = False) -> date | None:
    """The day of "YYYY-MM-DD"; of a bare year or month its first or `last` day; None for what is no date."""
    # TOML has days of its own, which need no quotes; a bare number is none.
    return _day(found if isinstance(found, str) else str(found) if isinstance(found, date) else "", last)


# A catalogue has some thousand dates, of which most are the same few days.
@cache
def _day(found: str, last: bool) -> date | None:
    match = _ISO.fullmatch(iso_date(found))
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
    """The same day some months later, or the last of a shorter month; the last day that there is, at most."""
    year, month = divmod(day.month - 1 + months, 12)
    if day.year + year > MAXYEAR:
        return date.max
    last = monthrange(day.year + year, month + 1)[1]
    return date(day.year + year, month + 1, min(day.day, last))


def date_in_numbers(day: date) -> str:
    """A date in numbers as Finland writes it in Finnish, Swedish and English: 24.11.2026."""
    return f"{day.day}.{day.month}.{day.year}"


def partial_date_in_numbers(text: str) -> str:
    """What is written "2026", "2026-05" or "2026-05-31", as Finland writes it: 2026, 5/2026, 31.5.2026."""
    year, *rest = text.split("-")
    numbers = [int(part) for part in rest]
    if len(numbers) == 2:
        return f"{numbers[1]}.{numbers[0]}.{year}"
    return f"{numbers[0]}/{year}" if numbers else year
