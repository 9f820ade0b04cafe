"""Answers as people write them."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from kotoneuvo.advice.facts import FactBook, fold
from kotoneuvo.advice.problems import InputProblems
from kotoneuvo.advice.values import read_values, started

DAY = date(2026, 11, 24)
ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("fact", "answer", "expected"),
    [
        ("age", 34, {34}),
        ("age", "34", {34}),
        ("age", "34 v", {34}),
        ("age", "34 vuotta", {34}),
        ("age", 34.0, {34}),
        ("age", "18-20", {18, 19, 20}),
        ("age", "18–20", {18, 19, 20}),
        ("age", "18 - 20", {18, 19, 20}),
        ("age", "<3", {0, 1, 2}),
        ("age", "alle 3 v", {0, 1, 2}),
        ("age", "<=3", {0, 1, 2, 3}),
        ("age", "≤3", {0, 1, 2, 3}),
        ("age", ">118", {119, 120}),
        ("age", "yli 118", {119, 120}),
        ("age", "118+", {118, 119, 120}),
        ("age", [17, "19-20"], {17, 19, 20}),
        ("finnish_level", "B1", {"B1.1", "B1.2"}),
        ("finnish_level", "b1.2", {"B1.2"}),
        ("finnish_level", "A2.", {"A2.1", "A2.2"}),
        ("finnish_level", "A2.2–B1", {"A2.2", "B1.1", "B1.2"}),
        ("finnish_level", ">=C2", {"C2.1", "C2.2"}),
        ("finnish_level", "<A1.2", {"0", "A1.1"}),
        ("finnish_level", 0, {"0"}),
        ("finnish_level", "YKI 3", {"B1.1", "B1.2"}),
        ("years_since_first_permit", "1.5", {1}),
        ("years_since_first_permit", "1,5", {1}),
        ("years_since_first_permit", 1.5, {1}),
        ("years_since_first_permit", "<3", {0, 1, 2}),
        ("years_since_first_permit", ">58", {58, 59, 60}),
        ("years_since_first_permit", "none", {"none"}),
        ("years_since_first_permit", "2024-05", {2}),
        ("years_since_first_permit", "2024-11", {1, 2}),
        ("years_since_first_permit", "2026-11", {0}),
        ("municipality", "Espoo", {"049"}),
        ("municipality", "esbo", {"049"}),
        ("municipality", "ESPOO ", {"049"}),
        ("municipality", "91", {"091"}),
        ("municipality", 91, {"091"}),
        ("municipality", "091", {"091"}),
        ("municipality", "Jyvaskyla", {"179"}),
        ("municipality", "Pertunmaa", {"507"}),
        ("municipality", ["Turku", "Åbo", "Tampere"], {"853", "837"}),
        ("municipality", "none", {"none"}),
        ("municipality", "Nilsiä", {"297"}),
        ("municipality", "Korpilahti", {"179"}),
        ("municipality", "Vähäkyrö", {"905"}),
        ("municipality", "Lillkyro", {"905"}),
        ("municipality", "Ekenäs", {"710"}),
        ("municipality", "Suodenniemi", {"790"}),
        ("municipality", "534", {"297"}),
        ("municipality", "Längelmäki", {"182", "562"}),
        ("municipality", "Jkl", {"179"}),
        ("municipality", "hesa", {"091"}),
        ("municipality", "Stadi", {"091"}),
        ("municipality", "00100 Helsinki", {"091"}),
        ("municipality", "FI-21600 Pargas", {"445"}),
        ("age", "1985", {40, 41}),
        ("age", 1985, {40, 41}),
        ("age", "2026", {0}),
        ("age", "1906", {119, 120}),
        ("labour_status", "töissä", {"employed"}),
        ("labour_status", "i arbete", {"employed"}),
        ("labour_status", "employed", {"employed"}),
        ("has_right_to_work", "kyllä", {True}),
        ("has_right_to_work", "ei", {False}),
        ("has_right_to_work", "ja", {True}),
        ("has_right_to_work", "x", {True}),
        ("has_right_to_work", False, {False}),
        ("has_right_to_work", ["kyllä", "ei"], {True, False}),
        ("children_ages", [2, 8], {"<3+7-15"}),
        ("children_ages", "2,8", {"<3+7-15"}),
        ("children_ages", ["7-15"], {"7-15"}),
        ("children_ages", [], {"none"}),
        ("children_ages", "none", {"none"}),
        ("children_ages", [25], {"none"}),
        ("status", "Turvapaikan saanut (pakolaisasema)", {"asylum"}),
    ],
)
def test_an_answer_leaves_these_values(facts: FactBook, fact: str, answer: object, expected: set[object]) -> None:
    """Numbers, bands, coarse levels, names in three languages, lists: each leaves exactly these values."""
    assert read_values(facts[fact], answer, DAY) == expected


@pytest.mark.parametrize("fact", ["age", "status", "municipality", "has_right_to_work", "children_ages"])
def test_unknown_is_everything(facts: FactBook, fact: str) -> None:
    """An explicit "not known" leaves the whole domain, and never means no."""
    assert read_values(facts[fact], "ei tiedossa") == facts[fact].everything


@pytest.mark.parametrize(
    ("fact", "answer"),
    [
        ("age", "-1"),
        ("age", "abc"),
        ("age", 34.5),
        ("age", "121"),
        ("age", "20-18"),
        ("age", "1-2-3"),
        ("age", True),
        ("age", []),
        ("finnish_level", "D1"),
        ("finnish_level", "YKI 9"),
        ("years_since_first_permit", "2024-13"),
        ("years_since_first_permit", "2099-01"),
        ("municipality", "Atlantis"),
        ("municipality", "999"),
        ("municipality", "00100"),
        ("municipality", "FI-00100"),
        ("age", "2027"),
        ("age", "1899"),
        ("has_right_to_work", "maybe"),
        ("children_ages", "boy"),
        ("labour_status", "unemployd"),
    ],
)
def test_nonsense_is_refused_with_what_is_allowed(facts: FactBook, fact: str, answer: object) -> None:
    """What cannot be read is refused, never guessed, and the problem names the fact and what may stand there."""
    with pytest.raises(InputProblems) as caught:
        read_values(facts[fact], answer, DAY)
    (problem,) = caught.value.problems
    assert problem.fieldname == fact
    if "future" not in problem.message:
        assert problem.allowed


def test_a_close_spelling_is_suggested(facts: FactBook) -> None:
    """A mistyped municipality brings the right one to mind, in the language in which it was typed."""
    for typed, meant in (("Helsingfros", "Helsingfors"), ("Helsniki", "Helsinki")):
        with pytest.raises(InputProblems) as caught:
            read_values(facts["municipality"], typed)
        assert caught.value.problems[0].suggestion == meant


@pytest.mark.parametrize(
    "typed",
    ["00100", "Xyz", "Suomi", "Moskova", "Narva", "Kyiv", "Stockholm", "Sverige", "Tallinna", "Riika", "Bagdad"],
)
def test_no_town_is_proposed_without_likeness(facts: FactBook, typed: str) -> None:
    """Another town is worse than none."""
    with pytest.raises(InputProblems) as caught:
        read_values(facts["municipality"], typed)
    assert caught.value.problems[0].suggestion == ""


def test_misspelt_towns_of_all_sizes_are_understood(facts: FactBook) -> None:
    """One letter dropped in the middle of any longer name proposes a name of that very town."""
    fact = facts["municipality"]
    wrong = {}
    for code, names in fact.names.items():
        name = names["fi"]
        typed = name[: len(name) // 2] + name[len(name) // 2 + 1 :]
        try:
            found = read_values(fact, typed)
            suggestion = next(iter(found))
        except InputProblems as error:
            suggestion = fact.aliases.get(fold(error.problems[0].suggestion), "")
        if suggestion != code and len(name) > 5:
            wrong[typed] = suggestion
    assert wrong == {}


@pytest.mark.parametrize(
    "typed", ["010190-123A", "010190 123A", "01.01.1990", "+358 40 1234567", "1 0 1 1 9 0 1 2 3 4"]
)
@pytest.mark.parametrize("name", ["age", "municipality", "years_since_first_permit", "labour_status"])
def test_what_may_identify_is_never_repeated(facts: FactBook, name: str, typed: str) -> None:
    """An identity code, a date of birth or a phone number typed in the wrong place."""
    if name == "years_since_first_permit" and typed == "01.01.1990":
        typed = "01.13.1990"  # a day that is one is that of the permit
    with pytest.raises(InputProblems) as caught:
        read_values(facts[name], typed, DAY)
    for text in (str(caught.value), *map(str, caught.value.problems)):
        assert typed not in text
        assert "1234" not in text


@pytest.mark.parametrize(
    ("name", "typed", "today", "years"),
    [
        ("years_since_first_permit", "2024-11", date(2026, 11, 29), {1, 2}),
        ("years_since_first_permit", "2024-11", date(2026, 11, 30), {2}),
        ("age", "1985", date(2026, 12, 30), {40, 41}),
        ("age", "1985", date(2026, 12, 31), {41}),
    ],
)
def test_a_month_and_a_year_are_over_on_their_last_day(
    facts: FactBook, name: str, typed: str, today: date, years: set[int]
) -> None:
    assert read_values(facts[name], typed, today) == years


@pytest.mark.parametrize("typed", ["0000-05", "1800-05"])
def test_nobody_got_a_permit_before_1900(facts: FactBook, typed: str) -> None:
    """Python has no year nought: it must be refused in words."""
    with pytest.raises(InputProblems):
        read_values(facts["years_since_first_permit"], typed, DAY)


def test_birthdays_on_a_leap_day(facts: FactBook) -> None:
    """1900 had no 29 February."""
    (begun,) = started(facts["children_ages"], "120", date(2020, 2, 29))
    assert (begun.first, begun.last) == (date(1899, 3, 1), date(1900, 2, 28))


def test_former_municipalities_lead_to_todays(facts: FactBook) -> None:
    """Every merged municipality of the list, by code and by both names, is one or more of today's 308."""
    rows = list(csv.DictReader((ROOT / "data" / "former_municipalities.csv").read_text(encoding="utf-8").splitlines()))
    assert len(rows) > 140
    for row in rows:
        assert row["source"].startswith("http")
        for typed in (row["code"], row["name_fi"], row["name_sv"]):
            if typed and typed != "Lappi":
                assert read_values(facts["municipality"], typed) == set(row["merged_into"].split("+"))
        assert set(row["merged_into"].split("+")) <= set(facts.municipalities)


@pytest.mark.parametrize("answer", ["2,8", "2;8", "2 8", "2; 8", "2 + 8", " 2 , 8 ", [2, 8], ["2", "8"]])
def test_the_ages_of_children_however_they_are_parted(facts: FactBook, answer: object) -> None:
    assert read_values(facts["children_ages"], answer) == {"<3+7-15"}
    assert len(started(facts["children_ages"], answer, DAY)) == 2


@pytest.mark.parametrize("answer", ["2 lasta", "2 x 8", "2 8 lasta", "2;;8", "2 300"])
def test_what_is_no_list_of_ages(facts: FactBook, answer: str) -> None:
    with pytest.raises(InputProblems):
        read_values(facts["children_ages"], answer)


def test_a_region_leaves_its_municipalities(facts: FactBook) -> None:
    """ "Lappi" is the region today, not the former municipality near Rauma; Åland is 16 municipalities."""
    assert len(read_values(facts["municipality"], "Lappi")) == 21
    assert read_values(facts["municipality"], "Åland") == read_values(facts["municipality"], "Ahvenanmaa")


def test_sensitive_values_are_not_repeated(facts: FactBook) -> None:
    """A mistyped residence status is not echoed: the message may end up in a log."""
    with pytest.raises(InputProblems) as caught:
        read_values(facts["status"], "asylumm")
    assert "asylumm" not in str(caught.value)
    assert "asylumm" not in str(caught.value.problems[0].details)
