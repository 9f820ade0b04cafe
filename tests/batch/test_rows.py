"""Batch rows say what `advise` says of the same situation."""

from __future__ import annotations

import csv
import io
import random
from datetime import date
from types import ModuleType

import pytest
from advice_strategies import share
from batch_rows import OUTPUT, made_up, row_of
from hypothesis import given
from hypothesis import strategies as st

from kotoneuvo import load_catalogue
from kotoneuvo.advice.advisor import Advisor, advise
from kotoneuvo.batch import blocks, combinations
from kotoneuvo.batch.rows import BlockReader, Task
from kotoneuvo.intake import rows as intake_rows
from kotoneuvo.intake.cells import CellReader, situation_of
from kotoneuvo.intake.headers import Column, HeaderNames, Role
from kotoneuvo.intake.opening import open_sheet
from kotoneuvo.intake.records import Block, split_rows
from kotoneuvo.words import language_codes

CATALOGUE = load_catalogue()
FACTS = CATALOGUE.facts
DAYS = (date(2026, 11, 24), date(2020, 9, 1), date(2025, 1, 1))
SOME = {
    "municipality": ["Helsinki", "Vanda", "297", "Oulu", "710", "Turku/Åbo", "none", "Sipoo", "Lahti", "Kuopio, Oulu"],
    "age": ["34", "16", "17", "18-29", "<18", "65+", "6", "0-120", "30-44"],
    "goals": ["työ", "language", "work, language", "perhe", "youth", "higher_education", "literacy", "permits"],
    "finnish_level": ["0", "A2", "B1-B2", "A1.3", "C1"],
    "years_since_first_permit": ["0", "<3", "3", "2019-05", "none", "4-6"],
    "children_ages": ["none", "1", "2, 8", "16", "8"],
    "service_language": ["ar", "so"],
}


def cells_of(name: str) -> list[str]:
    """Cells that say something about a fact, and the empty one."""
    if name in SOME:
        return ["", *SOME[name]]
    fact = FACTS[name]
    if fact.kind == "yes_no":
        return ["", "kyllä", "nej", "x", "0"]
    values = [str(value) for value in fact.domain]
    return ["", *values, " / ".join(values[:2]), " tai ".join(values[1:4])]


NAMES = (*FACTS.facts, "goals", "service_language")


@st.composite
def files(draw: st.DrawFn) -> tuple[tuple[str, ...], list[list[str]], date]:
    """Some columns, some rows of cells, a day."""
    names = tuple(draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=9, unique=True)))
    row = st.tuples(*(st.sampled_from(cells_of(name)) for name in names)).map(list)
    return names, draw(st.lists(row, min_size=1, max_size=6)), draw(st.sampled_from(DAYS))


@pytest.mark.parametrize(
    ("module", "limit"),
    [(combinations, "DIRECT_BITS"), (blocks, "PIECES"), (blocks, "REST"), (intake_rows, "MEMORY")],
    ids=lambda each: each if isinstance(each, str) else "",
)
@share(15)
@given(file=files())
def test_rows_read_the_same_with_no_room_to_remember(
    module: ModuleType, limit: str, file: tuple[tuple[str, ...], list[list[str]], date]
) -> None:
    names, rows, day = file
    lines = [Block(";".join(row) + "\n", number) for number, row in enumerate(rows, 1)] * 2
    plain = block_reader(names, day)
    told = [plain.read(block).text for block in lines]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, limit, 0)
        reader = block_reader(names, day)
        assert [reader.read(block).text for block in lines] == told


MANY = (
    "age",
    "gender",
    "status",
    "years_since_first_permit",
    "finnish_level",
    "schooling",
    "labour_status",
    "children_ages",
)


def test_rows_that_add_too_much_read_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """In the middle of a block what was met is forgotten; rows after it, and the next block, are none the worse."""
    draw = random.Random(20261130)
    text = "".join(";".join(draw.choice(cells_of(name)) for name in MANY) + "\n" for _ in range(120))
    lines = [Block(text, 1), Block(text[: len(text) // 2].rpartition("\n")[0] + "\n", 121)]
    plain = block_reader(MANY, DAYS[0])
    told = [plain.read(block).text for block in lines]
    monkeypatch.setattr(blocks, "MOST", 0)
    monkeypatch.setattr(blocks, "FEW", 50)
    reader = block_reader(MANY, DAYS[0])
    assert [reader.read(block).text for block in lines] == told


@pytest.mark.parametrize("bits", [0, combinations.DIRECT_BITS])
def test_many_different_rows_in_a_block_read_as_one_by_one(bits: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """More combinations than there is room for at first, by places in tables and hashed."""
    monkeypatch.setattr(combinations, "DIRECT_BITS", bits)
    draw = random.Random(20261124)
    bands = [f"{low}-{low + draw.randrange(30)}" for low in range(90)]
    cells = {name: bands if name == "age" else cells_of(name) for name in MANY}
    rows = [[draw.choice(cells[name]) for name in MANY] for _ in range(1500)]
    text = "".join(";".join(row) + "\n" for row in rows)
    whole = block_reader(MANY, DAYS[0])
    lines = whole.read(Block(text, 1)).text.splitlines()
    one = block_reader(MANY, DAYS[0])
    for number in draw.sample(range(1500), 100):
        assert one.read(Block(";".join(rows[number]) + "\n", number + 1)).text == lines[number] + "\n"


def block_reader(names: tuple[str, ...], day: date) -> BlockReader:
    """A reader of files with these columns, all outputs on."""
    columns = tuple(Column(place, name, Role.FACT, name) for place, name in enumerate(names))
    return BlockReader(Task(CATALOGUE, day, ";", columns, OUTPUT, separator=";", reasons=True), language_codes)


@share(60)
@given(files())
def test_rows_say_what_the_plain_tree_says(file: tuple[tuple[str, ...], list[list[str]], date]) -> None:
    names, rows, day = file
    reader = block_reader(names, day)
    text = "".join(";".join(row) + "\n" for row in rows)
    result = reader.read(Block(text, 1))
    assert not result.problems
    cells = CellReader(FACTS, day)
    filled = [(number, row) for number, row in enumerate(rows, 1) if any(row)]
    lines = [dict(zip(OUTPUT, line, strict=True)) for line in csv.reader(result.text.splitlines(), delimiter=";")]
    assert [line["row"] for line in lines] == [str(number) for number, _ in filled]
    for line, (_, row) in zip(lines, filled, strict=True):
        situation = situation_of({name: cells.read(name, cell) for name, cell in zip(names, row, strict=True)})
        assert line == {"row": line["row"], **row_of(advise(CATALOGUE, situation, day), names)}


def test_rows_of_a_realistic_file_say_what_one_person_is_told() -> None:
    """With the skew of the benchmarks: every column of every row."""
    stream = io.BytesIO(made_up(150))
    reader = CellReader(FACTS, DAYS[0])
    sheet = open_sheet(stream, HeaderNames.bundled(FACTS), reader)
    task = Task(CATALOGUE, DAYS[0], sheet.dialect.delimiter, sheet.columns, OUTPUT, separator=";", reasons=True)
    rows, advisor = BlockReader(task, language_codes), Advisor(CATALOGUE, DAYS[0])
    for block in sheet.blocks:
        lines = [
            dict(zip(OUTPUT, line, strict=True))
            for line in csv.reader(rows.read(block).text.splitlines(), delimiter=";")
        ]
        cut = split_rows(block, sheet.dialect.delimiter)
        for line, row in zip(lines, cut, strict=True):
            told = {
                each.name: reader.read(each.name, row[each.place]) for each in sheet.columns if each.name in task.names
            }
            assert line == {"row": line["row"], **row_of(advisor.advise(situation_of(told)), task.names)}
