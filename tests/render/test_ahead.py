"""What lies ahead on the first screen: until when one may ask, what is shut today, doors that are open now."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest
from days import TODAY

from kotoneuvo.advice.advisor import Advisor
from kotoneuvo.advice.facts import Text
from kotoneuvo.advice.hours import Closure, DoorNow, door_at, parse_hours
from kotoneuvo.advice.report import Report
from kotoneuvo.advice.service import Catalogue, SourcedText
from kotoneuvo.advice.situation import Situation
from kotoneuvo.advice.statement import Intake, Period
from kotoneuvo.render.calendar import ahead_texts
from kotoneuvo.render.first_screen import FirstScreen
from kotoneuvo.render.hours import open_now
from kotoneuvo.render.report_words import ReportWords
from kotoneuvo.render.terminal import BARE, to_text
from kotoneuvo.words import Words

PERSON = {
    "municipality": "Tampere", "status": "family_ties", "age": 34, "is_jobseeker_client": "yes",
    "goals": ["language", "work"],
}  # fmt: skip
EN = Words("en")


def _report(catalogue: Catalogue, **more: object) -> Report:
    return Advisor(catalogue, TODAY).advise(Situation.of(catalogue.facts, TODAY, **PERSON, **more))


def _lines(report: Report) -> list[str]:
    return ahead_texts(report, EN, ReportWords(report, EN).name)


def test_the_day_until_which_the_plan_can_be_asked_for(catalogue: Catalogue) -> None:
    """By the month of the permit; without it the worker is told to ask now. Laws to check come last."""
    with_month = _lines(_report(catalogue, years_since_first_permit="2024-04"))
    plan = "Integration plan and assessment of needs (jobseekers): Tampereen seutu"
    assert f"{plan}: until 4/2027; ask by 31.3.2027" in with_month
    assert with_month[-1].startswith("1.3.2027: the law may have changed, ask again: Finnish Immigration Service")
    with_years = _lines(_report(catalogue, years_since_first_permit="2"))
    assert f"{plan}: may end any day: ask now (at the latest 24.11.2027)" in with_years


@pytest.mark.parametrize("rows", [0, 24])
def test_what_must_not_be_missed_is_on_the_first_screen(catalogue: Catalogue, rows: int) -> None:
    """In the smallest window too."""
    text = to_text(FirstScreen(_report(catalogue, years_since_first_permit="2024-04"), EN, BARE).first(80, rows))
    assert "until 4/2027; ask by 31.3.2027" in text


def _with(catalogue: Catalogue, name: str, **fields: object) -> Catalogue:
    return replace(catalogue, services={**catalogue.services, name: catalogue.services[name]._replace(**fields)})  # type: ignore[arg-type]


def test_for_you_but_not_now(catalogue: Catalogue) -> None:
    """A service that fits while its door is shut is no first step, has its own mark, and says when it opens."""
    name = _report(catalogue).first_steps[0].service_id
    shut = _with(catalogue, name, intake=Intake((Period(date(2027, 2, 16), date(2027, 3, 16)),)))
    report = _report(shut)
    assert name not in [step.service_id for step in report.first_steps]
    assert report.not_now == (name,)
    screen = FirstScreen(report, EN, BARE)
    assert "not now: opens 16.2.2027" in to_text(screen.first(80, 0))
    whole = to_text(screen.whole(80)).splitlines()
    assert any(" … " in line and "Mainio" in line for line in whole)
    assert [(each.day, each.after.value) for each in report.changes_on if each.id == name][:2] == [
        (date(2027, 2, 16), "eligible"),
        (date(2027, 3, 17), "not_now"),
    ]


def test_documents_to_bring_once_over_all_steps(catalogue: Catalogue) -> None:
    """The same documents for two steps stand in the list once, with both numbers."""
    text: Text = {"fi": "passi", "sv": "pass", "en": "passport"}
    first, second = (step.service_id for step in _report(catalogue).first_steps[:2])
    both = _with(_with(catalogue, first, bring=SourcedText(text, "")), second, bring=SourcedText(text, ""))
    shown = to_text(FirstScreen(_report(both), EN, BARE).first(80, 0))
    assert shown.count("passport") == 1
    assert "Bring: passport (1, 2)" in shown


HOURS = parse_hours("Mo-Th 09:00-15:00, Fr 09:00-12:00")
CLOSED = (Closure(date(2026, 12, 7), date(2026, 12, 8)),)


@pytest.mark.parametrize(
    ("moment", "expected", "words"),
    [
        (datetime(2026, 11, 30, 8, 59), DoorNow(False, datetime(2026, 11, 30, 9)), "closed now, opens 9"),
        (datetime(2026, 11, 30, 9, 0), DoorNow(True, datetime(2026, 11, 30, 15)), "open now, until 15"),
        (datetime(2026, 11, 30, 15, 0), DoorNow(False, datetime(2026, 12, 1, 9)), "closed now, opens Tue 9"),
        (datetime(2026, 12, 4, 12, 30), DoorNow(False, datetime(2026, 12, 9, 9)), "closed now, opens Wed 9"),
    ],
)
def test_open_now_and_the_next_opening(moment: datetime, expected: DoorNow, words: str) -> None:
    """By the usual hours and the exceptions; the day is named where it is another one."""
    assert door_at(HOURS, CLOSED, moment) == expected
    assert open_now(HOURS, CLOSED, moment, EN) == words


def test_a_door_that_is_open_past_midnight_and_round_the_clock() -> None:
    """Until the end of its span; a door without any opening within a week says only that it is closed."""
    assert door_at(parse_hours("Mo-Su 00:00-24:00"), (), datetime(2026, 11, 30, 23, 59)).open
    assert open_now((), (), datetime(2026, 11, 30, 12, 0), EN) == "closed now"
    assert open_now(parse_hours("Mo-Su 00:00-24:00"), (), datetime(2026, 11, 30, 23, 59), EN) == "open now"
    assert open_now(parse_hours("Mo 20:00-02:00"), (), datetime(2026, 11, 30, 23, 59), EN) == "open now, until 2"
    assert open_now(parse_hours("Mo 20:00-02:00"), (), datetime(2026, 12, 1, 1, 59), EN) == "open now, until 2"
    assert open_now(parse_hours("Mo 20:00-02:00"), (), datetime(2026, 12, 1, 2, 0), EN) == "closed now, opens Mon 20"


def test_only_a_screen_of_today_says_open_now(catalogue: Catalogue) -> None:
    """Not on a page without a clock, nor for another day."""
    name = _report(catalogue).first_steps[0].service_id
    contact = catalogue.services[name].contacts[0]._replace(opening_hours=HOURS, phone="+358 9 1234567")
    report = _report(_with(catalogue, name, contacts=(contact,)))
    now = datetime.combine(TODAY, datetime.min.time()).replace(hour=10)
    shown = [
        to_text(FirstScreen(report, EN, BARE, now=clock).first(80, 0)).count("open now")
        for clock in (None, now, now.replace(year=2027))
    ]
    assert shown == [0, 1, 0]
