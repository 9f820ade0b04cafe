"""Helplines, and facts that are never asked: no step, no requirement and no change, unless the person told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import product

import pytest
from advice_strategies import share, situations
from hypothesis import given

from kotoneuvo import Situation, advise
from kotoneuvo.advice.service import Catalogue
from kotoneuvo.catalogue.load import load_catalogue
from kotoneuvo.render.details import render_details
from kotoneuvo.render.full_page import FullPage
from kotoneuvo.render.handout.choose import choose
from kotoneuvo.render.reason_lines import reason_lines
from kotoneuvo.render.reasons import Reasons
from kotoneuvo.render.terminal import BARE, to_text
from kotoneuvo.words import Words

CATALOGUE = load_catalogue()
FACTS = CATALOGUE.facts
TODAY = date(2026, 11, 30)
TOLD = tuple(name for name, fact in FACTS.facts.items() if fact.asked == "told")
HELPLINES = {name for name, each in CATALOGUE.services.items() if each.helpline}
WORDS = Words("en")


def untold(situation: Situation) -> Situation:
    """The same person, who has told nothing."""
    return replace(situation, known={name: held for name, held in situation.known.items() if name not in TOLD})


def test_some_facts_are_never_asked_and_some_services_are_helplines() -> None:
    assert set(TOLD) >= {"trafficking_victim", "violence", "wants_return_to_home_country"}
    assert {"hatanumero-112", "paivystysapu-116117", "sosiaalipaivystys", "riku", "nollalinja"} <= HELPLINES


@share(60)
@given(situations())
def test_a_helpline_is_a_step_only_for_who_told(situation: Situation) -> None:
    """Neither on the pathway nor a numbered step on paper; the list for everybody begins with 112."""
    report = advise(CATALOGUE, untold(situation), TODAY)
    steps = {name for stage in report.pathway for name in stage.services}
    assert not steps & HELPLINES
    assert not {step.service_id for step in choose(report).steps} & HELPLINES
    assert report.helplines[0] == "hatanumero-112"
    assert set(report.helplines) <= HELPLINES


@share(60)
@given(situations())
def test_what_is_never_asked_is_no_way_to_anything(situation: Situation) -> None:
    """No change leads through it, no question asks it, and nothing that waits for it is a step or a way in."""
    report = advise(CATALOGUE, untold(situation), TODAY)
    assert not {fact for fact, _ in report.ask_next} & set(TOLD)
    steps = {name for stage in report.pathway for name in (*stage.services, *stage.after)}
    for name, assessment in report.assessments.items():
        assert not {change.fact for change in assessment.opens_with} & set(TOLD), name
        if assessment.untold:
            assert name not in steps
            assert name not in report.reachable


PEOPLE = [
    pytest.param(
        Situation.of(
            FACTS, TODAY, municipality=place, status=status, age=34, years_since_first_permit=years, goals=goals
        ),
        marks=[pytest.mark.slow] if place != "Helsinki" else [],
    )
    for place, status, years, goals in product(
        ("Helsinki", "Tampere", "Lohja"),
        ("family_ties", "work_employed", "asylum", "permanent_p"),
        (1, 4),
        ("work,language", "family,health_wellbeing"),
    )
]


@pytest.mark.parametrize("situation", PEOPLE)
def test_the_screen_names_no_fact_that_is_never_asked(situation: Situation, catalogue: Catalogue) -> None:
    """Not in the reasons of the pathway; in the details of no service that is on it."""
    report = advise(catalogue, situation, TODAY)
    shown = to_text(FullPage(report, WORDS, BARE).page())
    shown += "".join(
        to_text(render_details(report, name, WORDS)) for stage in report.pathway for name in stage.services
    )
    for name in TOLD:
        assert FACTS[name].label["en"] not in shown


@pytest.mark.parametrize(
    ("told", "help_first"),
    [({"violence": True}, {"nollalinja", "riku"}), ({"trafficking_victim": True}, {"ihmiskauppa", "riku"})],
)
def test_who_told_gets_that_help_whatever_the_goals(
    told: dict[str, bool], help_first: set[str], catalogue: Catalogue
) -> None:
    report = advise(catalogue, Situation.of(catalogue.facts, TODAY, municipality="Vaasa", goals="work", **told), TODAY)
    now = {name for stage in report.pathway for name in stage.services if not stage.after}
    assert help_first <= now


def test_three_years_close_the_integration_plan_for_good(catalogue: Catalogue) -> None:
    """It does not open later: time has closed it, and what was not told is no exception to print."""
    answers = {
        "municipality": "Tampere", "goals": "work", "status": "family_ties", "age": 34,
        "labour_status": "unemployed_not_registered", "years_since_first_permit": 4,
    }  # fmt: skip
    report = advise(catalogue, Situation.of(catalogue.facts, TODAY, **answers), TODAY)
    assert "kotoutumissuunnitelma" not in {name for stage in report.pathway for name in stage.services}


def test_what_time_has_closed_is_no_alternative(catalogue: Catalogue) -> None:
    """Citizenship for somebody of 34 who is no Nordic citizen: neither an age that is past nor another passport."""
    answers = {"municipality": "Tampere", "status": "asylum", "age": 34, "years_since_first_permit": 4}
    report = advise(catalogue, Situation.of(catalogue.facts, TODAY, **answers), TODAY)
    reasons = Reasons(catalogue.facts, WORDS)
    lines = reason_lines(report.assessments["kansalaisuus"], report.known, reasons)
    needed = " ".join(line.text for line in lines if line.label == "Needs")
    assert "at least 8" in needed
    assert "at most 17" not in needed
    assert "Nordic" not in needed
