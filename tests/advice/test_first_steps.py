"""The first steps: open now or through one before, with a contact or saying so, no helpline, in the goals' order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from advice_strategies import share, situations
from hypothesis import given, settings
from hypothesis import strategies as st

from kotoneuvo import Report, Situation, advise
from kotoneuvo.advice.doors import Action, page_only
from kotoneuvo.advice.eligibility import Outcome
from kotoneuvo.advice.first_steps import MOST, first_steps
from kotoneuvo.advice.pathway import When
from kotoneuvo.advice.service import Catalogue
from kotoneuvo.catalogue.load import load_catalogue

CATALOGUE = load_catalogue()
FACTS = CATALOGUE.facts
TODAY = date(2026, 11, 30)
GOALS = st.lists(st.sampled_from(tuple(FACTS.goals)), unique=True, max_size=3).map(tuple)
PLACES = st.sampled_from(FACTS.mainland)


def report_on(catalogue: Catalogue, **answers: object) -> Report:
    return advise(catalogue, Situation.of(catalogue.facts, TODAY, **answers), TODAY)


def ids(report: Report) -> list[str]:
    return [each.service_id for each in report.first_steps]


def assert_every_step_can_be_taken(situation: Situation, goals: tuple[str, ...], place: str) -> None:
    """Open now or through one before it; with a contact, or saying what to do instead; no helpline, no test."""
    report = advise(CATALOGUE, replace(situation, goals=goals).with_answer("municipality", frozenset({place})), TODAY)
    steps = report.first_steps
    assert len(steps) <= MOST
    assert len({each.service_id for each in steps}) == len(steps)
    on_pathway = {name for stage in report.pathway for name in stage.services if stage.when is not When.LATER}
    before: set[str] = set()
    for each in steps:
        assessment = report.assessments[each.service_id]
        assert each.service_id in on_pathway
        assert assessment.outcome is not Outcome.NOT_ELIGIBLE
        assert set(each.after) <= before
        assert (each.when is When.THROUGH) is bool(each.after)
        assert (each.action is Action.ASK) is (each.contact is None)
        assert each.contact is None or each.contact.reachable
        assert each.instead is None or each.contact is None or page_only(each.contact)
        assert assessment.told or not assessment.service.helpline
        assert assessment.service.kind != "test"
        before.add(each.service_id)


@share(100)
@given(situations(), GOALS, PLACES)
def test_every_first_step_can_be_taken(situation: Situation, goals: tuple[str, ...], place: str) -> None:
    """In each of these situations: whoever is sent somewhere can go there."""
    assert_every_step_can_be_taken(situation, goals, place)


@pytest.mark.slow
@settings(max_examples=2000)
@given(situations(), GOALS, PLACES)
def test_every_first_step_can_be_taken_by_thousands(situation: Situation, goals: tuple[str, ...], place: str) -> None:
    """The same for thousands."""
    assert_every_step_can_be_taken(situation, goals, place)


@share(60)
@given(situations(), GOALS, PLACES)
def test_what_is_left_off_gives_room_to_others(situation: Situation, goals: tuple[str, ...], place: str) -> None:
    """The rule without some services never names them, nor what opens only through them; and there are never fewer
    steps than what is left of those before."""
    report = advise(CATALOGUE, replace(situation, goals=goals).with_answer("municipality", frozenset({place})), TODAY)
    if not report.first_steps:
        return
    gone = {report.first_steps[0].service_id}
    others = first_steps(report, without=frozenset(gone))
    assert not gone & {each.service_id for each in others}
    assert {name for each in others for name in each.after} <= {each.service_id for each in others}
    for each in report.first_steps:
        gone |= {each.service_id} if gone & set(each.after) else set()
    assert len(others) >= len(report.first_steps) - len(gone)


@share(60)
@given(situations(), GOALS)
def test_a_goal_that_nothing_serves_is_named(situation: Situation, goals: tuple[str, ...]) -> None:
    """Every goal has a service on the pathway, or is unserved."""
    report = advise(CATALOGUE, replace(situation, goals=goals), TODAY)
    served = {goal for stage in report.pathway for name in stage.services for goal in CATALOGUE.services[name].goals}
    assert set(report.unserved_goals) == set(goals) - served


@share(40)
@given(situations(), GOALS)
def test_without_a_town_only_what_is_for_the_whole_country(situation: Situation, goals: tuple[str, ...]) -> None:
    """A local service of a town that nobody named is no step."""
    known = {name: held for name, held in situation.known.items() if name != "municipality"}
    report = advise(CATALOGUE, replace(situation, known=known, goals=goals), TODAY)
    leads = {opener for stage in report.pathway for opener in stage.after}
    for stage in report.pathway:
        for name in stage.services:
            assert CATALOGUE.services[name].countrywide or name in leads, name


def test_goals_take_turns_in_the_order_of_the_person(catalogue: Catalogue) -> None:
    """The first wish decides the first step, the second the second."""
    one = ids(report_on(catalogue, municipality="Tampere", status="family_ties", age=30, goals="language,work"))
    two = ids(report_on(catalogue, municipality="Tampere", status="family_ties", age=30, goals="work,language"))
    assert "language" in catalogue.services[one[0]].goals
    assert "work" in catalogue.services[two[0]].goals


def test_who_cannot_read_gets_reading_before_courses(catalogue: Catalogue) -> None:
    """Turku: teaching that begins with reading comes before courses and pages that need it."""
    report = report_on(
        catalogue, municipality="Turku", status="family_ties", age=40, literacy="illiterate", schooling="none",
        gender="woman", labour_status="parent_at_home", children_ages=[2], goals="language,literacy",
    )  # fmt: skip
    steps = [catalogue.services[name] for name in ids(report)]
    teaching = [each for each in steps if each.phase in ("language", "education")]
    assert "literacy" in teaching[0].goals
    assert not [each.id for each in steps if each.kind == "channel"]


@pytest.mark.parametrize(
    ("told", "first"),
    [({"violence": True}, {"nollalinja", "turvakoti"}), ({"trafficking_victim": True}, {"ihmiskauppa"})],
)
def test_who_told_gets_that_help_first(told: dict[str, bool], first: set[str], catalogue: Catalogue) -> None:
    report = report_on(catalogue, municipality="Helsinki", goals="work", **told)
    assert first <= set(ids(report)[:3])


@pytest.mark.parametrize("goal", ["guidance", "language", "work", "community"])
@pytest.mark.parametrize("place", ["Tampere", "Kotka", "Rovaniemi", "Turku", "Oulu", "Kuopio", "Espoo"])
def test_a_door_near_comes_before_a_page_far_away(place: str, goal: str, catalogue: Catalogue) -> None:
    """Of what serves a goal, a local place that one can go to or call before a page for the whole country, however old;
    but for what has a deadline, and the offices that every municipality has."""
    report = report_on(catalogue, municipality=place, status="family_ties", age=30, goals=goal)
    pages = 0
    for each in report.first_steps:
        service, contact = catalogue.services[each.service_id], each.contact
        if service.local_name or each.after or contact is None or service.phase == "rights":
            continue
        if service.countrywide:
            pages += page_only(contact)
        elif not page_only(contact):
            assert not pages, ids(report)


def test_nothing_that_tells_on_a_person_is_a_guess(catalogue: Catalogue) -> None:
    """Somebody of whom nothing is known is not sent to the help for people without papers."""
    for goals in ("guidance", "health_wellbeing", "permits"):
        steps = ids(report_on(catalogue, municipality="Helsinki", goals=goals))
        assert steps
        assert not [name for name in steps if "paperittom" in name]


def test_what_is_for_just_what_was_told_comes_first(catalogue: Catalogue) -> None:
    report = report_on(catalogue, municipality="Helsinki", goals="work,health_wellbeing", trafficking_victim=True)
    assert ids(report)[0] == "ihmiskauppa"


def test_one_visit_counts_once(catalogue: Catalogue) -> None:
    """DVV and its registration; the employment authority and its own local branch."""
    for place in ("Espoo", "Vantaa", "Helsinki", "Oulu", "Tampere"):
        steps = ids(
            report_on(
                catalogue, municipality=place, status="work_employed", age=30, goals="settling,work",
                labour_status="unemployed_not_registered",
            )
        )  # fmt: skip
        assert not {"dvv", "dvv-kotikunta"} <= set(steps)
        assert len([name for name in steps if "tyollisyys" in name or name == "tyovoimaviranomainen"]) <= 1, steps


def test_a_registration_that_one_has_is_not_offered(catalogue: Catalogue) -> None:
    answers = {"municipality": "Närpiö", "status": "work_employed", "age": 30, "goals": "settling"}
    offered, has = (report_on(catalogue, has_municipality_of_residence=answer, **answers) for answer in (False, True))
    assert "dvv-kotikunta" in {name for stage in offered.pathway for name in stage.services}
    assert "dvv-kotikunta" not in {name for stage in has.pathway for name in stage.services}


def test_goals_settle_a_wish_that_was_not_among_them(catalogue: Catalogue) -> None:
    """SIMHE does not wait for a wish to study that somebody who was asked for goals did not name."""
    answers = {"municipality": "Lahti", "schooling": "basic_complete", "goals": "work"}
    assert report_on(catalogue, **answers).assessments["simhe"].outcome is Outcome.NOT_ELIGIBLE
    assert report_on(catalogue, **{**answers, "wants_higher_education": True}).contradictions == ()


@pytest.mark.parametrize("work", ["unemployed_registered", "unemployed_not_registered", "employed", "unable_to_work"])
def test_a_small_child_out_of_work_is_said_to_contradict(work: str, catalogue: Catalogue) -> None:
    """5 typed for 35."""
    assert report_on(catalogue, age=5, labour_status=work).contradictions
    assert not report_on(catalogue, age=35, labour_status=work).contradictions


@pytest.mark.parametrize(("age", "met"), [(10, False), (16, True), (30, True)])
def test_a_child_is_no_parent(age: int, met: bool, catalogue: Catalogue) -> None:
    """What is for who is pregnant or has small children is nothing for a client of ten, but for one of sixteen."""
    for_parents = {"neuvola", "vanhempainraha", "kotihoidon-tuki", "mll-ystava-maahanmuuttajaaidille"}
    report = report_on(catalogue, municipality="Vantaa", age=age, goals="children,child_health,family")
    open_to = {name for name in for_parents if report.assessments[name].outcome is not Outcome.NOT_ELIGIBLE}
    assert open_to == (for_parents if met else set())


def test_a_small_child_is_a_client_of_its_clinic(catalogue: Catalogue) -> None:
    report = report_on(catalogue, municipality="Vantaa", age=4, has_municipality_of_residence=True, goals="children")
    assert report.assessments["neuvola"].outcome is Outcome.ELIGIBLE


@pytest.mark.parametrize(
    ("level", "outcome"),
    [
        ("0", Outcome.NOT_ELIGIBLE),
        ("A1.3", Outcome.NOT_ELIGIBLE),
        ("A2.1", Outcome.POSSIBLE),
        ("B2.1", Outcome.ELIGIBLE),
    ],
)
def test_a_line_in_finnish_needs_finnish(level: str, outcome: Outcome, catalogue: Catalogue) -> None:
    report = report_on(catalogue, municipality="Vantaa", finnish_level=level, goals="health_wellbeing")
    assert report.assessments["kirkon-keskusteluapu"].outcome is outcome
    assert ("kirkon-keskusteluapu" in ids(report)) is (outcome is not Outcome.NOT_ELIGIBLE)


def test_how_a_permit_is_extended_is_told_where_one_is_extended(catalogue: Catalogue) -> None:
    """Whoever waits for a first decision comes to the office, too: an asylum seeker whose paper does not say so."""
    assert "extension" not in catalogue.services["migri"].access.how["en"]
    assert "identification" in catalogue.services["jatkolupa"].access.how["en"]
