"""PTV opening hours in words: "ma–pe 8.00–16.00"."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from kotoneuvo.catalogue.fields import LANGUAGES
from kotoneuvo.catalogue.ptv.records import Record, dicts

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_USUAL = ("DaysOfTheWeek", "Standard")
_ALWAYS = {"fi": "aina auki", "sv": "alltid öppet", "en": "always open"}
_BOOKED = {"fi": "ajanvarauksella", "sv": "med tidsbokning", "en": "by appointment"}


def usual_hours(record: Record) -> list[Mapping[str, str]]:
    """The usual hours that hold until further notice; exceptions of single days are left out, for they grow old."""
    found: list[Mapping[str, str]] = []
    for hours in dicts(record, "serviceHours"):
        if hours.get("serviceHourType") not in _USUAL or hours.get("isClosed") or hours.get("validTo"):
            continue
        texts = {language: _said(hours, language) for language in LANGUAGES}
        if all(texts.values()):
            found.append(texts)
    return found


def _said(hours: Record, language: str) -> str:
    parts = (
        [_ALWAYS[language]] if hours.get("isAlwaysOpen") else [_stretch(each, language) for each in _openings(hours)]
    )
    if hours.get("isReservation"):
        parts.append(_BOOKED[language])
    told = [each for each in dicts(hours, "additionalInformation") if each.get("language") == language]
    own = [" ".join(str(each.get("value") or "").split()) for each in told]
    return ", ".join([part for part in (*parts, *own) if part])


def _openings(hours: Record) -> list[tuple[str, str, str, str]]:
    """First and last day, from, to; days with the same hours that follow one another drawn together."""
    drawn: list[tuple[str, str, str, str]] = []
    for each in dicts(hours, "openingHour"):
        first, last = str(each.get("dayFrom") or ""), str(each.get("dayTo") or each.get("dayFrom") or "")
        start, end = str(each.get("from") or "")[:5], str(each.get("to") or "")[:5]
        if first not in _DAYS or last not in _DAYS:
            continue
        if drawn and drawn[-1][2:] == (start, end) and _DAYS.index(first) == _DAYS.index(drawn[-1][1]) + 1:
            drawn[-1] = (drawn[-1][0], last, start, end)
        else:
            drawn.append((first, last, start, end))
    return drawn


def _stretch(opening: tuple[str, str, str, str], language: str) -> str:
    first, last, start, end = opening
    names = _names(language)
    days = names[first] if first == last else f"{names[first]}–{names[last]}"
    return f"{days} {start.replace(':', '.')}–{end.replace(':', '.')}" if start and end else days


@cache
def _names(language: str) -> Mapping[str, str]:
    """Short names of the days (CLDR)."""
    from babel.dates import get_day_names

    names = get_day_names("abbreviated", context="stand-alone", locale=language)
    return {day: names[place] for place, day in enumerate(_DAYS)}
