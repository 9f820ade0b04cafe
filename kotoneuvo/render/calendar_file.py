"""The days on which the answer changes as a calendar file (iCalendar), with no word about the person.

What would tell something about a client is held back as it is from paper: others see a calendar too.
"""

from __future__ import annotations

from datetime import UTC, datetime, time
from importlib.util import find_spec
from uuid import NAMESPACE_URL, uuid5

from kotoneuvo.advice.disclosure import telling, telling_notice
from kotoneuvo.advice.problems import N_, InputProblems, Problem
from kotoneuvo.advice.report import Report
from kotoneuvo.render.calendar import ahead
from kotoneuvo.words import Words


def render_ics(report: Report, words: Words) -> bytes:
    """The whole file: an all-day event for each day that counts. Raises InputProblems without the extra `calendar`."""
    if find_spec("icalendar") is None:
        message = N_("a calendar file needs a further package: pip install 'kotoneuvo[calendar]'")
        raise InputProblems([Problem(message)])
    from icalendar import Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", "-//kotoneuvo//kotoneuvo//EN")
    calendar.add("version", "2.0")
    services = report.catalogue.services
    for each in ahead(report, words, lambda service_id: words.pick(services[service_id].name), held_back(report)):
        event = Event()
        event.add("uid", str(uuid5(NAMESPACE_URL, f"kotoneuvo {each.day} {each.text}")))
        event.add("dtstamp", datetime.combine(report.as_of, time(), UTC))
        event.add("dtstart", each.day)
        event.add("summary", each.text)
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def held_back(report: Report) -> frozenset[str]:
    """The services and notices that would tell something about the client."""
    facts, notices = report.catalogue.facts, {each.id: each for each in report.catalogue.notices}
    changing = {each.id for each in report.changes_on}
    return frozenset(
        name
        for name in changing
        if (telling_notice(notices[name], facts) if name in notices else telling(report.assessments[name], facts))
    )
