"""What a service means for a person, and when it takes people in, each with its source and date.

Nothing here decides eligibility: whether a service takes people in today is reported apart from the verdict.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from kotoneuvo.advice.facts import NO_TEXT, Text
from kotoneuvo.advice.hours import Closure
from kotoneuvo.dates import day_after

STATEMENTS = ("participation", "benefits", "permit", "referral", "refusal")
"""The fields of a service that say what it means for a person (benefits, residence permit and so on)."""


class Statement(NamedTuple):
    """What a source says about one matter, in parts (most have only "text").

    `source` is the source's key, `page` its URL, `dated` its date as written. `duty` is a word of a closed list.
    `looked` means that no source says it, and is the day on which somebody looked for one.
    """

    parts: Mapping[str, Text]
    source: str = ""
    page: str = ""
    dated: str = ""
    duty: str = ""
    looked: date | None = None


class Period(NamedTuple):
    """One intake: the first and last day to apply, and when it starts and ends."""

    apply_from: date | None = None
    apply_by: date | None = None
    starts: date | None = None
    ends: date | None = None

    @property
    def last(self) -> date:
        """The last day to apply, as far as known."""
        return self.apply_by or self.starts or self.ends or date.max


class NotNow(NamedTuple):
    """A service takes nobody in on a day; `opens` is the day on which it does again, if known."""

    opens: date | None


class Intake(NamedTuple):
    """When a service takes people in (HSDS schedule and service_capacity).

    `continuous`: applications are also taken between the periods. `wait` is the waiting time as of `dated`, in words.
    """

    periods: tuple[Period, ...] = ()
    closures: tuple[Closure, ...] = ()
    continuous: bool = False
    by_appointment: bool = False
    wait: Text = NO_TEXT
    source: str = ""
    dated: str = ""

    def not_now(self, day: date) -> NotNow | None:
        """`NotNow` if nobody can apply or come on `day`, else None."""
        closed = next((each for each in self.closures if each.first <= day <= each.last and not each.hours), None)
        if closed:
            opens = day_after(closed.last) if closed.last < date.max else None
        elif not self.periods or self.continuous or self.period(day):
            return None
        else:
            # After the last known period, nobody knows when the next one opens.
            coming = [each.apply_from for each in self.periods if each.apply_from and each.apply_from > day]
            opens = min(coming, default=None)
        # A closure may end before a period begins, or a period begin during a closure.
        return (opens and self.not_now(opens)) or NotNow(opens)

    def period(self, day: date) -> Period | None:
        """The intake to which a person can apply on `day`."""
        return next((each for each in self.periods if (each.apply_from or day) <= day <= each.last), None)

    @property
    def turning_days(self) -> frozenset[date]:
        """Every day on which `not_now` may return something different from the day before."""
        closures = (day for each in self.closures for day in (each.first, day_after(each.last)))
        periods = (day for each in self.periods for day in (each.apply_from, day_after(each.last)))
        return frozenset(day for day in (*closures, *periods) if day)
