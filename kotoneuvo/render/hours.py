"""Opening hours in any language: day names and the way to write a time (CLDR, and our own names of days)."""

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
    """Hours on one line: "ma–to 9–16, pe 10–15.30"."""
    return ", ".join(f"{days} {times}" for days, times in hours_rows(spans, locale))


def hours_rows(spans: Iterable[Span], locale: Locale) -> list[tuple[str, str]]:
    """Hours as rows of a table, days and times apart: ("ma–to", "9–16"), ("pe", "10–15.30")."""
    rows: dict[tuple[int, ...], list[str]] = {}
    for span in spans:
        rows.setdefault(span.days, []).append(f"{_time(span.opens, locale)}–{_time(span.closes, locale)}")
    return [(_days(days, str(locale)), ", ".join(times)) for days, times in rows.items()]


def open_now(spans: Iterable[Span], exceptions: Iterable[Closure], moment: datetime, words: Words) -> str:
    """Whether a door is open by its usual hours at a moment, and when it opens next; for a screen, never for paper."""
    spans, exceptions, _ = tuple(spans), tuple(exceptions), words.gettext
    found = door_at(spans, exceptions, moment)
    if found.until is None:
        return _("closed now")
    if found.open and door_at(spans, exceptions, found.until).open:
        # Of a door that never closes midnight is no end.
        return _("open now")
    when = _time(found.until.hour * 60 + found.until.minute or (24 * 60 if found.open else 0), words.locale)
    if found.open:
        return _("open now, until {time}").format(time=when)
    # Of another day than today the day is said too.
    if found.until.date() != moment.date():
        when = f"{_days((found.until.weekday(),), str(words.locale))} {when}"
    return _("closed now, opens {time}").format(time=when)


@cache
def _days(days: tuple[int, ...], locale: str) -> str:
    from babel import Locale  # not at the head: JSON says no hours, and babel is a third of its start

    known = Locale.parse(locale)
    names = WEEKDAYS.get(known.language) or known.days["stand-alone"]["abbreviated"]
    # Days that follow one another are as far from their places as the day before.
    runs = groupby(enumerate(sorted(days)), lambda each: each[1] - each[0])
    ends = ([run[0][1], run[-1][1]] for run in (list(run) for _, run in runs))
    return ", ".join("–".join(str(names[day]) for day in dict.fromkeys(pair)) for pair in ends)


def _time(minutes: int, locale: Locale) -> str:
    """ "9" or "9.30": in the 24 hours that Finnish doors show, with the sign that the language has between them."""
    hour, minute = divmod(minutes, 60)
    between = "." if "H.mm" in str(locale.time_formats["short"].pattern) else ":"
    return f"{hour}{between}{minute:02d}" if minute else str(hour)
