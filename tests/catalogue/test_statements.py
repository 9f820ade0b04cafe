"""What a service means for a person: read, shown with the date of its source, and told as unknown where it is."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from days import TODAY

from kotoneuvo.advice.advisor import advise
from kotoneuvo.advice.hours import Closure
from kotoneuvo.advice.service import Catalogue
from kotoneuvo.advice.situation import Situation
from kotoneuvo.advice.statement import Intake, NotNow, Period
from kotoneuvo.catalogue.check import check_files
from kotoneuvo.catalogue.load import load_catalogue
from kotoneuvo.render.details import render_details
from kotoneuvo.render.json import report_data
from kotoneuvo.render.meaning import meaning_lines
from kotoneuvo.render.terminal import BARE, to_text
from kotoneuvo.words import Words

ADDED = """
[service.participation]
duty = "once_agreed"
text = { fi = "Kerro syy.", sv = "Berätta orsaken.", en = "Tell the reason." }
source = "page"
[service.benefits]
not_known = "2026-11-30"
[service.referral]
how = { fi = "Soita.", sv = "Ring.", en = "Call." }
keep_back = { fi = "Ei terveystietoja.", sv = "Inga hälsouppgifter.", en = "No health data." }
source = "page"
[service.intake]
periods = [{ apply_from = "2027-02-16", apply_by = "2027-03-16", starts = "2027-08-10" }]
wait = { fi = "2 kuukautta", sv = "2 månader", en = "2 months" }
source = "page"
"""


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    """The small catalogue whose course says what it means."""
    good = (Path(__file__).parents[1] / "broken" / "good.toml").read_text(encoding="utf-8")
    path = tmp_path_factory.mktemp("catalogue") / "own.toml"
    path.write_text(good + ADDED, encoding="utf-8")
    assert check_files([path], TODAY, alone=True).errors == ()
    return load_catalogue(path)


def test_lines_say_what_is_known_and_what_is_not(catalogue: Catalogue) -> None:
    """The standard text first, then the service's own, with the date; a closed intake says when it opens."""
    lines = {each.label: each.text for each in meaning_lines(catalogue.services["course"], Words("en"), TODAY)}
    assert lines["Duty"] == (
        "Voluntary; but what is agreed in a plan must be kept, or benefits may be cut. Tell the reason. (1.6.2026)"
    )
    assert lines["Not known"] == "Benefits"
    assert lines["Intake"] == "not now: opens 16.2.2027; waiting time: 2 months (1.6.2026)"
    assert "How to refer" not in lines
    report = advise(catalogue, Situation(), TODAY)
    shown = to_text(render_details(report, "course", Words("en"), BARE, personal=False))
    assert "Benefits: not known (no source found, 30.11.2026)" in shown
    assert "Must not be told: No health data. (1.6.2026)" in shown
    assert "Permit: not known" in shown


def test_json_has_the_days_on_which_the_answer_changes(catalogue: Catalogue) -> None:
    """The course of the small catalogue is for adults, and its intake opens in February."""
    situation = Situation.of(catalogue.facts, TODAY, municipality="Helsinki", age="2008", goals=["language"])
    data = report_data(advise(catalogue, situation, TODAY), Words("en"))
    course = [each for each in data["changes_on"] if each.get("service") == "course"]
    assert [(each["date"], each["from"], each["to"], each["facts"]) for each in course] == [
        ("2027-02-16", "not_now", "eligible", []),
        ("2027-03-17", "eligible", "not_now", []),
    ]


def test_json_has_them_for_the_services_of_the_pathway(catalogue: Catalogue) -> None:
    """With the page that says it, and the day on which nothing was found."""
    situation = Situation.of(catalogue.facts, TODAY, municipality="Helsinki", age=34, goals=["language"])
    (course,) = report_data(advise(catalogue, situation, TODAY), Words("en"))["details"]
    assert course["benefits"] == {"not_known": "2026-11-30"}
    assert course["referral"]["keep_back"]["sv"] == "Inga hälsouppgifter."
    assert course["referral"]["source"] == "https://example.fi/course"
    assert (course["intake"]["open"], course["intake"]["opens"]) == (False, "2027-02-16")


WINTER = Intake(periods=(Period(date(2027, 2, 16), date(2027, 3, 16)), Period(date(2027, 8, 1), date(2027, 8, 31))))
SUMMER = Intake(closures=(Closure(date(2027, 6, 20), date(2027, 8, 3)),))
LONG = Intake(closures=(*SUMMER.closures, Closure(date(2027, 8, 4), date(2027, 8, 8))))
FOR_GOOD = Intake(closures=(Closure(date(2027, 6, 20), date.max),))


@pytest.mark.parametrize(
    ("intake", "day", "expected"),
    [
        (WINTER, date(2027, 2, 15), NotNow(date(2027, 2, 16))),
        (WINTER, date(2027, 2, 16), None),
        (WINTER, date(2027, 3, 16), None),
        (WINTER, date(2027, 3, 17), NotNow(date(2027, 8, 1))),
        (WINTER, date(2027, 9, 1), NotNow(None)),
        (WINTER._replace(continuous=True), date(2027, 9, 1), None),
        (SUMMER, date(2027, 6, 19), None),
        (SUMMER, date(2027, 6, 20), NotNow(date(2027, 8, 4))),
        (SUMMER, date(2027, 8, 4), None),
        (LONG, date(2027, 6, 20), NotNow(date(2027, 8, 9))),
        (
            WINTER._replace(closures=(Closure(date(2027, 4, 1), date(2027, 4, 9)),)),
            date(2027, 4, 2),
            NotNow(date(2027, 8, 1)),
        ),
        (WINTER._replace(closures=LONG.closures), date(2027, 3, 17), NotNow(date(2027, 8, 9))),
        (WINTER._replace(closures=(Closure(date(2027, 9, 1), date(2027, 9, 9)),)), date(2027, 9, 2), NotNow(None)),
        (FOR_GOOD, date(2027, 6, 20), NotNow(None)),
        (Intake(), date(2027, 8, 4), None),
    ],
)
def test_not_now(intake: Intake, day: date, expected: NotNow | None) -> None:
    """Shut before, between and after the periods and in a break; it opens when nothing of all that shuts it."""
    assert intake.not_now(day) == expected
