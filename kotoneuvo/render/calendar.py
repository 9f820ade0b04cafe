"""The days on which the advice changes, in words and as a calendar file: deadlines, openings, laws to check."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from importlib.util import find_spec
from typing import NamedTuple
from uuid import NAMESPACE_URL, uuid5

from kotoneuvo.advice.calendar import Change, State, joined
from kotoneuvo.advice.disclosure import held_back
from kotoneuvo.advice.problems import N_, InputProblems, Problem
from kotoneuvo.advice.report import Report
from kotoneuvo.dates import date_in_numbers
from kotoneuvo.render.meaning import intake_text
from kotoneuvo.words import Words

_ENDS = N_("{services}: until {when}; ask by {day}")
_MAY_END = N_("{services}: not sure after {when}; ask by {day}")
_ENDS_SOMETIME = N_("{services}: may end any day: ask now (at the latest {last})")
_MAY_END_SOON = N_("{services}: may end any day: ask now")
_SURE = N_("{services}: fits from {when}")
_OPENS = N_("{services}: opens {when}")
_OPENS_SOMETIME = N_("{services}: opens at the latest {last}, perhaps sooner")
_MAY_OPEN = N_("{services}: may open {when}")
_CLOSES = N_("{services}: closes; apply by {day}")
_CHECK = N_("{when}: the law may have changed, ask again: {services}")
_DEADLINES = (_ENDS, _MAY_END, _ENDS_SOMETIME, _MAY_END_SOON, _CLOSES)
_SOON = 40
"""In days: a change that may come on any of so many days is dated by the month in which they end."""


class Ahead(NamedTuple):
    """A change in words. `day` is the last day to ask, or the first of the new state; `check`: a law may change."""

    day: date
    text: str
    check: bool = False


def ahead_texts(report: Report, words: Words, name: Callable[[str], str], *, checks: bool = True) -> list[str]:
    """Return what is shut today, then each change on a line, the soonest first; with `checks`, then laws to check.

    `name` returns the name of a service by its id. Services that share a change share its line.
    """
    services = report.catalogue.services
    intakes = [(service_id, services[service_id].intake) for service_id in report.not_now]
    shut = [f"{name(each)}: {intake_text(intake, words, report.as_of)}" for each, intake in intakes if intake]
    found = sorted(ahead(report, words, name), key=lambda each: each.check)
    return [*shut, *(each.text for each in found if checks or not each.check)]


def ahead(
    report: Report, words: Words, name: Callable[[str], str], without: frozenset[str] = frozenset()
) -> list[Ahead]:
    """Return every change, the soonest first, without the services and notices whose ids are in `without`."""
    grouped: dict[tuple[str, date, date], list[str]] = {}
    notices = {each.id: each for each in report.catalogue.notices}
    found: list[tuple[date, Ahead]] = []
    for change in joined(report.changes_on):
        if change.id in without:
            continue
        notice = notices.get(change.id)
        if notice is None:
            if message := _message(change, report.as_of):
                grouped.setdefault((message, change.first, change.day), []).append(name(change.id))
        elif change.review:
            grouped.setdefault((_CHECK, change.first, change.day), [])
        elif change.after is State.SHOWN:
            text = f"{_when(change.first, change.day)}: {words.pick(notice.text)}"
            found.append((change.first, Ahead(change.day, text)))
    for (message, first, last), services in grouped.items():
        before = first - timedelta(1)
        text = words.gettext(message).format(
            services=", ".join(services) or words.gettext("the rules above"),
            # "Until" names the last day of the old state, all other messages the first day of the new one.
            when=_when(before, before) if message in (_ENDS, _MAY_END) and first == last else _when(first, last),
            day=date_in_numbers(before),
            last=date_in_numbers(last),
        )
        day = before if message in _DEADLINES else last
        # Asking may still help after a deadline, so one that has passed is shown as today's.
        found.append((first, Ahead(max(day, report.as_of), text, message is _CHECK)))
    return [each for _, each in sorted(found, key=lambda line: line[0])]


def render_ics(report: Report, words: Words) -> bytes:
    """Return a calendar file (iCalendar, RFC 5545) with an all-day event for each change.

    Other people see a calendar, so it leaves out what the handout leaves out because it reveals something about the
    client. Raises InputProblems if the extra `calendar` is not installed.
    """
    if find_spec("icalendar") is None:
        message = N_("a calendar file needs a further package: pip install 'kotoneuvo[calendar]'")
        raise InputProblems([Problem(message)])
    from icalendar import Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", "-//kotoneuvo//kotoneuvo//EN")
    calendar.add("version", "2.0")
    services = report.catalogue.services
    telling = frozenset(held_back(report, {each.id for each in report.changes_on}))
    for each in ahead(report, words, lambda service_id: words.pick(services[service_id].name), telling):
        event = Event()
        event.add("uid", str(uuid5(NAMESPACE_URL, f"kotoneuvo {each.day} {each.text}")))
        # The day of the advice and not the clock's, so that the same advice gives the same file.
        event.add("dtstamp", datetime.combine(report.as_of, time(), UTC))
        event.add("dtstart", each.day)
        event.add("summary", each.text)
        # Shown as free time, so that a deadline does not block appointments on that day.
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _message(change: Change, today: date) -> str:
    """Return the message for a change of a service; "" for a change that makes no difference to the person."""
    if change.review:
        return _CHECK
    sometime = change.day - change.first > timedelta(_SOON) and change.first - today < timedelta(_SOON)
    match change.before, change.after:
        case _, State.NO:
            return _ENDS_SOMETIME if sometime else _ENDS
        case State.FITS, State.MAY_FIT:
            return _MAY_END_SOON if change.any_day(today) else _MAY_END
        case State.MAY_FIT, State.FITS:
            return _SURE
        case State.NO, State.FITS:
            return _OPENS_SOMETIME if sometime else _OPENS
        case State.NO, State.MAY_FIT:
            return _MAY_OPEN
        case State.NOT_NOW, _:
            return _OPENS
        case _, State.NOT_NOW:
            return _CLOSES
    return ""


def _when(first: date, last: date) -> str:
    """Write the day, the month of `last` if both days are close together, or else both days."""
    if first == last:
        return date_in_numbers(first)
    if last - first <= timedelta(_SOON):
        return f"{last.month}/{last.year}"
    return f"{date_in_numbers(first)}–{date_in_numbers(last)}"
