"""What a step means for a person, and when it takes people in: said by sources, with the day of each.

Nothing here decides who may go: a door that is shut today is told as such, apart from the verdict.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import NamedTuple

from kotoneuvo.advice.facts import NO_TEXT, Text
from kotoneuvo.advice.hours import Closure

STATEMENTS = ("participation", "benefits", "permit", "referral", "refusal")
"""The fields of a service that say what it means for a person."""


class Statement(NamedTuple):
    """What a source says of one matter, in parts (most have only "text").

    `source` is its key, `page` its address, `dated` its date as it is written. `duty` is a word of the closed list.
    `looked`: no source says it; the day on which somebody looked for one.
    """

    parts: Mapping[str, Text]
    source: str = ""
    page: str = ""
    dated: str = ""
    duty: str = ""
    looked: date | None = None


class Period(NamedTuple):
    """One intake: from when and until when (that day included) to apply, when it starts and ends."""

    apply_from: date | None = None
    apply_by: date | None = None
    starts: date | None = None
    ends: date | None = None

    @property
    def last(self) -> date:
        """The last day on which one may still apply."""
        return self.apply_by or self.starts or self.ends or date.max


class NotNow(NamedTuple):
    """A door that is shut on a day; `opens` is the day on which it opens again, where that is known."""

    opens: date | None


class Intake(NamedTuple):
    """When a service takes people in (HSDS schedule and service_capacity).

    `continuous`: one may apply outside the periods too. `wait` is how long one waits, as the source of `dated` says.
    """

    periods: tuple[Period, ...] = ()
    closures: tuple[Closure, ...] = ()
    continuous: bool = False
    by_appointment: bool = False
    wait: Text = NO_TEXT
    source: str = ""
    dated: str = ""

    def not_now(self, day: date) -> NotNow | None:
        """Whether nobody is taken in on a day; None: one may apply or come."""
        for closure in self.closures:
            if closure.first <= day <= closure.last and not closure.hours:
                return NotNow(closure.last + timedelta(1))
        if not self.periods or self.continuous or self.period(day):
            return None
        opens = [each.apply_from for each in self.periods if each.apply_from and each.apply_from > day]
        # After the last period that is known nobody knows when the next one opens.
        return NotNow(min(opens, default=None))

    def period(self, day: date) -> Period | None:
        """The intake to which one may apply on a day."""
        return next((each for each in self.periods if (each.apply_from or day) <= day <= each.last), None)

    @property
    def turning_days(self) -> frozenset[date]:
        """Every day on which `not_now` may say something else than on the day before."""
        closures = (day for each in self.closures for day in (each.first, day_after(each.last)))
        periods = (day for each in self.periods for day in (each.apply_from, day_after(each.last)))
        return frozenset(day for day in (*closures, *periods) if day)


def day_after(day: date) -> date:
    """The first day on which what lasts until `day` has ended; the last day that there is has none after it."""
    return day if day == date.max else day + timedelta(1)
