"""PTV opening hours as the catalogue has them: a table of days and times where they are plain, else words; closures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from kotoneuvo.advice.hours import DAYS
from kotoneuvo.advice.problems import N_
from kotoneuvo.catalogue.field_reader import day_of
from kotoneuvo.catalogue.fields import LANGUAGES
from kotoneuvo.catalogue.ptv.holidays import holidays
from kotoneuvo.catalogue.ptv.notes import UNUSABLE, Notes
from kotoneuvo.catalogue.ptv.records import Record, dicts, part
from kotoneuvo.catalogue.ptv.texts import line, ours
from kotoneuvo.catalogue.ptv.v11 import ALWAYS
from kotoneuvo.dates import WEEKDAYS, date_in_numbers

_WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_TIME = re.compile(r"[0-2]\d:[0-5]\d")
_BOOKED = {"fi": "ajanvarauksella", "sv": "med tidsbokning", "en": "by appointment"}
_ODD = {
    "OddWeeks": {"fi": "parittomat viikot", "sv": "udda veckor", "en": "odd weeks"},
    "EvenWeeks": {"fi": "parilliset viikot", "sv": "jämna veckor", "en": "even weeks"},
}
_UNTIL = {"fi": "{day} asti", "sv": "till och med {day}", "en": "until {day}"}
_PAST = N_("not valid today; skipped: {found}")

Spec = dict[str, Any]


class _Opening(NamedTuple):
    """Open on one day of the week; `words` are those beside it, in each language."""

    day: int
    opens: str
    closes: str
    booked: bool
    weeks: str
    words: tuple[tuple[str, str], ...]

    @property
    def plain(self) -> bool:
        return not (self.booked or self.weeks or self.words)


def hours_of(records: Iterable[Record], day: date, notes: Notes) -> Spec:
    """`hours` and `exceptions` of a contact point; neither where PTV says nothing that holds on a day or later.

    One table for every week without a word beside it is given as such, all else in words. Hours for a range of dates,
    closures and public holidays become exceptions with their dates.
    """
    weekly: list[tuple[_Opening, ...]] = []
    said: list[Mapping[str, str]] = []
    dated: list[tuple[date, date, Record]] = []
    exceptions: list[Spec] = []
    for found in (part(record, "serviceHours") for record in records):
        for hours in dicts(found, "hours"):
            try:
                _sort_in(hours, day, notes, (weekly, said, dated, exceptions))
            except ValueError:
                notes.note(UNUSABLE, "hours", _written(hours))
        exceptions += _holidays(part(found, "holidayServiceHours"), day, notes)
    for first, last, hours in dated:
        openings = _openings(hours)
        if first <= day and not weekly:
            said.append(_in_words(openings, _texts(hours, notes), last))
        elif openings and all(each.plain for each in openings):
            exceptions.append({**_dates(first, last), "hours": _table(openings)})
        else:
            said.append(_in_words(openings, _texts(hours, notes), last))
    return _as_fields(weekly, said, exceptions)


def _as_fields(weekly: list[tuple[_Opening, ...]], said: list[Mapping[str, str]], exceptions: list[Spec]) -> Spec:
    found: Spec = {}
    if len(weekly) == 1 and not said:
        found["hours"] = _table(weekly[0])
    else:
        listed = [*(_in_words(each, {}, None) for each in weekly), *said]
        texts = {code: "; ".join(each[code] for each in listed if code in each) for code in LANGUAGES}
        if any(texts.values()):
            found["hours"] = {code: text for code, text in texts.items() if text}
    if exceptions:
        once = {repr(each): each for each in exceptions}
        found["exceptions"] = sorted(once.values(), key=lambda each: str(each["from"]))
    return found


def _sort_in(
    hours: Record,
    day: date,
    notes: Notes,
    places: tuple[list[tuple[_Opening, ...]], list[Mapping[str, str]], list[tuple[date, date, Record]], list[Spec]],
) -> None:
    """One table of hours to where it belongs. Raises ValueError for days and times that are none."""
    weekly, said, dated, exceptions = places
    first, last = _day(hours, "fromDate"), _day(hours, "toDate")
    if (last and last < day) or (first and not last and day < first):
        notes.note(_PAST, "hours", _written(hours))
        return
    texts = _texts(hours, notes)
    match hours.get("type"):
        case "WeeklyUntilFurtherNoticeServiceHour" | "WeeklyDateRangeServiceHour":
            openings = _openings(hours)
            if first and last and openings and not texts:
                dated.append((first, last, hours))
            elif openings and not texts and not last and all(each.plain for each in openings):
                weekly.append(openings)
            elif openings or texts:
                said.append(_in_words(openings, texts, last))
        case "ExceptionalDateRangeServiceHour":
            if not first:
                raise ValueError("fromDate")
            exceptions.append(_exception(hours, first, last or first))
        case "ContinuousAlwaysValidServiceHour":
            said.append(_in_words((), texts, last, _state(hours, ALWAYS)))
        case "ContinuousWeekdaysUntilFurtherNoticeServiceHour" | "ContinuousDateRangeServiceHour":
            said.append(_in_words((), texts, last, _state(hours, _stretch(hours))))
        case _:
            notes.note(UNUSABLE, "hours", _written(hours))


def _state(hours: Record, words: Mapping[str, str]) -> Mapping[str, str]:
    """Words, with those of an appointment where one is needed."""
    booked = hours.get("openingStatus") == "OpenOnReservation"
    return {code: f"{text}, {_BOOKED[code]}" if booked else text for code, text in words.items()}


def _stretch(hours: Record) -> dict[str, str]:
    """Open without a break from one day and time to another: "pe 18.00 – su 12.00"."""
    ends = [(line(hours.get(f"{end}Day")).lower(), line(hours.get(f"{end}Time"))[:5]) for end in ("from", "to")]
    if not all(day in _WEEK and _TIME.fullmatch(time) for day, time in ends):
        raise ValueError(str(ends))
    return {
        code: " – ".join(f"{WEEKDAYS[code][_WEEK.index(day)]} {time.replace(':', '.')}" for day, time in ends)
        for code in LANGUAGES
    }


def _day(hours: Record, name: str) -> date | None:
    """The first or last day, if there is one. Raises ValueError for what is none."""
    if not hours.get(name):
        return None
    day = day_of(line(hours[name])[:10])
    if day is None:
        raise ValueError(name)
    return day


def _texts(hours: Record, notes: Notes) -> dict[str, str]:
    """The heading and what else is said of a table."""
    parts = [ours(part(hours, name), notes, "hours") for name in ("heading", "additionalInformation")]
    return {code: ", ".join(filter(None, (each.get(code) for each in parts))) for code in LANGUAGES
            if any(code in each for each in parts)}  # fmt: skip


def _openings(hours: Record) -> tuple[_Opening, ...]:
    """The hours of a week on which it is open, day by day. Raises ValueError for what is none."""
    found = []
    for name, each in part(hours, "weeklyHours").items():
        if name not in _WEEK:
            raise ValueError(name)
        for hour in dicts(each, "hours") if isinstance(each, dict) else ():
            times = [line(hour.get(end))[:5] for end in ("start", "end")]
            if hour.get("openingStatus") == "Closed":
                continue
            if not (times == ["", ""] or all(_TIME.fullmatch(time) for time in times)):
                raise ValueError(name)
            words = {code: line(text) for code, text in part(hour, "additionalInformation").items()}
            found.append(_Opening(
                _WEEK.index(name), times[0], times[1], hour.get("openingStatus") == "OpenOnReservation",
                str(hour.get("repetition")) if hour.get("repetition") in _ODD else "",
                tuple((code, words[code]) for code in LANGUAGES if words.get(code)),
            ))  # fmt: skip
    return tuple(sorted(found))


def _table(openings: Iterable[_Opening]) -> str:
    """ "Mo-Th 09:00-16:00, Fr 09:00-12:00, 13:00-15:00"."""
    times: dict[int, list[str]] = {}
    for each in openings:
        end = "24:00" if each.closes == "00:00" else each.closes
        whole = each.opens == each.closes
        times.setdefault(each.day, []).append("00:00-24:00" if whole else f"{each.opens}-{end}")
    parts = []
    for first, last in _runs(times):
        days = DAYS[first] if first == last else f"{DAYS[first]}-{DAYS[last]}"
        parts.append(f"{days} {', '.join(times[first])}")
    return ", ".join(parts)


def _runs(times: Mapping[int, object]) -> Iterator[tuple[int, int]]:
    """First and last of the days that follow one another with the same hours."""
    days = sorted(times)
    start = 0
    for place, day in enumerate(days):
        following = days[place + 1] if place + 1 < len(days) else None
        if following != day + 1 or times[following] != times[day]:
            yield days[start], day
            start = place + 1


def _in_words(
    openings: Iterable[_Opening],
    texts: Mapping[str, str],
    end: date | None,
    state: Mapping[str, str] | None = None,
) -> dict[str, str]:
    """Hours in each language that has words."""
    by_day: dict[int, list[_Opening]] = {}
    for each in openings:
        by_day.setdefault(each.day, []).append(each)
    alike = {day: [each[1:] for each in listed] for day, listed in by_day.items()}
    found: dict[str, str] = {}
    for code in LANGUAGES:
        parts = [_days(first, last, by_day[first], code) for first, last in _runs(alike)]
        parts += [state[code]] if state else []
        parts += [texts[code]] if code in texts else []
        if parts:
            until = f" ({_UNTIL[code].format(day=date_in_numbers(end))})" if end else ""
            found[code] = ", ".join(parts) + until
    return found


def _days(first: int, last: int, openings: list[_Opening], code: str) -> str:
    names = WEEKDAYS[code]
    days = names[first] if first == last else f"{names[first]}–{names[last]}"
    times = []
    for each in openings:
        span = f"{each.opens.replace(':', '.')}–{each.closes.replace(':', '.')}" if each.opens else ""
        beside = [_ODD[each.weeks][code]] if each.weeks else []
        beside += [_BOOKED[code]] if each.booked else []
        beside += [text for language, text in each.words if language == code]
        times.append(f"{span} ({', '.join(beside)})".strip() if beside else span)
    return f"{days} {', '.join(times)}".strip()


def _exception(hours: Record, first: date, last: date) -> Spec:
    """Closed from one day to another, or open at other times. Raises ValueError for days and times that are none."""
    openings = [each for each in _openings(hours) if each.opens]
    days = {(first.weekday() + ahead) % 7 for ahead in range(min((last - first).days, 6) + 1)}
    if openings and days.isdisjoint(each.day for each in openings):
        raise ValueError("other days")
    state = {"hours": _table(openings)} if openings else {"closed": True}
    return {**_dates(first, last), **state}


def _dates(first: date, last: date) -> Spec:
    return {"from": first.isoformat(), **({"until": last.isoformat()} if last > first else {})}


def _holidays(found: Record, day: date, notes: Notes) -> Iterator[Spec]:
    """The public holidays of the next twelve months with hours of their own."""
    repetition = part(found, "repetition")
    years = repetition.get("years") if repetition.get("type") == "RepetitionInSelectedYears" else None
    until = day + timedelta(days=365)
    for each in dicts(found, "holidays"):
        name = line(each.get("holidayName"))
        for year in (day.year, day.year + 1):
            when = holidays(year).get(name)
            if when is None:
                notes.note(UNUSABLE, "hours", name or "?")
                break
            if day <= when <= until and (not isinstance(years, list) or year in years):
                hours = {"weeklyHours": {_WEEK[when.weekday()]: {"hours": dicts(each, "hours")}}}
                try:
                    yield _exception(hours, when, when)
                except ValueError:
                    notes.note(UNUSABLE, "hours", name)


def _written(hours: Record) -> str:
    """The hours as PTV has them, for a person to look at."""
    period = [line(hours.get(name))[:10] for name in ("fromDate", "toDate")]
    parts = [line(hours.get("type")), "–".join(period) if any(period) else ""]
    for name, each in part(hours, "weeklyHours").items():
        for hour in dicts(each, "hours") if isinstance(each, dict) else ():
            parts += [line(name), "–".join(filter(None, (line(hour.get(end))[:5] for end in ("start", "end"))))]
    parts += [line(text) for name in ("heading", "additionalInformation") for text in part(hours, name).values()]
    return " ".join(filter(None, parts)) or "?"
