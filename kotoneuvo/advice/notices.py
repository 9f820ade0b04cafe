"""Dated rules that concern a person: which notices stand above the first steps."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from kotoneuvo.advice.criteria import Possible, judge
from kotoneuvo.advice.service import Notice
from kotoneuvo.advice.truth import MET

MOST = 3
"""How many notices a person gets at most."""


def matching_notices(notices: Iterable[Notice], possible: Possible, day: date) -> tuple[Notice, ...]:
    """The notices that surely concern a person, those that end soonest first, at most `MOST`.

    One that only may concern the person is not shown: a rule about somebody else's permit frightens, and the question
    that would settle it is asked for the sake of services anyway.
    """
    found = [each for each in notices if concerns(each, possible, day)]
    return tuple(sorted(found, key=lambda each: each.valid_until or date.max)[:MOST])


def concerns(notice: Notice, possible: Possible, day: date) -> bool:
    """Whether a notice surely concerns a person on a day."""
    return (
        (notice.valid_from is None or notice.valid_from <= day)
        and (notice.valid_until is None or day <= notice.valid_until)
        and all(judge(node, possible).truth is MET for node in notice.who)
    )
