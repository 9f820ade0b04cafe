"""Which services come on paper, in which order, and which are kept off it."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from handouts import VANTAA, report_for, sheet_for

from kotoneuvo.advice.disclosure import reveals_client
from kotoneuvo.advice.first_steps import first_steps
from kotoneuvo.advice.service import Catalogue
from kotoneuvo.render.handout.choose import ROOMS, PaperChoice, choose
from kotoneuvo.render.handout.content import PaperStep, TaggedText
from kotoneuvo.render.handout.fit import overflow
from kotoneuvo.render.handout.html import render_html

UNDOCUMENTED = {"municipality": "Helsinki", "status": "undocumented", "undocumented": True, "goals": ["guidance"]}
VICTIM = {"municipality": "Helsinki", "trafficking_victim": True, "goals": ["guidance"]}


def test_the_steps_are_the_first_steps_of_the_core(catalogue: Catalogue) -> None:
    """Paper has no order of its own; who has nothing to hide reads the same steps as the screen shows."""
    report = report_for(catalogue)
    held_back = {
        step.service_id
        for step in first_steps(report)
        if reveals_client(catalogue.services[step.service_id], catalogue.facts)
    }
    assert choose(report).steps == first_steps(report, without=frozenset(held_back))
    assert choose(report).steps


@pytest.mark.parametrize("room", ROOMS)
def test_a_shorter_sheet_begins_alike(catalogue: Catalogue, room: object) -> None:
    """Leaving off for want of room begins at the end."""
    report = report_for(catalogue)
    full = [step.service_id for step in choose(report).steps]
    short = [step.service_id for step in choose(report, room=room).steps]  # type: ignore[arg-type]
    assert short
    assert short == full[: len(short)]


@pytest.mark.parametrize("answers", [UNDOCUMENTED, VICTIM])
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_a_stranger_learns_nothing(catalogue: Catalogue, answers: dict[str, object], language: str) -> None:
    """No word for being undocumented or a victim of trafficking is on paper, whatever was answered."""
    page = render_html(sheet_for(report_for(catalogue, **answers), language))
    assert not re.search("paperit|papperslös|undocumented|ihmiskaup|människohandel|trafficking", page, re.I)


def test_the_worker_puts_on_and_leaves_off(catalogue: Catalogue) -> None:
    """What was held back comes on when asked for; what is left off is gone."""
    report = report_for(catalogue, **UNDOCUMENTED)
    held_back = choose(report).held_back[0]
    first = choose(report).steps[0].service_id
    plan = choose(report, PaperChoice(without=frozenset({first}), including=frozenset({held_back})))
    assert held_back in {step.service_id for step in plan.steps}
    assert first not in {step.service_id for step in plan.steps}
    assert held_back not in plan.held_back


@pytest.mark.parametrize("fact", ["age", "finnish_level", "labour_status", "years_since_first_permit"])
def test_answers_stay_off_the_paper(catalogue: Catalogue, fact: str) -> None:
    """The sheet with and without a personal answer, for the same services, is the same text."""
    with_it = report_for(catalogue, **VANTAA)
    # The same assessments and pathway, but an answer that nobody gave: only what is written could differ.
    known = {name: values for name, values in with_it.situation.known.items() if name != fact}
    without_it = replace(with_it, situation=replace(with_it.situation, known=known))
    assert render_html(sheet_for(with_it, "en")) == render_html(sheet_for(without_it, "en"))


def test_every_sheet_has_112_and_no_helpline_as_a_step(catalogue: Catalogue) -> None:
    """The emergency number comes first of all numbers, also where nothing is known about the person."""
    for answers in (VANTAA, UNDOCUMENTED, {"municipality": "Kemi", "goals": ["family"]}, {"goals": ["work"]}):
        sheet = sheet_for(report_for(catalogue, **answers), "fi")
        assert sheet.danger[0].number == "112"
        helplines = {service.name["fi"] for service in catalogue.services.values() if service.helpline}
        assert not helplines & {step.office.text for step in sheet.steps}


@pytest.mark.parametrize("role", ["employer", "authority", "association", "resident"])
def test_every_role_has_the_urgent_numbers(catalogue: Catalogue, role: str) -> None:
    """Whoever does not come as a migrant gets a sheet with 112 too; where a catalogue lists none, there is no box."""
    report = report_for(catalogue, municipality="Vantaa", customer_role=role)
    assert sheet_for(report, "en").danger[0].number == "112"
    assert 'class="danger"' not in render_html(sheet_for(replace(report, helplines=()), "en"))


def test_nobody_without_papers_is_sent_to_kela_for_care(catalogue: Catalogue) -> None:
    """The county gives the care and Kela pays the county; what is left on paper is where care is given."""
    report = report_for(catalogue, municipality="Tampere", age=38, status="undocumented", goals=["health_wellbeing"])
    steps = [step.service_id for step in choose(report).steps]
    assert "hoito-oikeus" not in steps
    assert "kiireellinen-hoito" in steps


@pytest.mark.parametrize("goal", ["safety", "legal_help"])
def test_a_child_who_asks_for_asylum_alone_gets_a_representative(catalogue: Catalogue, goal: str) -> None:
    """Who it is that looks after the child's interests comes first, whatever the child hopes for."""
    report = report_for(
        catalogue, municipality="Vantaa", age=16, status="asylum_seeker", goals=["basic_education", goal]
    )
    assert "alaikaisen-edustaja" in {step.service_id for step in first_steps(report)}


def test_violence_that_was_told_is_on_no_paper(catalogue: Catalogue) -> None:
    """Neither a shelter nor a helpline is a step; the list for everybody is the one that everybody gets."""
    everyday = {"municipality": "Oulu", "status": "family_ties", "goals": ["work"]}
    told = choose(report_for(catalogue, **everyday, violence=True))
    assert not {"turvakoti", "nettiturvakoti", "nollalinja", "riku"} & {step.service_id for step in told.steps}
    assert {"turvakoti", "nollalinja"} <= set(told.held_back)
    untold = choose(report_for(catalogue, **everyday))
    assert told.everyone == untold.everyone
    assert [step.service_id for step in told.steps] == [step.service_id for step in untold.steps]


def test_a_last_day_stands_on_paper(catalogue: Catalogue) -> None:
    """The step through which the plan is asked for, by the day before its three years may be full."""
    answers = {**VANTAA, "status": "family_ties", "is_jobseeker_client": True, "years_since_first_permit": "2024-04"}
    page = render_html(sheet_for(report_for(catalogue, **answers), "en"))
    assert re.search(r"Do step \d by 31\.3\.2027: after that the answer may be different\.", page)
    assert "4/2024" not in page
    without = render_html(sheet_for(report_for(catalogue, **VANTAA), "en"))
    assert "Do step" not in without.replace("First do step", "")


@pytest.mark.parametrize("part", ["verb", "after", "gloss", "how", "age"])
def test_every_text_of_a_step_takes_room(catalogue: Catalogue, part: str) -> None:
    """The estimate of what two pages hold leaves out no text, on the first page or on the second."""
    sheet = sheet_for(report_for(catalogue), "fi")
    long = ((TaggedText("pitkä " * 500, "fi"),),)
    for place, step in enumerate(sheet.steps):
        if place == 0 and part == "after":
            continue  # nothing comes before the first
        longer: PaperStep = step._replace(**{part: long})  # type: ignore[arg-type]
        steps = (*sheet.steps[:place], longer, *sheet.steps[place + 1 :])
        assert overflow(sheet._replace(steps=steps), 1.0) > overflow(sheet, 1.0) + 100
