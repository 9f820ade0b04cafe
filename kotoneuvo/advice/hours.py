"""Opening hours as a small model: which days of the week, from when to when."""

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
_PART = re.compile(rf"(?:({_DAY})(?:-({_DAY}))?)?\s*(?:(\d\d):([0-5]\d)-(\d\d):([0-5]\d))?")


class Span(NamedTuple):
    """Open on these days of the week (0 is Monday) from `opens` to `closes`, in minutes after midnight."""

    days: tuple[int, ...]
    opens: int
    closes: int


class Closure(NamedTuple):
    """Days, ends included, on which other hours hold; no hours: closed."""

    first: date
    last: date
    hours: tuple[Span, ...] = ()


class DoorNow(NamedTuple):
    """Whether a door is open at a moment by its usual hours, and when it closes or opens next, within a week."""

    open: bool
    until: datetime | None


def door_at(spans: Iterable[Span], exceptions: Iterable[Closure], moment: datetime) -> DoorNow:
    """Whether a door with such hours is open; a public holiday is not known here, unless it is an exception."""
    usual, other = tuple(spans), tuple(exceptions)
    opens = []
    # Eight days, as what opens once a week may just have closed.
    for ahead in range(8):
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
    """The hours of "Mo-Fr 09:00-15:00", or of several such parts with commas between them.

    A part may be a day alone ("Mo, We 09:00-15:00") or a time alone ("Mo 09:00-12:00, 13:00-15:00").
    Raises ValueError for anything else.
    """
    spans = _spans(text)
    if not spans:
        raise ValueError(f"not opening hours: {text}")
    return spans


def _spans(text: str) -> tuple[Span, ...]:
    """The hours that a text says; none for one that says anything else."""
    spans: list[Span] = []
    days: tuple[int, ...] = ()
    waiting = False  # whether days stand there without their time
    for part in text.split(","):
        match = _PART.fullmatch(part.strip())
        if not match or not any(match.groups()):
            return ()
        first, last, *times = match.groups()
        if first:
            named = tuple(range(DAYS.index(first), DAYS.index(last or first) + 1))
            if not named:
                return ()
            days, waiting = ((*days, *named) if waiting else named), True
        if times[0]:
            hour, minute, to_hour, to_minute = map(int, times)
            opens, closes = hour * 60 + minute, to_hour * 60 + to_minute
            if not days or opens >= DAY_LONG or closes > DAY_LONG or opens == closes:
                return ()
            spans.append(Span(days, opens, closes))
            waiting = False
    return () if waiting else tuple(spans)
