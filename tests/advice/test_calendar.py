"""The days on which the answer changes: advice differs on each as told, and on no other day within two years."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import cache

import pytest
from advice_strategies import share
from days import TODAY
from hypothesis import given
from hypothesis import strategies as st

from kotoneuvo.advice.advisor import Advisor
from kotoneuvo.advice.calendar import YEARS, Change, State, joined, last_days
from kotoneuvo.advice.criteria import criteria_of
from kotoneuvo.advice.eligibility import Outcome
from kotoneuvo.advice.facts import NO_TEXT
from kotoneuvo.advice.later import beginnings, later
from kotoneuvo.advice.notices import concerns
from kotoneuvo.advice.service import Catalogue, Service
from kotoneuvo.advice.situation import Knowledge, Situation
from kotoneuvo.advice.statement import Intake, Period
from kotoneuvo.catalogue.load import load_catalogue

CATALOGUE = load_catalogue()
FACTS = CATALOGUE.facts
SPAN = 365 * YEARS
PASSING = {"age", "years_since_first_permit", "children_ages", "cares_child_under_3_at_home", "integration_phase"}


def _few() -> Catalogue:
    """A few services that hang on what passes with time, one with intakes, one that begins and one that ends."""
    hanging = [
        each
        for each in CATALOGUE.services.values()
        if PASSING & {criterion.fact for criterion in criteria_of(each.eligibility)}
    ][::4]
    first = next(each for each in hanging if "FI" in each.area)
    intake = Intake((Period(date(2027, 2, 16), date(2027, 3, 16)), Period(date(2028, 2, 16), date(2028, 3, 16))))
    made = [
        first._replace(id="with-intakes", intake=intake, provides={}),
        first._replace(id="begins", valid_from=date(2027, 5, 5), recheck=date(2028, 1, 1)),
        first._replace(id="ends", valid_until=date(2027, 5, 5)),
    ]
    return replace(CATALOGUE, services={each.id: each for each in (*hanging, *made)})


FEW = _few()
_day_of = cache(lambda whole, day: Advisor(CATALOGUE if whole else FEW, day))


def advice_on(catalogue: Catalogue, situation: Situation, day: date) -> dict[str, str]:
    """What the full advice on a day says of every service on the page, and of every notice."""
    on_day = later(FACTS, situation, beginnings(FACTS, situation, TODAY), day)
    report = _day_of(catalogue is CATALOGUE, day).advise(on_day)
    knowledge = Knowledge(FACTS, on_day)
    found = {each.id: "shown" for each in catalogue.notices if concerns(each, knowledge.possible, day)}
    for name in report.within_reach:
        each = report.assessments[name]
        if each.wanted and each.outcome is not Outcome.NOT_ELIGIBLE and not _has(each.service, on_day):
            shut = each.service.intake and each.service.intake.not_now(day)
            found[name] = "not_now" if shut else each.outcome.value
    return found


def _has(service: Service, situation: Situation) -> bool:
    gains = service.provides.items()
    return (
        bool(gains)
        and not service.basic
        and all(situation.known.get(fact) == frozenset({value}) for fact, value in gains)
    )


def after(before: dict[str, str], changes: list[Change]) -> dict[str, str]:
    """The advice of the day before, changed as told."""
    gone = {each.id for each in changes if each.after.value in ("not_eligible", "hidden")}
    changed = {each.id: each.after.value for each in changes}
    return {name: state for name, state in (before | changed).items() if name not in gone}


def to_check(catalogue: Catalogue, advice: dict[str, str], day: date) -> set[str]:
    """What is on the page and has its law looked at again on just this day."""
    services = {each.id for each in catalogue.services.values() if each.recheck == day}
    return advice.keys() & (services | {each.id for each in catalogue.notices if each.review == day})


def check_days(catalogue: Catalogue, situation: Situation, days: set[date]) -> None:
    """From day to day the advice changes as told in between: what is told too late, or not at all, is found.

    The days before and of every change, the last day, and `days` are looked at.
    """
    changes = _day_of(catalogue is CATALOGUE, TODAY).advise(situation).changes_on
    assert list(changes) == sorted(changes, key=lambda each: each.day)
    around = {day for each in changes for day in (each.day - timedelta(1), each.day)}
    expected, past = advice_on(catalogue, situation, TODAY), TODAY
    for day in sorted(days | around | {TODAY + timedelta(SPAN)}):
        told = [each for each in changes if past < each.day <= day]
        assert all(expected.get(each.id, each.before.value) == each.before.value for each in told if each.day == day)
        expected, past = after(expected, [each for each in told if not each.review]), day
        assert advice_on(catalogue, situation, day) == expected, day
        assert {each.id for each in changes if each.review and each.day == day} == to_check(catalogue, expected, day)


@st.composite
def people(draw: st.DrawFn) -> Situation:
    """Somebody of whom what passes with time is known to the day, the month, the year, in bands, or not at all."""
    answers: dict[str, object] = {
        "municipality": draw(st.sampled_from(("Helsinki", "Pori", "Mariehamn"))),
        "status": draw(st.sampled_from(("family_ties", "asylum", "work_employed", "eu_unregistered"))),
        "goals": draw(st.lists(st.sampled_from(tuple(FACTS.goals)), max_size=2, unique=True)),
        "is_jobseeker_client": draw(st.sampled_from((None, "yes", "no"))),
        "age": draw(st.sampled_from((None, "15", "17", "18-29", "29", "1997", "2009", "63"))),
        "years_since_first_permit": draw(
            st.sampled_from((None, "none", "0", "2", "<3", "2024-04", "2023-12", "2026-11", ["none", "3-5"]))
        ),
        "children_ages": draw(st.sampled_from((None, "none", "2", "2,8", "<3", ["<3", "16-17"]))),
        "labour_status": draw(st.sampled_from((None, "parent_at_home", "unemployed_registered"))),
        "cares_child_under_3_at_home": draw(st.sampled_from((None, "yes"))),
    }
    return Situation.of(FACTS, TODAY, **answers)


@share(10)
@given(people(), st.sets(st.integers(1, SPAN), max_size=4))
def test_advice_changes_on_the_days_told_and_on_no_other(situation: Situation, others: set[int]) -> None:
    check_days(FEW, situation, {TODAY + timedelta(number) for number in others})


FAMILY = {
    "municipality": "Tampere", "status": "family_ties", "age": "1997", "years_since_first_permit": "2024-04",
    "is_jobseeker_client": "yes", "goals": ["language", "work", "children"], "children_ages": "2,15",
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize(
    "answers",
    [
        FAMILY,
        {**FAMILY, "years_since_first_permit": "2", "children_ages": "<3", "age": "29"},
        {"municipality": "Pori", "status": "asylum", "age": 17, "years_since_first_permit": "2025-11"},
        {"municipality": "Helsinki", "status": "eu_unregistered", "age": "18-29", "goals": ["work"]},
        {"municipality": "Helsinki", "status": "temporary_protection_municipality", "goals": ["settling"]},
    ],
)
def test_every_day_of_two_years(answers: dict[str, object]) -> None:
    """The whole catalogue, day by day."""
    check_days(CATALOGUE, Situation.of(FACTS, TODAY, **answers), {TODAY + timedelta(day) for day in range(1, SPAN + 1)})


def test_the_plan_can_be_asked_for_until_three_years_are_full() -> None:
    """A permit of April 2024: in April 2027 it may be too late, from the 30th on it is."""
    report = Advisor(CATALOGUE, TODAY).advise(Situation.of(FACTS, TODAY, **FAMILY))
    plan = [each for each in report.changes_on if each.id == "kotoutumissuunnitelma" and not each.review]
    assert [(each.day, each.after.value, each.facts) for each in plan] == [
        (date(2027, 4, 1), "possible", ("years_since_first_permit",)),
        (date(2027, 4, 30), "not_eligible", ("years_since_first_permit",)),
    ]


@pytest.mark.parametrize(
    ("age", "perhaps", "surely", "told"),
    [
        ("17", date(2026, 11, 25), date(2027, 11, 24), None),
        ("17-18", date(2026, 11, 25), date(2027, 11, 24), None),
        ("2009", date(2027, 1, 1), date(2027, 12, 31), date(2026, 12, 31)),
    ],
)
def test_what_is_only_possible_may_close_before_it_surely_does(
    age: str, perhaps: date, surely: date, told: date | None
) -> None:
    """A service whose conditions are not all read never fits; still the eighteenth birthday may be tomorrow."""
    person = {"municipality": "Pori", "status": "quota_refugee", "goals": ["youth"], "age": age}
    report = Advisor(CATALOGUE, TODAY).advise(Situation.of(FACTS, TODAY, **person))
    name = "alaikaisen-edustaja"
    assert report.assessments[name].outcome is Outcome.POSSIBLE
    closing = [each for each in joined(report.changes_on) if each.id == name and each.after is State.NO]
    assert [(each.first, each.day) for each in closing] == [(perhaps, surely)]
    assert last_days(report, report.first_steps, frozenset()).get(name) == told


def test_that_information_grows_old_is_no_change() -> None:
    """A service that was confirmed long ago is marked as old; the answer stays."""
    service = CATALOGUE.services["infofinland"]._replace(
        review=date(2027, 1, 1), recheck=None, contacts=(), note=NO_TEXT
    )
    catalogue = replace(CATALOGUE, services={service.id: service}, notices=())
    assert Advisor(catalogue, TODAY).advise(Situation()).changes_on == ()


@pytest.mark.parametrize(
    ("fact", "answer", "day", "expected"),
    [
        ("age", "34", date(2027, 11, 23), {34, 35}),
        ("age", "34", date(2027, 11, 24), {35}),
        ("age", "1997", date(2027, 1, 1), {29, 30}),
        ("age", "1997", date(2026, 12, 31), {29}),
        ("age", "120", date(2027, 11, 24), {120}),
        ("years_since_first_permit", "2024-02", date(2027, 1, 31), {2}),
        ("years_since_first_permit", "2024-02", date(2027, 2, 1), {2, 3}),
        ("years_since_first_permit", "2024-02", date(2027, 2, 28), {2, 3}),
        ("years_since_first_permit", "2024-02", date(2027, 3, 1), {3}),
        ("years_since_first_permit", ["none", "1"], date(2027, 11, 24), {"none", 2}),
        ("children_ages", "2", date(2027, 11, 24), {"3-6"}),
        ("children_ages", "2", date(2027, 11, 23), {"<3", "3-6"}),
        ("children_ages", "<3", date(2027, 11, 23), {"<3", "3-6", "<3+3-6"}),
        ("children_ages", "2,17", date(2027, 11, 24), {"3-6"}),
        ("children_ages", "17", date(2027, 11, 24), {"none"}),
        ("children_ages", "none", date(2027, 11, 24), {"none"}),
    ],
)
def test_a_person_on_a_later_day(fact: str, answer: object, day: date, expected: set[object]) -> None:
    """Ages and years move on, as exactly as they are known; bands of children may hold several."""
    situation = Situation.of(FACTS, TODAY, **{fact: answer})
    assert later(FACTS, situation, beginnings(FACTS, situation, TODAY), day).known[fact] == expected


def test_an_answer_that_time_rules_out_is_not_known_any_more() -> None:
    """Who cares for a child under three does so no longer when the child is three."""
    answers = {"children_ages": "2", "cares_child_under_3_at_home": "yes"}
    situation = Situation.of(FACTS, TODAY, **answers)
    began = beginnings(FACTS, situation, TODAY)
    assert "cares_child_under_3_at_home" in later(FACTS, situation, began, date(2027, 11, 23)).known
    assert "cares_child_under_3_at_home" not in later(FACTS, situation, began, date(2027, 11, 24)).known


@given(people())
def test_nothing_has_changed_on_the_same_day(situation: Situation) -> None:
    """Told months and years of birth say the same as the values that were read from them."""
    assert later(FACTS, situation, beginnings(FACTS, situation, TODAY), TODAY) == situation
