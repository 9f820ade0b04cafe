"""Dated rules that concern a person: which notices stand above the first steps."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from kotoneuvo.advice.contact import Source
from kotoneuvo.advice.criteria import MET, Possible, Table, judge
from kotoneuvo.advice.facts import Text
from kotoneuvo.advice.statement import Statement

MOST = 3
"""How many notices a person gets at most."""


class Notice(NamedTuple):
    """A dated rule that concerns a person who meets `who`; shown from `valid_from` to `valid_until`.

    `review` is the day by which somebody reads the source again, `transition` says for whom the old rule still holds.
    """

    id: str
    who: Table
    text: Text
    source: Source
    review: date
    valid_from: date | None = None
    valid_until: date | None = None
    transition: Statement | None = None


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
