"""Cells as desks write them."""

from __future__ import annotations

import pytest
from days import TODAY

from kotoneuvo.advice.facts import FactBook, Value
from kotoneuvo.advice.problems import InputProblems
from kotoneuvo.intake.cells import CellReader
from kotoneuvo.words import language_codes


@pytest.mark.parametrize(
    ("fact", "cell", "values"),
    [
        ("municipality", "91", {"091"}),
        ("municipality", "Esbo", {"049"}),
        ("municipality", "HELSINKI ", {"091"}),
        ("age", "18–20", {18, 19, 20}),
        ("age", "34 v", {34}),
        ("age", "34,0", {34}),
        ("finnish_level", "A2–B1", {"A2.1", "A2.2", "B1.1", "B1.2"}),
        ("finnish_level", "a2", {"A2.1", "A2.2"}),
        ("years_since_first_permit", "1,5", {1}),
        ("years_since_first_permit", "15.6.2025", {1}),
        ("years_since_first_permit", "2025-06-15", {1}),
        ("years_since_first_permit", "6/2025", {1}),
        ("years_since_first_permit", "alle 3 v", {0, 1, 2}),
        ("children_ages", "2, 5", {"<3+3-6"}),
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
    ],
)  # fmt: skip
def test_a_cell_means(facts: FactBook, fact: str, cell: str, values: set[Value]) -> None:
    assert CellReader(facts, TODAY).read(fact, cell) == frozenset(values)


def test_wishes(facts: FactBook) -> None:
    reader = CellReader(facts, TODAY, language_codes)
    assert reader.read("goals", "työ; suomen kieli") == ("work", "language")
    assert reader.read("service_language", "arabia, Somali") == ("ar", "so")


@pytest.mark.parametrize("cell", ["", " ", "-", "?", "ei tiedossa", "N/A", "\u00a0"])
def test_nothing_said(facts: FactBook, cell: str) -> None:
    assert CellReader(facts, TODAY).read("labour_status", cell) is None


@pytest.mark.parametrize(
    ("fact", "cell"),
    [("age", "vanha"), ("age", "3.touko"), ("finnish_level", "hyvä"), ("status", "xyz"), ("goals", "kuu taivaalta")],
)
def test_not_understood(facts: FactBook, fact: str, cell: str) -> None:
    with pytest.raises(InputProblems):
        CellReader(facts, TODAY).read(fact, cell)
