"""Handouts made for tests: one situation, any languages."""

from __future__ import annotations

from days import TODAY

from kotoneuvo import Report, Situation, advise
from kotoneuvo.advice.service import Catalogue
from kotoneuvo.render.handout.fitting import fitting_handout
from kotoneuvo.render.handout.plan import Choice
from kotoneuvo.render.handout.sheet import Sheet
from kotoneuvo.render.handout.voice import Voice

VANTAA = {
    "municipality": "Vantaa", "age": 34, "status": "family_ties", "labour_status": "unemployed_not_registered",
    "finnish_level": "A1.3", "years_since_first_permit": 1, "goals": ["work", "language"],
}  # fmt: skip
NO_CHOICE = Choice()


def report_for(catalogue: Catalogue, **answers: object) -> Report:
    return advise(catalogue, Situation.of(catalogue.facts, TODAY, **(answers or VANTAA)), TODAY)


def sheet_for(report: Report, *languages: str, choice: Choice = NO_CHOICE) -> Sheet:
    return fitting_handout(report, choice, [Voice(language) for language in languages])[1]
