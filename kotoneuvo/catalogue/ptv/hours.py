"""Convert opening hours of PTV: into days and times if they are simple, else into words; closures into exceptions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby
from typing import NamedTuple

from kotoneuvo.advice.hours import DAYS
from kotoneuvo.advice.problems import N_
from kotoneuvo.catalogue.fields import LANGUAGES
from kotoneuvo.catalogue.ptv.codes import holidays
from kotoneuvo.catalogue.ptv.records import Record, Spec, dicts, part
from kotoneuvo.catalogue.ptv.texts import UNUSABLE, Notes, by_language, line, ours
from kotoneuvo.catalogue.ptv.v11 import ALWAYS, WEEK
from kotoneuvo.dates import WEEKDAYS, date_in_numbers, day_of

_TIME = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d")
_BOOKED = {"fi": "ajanvarauksella", "sv": "med tidsbokning", "en": "by appointment"}
_ODD = {
    "OddWeeks": {"fi": "parittomat viikot", "sv": "udda veckor", "en": "odd weeks"},
    "EvenWeeks": {"fi": "parilliset viikot", "sv": "jämna veckor", "en": "even weeks"},
}
_UNTIL = {"fi": "{day} asti", "sv": "till och med {day}", "en": "until {day}"}


class _Opening(NamedTuple):
    """Opening times on one day of the week (0 is Monday), with (language, text) pairs in `words`."""

    # Openings are sorted, and compared without their day: the day must come first, then the times.
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
    """The fields `hours` and `exceptions` of a contact point, as far as they are valid on `day` or later.

    A single weekly table without comments becomes days and times; anything else becomes words. Hours for a range of
    dates, closures and public holidays become exceptions.
    """
    found = _Reading(day, notes)
    for table in (part(record, "serviceHours") for record in records):
        for hours in dicts(table, "hours"):
            try:
                found.add(hours)
            except ValueError:
                notes.note(UNUSABLE, "hours", _written(hours))
        found.add_holidays(part(table, "holidayServiceHours"))
    return found.fields()


@dataclass
class _Reading:
    """Sorts hours into weekly tables, words (`said`), ranges of dates and exceptions."""

    day: date
    notes: Notes
    weekly: list[tuple[_Opening, ...]] = field(default_factory=list)
    said: list[Mapping[str, str]] = field(default_factory=list)
    dated: list[tuple[date, date, tuple[_Opening, ...]]] = field(default_factory=list)
    exceptions: list[Spec] = field(default_factory=list)

    def add(self, hours: Record) -> None:
        """Add one table of hours. Raises ValueError for invalid days and times."""
        first, last = _day(hours, "fromDate"), _day(hours, "toDate")
        if (last and last < self.day) or (first and not last and self.day < first):
            self.notes.note(N_("not valid today; skipped: {found}"), "hours", _written(hours))
            return
        words = [ours(part(hours, name), self.notes, "hours") for name in ("heading", "additionalInformation")]
        texts = by_language(words, ", ")
        match hours.get("type"):
            case "WeeklyUntilFurtherNoticeServiceHour" | "WeeklyDateRangeServiceHour":
                openings = _openings(hours)
                if first and last and openings and not texts:
                    self.dated.append((first, last, openings))
                elif openings and not texts and not last and all(each.plain for each in openings):
                    self.weekly.append(openings)
                elif openings or texts:
                    self.said.append(_in_words(openings, last, texts))
            case "ExceptionalDateRangeServiceHour":
                if not first:
                    raise ValueError("fromDate")
                self.exceptions.append(_exception(hours, first, last or first))
            case "ContinuousAlwaysValidServiceHour":
                self.said.append(_in_words((), last, _state(hours, ALWAYS), texts))
            case "ContinuousWeekdaysUntilFurtherNoticeServiceHour" | "ContinuousDateRangeServiceHour":
                self.said.append(_in_words((), last, _state(hours, _stretch(hours)), texts))
            case _:
                raise ValueError("type")

    def add_holidays(self, found: Record) -> None:
        """Add the hours of public holidays in the next twelve months."""
        repetition = part(found, "repetition")
        years = repetition.get("years") if repetition.get("type") == "RepetitionInSelectedYears" else None
        for each in dicts(found, "holidays"):
            name = line(each.get("holidayName"))
            for year in (self.day.year, self.day.year + 1):
                when = holidays(year).get(name)
                if when is None:
                    self.notes.note(UNUSABLE, "hours", name or "?")
                    break
                soon = self.day <= when <= self.day + timedelta(days=365)
                if soon and (not isinstance(years, list) or year in years):
                    hours = {"weeklyHours": {WEEK[when.weekday()]: {"hours": dicts(each, "hours")}}}
                    try:
                        self.exceptions.append(_exception(hours, when, when))
                    except ValueError:
                        self.notes.note(UNUSABLE, "hours", name)

    def fields(self) -> Spec:
        """The fields of a contact point."""
        for first, last, openings in self.dated:
            # Beside weekly hours, a range of dates is an exception; without them it holds today and is told in words.
            if (self.weekly or first > self.day) and all(each.plain for each in openings):
                self.exceptions.append(_dated(first, last, {"hours": _table(openings)}))
            else:
                self.said.append(_in_words(openings, last))
        words = by_language([*(_in_words(each, None) for each in self.weekly), *self.said], "; ")
        hours = _table(self.weekly[0]) if len(self.weekly) == 1 and not self.said else words
        # A channel and the connection to it often have the same closure.
        once = {repr(each): each for each in self.exceptions}
        exceptions = sorted(once.values(), key=lambda each: str(each["from"]))
        return {name: value for name, value in (("hours", hours), ("exceptions", exceptions)) if value}


def _state(hours: Record, words: Mapping[str, str]) -> dict[str, str]:
    """Words, followed by "by appointment" if one is needed."""
    return by_language((words, _BOOKED if hours.get("openingStatus") == "OpenOnReservation" else {}), ", ")


def _stretch(hours: Record) -> dict[str, str]:
    """Opening hours without a break from one day and time to another, in words: "pe 18.00 – su 12.00"."""
    ends = [(line(hours.get(f"{end}Day")).lower(), line(hours.get(f"{end}Time"))[:5]) for end in ("from", "to")]
    if not all(day in WEEK and _TIME.fullmatch(time) for day, time in ends):
        raise ValueError(str(ends))
    return {
        code: " – ".join(f"{WEEKDAYS[code][WEEK.index(day)]} {time.replace(':', '.')}" for day, time in ends)
        for code in LANGUAGES
    }


def _day(hours: Record, name: str) -> date | None:
    """The date in a field, None if it is empty. Raises ValueError for an invalid date."""
    day = day_of(line(hours.get(name))[:10])
    if day is None and hours.get(name):
        raise ValueError(name)
    return day


def _openings(hours: Record) -> tuple[_Opening, ...]:
    """The openings of a weekly table, in order. Raises ValueError for invalid days and times."""
    found = []
    for name, hour in _week(hours):
        # PTV has midnight as 24:00 and as 00:00.
        opens, closes = (line(hour.get(end))[:5].replace("24:00", "00:00") for end in ("start", "end"))
        status, weeks = line(hour.get("openingStatus")), line(hour.get("repetition"))
        day = WEEK.index(name)
        if status == "Closed":
            continue
        if opens + closes and not (_TIME.fullmatch(opens) and _TIME.fullmatch(closes)):
            raise ValueError(name)
        said = {code: line(text) for code, text in part(hour, "additionalInformation").items()}
        beside = tuple((code, said[code]) for code in LANGUAGES if said.get(code))
        found.append(
            _Opening(day, opens, closes, status == "OpenOnReservation", weeks if weeks in _ODD else "", beside)
        )
    return tuple(sorted(found))


def _week(hours: Record) -> Iterator[tuple[str, Record]]:
    """Every item of a weekly table, with PTV's name of its day."""
    for name, each in part(hours, "weeklyHours").items():
        yield from ((name, hour) for hour in (dicts(each, "hours") if isinstance(each, dict) else ()))


def _table(openings: Iterable[_Opening]) -> str:
    """ "Mo-Th 09:00-16:00, Fr 09:00-12:00, 13:00-15:00"."""
    times: dict[int, list[str]] = {}
    for each in openings:
        end = "24:00" if each.closes == "00:00" else each.closes
        # PTV writes a whole day as the same time twice.
        times.setdefault(each.day, []).append("00:00-24:00" if each.opens == each.closes else f"{each.opens}-{end}")
    return ", ".join(f"{'-'.join(DAYS[day] for day in ends)} {', '.join(times[ends[0]])}" for ends in _runs(times))


def _runs(times: Mapping[int, object]) -> Iterator[tuple[int, ...]]:
    """The first and last day of each run of days with the same hours; a single day by itself."""
    for _, run in groupby(enumerate(sorted(times)), lambda each: (each[1] - each[0], times[each[1]])):
        days = [day for _, day in run]
        yield tuple(dict.fromkeys((days[0], days[-1])))


def _in_words(openings: Iterable[_Opening], end: date | None, *texts: Mapping[str, str]) -> dict[str, str]:
    """Hours, texts about them and their last day, in every language that has any."""
    by_day: dict[int, list[_Opening]] = {}
    for each in openings:
        by_day.setdefault(each.day, []).append(each)
    runs = list(_runs({day: [each[1:] for each in listed] for day, listed in by_day.items()}))
    found: dict[str, str] = {}
    for code in LANGUAGES:
        parts = [f"{'–'.join(WEEKDAYS[code][day] for day in ends)} {_times(by_day[ends[0]], code)}".strip()
                 for ends in runs]  # fmt: skip
        parts += [each[code] for each in texts if code in each]
        if parts:
            until = f" ({_UNTIL[code].format(day=date_in_numbers(end))})" if end else ""
            found[code] = ", ".join(parts) + until
    return found


def _times(openings: Iterable[_Opening], code: str) -> str:
    """The times of one day in one language, each with its comments."""
    times = []
    for each in openings:
        span = f"{each.opens.replace(':', '.')}–{each.closes.replace(':', '.')}" if each.opens else ""
        beside = [_ODD[each.weeks][code]] if each.weeks else []
        beside += [_BOOKED[code]] if each.booked else []
        beside += [text for language, text in each.words if language == code]
        times.append(f"{span} ({', '.join(beside)})".strip() if beside else span)
    return ", ".join(times)


def _exception(hours: Record, first: date, last: date) -> Spec:
    """An exception: closed, or open at other times. Raises ValueError for invalid days and times."""
    openings = [each for each in _openings(hours) if each.opens]
    days = {(first.weekday() + ahead) % 7 for ahead in range(min((last - first).days, 6) + 1)}
    if openings and days.isdisjoint(each.day for each in openings):
        raise ValueError("other days")
    return _dated(first, last, {"hours": _table(openings)} if openings else {"closed": True})


def _dated(first: date, last: date, state: Spec) -> Spec:
    return {"from": first.isoformat(), **({"until": last.isoformat()} if last > first else {}), **state}


def _written(hours: Record) -> str:
    """The texts of hours that cannot be used, for the note about them."""
    period = [line(hours.get(name))[:10] for name in ("fromDate", "toDate")]
    parts = [line(hours.get("type")), "–".join(period) if any(period) else ""]
    for name, hour in _week(hours):
        parts += [line(name), "–".join(filter(None, (line(hour.get(end))[:5] for end in ("start", "end"))))]
    parts += [line(text) for name in ("heading", "additionalInformation") for text in part(hours, name).values()]
    return " ".join(filter(None, parts)) or "?"
