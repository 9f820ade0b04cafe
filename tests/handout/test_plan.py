"""Which services come on paper, in which order, and which are kept off it."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from handouts import VANTAA, report_for, sheet_for

from kotoneuvo.advice.pathway import When
from kotoneuvo.advice.service import Catalogue
from kotoneuvo.render.handout.html import render_html
from kotoneuvo.render.handout.plan import STEPS, Choice, plan_handout

UNDOCUMENTED = {"municipality": "Helsinki", "status": "undocumented", "undocumented": True, "goals": ["guidance"]}
VICTIM = {"municipality": "Helsinki", "trafficking_victim": True, "goals": ["guidance"]}


def test_steps_follow_the_report_and_ways_in_come_first(catalogue: Catalogue) -> None:
    """The steps stand in the report's order; whatever a step leads through has a number before it."""
    report = report_for(catalogue)
    plan = plan_handout(report)
    order = [name for stage in report.pathway for name in stage.services]
    names = [each.service for each in plan.steps]
    assert 0 < len(names) <= STEPS
    assert names == sorted(names, key=order.index)
    for step in plan.steps:
        assert step.when is not When.LATER
        assert all(names.index(door) < names.index(step.service) for door in step.after)
    assert any(step.when is When.THROUGH for step in plan.steps)
    assert set(names).isdisjoint(each.service for each in (*plan.basics, *plan.later))


@pytest.mark.parametrize("answers", [UNDOCUMENTED, VICTIM])
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_a_stranger_learns_nothing(catalogue: Catalogue, answers: dict[str, object], language: str) -> None:
    """No word for being undocumented or a victim of trafficking is on paper, whatever was answered."""
    page = render_html(sheet_for(report_for(catalogue, **answers), language))
    assert not re.search("paperit|papperslös|undocumented|ihmiskaup|människohandel|trafficking", page, re.I)


def test_the_worker_puts_on_and_leaves_off(catalogue: Catalogue) -> None:
    """What was held back comes on when asked for; what is left off is gone."""
    report = report_for(catalogue, **UNDOCUMENTED)
    held_back = plan_handout(report).held_back[0]
    first = plan_handout(report).basics[0].service
    plan = plan_handout(report, Choice(without=frozenset({first}), including=frozenset({held_back})))
    assert held_back in {each.service for each in plan.steps}
    assert first not in {each.service for each in (*plan.steps, *plan.basics, *plan.later)}
    assert held_back not in plan.held_back


@pytest.mark.parametrize("fact", ["age", "finnish_level", "labour_status", "years_since_first_permit"])
def test_answers_stay_off_the_paper(catalogue: Catalogue, fact: str) -> None:
    """The sheet with and without a personal answer, for the same services, is the same text."""
    with_it = report_for(catalogue, **VANTAA)
    # The same assessments and pathway, but an answer that nobody gave: only what is written could differ.
    known = {name: values for name, values in with_it.situation.known.items() if name != fact}
    without_it = replace(with_it, situation=replace(with_it.situation, known=known))
    assert render_html(sheet_for(with_it, "en")) == render_html(sheet_for(without_it, "en"))


def test_without_goals_the_basics_stay_a_list(catalogue: Catalogue) -> None:
    """Nothing known still gives a sheet, and says that there is more."""
    plan = plan_handout(report_for(catalogue, municipality="Vantaa"))
    assert plan.steps
    assert plan.more
    assert all(
        catalogue.services[each.service].basic or catalogue.services[each.service].helpline for each in plan.basics
    )
