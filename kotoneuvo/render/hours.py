"""Opening hours in any language, with our own day names for some languages and CLDR's for the others."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING

from kotoneuvo.advice.hours import Closure, Span, door_at
from kotoneuvo.dates import WEEKDAYS
from kotoneuvo.words import Words

if TYPE_CHECKING:
    from babel import Locale


def hours_text(spans: Iterable[Span], locale: Locale) -> str:
    """Return hours on one line: "ma–to 9–16, pe 10–15.30"."""
    return ", ".join(f"{days} {times}" for days, times in hours_rows(spans, locale))


def hours_rows(spans: Iterable[Span], locale: Locale) -> list[tuple[str, str]]:
    """Return hours as rows of days and times: ("ma–to", "9–16"), ("pe", "10–15.30")."""
    rows: dict[tuple[int, ...], list[str]] = {}
    for span in spans:
        rows.setdefault(span.days, []).append(f"{_time(span.opens, locale)}–{_time(span.closes, locale)}")
    return [(_days(days, str(locale)), ", ".join(times)) for days, times in rows.items()]


def open_now(spans: Iterable[Span], exceptions: Iterable[Closure], moment: datetime, words: Words) -> str:
    """Say whether a place is open at a moment, until when, or when it opens next; for screens, never for paper."""
    spans, exceptions, _ = tuple(spans), tuple(exceptions), words.gettext
    found = door_at(spans, exceptions, moment)
    if found.until is None:
        return _("closed now")
    if found.open and door_at(spans, exceptions, found.until).open:
        # A place that never closes has hours that end at midnight and begin again.
        return _("open now")
    when = _time(found.until.hour * 60 + found.until.minute or (24 * 60 if found.open else 0), words.locale)
    if found.open:
        return _("open now, until {time}").format(time=when)
    if found.until.date() != moment.date():
        when = f"{_days((found.until.weekday(),), str(words.locale))} {when}"
    return _("closed now, opens {time}").format(time=when)


@cache
def _days(days: tuple[int, ...], locale: str) -> str:
    from babel import Locale  # imported late: JSON has no hours in words, and babel takes a third of its start

    known = Locale.parse(locale)
    names = WEEKDAYS.get(known.language) or known.days["stand-alone"]["abbreviated"]
    # Consecutive days have the same difference to their position, so they form one group.
    runs = groupby(enumerate(sorted(days)), lambda each: each[1] - each[0])
    ends = ([run[0][1], run[-1][1]] for run in (list(run) for _, run in runs))
    return ", ".join("–".join(str(names[day]) for day in dict.fromkeys(pair)) for pair in ends)


def _time(minutes: int, locale: Locale) -> str:
    """Return "9" or "9.30" by the 24-hour clock, as on Finnish doors, with the separator of the language."""
    hour, minute = divmod(minutes, 60)
    between = "." if "H.mm" in str(locale.time_formats["short"].pattern) else ":"
    return f"{hour}{between}{minute:02d}" if minute else str(hour)
