"""Nothing is misread in silence: dates, signs, codes, counts and doubts are read as they were meant, or said."""

from __future__ import annotations

import io

import pytest
from days import TODAY
from hypothesis import given
from hypothesis import strategies as st

from kotoneuvo.advice.problems import InputProblems
from kotoneuvo.advice.values import read_values
from kotoneuvo.batch.rows import BlockReader, Task
from kotoneuvo.catalogue.load import load_catalogue
from kotoneuvo.intake.cells import CellReader, PartlyRead
from kotoneuvo.intake.headers import HeaderNames, Role
from kotoneuvo.intake.opening import open_sheet
from kotoneuvo.words import language_codes

CATALOGUE = load_catalogue()
READER = CellReader(CATALOGUE.facts, TODAY)
NAMES = HeaderNames.bundled(CATALOGUE.facts)
YEARS = "years_since_first_permit"


@pytest.mark.parametrize(
    ("cell", "same"),
    [
        ("31/12/23", "2023-12"), ("31/12/2023", "2023-12"), ("12/31/23", "2023-12"), ("31-12-2023", "2023-12"),
        ("31.12.23", "2023-12"), ("2023/12/31", "2023-12"), ("31.12.2023 14.05", "2023-12"), ("05.24", "2024-05"),
        ("5/24", "2024-05"), ("05/2024", "2024-05"), ("5.2024", "2024-05"), ("2/2/24", "2024-02"),
        ("loka.23", "2023-10"), ("okt-23", "2023-10"), ("Oct-23", "2023-10"),
        ("marras.25", "2025-11"), ("mar-25", "2025-03"),
        ("lokakuu 2023", "2023-10"), ("1. lokakuuta 2023", "2023-10"),
        ("October 1, 2023", "2023-10"), ("maj 2024", "2024-05"),
        ("vuodesta 2019", "2019"), ("sedan oktober 2023", "2023-10"),
        ("14 kk", "1"), ("36 months", "3"), ("2 v 3 kk", "2"), ("1 år 6 mån", "1"), ("30 kuukautta", "2"),
    ],
)  # fmt: skip
def test_dates_and_months_are_read_as_such(cell: str, same: str) -> None:
    assert READER.read(YEARS, cell) == READER.read(YEARS, same)


@pytest.mark.parametrize(
    "answer", ["2023-11-30", "15.6.2025", "5/2024", "2023", "alle 1", "less than 2", "14 kk", "5/1/24"]
)
def test_answers_and_cells_read_years_alike(answer: str) -> None:
    reading = READER.read(YEARS, answer)
    assert reading
    assert read_values(CATALOGUE.facts[YEARS], answer, TODAY) == reading


def test_a_date_in_either_order_leaves_both_open() -> None:
    """The fifth of January or the first of May; one that has not been yet is not meant."""
    early, late = READER.read(YEARS, "2024-01"), READER.read(YEARS, "2024-05")
    assert isinstance(early, frozenset)
    assert isinstance(late, frozenset)
    assert READER.read(YEARS, "5/1/24") == early | late
    assert READER.read(YEARS, "1/12/26") == READER.read(YEARS, "2026-01")


@pytest.mark.parametrize(
    "cell",
    [
        "loka",
        "23-Oct",
        "muu 23",
        "Maria 23",
        "3.kesä",
        "24/5",
        "5-24",
        "5.24",
        "1/2/3/4",
        "13/13/23",
        "32/1/24",
        "3-19",
        "2.25",
        "1.2.3.4",
    ],
)
def test_what_may_be_a_date_is_no_list_of_years(cell: str) -> None:
    with pytest.raises(InputProblems):
        READER.read(YEARS, cell)


def test_the_whole_list_of_years_may_be_typed() -> None:
    """As the list of what is allowed shows it; there is no month 0."""
    assert READER.read(YEARS, "0-60") == read_values(CATALOGUE.facts[YEARS], "0-60", TODAY)
    assert read_values(CATALOGUE.facts[YEARS], "0-60", TODAY)


@given(st.integers(1, 12), st.integers(1, 31), st.integers(20, 25), st.sampled_from("/.-"))
def test_no_day_is_ever_a_list_of_years(month: int, day: int, year: int, sign: str) -> None:
    """Whatever its order: a day is a year or two, or a problem."""
    for text in (f"{day}{sign}{month}{sign}{year}", f"{month}{sign}{day}{sign}{year}"):
        try:
            reading = READER.read(YEARS, text)
        except InputProblems:
            continue
        assert isinstance(reading, frozenset)
        assert max(map(int, reading)) - min(map(int, reading)) <= 1


@pytest.mark.parametrize("cell", ["-9", "-1", "\u22125", "– 99", "-1.0"])
@pytest.mark.parametrize(
    "name", ["municipality", "has_right_to_work", "age", "finnish_level", "children_ages", "goals"]
)
def test_a_sign_counts(name: str, cell: str) -> None:
    with pytest.raises(InputProblems):
        READER.read(name, cell)


@pytest.mark.parametrize(
    ("name", "cell"),
    [("municipality", "Helsinki?"), ("municipality", "Helsinki (?)"), ("has_right_to_work", "kyllä?"),
     ("gender", "mies?"), ("age", "34?"), ("age", "99"), ("children_ages", "2, 99"), ("goals", "työ?"),
     ("service_language", "so?")],
)  # fmt: skip
def test_doubts_and_missing_codes_are_said(name: str, cell: str) -> None:
    with pytest.raises(InputProblems):
        READER.read(name, cell)


def test_an_old_age_can_be_written() -> None:
    assert READER.read("age", "99 v") == frozenset({99})
    with pytest.raises(InputProblems, match="999 and the like"):  # one message for all of them
        READER.read("age", "999")


@pytest.mark.parametrize(
    ("name", "cell", "kept"),
    [("goals", "työ, muu", ("work",)), ("goals", "Work, Other, Family", ("work", "family")),
     ("service_language", "somali, muu", ("so",))],
)  # fmt: skip
def test_what_is_understood_of_a_list_is_kept(name: str, cell: str, kept: tuple[str, ...]) -> None:
    with pytest.raises(PartlyRead) as caught:
        READER.read(name, cell)
    assert caught.value.reading == kept
    assert len(caught.value.problems) == 1


@pytest.mark.parametrize(
    ("cell", "read"), [("work language", ("work", "language")), ("työ kieli", ("work", "language"))]
)
def test_lists_with_blanks_between_are_read(cell: str, read: tuple[str, ...]) -> None:
    """As Kobo writes them."""
    assert READER.read("goals", cell) == read


def test_nobody_whose_goals_are_not_understood_is_advised_as_if_without_goals() -> None:
    """The row says so and stays empty; one of which a part is understood is advised for that part."""
    sheet = open_sheet(io.BytesIO("kunta;tavoite\nOulu;xyzzy\nOulu;työ, muu\nOulu;työ\n".encode()), NAMES, READER)
    reader = BlockReader(Task(CATALOGUE, TODAY, ";", sheet.columns, ("row", "fitting")), language_codes)
    (result,) = [reader.read(block) for block in sheet.blocks]
    first, second, third = [line.partition(",")[2] for line in result.text.splitlines()]
    assert first == ""
    assert second == third != ""
    assert [problem.row for problem in result.problems] == [1, 2]
    assert "no advice" in result.problems[0].message
    assert result.tally.withheld == 1


@pytest.mark.parametrize(
    ("header", "cells", "caution"),
    [
        ("kunta", "5 9 10 16", "codes"), ("kunta", "091 049", ""), ("kunta", "91 92", ""), ("kunta", "5 Oulu", ""),
        ("maassaoloaika", "14 36", "months"), ("maassaoloaika", "1 3", ""), ("maassaoloaika", "2024-05", ""),
        ("suomi", "0 1 1", "zero_one"), ("suomi", "0 0", "zero_one"), ("ruotsi", "1", "zero_one"),
        ("suomen taso", "0 0", ""), ("suomi", "0 A2", ""),
    ],
)  # fmt: skip
def test_columns_of_numbers_are_doubted(header: str, cells: str, caution: str) -> None:
    rows = "".join(f"nainen;{cell}\n" for cell in cells.split())
    column = open_sheet(io.BytesIO(f"sukupuoli;{header}\n{rows}".encode()), NAMES, READER).columns[1]
    assert column.caution == caution
    assert (column.role is Role.IGNORED) == (caution == "zero_one")


def test_close_names_are_looked_for_up_to_a_limit() -> None:
    """With thousands of unknown towns that would take longer than all the rest."""
    reader = CellReader(CATALOGUE.facts, TODAY)
    suggested = 0
    for number in range(600):
        with pytest.raises(InputProblems) as caught:
            reader.read("municipality", f"Helsimki{number:03}"[:-3] + "x" * (number % 3))
        suggested += bool(caught.value.problems[0].suggestion)
    assert 0 < suggested <= 300


@pytest.mark.parametrize("cell", ["no", "ja", "ei", "nej", "yes", "x", "on"])
def test_an_answer_is_no_language(cell: str) -> None:
    """Under "language", "no" says that there is none, and "ja" that there is: neither is Norwegian or Japanese."""
    with pytest.raises(InputProblems):
        READER.read("service_language", cell)
