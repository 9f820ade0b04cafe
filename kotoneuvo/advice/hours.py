"""Opening hours: the model, reading them from text, and whether a place is open now."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
"""The days of the week as schema.org's openingHours writes them."""
DAY_LONG = 24 * 60
"""Minutes."""
_DAY = "|".join(DAYS)
_PART = rf"(?:({_DAY})(?:-({_DAY}))?)?\s*(?:(\d\d):([0-5]\d)-(\d\d):([0-5]\d))?"


class Span(NamedTuple):
    """Open on `days` of the week (0 is Monday) from `opens` to `closes`, in minutes after midnight."""

    days: tuple[int, ...]
    opens: int
    closes: int


class Closure(NamedTuple):
    """Other hours from `first` to `last`, both included; no hours means closed."""

    first: date
    last: date
    hours: tuple[Span, ...] = ()


class DoorNow(NamedTuple):
    """Whether a place is open, and when it next closes or opens (None: not within a week)."""

    open: bool
    until: datetime | None


def door_at(spans: Iterable[Span], exceptions: Iterable[Closure], moment: datetime) -> DoorNow:
    """Whether a place with these hours is open at `moment`; public holidays count only if `exceptions` has them."""
    usual, other = tuple(spans), tuple(exceptions)
    opens = []
    # From yesterday, whose hours may run past midnight, to the same weekday next week.
    for ahead in range(-1, 8):
        day = moment.date() + timedelta(ahead)
        special = next((each for each in other if each.first <= day <= each.last), None)
        for span in special.hours if special else usual:
            if day.weekday() in span.days:
                start, end = (datetime.combine(day, time()) + timedelta(minutes=at) for at in (span.opens, span.closes))
                end += timedelta(1 if end <= start else 0)  # open over midnight
                if start <= moment < end:
                    return DoorNow(True, end)
                if start > moment:
                    opens.append(start)
    return DoorNow(False, min(opens, default=None))


def parse_hours(text: str) -> tuple[Span, ...]:
    """Read "Mo-Fr 09:00-15:00", or several such parts separated by commas.

    A part may be just a day ("Mo, We 09:00-15:00") or just a time ("Mo 09:00-12:00, 13:00-15:00").
    Raises ValueError for anything else.
    """
    wrong = ValueError(f"not opening hours: {text}")
    spans: list[Span] = []
    days: tuple[int, ...] = ()
    waiting = False  # whether the latest days still have no time
    for part in text.split(","):
        match = re.fullmatch(_PART, part.strip())
        if not match or not any(match.groups()):
            raise wrong
        first, last, *times = match.groups()
        if first:
            named = tuple(range(DAYS.index(first), DAYS.index(last or first) + 1))
            if not named:
                raise wrong
            days, waiting = ((*days, *named) if waiting else named), True
        if times[0]:
            hour, minute, to_hour, to_minute = map(int, times)
            opens, closes = hour * 60 + minute, to_hour * 60 + to_minute
            # 24:00 can close a day but not open one.
            if not days or opens >= DAY_LONG or closes > DAY_LONG or opens == closes:
                raise wrong
            spans.append(Span(days, opens, closes))
            waiting = False
    if waiting:
        raise wrong
    return tuple(spans)
