"""Cells as desks write them."""

from __future__ import annotations

import pytest
from days import TODAY

from kotoneuvo.advice.facts import FactBook, Value
from kotoneuvo.advice.problems import InputProblems
from kotoneuvo.advice.values import read_values
from kotoneuvo.intake.cells import CellReader


@pytest.mark.parametrize(
    ("fact", "cell", "values"),
    [
        ("municipality", "91", {"091"}),
        ("municipality", "Esbo", {"049"}),
        ("municipality", "HELSINKI ", {"091"}),
        ("age", "18–20", {18, 19, 20}),
        ("age", "34 v", {34}),
        ("age", "34,0", {34}),
        ("age", "30-vuotias", {30}),
        ("age", "18, 19", {18, 19}),
        ("municipality", "91,0", {"091"}),
        ("municipality", "091 Helsinki", {"091"}),
        ("finnish_level", "A2–B1", {"A2.1", "A2.2", "B1.1", "B1.2"}),
        ("finnish_level", "a2", {"A2.1", "A2.2"}),
        ("years_since_first_permit", "1,5", {1}),
        ("years_since_first_permit", "15.6.2025", {1}),
        ("years_since_first_permit", "2025-06-15", {1}),
        ("years_since_first_permit", "6/2025", {1}),
        ("years_since_first_permit", "12/24", {1}),
        ("years_since_first_permit", "15.6.25", {1}),
        ("years_since_first_permit", "alle 3 v", {0, 1, 2}),
        ("children_ages", "2, 5", {"<3+3-6"}),
        # Two children, or one whose age is written with a decimal comma: both stay possible.
        ("children_ages", "3,0", {"<3+3-6", "3-6"}),
        ("children_ages", "2,5", {"<3+3-6", "<3"}),
        ("children_ages", "7,10", {"7-15"}),
        ("children_ages", "3.0", {"3-6"}),
        ("children_ages", "alle 3 v", {"<3"}),
        ("children_ages", "ei", {"none"}),
        ("has_right_to_work", "Kyllä", {True}),
        ("has_right_to_work", "x", {True}),
        ("has_right_to_work", "1,0", {True}),
        ("has_right_to_work", "0", {False}),
        ("has_right_to_work", "nej", {False}),
        ("gender", "N", {"woman"}),
        ("labour_status", "työtön, rekisteröitynyt työnhakijaksi", {"unemployed_registered"}),
        ("labour_status", "työssä / opiskelija", {"employed", "student"}),
        ("labour_status", "arbetslös", {"unemployed_registered", "unemployed_not_registered", "long_term_unemployed"}),
        ("status", "EU-kansalainen", {"eu_registered", "eu_unregistered"}),
        # The id is a word that people write of a seeker as well.
        ("status", "asylum", {"asylum", "asylum_seeker"}),
        ("status", "Asylum / perheside", {"asylum", "asylum_seeker", "family_ties"}),
        ("status", "turvapaikka myönnetty", {"asylum"}),
        ("status", "EU:n sininen kortti", {"work_specialist"}),
        # What is not sure is not made so: sick leave is taken from work, "other" is said of much.
        ("labour_status", "sairauslomalla", {"employed", "unable_to_work"}),
        ("labour_status", "föräldraledig", {"employed", "parent_at_home"}),
        ("labour_status", "työkyvytön tai eläkkeellä", {"unable_to_work", "pensioner"}),
        ("municipality", "Turku (Åbo)", {"853"}),
        ("municipality", "Oulu - Uleåborg", {"564"}),
        ("municipality", "564 - Oulu", {"564"}),
        ("municipality", "091 / Espoo", {"091", "049"}),
        ("finnish_level", "YKI taso 3", {"B1.1", "B1.2"}),
        ("finnish_level", "YKI 2-3", {"A2.1", "A2.2", "B1.1", "B1.2"}),
        ("finnish_level", "A2-taso", {"A2.1", "A2.2"}),
        ("finnish_level", "nivå A1-A2.1", {"A1.1", "A1.2", "A1.3", "A2.1"}),
        ("finnish_level", "below A1.3", {"0", "A1.1", "A1.2"}),
        ("finnish_level", "ei osaa", {"0"}),
        ("finnish_level", "B2 tai yli", {"B2.1", "B2.2", "C1.1", "C1.2", "C2.1", "C2.2"}),
        ("age", "118 år eller äldre", {118, 119, 120}),
        ("age", "34 years old", {34}),
        ("years_since_first_permit", "alle vuosi", {0}),
        ("years_since_first_permit", "under ett år", {0}),
        ("years_since_first_permit", "less than a year", {0}),
        ("years_since_first_permit", "3 viikkoa", {0}),
        ("children_ages", "3v 8v", {"3-6+7-15"}),
        ("children_ages", "lapseton", {"none"}),
        ("has_right_to_work", "Kyllä.", {True}),
        ("has_right_to_work", "✓", {True}),
        ("has_right_to_work", "SANT", {True}),
        ("has_right_to_work", "inte ännu", {False}),
        # As the code book of the template lists them.
        ("gender", "nainen (woman)", {"woman"}),
        ("labour_status", "töissä (employed) / opiskelija", {"employed", "student"}),
    ],
)  # fmt: skip
def test_a_cell_means(facts: FactBook, fact: str, cell: str, values: set[Value]) -> None:
    assert CellReader(facts, TODAY).read(fact, cell) == frozenset(values)


@pytest.mark.parametrize("sign", [",", ";", "/", " / ", "\n", " & "])
def test_a_sign_in_a_name_parts_no_answers(facts: FactBook, sign: str) -> None:
    """Every two names of statuses in a cell leave both possible, whatever signs they hold; else it seems free text."""
    names = facts["status"].names
    signed = [value for value, text in names.items() if any(set(",/") & set(name) for name in text.values())]
    assert len(signed) > 5
    for value in signed:
        for other in ("student", *signed):
            for lang in ("fi", "sv", "en"):
                cell = f"{names[value][lang]}{sign}{names[other][lang]}"
                assert CellReader(facts, TODAY).read("status", cell) == frozenset({value, other}), cell


def test_asylum_may_be_applied_for_or_granted(facts: FactBook) -> None:
    for cell in ("turvapaikka", "Asyl"):
        assert CellReader(facts, TODAY).read("status", cell) == frozenset({"asylum", "asylum_seeker"})


@pytest.mark.parametrize(
    ("cell", "town"),
    [
        ("Helsingin kaupunki", "Helsinki"), ("Helsingfors stad", "Helsinki"), ("Vantaan kaupunki", "Vantaa"),
        ("Tuusulan kunta", "Tuusula"), ("Kyrkslätts kommun", "Kirkkonummi"), ("Esbo stad", "Espoo"),
        ("City of Espoo", "Espoo"), ("Lahden kaupunki", "Lahti"), ("ei kotikuntaa", "none"),
    ],
)  # fmt: skip
def test_a_municipality_by_its_official_name(facts: FactBook, cell: str, town: str) -> None:
    reader = CellReader(facts, TODAY)
    assert reader.read("municipality", cell) == reader.read("municipality", town)


def test_wishes(facts: FactBook) -> None:
    reader = CellReader(facts, TODAY)
    assert reader.read("goals", "työ; suomen kieli") == ("work", "language")
    assert reader.read("goals", "suomen tai ruotsin kieli, työ") == ("language", "work")
    assert reader.read("service_language", "arabia, Somali") == ("ar", "so")
    assert reader.read("service_language", "prs; kmr") == ("prs", "kmr")


def test_the_code_book_is_understood(facts: FactBook) -> None:
    """Every value and goal, as a label, as an id and as both, in every language."""
    reader = CellReader(facts, TODAY)
    for name in ("status", "gender", "literacy", "schooling", "labour_status"):
        for value in facts[name].domain:
            for label in facts[name].names[value].values():
                assert reader.read(name, f"{label} ({value})") == frozenset({value})
    for goal, labels in facts.goals.items():
        for label in labels.values():
            assert reader.read("goals", label) == reader.read("goals", f"{label} ({goal})") == (goal,)


@pytest.mark.parametrize(
    ("fact", "cell", "suggestion"),
    [
        ("labour_status", "studnet", "student"),
        ("labour_status", "opiskelja, työssä", "opiskelija"),
        ("service_language", "englnti", "englanti"),
        ("service_language", "muu", ""),
        ("citizenship_group", "suomalainen", ""),
        ("status", "EU:n kansalainen", ""),
        ("status", "A-lupa", ""),
        ("literacy", "latinalaiset", ""),
        ("labour_status", "ei työssä", ""),
        ("parent_role", "ei isä", ""),
        ("children_ages", "2 lasta", ""),
        ("children_ages", "lapsia 2", ""),
        ("finnish_level", "1.1", ""),
    ],
)
def test_what_was_meant_is_said_in_the_language_of_the_cell(
    facts: FactBook, fact: str, cell: str, suggestion: str
) -> None:
    """A slip of the finger; never the opposite of what stands there, or one of several that are as near."""
    with pytest.raises(InputProblems) as raised:
        CellReader(facts, TODAY).read(fact, cell)
    assert raised.value.problems[0].suggestion == suggestion


@pytest.mark.parametrize(
    ("cell", "codes"),
    [
        ("ትግርኛ", "ti"),
        ("پښتو", "ps"),
        ("नेपाली", "ne"),
        ("shqip + română", "sq ro"),
        ("af-soomaali", "so"),
        ("中文", "zh"),
    ],
)
def test_languages_by_their_own_names(facts: FactBook, cell: str, codes: str) -> None:
    assert CellReader(facts, TODAY).read("service_language", cell) == tuple(codes.split())


def test_the_code_of_asylum_is_meant_where_its_name_stands_beside(facts: FactBook) -> None:
    """As the template's code book has it; and in JSON and answers files an id is an id."""
    assert CellReader(facts, TODAY).read("status", "beviljad asyl (flyktingstatus) (asylum)") == frozenset({"asylum"})
    assert read_values(facts["status"], "asylum") == frozenset({"asylum"})


@pytest.mark.parametrize(("cell", "as_if"), [("A 2", "A2"), ("a 1.3", "A1.3"), ("B 1–B 2", "B1-B2")])
def test_a_level_with_a_space(facts: FactBook, cell: str, as_if: str) -> None:
    reader = CellReader(facts, TODAY)
    assert reader.read("finnish_level", cell) == reader.read("finnish_level", as_if) is not None


@pytest.mark.parametrize(("cell", "ages"), [("3 kk", "0"), ("18kk; 5", "1; 5"), ("6 mån, 3 år", "0, 3")])
def test_months_of_a_small_child(facts: FactBook, cell: str, ages: str) -> None:
    reader = CellReader(facts, TODAY)
    assert reader.read("children_ages", cell) == reader.read("children_ages", ages) is not None


@pytest.mark.parametrize("cell", ["", " ", "-", "?", "ei tiedossa", "N/A", "\u00a0", "okänt", "ej känt"])
def test_nothing_said(facts: FactBook, cell: str) -> None:
    reader = CellReader(facts, TODAY)
    for fact in ("labour_status", "goals", "service_language"):
        assert reader.read(fact, cell) is None


def test_goals_of_which_some_columns_say_nothing(facts: FactBook) -> None:
    """Several columns of goals are joined into one cell."""
    reader = CellReader(facts, TODAY)
    assert reader.read("goals", "työ;ei tiedossa;unknown") == ("work",)
    assert reader.read("goals", "ei tiedossa;ei tiedossa") is None


@pytest.mark.parametrize(
    ("fact", "cell"),
    [
        ("age", "vanha"), ("age", "3.touko"), ("finnish_level", "hyvä"), ("status", "xyz"), ("goals", "kuu taivaalta"),
        ("age", "34,5"), ("age", "18,19"), ("municipality", "091 Vantaa"), ("gender", "mies (woman)"),
        ("years_since_first_permit", "31.2.2024"), ("years_since_first_permit", "2027-01"),
    ],
)  # fmt: skip
def test_not_understood(facts: FactBook, fact: str, cell: str) -> None:
    with pytest.raises(InputProblems):
        CellReader(facts, TODAY).read(fact, cell)
