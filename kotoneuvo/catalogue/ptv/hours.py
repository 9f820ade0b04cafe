"""PTV opening hours in words: "ma–pe 8.00–16.00"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from kotoneuvo.advice.problems import N_
from kotoneuvo.catalogue.field_reader import day_of
from kotoneuvo.catalogue.fields import LANGUAGES
from kotoneuvo.catalogue.ptv.notes import UNUSABLE, Notes
from kotoneuvo.catalogue.ptv.records import Record, dicts
from kotoneuvo.catalogue.ptv.texts import line, texts
from kotoneuvo.dates import WEEKDAYS, date_in_numbers

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_USUAL = ("DaysOfTheWeek", "Standard")
_SINGLE = ("Exceptional", "Exception")
_TIME = re.compile(r"[0-2]\d:[0-5]\d")
_ALWAYS = {"fi": "aina auki", "sv": "alltid öppet", "en": "always open"}
_CLOSED = {"fi": "suljettu", "sv": "stängt", "en": "closed"}
_BOOKED = {"fi": "ajanvarauksella", "sv": "med tidsbokning", "en": "by appointment"}
_UNTIL = {"fi": "{day} asti", "sv": "till och med {day}", "en": "until {day}"}


def usual_hours(record: Record, day: date, notes: Notes) -> list[Mapping[str, str]]:
    """The usual hours that hold on a day, with the day of their end; exceptions of single days grow old too soon."""
    found: list[Mapping[str, str]] = []
    for hours in dicts(record, "serviceHours"):
        try:
            start, end = _day(hours, "validFrom"), _day(hours, "validTo")
            said = _said(hours, end, notes)
        except ValueError:
            notes.note(UNUSABLE, "schedules", _written(hours))
            continue
        if hours.get("serviceHourType") in _SINGLE:
            notes.note(N_("only for single days, left out: {found}"), "schedules", _written(hours))
        elif hours.get("serviceHourType") not in _USUAL:
            notes.note(UNUSABLE, "schedules", _written(hours))
        elif (start and day < start) or (end and end < day):
            notes.note(N_("does not hold today, left out: {found}"), "schedules", _written(hours))
        elif said:
            found.append(said)
    return found


def _day(hours: Record, name: str) -> date | None:
    """The first or last day, if there is one. Raises ValueError for what is none."""
    if not hours.get(name):
        return None
    day = day_of(line(hours[name])[:10])
    if day is None:
        raise ValueError(name)
    return day


def _said(hours: Record, end: date | None, notes: Notes) -> dict[str, str]:
    """The hours in each language that has words. Raises ValueError for days and times that are none."""
    openings = [] if hours.get("isClosed") or hours.get("isAlwaysOpen") else _openings(hours)
    own = texts(hours, "additionalInformation", notes, "schedules")
    found: dict[str, str] = {}
    for language in LANGUAGES:
        parts = [_stretch(each, language) for each in openings]
        parts += [_CLOSED[language]] if hours.get("isClosed") else []
        parts += [_ALWAYS[language]] if hours.get("isAlwaysOpen") and not hours.get("isClosed") else []
        parts += [_BOOKED[language]] if hours.get("isReservation") else []
        parts += [own[language]] if language in own else []
        if parts:
            until = f" ({_UNTIL[language].format(day=date_in_numbers(end))})" if end else ""
            found[language] = ", ".join(parts) + until
    return found


def _openings(hours: Record) -> list[tuple[str, str, str, str]]:
    """First and last day, from, to; days with the same hours that follow one another drawn together.

    Raises ValueError for days and times that are none.
    """
    drawn: list[tuple[str, str, str, str]] = []
    for each in dicts(hours, "openingHour"):
        first = line(each.get("dayFrom"))
        last, start, end = line(each.get("dayTo")) or first, line(each.get("from"))[:5], line(each.get("to"))[:5]
        if first not in _DAYS or last not in _DAYS or not (start == end == "" or _are_times(start, end)):
            raise ValueError(first)
        if drawn and drawn[-1][2:] == (start, end) and _DAYS.index(first) == _DAYS.index(drawn[-1][1]) + 1:
            drawn[-1] = (drawn[-1][0], last, start, end)
        else:
            drawn.append((first, last, start, end))
    return drawn


def _are_times(*found: str) -> bool:
    return all(_TIME.fullmatch(each) for each in found)


def _stretch(opening: tuple[str, str, str, str], language: str) -> str:
    first, last, start, end = opening
    names = dict(zip(_DAYS, WEEKDAYS[language], strict=True))
    days = names[first] if first == last else f"{names[first]}–{names[last]}"
    return f"{days} {start.replace(':', '.')}–{end.replace(':', '.')}" if start and end else days


def _written(hours: Record) -> str:
    """The hours as PTV has them, for a person to look at."""
    period = [line(hours.get(name))[:10] for name in ("validFrom", "validTo")]
    parts = [line(hours.get("serviceHourType")), "–".join(period) if any(period) else ""]
    for each in dicts(hours, "openingHour"):
        days, times = ([line(each.get(name)) for name in names] for names in (("dayFrom", "dayTo"), ("from", "to")))
        parts += ["–".join(filter(None, days)), "–".join(time[:5] for time in times if time)]
    parts += [line(each.get("value")) for each in dicts(hours, "additionalInformation")]
    return " ".join(filter(None, parts)) or "?"
