"""Whole blocks of rows say what the core says of each: every column, exactly, whatever the catalogue."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from advice_strategies import FACTS_HERE, PLACES, Town, groups, towns
from batch_rows import OUTPUT, row_of
from days import TODAY
from hypothesis import given
from hypothesis import strategies as st

from kotoneuvo import Advisor, Situation
from kotoneuvo.advice.situation import GOALS, SERVICE_LANGUAGE
from kotoneuvo.batch.blocks import ENOUGH, BlockForm
from kotoneuvo.batch.contacts import FirstContacts
from kotoneuvo.batch.fact_columns import Cells
from kotoneuvo.batch.lines import Lines
from kotoneuvo.intake.cells import Reading
from kotoneuvo.words import Words


def cells(people: Sequence[Situation], present: Sequence[str]) -> Cells:
    """What the columns of a file with these people would say."""
    columns: dict[str, list[Reading]] = {name: [each.known.get(name) for each in people] for name in present}
    columns[GOALS] = [each.goals or None for each in people]
    columns[SERVICE_LANGUAGE] = [each.service_language or None for each in people]
    readings: dict[str, list[Reading]] = {}
    for name, column in columns.items():
        readings[name] = [None, *(reading for reading in dict.fromkeys(column) if reading is not None)]
    numbers = {
        name: np.array([readings[name].index(reading) for reading in column], np.int64)
        for name, column in columns.items()
    }
    return Cells(numbers, readings, len(people))


@given(
    town=towns(),
    people=groups(FACTS_HERE, most=25),
    two=st.frozensets(st.sampled_from(PLACES), min_size=1, max_size=2),
    memory=st.sampled_from((0, 1 << 26)),
    enough=st.sampled_from((1, ENOUGH)),
)
def test_every_column_is_the_core_s(
    town: Town, people: list[Situation], two: frozenset[str], memory: int, enough: int
) -> None:
    """Doors in circles, several providers, nested alternatives, two municipalities in a cell, goals and languages in
    any order, what is only told; some people in one place; segments joined after the first block, or never."""
    people = [*(each.with_answer("municipality", frozenset(two)) for each in people[::3]), *people]
    present = (*FACTS_HERE, GOALS, SERVICE_LANGUAGE)
    form = BlockForm(Advisor(town.catalogue, TODAY, memory), present, reasons=True, enough=enough)
    lines = Lines(OUTPUT, town.catalogue, FirstContacts(town.catalogue, TODAY, Words("fi")), ";")
    told = cells(people, FACTS_HERE)
    advisor = Advisor(town.catalogue, TODAY)
    for _ in range(2):
        written = lines.write(form.judge(told), told, [str(place) for place in range(len(people))]).decode()
        for line, situation in zip(written.splitlines(), people, strict=True):
            row = dict(zip(OUTPUT, line.split(";"), strict=True))
            expected = row_of(advisor.advise(situation), present)
            assert row == {"row": row["row"], **expected}
