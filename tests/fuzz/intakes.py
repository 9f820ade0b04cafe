"""Intake spreadsheets."""

from __future__ import annotations

import csv
import io
from datetime import date
from functools import cache
from typing import Any

from kotoneuvo.advice.problems import InputProblems
from kotoneuvo.advice.service import Catalogue
from kotoneuvo.batch.rows import BlockReader, Task
from kotoneuvo.catalogue.build import build_catalogue
from kotoneuvo.intake.cells import CellReader
from kotoneuvo.intake.guard import IdentityFound
from kotoneuvo.intake.headers import HeaderNames
from kotoneuvo.intake.opening import open_sheet
from kotoneuvo.words import Words, language_codes

from .judge import DAY, Bench, facts, limits
from .mutation import HOSTILE, Grammar
from .overlays import _BASE
from .target import Target

_SEEDS = (
    "Rivi;Kunta;Ikä;Tavoite\n1;Vantaa;34;työ\n2;Åbo;18–29;kieli\n3;91;7;lapset\n",
    "municipality,age,finnish_level,status,goals,service_language\n"
    'Espoo,65+,B1,asylum,"work, language",ar\nOulu,,,,,\n',
    "viite\tkotikunta\tlasten iät\toleskeluperuste\tkielitaito\n"
    "A-1\tTurku\t2, 8\tperheside\tA1.3\nA-2\tei tiedossa\t0\tUPA\tYKI 3\n",
    "sep=;\nOtsikko\n\nrow;municipality;years_since_first_permit;children_ages;literacy\n"
    "1;Helsingfors;2024-05;<3,7-15;LK1\n",
    '"row","kunta","huomautus"\n"1","Rovaniemi","pitkä\nsolu ""lainaus"""\n',
    "kunta;hetu;nimi\nOulu;010594Y9032;Matti Meikäläinen\n",
    "kunta;ikä\n" + "Oulu;34\n" * 30 + "Oulu;nimi@example.org\n",
)
MOST_ROWS = 40
_COMMANDS = (
    ("batch", "intake.csv"),
    ("batch", "intake.csv", "--output", "out.csv", "--problems", "p.csv", "--report", "r.html"),
    ("batch", "intake.csv", "--format", "jsonl", "--output", "out.jsonl"),
    ("batch", "intake.csv", "--excel", "--columns", "row,unmet,fitting_count"),
    ("batch", "intake.csv", "--dry-run"),
    ("batch", "intake.csv", "--strict", "--counts"),
    ("batch", "-"),
)


def _parse(data: bytes) -> Any:
    text = data.decode()
    delimiter = max(";\t,|", key=text[:500].count)
    return [[delimiter], *csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)]


def _dump(tree: Any) -> bytes:
    out = io.StringIO(newline="")
    delimiter = str(tree[0][0]) if tree and isinstance(tree[0], list) and tree[0] else ";"
    fit = len(delimiter) == 1 and delimiter.isprintable()
    writer = csv.writer(out, delimiter=delimiter if fit else ";", escapechar="\\")
    try:
        writer.writerows(row if isinstance(row, list) else [row] for row in tree[1:])
    except csv.Error as error:
        raise ValueError(str(error)) from None
    return out.getvalue().encode("utf-8", "surrogatepass")


@cache
def _small() -> tuple[Catalogue, HeaderNames, CellReader]:
    reader = CellReader(facts(), date.fromisoformat(DAY))
    return build_catalogue([_BASE], facts()), HeaderNames.bundled(facts()), reader


def read(data: bytes, bench: Bench) -> None:
    """Open the file, settle its columns, guard and read every row against a small catalogue."""
    catalogue, names, reader = _small()
    with limits():
        try:
            sheet = open_sheet(io.BytesIO(data), names, reader)
            task = Task(catalogue, reader.today, sheet.dialect.delimiter, sheet.columns, ("row", "fitting", "possible"))
            blocks = BlockReader(task, language_codes)
            for block in sheet.blocks:
                blocks.read(block)
        except InputProblems as error:
            for problem in error.problems:
                Words("fi").problem(problem)
        except IdentityFound as error:
            str(error)


def run(data: bytes, bench: Bench, way: int) -> None:
    """Give the file to `batch`, in one of its ways."""
    command = _COMMANDS[way]
    if "jsonl" in command:
        # A document for every row takes its time: many rows are no hang.
        data = b"\n".join(data.split(b"\n")[:MOST_ROWS])
    bench.put("intake.csv", data)
    shown = "--dry-run" in command
    bench.run(*command, "--jobs", "1", "--as-of", DAY, stdin=data, shown=shown, strict="--strict" not in command)


def _words() -> list[str]:
    known = [str(value) for name in facts().facts for value in facts()[name].domain[:20]]
    names = HeaderNames.bundled(facts())
    towns = [name for each in facts().municipalities.values() for name in each.name.values()][:40]
    guarded = ["010594Y9032", "131052-308T", "040 123 4567", "FI21 1234 5600 0007 85", "a@b.fi", "Kotikatu 5",
               "12345678",
               "1.2.1990", "2024-05-06", "3.tammi"]  # fmt: skip
    headers = [*names.known, *names.labels, *names.identity]
    return list(dict.fromkeys([*headers, *facts().goals, *known, *towns, *guarded, *HOSTILE]))


_FILES = tuple(seed.encode() for seed in _SEEDS)
TARGET = Target("intakes", _FILES, _words(), read, run, len(_COMMANDS), Grammar(_parse, _dump))
