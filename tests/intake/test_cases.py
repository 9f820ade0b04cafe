"""Every kind of odd intake file does what it must; docs/reference/intake_cases.md is the table of it.

After a change that is meant, `KOTONEUVO_GOLDEN=write` writes the table anew.
"""

from __future__ import annotations

import gzip
import io
import os
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from days import TODAY

from kotoneuvo.advice.problems import InputProblems
from kotoneuvo.batch.rows import BlockReader, Task
from kotoneuvo.catalogue.load import load_catalogue
from kotoneuvo.intake.cells import CellReader
from kotoneuvo.intake.extra_rows import EXTRA_KINDS
from kotoneuvo.intake.guard import IdentityFound
from kotoneuvo.intake.headers import HeaderNames
from kotoneuvo.intake.mapping import FormMapping
from kotoneuvo.intake.opening import open_sheet
from kotoneuvo.words import language_codes

CASES: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("cases.toml").read_text(encoding="utf-8"))["case"]
TABLE = Path(__file__).parents[2] / "docs" / "reference" / "intake_cases.md"
CATALOGUE = load_catalogue()
NAMES = HeaderNames.bundled(CATALOGUE.facts)
READER = CellReader(CATALOGUE.facts, TODAY)
HEAD = """# Odd intake files, and what comes of them

One file of each kind (`tests/intake/cases.toml`), read as `kotoneuvo batch` reads it; `tests/intake/test_cases.py`
makes this page.

| kind | what comes of it |
| --- | --- |
"""


def outcome(case: dict[str, Any]) -> str:
    """What comes of a file, in one line."""
    data = case["text"].encode(case.get("encoding", "utf-8"))
    try:
        return "; ".join(_read(gzip.compress(data) if case.get("gzip") else data, case.get("map", {})))
    except IdentityFound as error:
        return "; ".join(
            f"identity: {each.kind}, "
            + (f"row {each.row}, beyond the last column" if not each.column else f"column {each.column}")
            for each in error.findings
        )
    except InputProblems as error:
        return f"refused: {error}"


def _read(data: bytes, mapped: dict[str, str]) -> Iterator[str]:
    sheet = open_sheet(io.BytesIO(data), NAMES, READER, FormMapping(mapped))
    task = Task(CATALOGUE, TODAY, sheet.dialect.delimiter, sheet.columns, ("row", "fitting_count"))
    reader = BlockReader(task, language_codes)
    results = [reader.read(block) for block in sheet.blocks]
    rows = sum(result.tally.rows for result in results)
    yield f"{rows} client" if rows == 1 else f"{rows} clients"
    for number, kind in sheet.extra.found:
        yield f"row {number}: {EXTRA_KINDS[kind]}" if number else f"below the header: {EXTRA_KINDS[kind]}"
    for column in sheet.columns:
        if column.caution:
            yield f"{column.header}: {column.caution}"
    for result in results:
        for problem in result.problems:
            yield f"row {problem.row} {problem.column}: {problem.message}"


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["kind"]))
def test_each_kind_does_what_it_must(case: dict[str, Any]) -> None:
    said = outcome(case)
    assert case["expected"] in said
    if case["expected"] in ("0 clients", "1 client", "2 clients", "3 clients"):
        assert said == case["expected"]


def test_the_table_is_that_of_the_cases() -> None:
    rows = [f"| {case['kind']} | {outcome(case)} |".replace("\n", " ") for case in CASES]
    text = HEAD + "\n".join(rows) + "\n"
    if os.environ.get("KOTONEUVO_GOLDEN") == "write":
        TABLE.write_text(text, encoding="utf-8")
    assert TABLE.read_text(encoding="utf-8") == text
