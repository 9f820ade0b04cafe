"""The calendar file: a day for each change, readable by a calendar program, and no word about the person."""

from __future__ import annotations

from datetime import date

from days import TODAY
from icalendar import Calendar

from kotoneuvo.advice.advisor import Advisor
from kotoneuvo.advice.disclosure import held_back
from kotoneuvo.advice.report import Report
from kotoneuvo.advice.service import Catalogue
from kotoneuvo.advice.situation import Situation
from kotoneuvo.render.calendar import render_ics
from kotoneuvo.words import Words


def _report(catalogue: Catalogue, **answers: object) -> Report:
    return Advisor(catalogue, TODAY).advise(Situation.of(catalogue.facts, TODAY, municipality="Tampere", **answers))


def _events(report: Report) -> dict[str, date]:
    (calendar,) = Calendar.from_ical(render_ics(report, Words("en")), multiple=True)
    return {str(event["summary"]): event.decoded("dtstart") for event in calendar.walk("VEVENT")}


def test_an_event_on_the_last_day_to_ask(catalogue: Catalogue) -> None:
    """The plan of somebody with a permit of April 2024: asked for by the last of March 2027."""
    person: dict[str, object] = {
        "status": "family_ties",
        "is_jobseeker_client": "yes",
        "years_since_first_permit": "2024-04",
    }
    events = _events(_report(catalogue, **person, age=34, goals=["language"]))
    plan = [day for text, day in events.items() if text.startswith("Integration plan")]
    assert plan == [date(2027, 3, 31)]


def test_no_word_about_the_person(catalogue: Catalogue) -> None:
    """No answer, no town; a service or rule that would give the client away has no event."""
    report = _report(catalogue, status="undocumented", age=17, goals=["health_wellbeing"])
    text = render_ics(report, Words("en")).decode()
    assert "BEGIN:VEVENT" in text
    for word in ("undocumented", "Undocumented", "Tampere", "17 ", "LOCATION", "ATTENDEE", "DESCRIPTION"):
        assert word not in text
    assert held_back(report, [each.id for each in report.changes_on])


def test_the_same_advice_gives_the_same_file(catalogue: Catalogue) -> None:
    """A second import changes nothing: events keep their ids."""
    first, second = (render_ics(_report(catalogue, age="2009"), Words("fi")) for _ in range(2))
    assert first == second
