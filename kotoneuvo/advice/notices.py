"""Notices: dated rules that concern a person, shown above the first steps."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from kotoneuvo.advice.contact import Source
from kotoneuvo.advice.criteria import MET, Possible, Table, judge
from kotoneuvo.advice.facts import Text
from kotoneuvo.advice.statement import Statement

MOST = 3
"""The maximum number of notices shown."""


class Notice(NamedTuple):
    """A dated rule that concerns everybody who meets `who`; shown from `valid_from` to `valid_until`, both included.

    `review` is the day by which somebody must read the source again. `transition` says who is still under the old rule.
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
    """The notices that certainly concern a person, those that end soonest first, at most `MOST`.

    A notice that only may concern the person is not shown: a rule about somebody else's permit would frighten, and the
    question that would settle it is asked anyway, because services depend on it.
    """
    found = [each for each in notices if concerns(each, possible, day)]
    return tuple(sorted(found, key=lambda each: each.valid_until or date.max)[:MOST])


def concerns(notice: Notice, possible: Possible, day: date) -> bool:
    """Whether a notice certainly concerns a person on a day."""
    return (
        (notice.valid_from is None or notice.valid_from <= day)
        and (notice.valid_until is None or day <= notice.valid_until)
        and all(judge(node, possible).truth is MET for node in notice.who)
    )
