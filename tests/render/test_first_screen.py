"""The first screen: whole in the windows that desks have, the same numbers everywhere, no answer in its heading."""

from __future__ import annotations

import re
from itertools import product
from typing import Any

import pytest
from days import TODAY
from rich.console import RenderableType

from kotoneuvo import Situation
from kotoneuvo.advice.advisor import Advisor
from kotoneuvo.advice.report import Report
from kotoneuvo.advice.service import Catalogue
from kotoneuvo.render.calendar import ahead_texts
from kotoneuvo.render.details import render_details
from kotoneuvo.render.first_screen import FirstScreen
from kotoneuvo.render.full_page import FullPage
from kotoneuvo.render.report_words import ReportWords
from kotoneuvo.render.terminal import BARE, to_text
from kotoneuvo.words import LANGUAGES, Words

TOWNS = ("Tampere", "Oulu", "Helsinki", "Närpiö", "Sysmä", "Maarianhamina", "Utsjoki", None)
STATUSES = ("temporary_protection_municipality", "asylum_seeker", "undocumented", "work_employed", None)
GOALS: tuple[list[str], ...] = (
    ["language", "work"],
    ["child_health"],
    ["basic_education", "youth"],
    ["housing", "money", "legal_help"],
    [],
)


@pytest.fixture(scope="module")
def people(catalogue: Catalogue) -> list[Report]:
    advisor = Advisor(catalogue, TODAY)
    found = []
    for town, status, goals in product(TOWNS, STATUSES, GOALS):
        given: dict[str, Any] = {"municipality": town, "status": status, "goals": goals, "service_language": "uk"}
        answers = {name: value for name, value in given.items() if value}
        found.append(advisor.advise(Situation.of(catalogue.facts, TODAY, **answers)))
    return found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("rows", "steps"), [(24, 3), (40, 5)])
def test_it_is_whole_in_the_window(people: list[Report], language: str, rows: int, steps: int) -> None:
    """With a line left for the command: three steps with contacts in 24 rows, five in 40, or all that there are."""
    words = Words(language)
    for report in people:
        screen = FirstScreen(report, words, BARE)
        lines = to_text(screen.first(80, rows)).splitlines()
        assert len(lines) < rows, "\n".join(lines)
        assert max(map(len, lines)) <= 80
        numbers = [line.split()[0] for line in lines if line[:1].isdigit() and line[1:3] == "  "]
        assert numbers == [str(each) for each in range(1, len(numbers) + 1)]
        assert len(numbers) >= min(len(report.first_steps), steps)


@pytest.mark.parametrize(
    ("status", "careful"), [("trafficking_victim_permit", True), ("undocumented", True), ("family_ties", False)]
)
def test_a_screen_that_tells_on_the_person_says_so(catalogue: Catalogue, status: str, careful: bool) -> None:
    """Whether it was told in so many words or follows from the permit."""
    answers = {"municipality": "Vantaa", "status": status, "age": 30, "goals": ["health_wellbeing", "work"]}
    report = Advisor(catalogue, TODAY).advise(Situation.of(catalogue.facts, TODAY, **answers))
    text = to_text(FirstScreen(report, Words("en"), BARE).first(80, 0))
    assert ("This screen may tell about the person" in text) is careful


def test_each_step_says_how_it_is_reached(people: list[Report]) -> None:
    """A phone, address, e-mail or page, or a line to write on; never nothing, never "None"."""
    words = Words("en")
    for report in people:
        text = to_text(FirstScreen(report, words, BARE).first(80, 0))
        assert "None" not in text
        for step in report.first_steps:
            if step.contact is None:
                assert "____" in text
            elif step.contact.phone:
                assert step.contact.phone in text


@pytest.mark.parametrize("columns", [40, 60])
def test_a_phone_number_is_whole_in_a_narrow_window(people: list[Report], columns: int) -> None:
    """Half a number calls somebody else: never cut, never torn over two rows; no row is wider than the window."""
    words = Words("fi")
    for report in people[::4]:
        screen = FirstScreen(report, words, BARE)
        first, whole = (to_text(page(columns, 0), columns).splitlines() for page in (screen.first, screen.whole))
        assert max(map(len, (*first, *whole))) <= columns
        contacts = [step.contact for step in report.first_steps]
        for lines, shown in ((first, contacts), (whole, map(report.contact, report.on_pathway))):
            for contact in shown:
                assert not contact or not contact.phone or any(contact.phone in line for line in lines)


def test_numbers_are_the_same_on_both_pages(people: list[Report]) -> None:
    """The whole pathway holds every numbered service in a line of its own."""
    words = Words("fi")
    for report in people:
        screen = FirstScreen(report, words, BARE)
        assert len(set(screen.numbered)) == len(screen.numbered)
        whole = to_text(screen.whole(80)).splitlines()
        shown = {int(found[1]) for line in whole if (found := re.match(r" *(\d+) [✓?→✗] ", line))}
        assert shown == set(range(1, len(screen.numbered) + 1))


def test_the_list_shows_the_contact_of_the_step_and_its_age(people: list[Report]) -> None:
    """One contact of a service, whichever page it is looked up on; a star where something of it is old."""
    for report in people[::6]:
        pages = FirstScreen(report, Words("fi"), BARE)
        for step in report.first_steps:
            assert step.contact is None or report.contact(step.service_id) == step.contact
        shown = to_text(pages.whole(120), 120)
        old = {int(number): star for number, star in re.findall(r"(?m)^ *(\d+) [✓?…→✗] .*?( \*)?$", shown)}
        for number, service_id in enumerate(pages.numbered, 1):
            assert bool(old[number]) is not report.is_confirmed(service_id), service_id


def test_nothing_sensitive_stands_on_it(people: list[Report], catalogue: Catalogue) -> None:
    """Status and age are in the review, not on the screen that faces the client."""
    words = Words("en")
    names = [words.pick(text) for text in catalogue.facts["status"].names.values()]
    for report in people:
        text = to_text(FirstScreen(report, words, BARE).first(80, 40))
        head = text.splitlines()[0]
        assert not [name for name in names if name in head]


def test_an_unserved_goal_and_an_unknown_town_are_said(people: list[Report]) -> None:
    words = Words("en")
    for report in people:
        text = to_text(FirstScreen(report, words, BARE).first(80, 24))
        assert ("Nothing found for" in text) == bool(report.unserved_goals)
        assert ("municipality is not known" in text) == ("municipality" not in report.situation.known)


def test_the_full_page_hides_nothing_of_the_first_screen(people: list[Report]) -> None:
    """Rules, goals that nothing serves, days on which the answer changes, the door to use: on both, word for word."""
    words = Words("en")

    def said(page: RenderableType) -> str:
        return " ".join(to_text(page, 200).split())

    for report in people[::20]:
        first, full = (said(FirstScreen(report, words, BARE).first(200, 0)), said(FullPage(report, words, BARE).page()))
        warnings = [*ReportWords(report, words).warnings()]
        assert len(warnings) >= len(report.notices) + bool(report.unserved_goals)
        for each in warnings:
            assert f"! {each}" in first
            assert f"! {each}" in full
        assert all(
            " ".join(each.split()) in full for each in ahead_texts(report, words, ReportWords(report, words).name)
        )
        for step in report.first_steps:
            for contact in filter(None, (step.contact, step.instead and step.instead.contact)):
                assert (contact.phone or contact.address.partition(",")[0]) in full


def test_marks_can_be_words(people: list[Report]) -> None:
    """For those who cannot see signs; the legend then explains none."""
    text = to_text(FirstScreen(people[0], Words("en"), BARE, spelled=True).first(80, 0))
    assert not {"✓", "?", "→"} & set(text.replace("?page", ""))
    assert "fits" in text


def test_who_told_is_asked_about_the_paper_first(catalogue: Catalogue) -> None:
    """The help comes first, and above it what to ask before anything is printed; nobody else sees that line."""
    words = Words("en")
    for told in (True, False):
        situation = Situation.of(catalogue.facts, TODAY, municipality="Oulu", goals=["safety"], violence=told)
        text = to_text(FirstScreen(Advisor(catalogue, TODAY).advise(situation), words, BARE).first(80, 24))
        assert ("Ask first if it is safe" in text) is told


def test_notes_for_the_keeper_stay_away_from_the_client(catalogue: Catalogue) -> None:
    """They stand in `services show` alone."""
    words = Words("en")
    report = Advisor(catalogue, TODAY).advise(Situation())
    noted = [each for each in catalogue.services.values() if each.keeper_note]
    assert noted
    for service in noted:
        note = " ".join(words.pick(service.keeper_note).split())[:40]
        assert note in " ".join(to_text(render_details(report, service.id, words, BARE, personal=False)).split())
        assert note not in " ".join(to_text(render_details(report, service.id, words, BARE)).split())
