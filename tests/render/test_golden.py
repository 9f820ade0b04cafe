"""Whole pages as they are read, for people to review.

A change shows up here as a difference. Look at it; if it is right, write the files anew with
``KOTONEUVO_GOLDEN=write pytest tests/render/test_golden.py`` and read the diff once more before you commit it.
"""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from days import DOCUMENT_DAY, TODAY

from kotoneuvo import Situation, advise
from kotoneuvo.advice.service import Catalogue
from kotoneuvo.render.details import render_details
from kotoneuvo.render.first_screen import FirstScreen
from kotoneuvo.render.full_page import FullPage
from kotoneuvo.render.terminal import BARE, to_text
from kotoneuvo.words import Words

FOLDER = Path(__file__).resolve().parents[1] / "golden"

PAGES: dict[str, tuple[str, date, dict[str, Any]]] = {
    "vantaa_a1_fi": (
        "fi",
        TODAY,
        {
            "municipality": "Vantaa", "age": 34, "status": "family_ties", "labour_status": "unemployed_not_registered",
            "finnish_level": "A1.3", "years_since_first_permit": 1, "schooling": "vocational", "goals": ["work"],
        },
    ),
    "raasepori_papperslos_sv": (
        "sv", TODAY, {"municipality": "Raseborg", "status": "undocumented", "goals": ["guidance"]}
    ),
    "oulu_2020_en": (
        "en", DOCUMENT_DAY, {"municipality": "Oulu", "age": "18-29", "finnish_level": "0", "goals": ["language"]}
    ),
    "nothing_known_fi": ("fi", TODAY, {"goals": ["entrepreneurship"]}),
}  # fmt: skip


def check(name: str, found: str) -> None:
    """The text is what the golden file holds."""
    path = FOLDER / f"{name}.txt"
    if os.environ.get("KOTONEUVO_GOLDEN") == "write":
        path.write_text(found, encoding="utf-8")
    assert found == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", PAGES)
def test_page(name: str, catalogue: Catalogue) -> None:
    """The page of a whole report."""
    language, day, answers = PAGES[name]
    words = Words(language)
    report = advise(catalogue, Situation.of(catalogue.facts, day, **answers), day)
    check(name, to_text(FullPage(report, words, BARE).page()))


SCREENS: dict[str, tuple[str, int, dict[str, Any]]] = {
    "first_screen_tampere_24_fi": (
        "fi",
        24,
        {
            "municipality": "Tampere", "status": "temporary_protection_municipality", "goals": ["language", "work"],
            "labour_status": "unemployed_registered", "finnish_level": "A1", "years_since_first_permit": ">=3",
            "service_language": "uk",
        },
    ),
    "first_screen_narpes_24_sv": (
        "sv", 24, {"municipality": "Närpes", "status": "work_employed", "goals": ["language"], "service_language": "th"}
    ),
    "first_screen_helsinki_40_en": (
        "en", 40, {"municipality": "Helsinki", "status": "undocumented", "goals": ["child_health"]}
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SCREENS)
def test_first_screen(name: str, catalogue: Catalogue) -> None:
    """What a worker sees first, in the windows that desks have."""
    language, rows, answers = SCREENS[name]
    report = advise(catalogue, Situation.of(catalogue.facts, TODAY, **answers), TODAY)
    check(name, to_text(FirstScreen(report, Words(language), BARE).first(80, rows)))


def test_details_of_a_closed_service(catalogue: Catalogue) -> None:
    """Why not: each condition with its result, what it would take, the sources."""
    words = Words("fi")
    situation = Situation.of(catalogue.facts, TODAY, municipality="Espoo", age=17, finnish_level="A1.2")
    report = advise(catalogue, situation, DOCUMENT_DAY)
    check(
        "why_not_vantaa_groups_fi", to_text(render_details(report, "vantaa-osaamiskeskus-ryhmatoiminta", words, BARE))
    )
