"""Handouts made for tests: one situation, any languages."""

from __future__ import annotations

from days import TODAY

from kotoneuvo import Report, Situation, advise
from kotoneuvo.advice.service import Catalogue
from kotoneuvo.render.handout.choose import PaperChoice
from kotoneuvo.render.handout.content import Handout
from kotoneuvo.render.handout.fit import ever_shorter_handouts, fitting_sheet
from kotoneuvo.render.handout.pdf import render_pdf
from kotoneuvo.render.handout.readers import Reader

VANTAA = {
    "municipality": "Vantaa", "age": 34, "status": "family_ties", "labour_status": "unemployed_not_registered",
    "finnish_level": "A1.3", "years_since_first_permit": 1, "goals": ["work", "language"],
}  # fmt: skip
NO_CHOICE = PaperChoice()


def report_for(catalogue: Catalogue, **answers: object) -> Report:
    return advise(catalogue, Situation.of(catalogue.facts, TODAY, **(answers or VANTAA)), TODAY)


def sheet_for(report: Report, *languages: str, choice: PaperChoice = NO_CHOICE) -> Handout:
    return fitting_sheet(report, choice, [Reader(language) for language in languages])


def pdf_of(sheet: Handout) -> bytes:
    """The PDF of one sheet as it is, however many pages it takes."""
    return render_pdf([sheet])


def pdf_for(report: Report, *languages: str, choice: PaperChoice = NO_CHOICE) -> bytes:
    """The PDF as `advise` writes it: the fullest sheet that has room on two pages."""
    return render_pdf(ever_shorter_handouts(report, choice, [Reader(language) for language in languages]))
