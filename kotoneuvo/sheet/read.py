"""Read a filled sheet into rows, from a workbook or CSV. Tabs are known by their headers, in any of the languages."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from kotoneuvo.advice.facts import fold
from kotoneuvo.advice.problems import N_, InputProblems, Problem
from kotoneuvo.catalogue.files import open_input
from kotoneuvo.intake.decoding import decode_blocks, unpacked
from kotoneuvo.intake.workbook import DELIMITER, open_workbook
from kotoneuvo.sheet.columns import OF_NEW, TO_CONFIRM, known_headers
from kotoneuvo.words import LANGUAGES, Words

_ABOVE = 20
"""How many rows are searched for the header; others may stand above it."""
_ENOUGH = 4
"""A row with this many known headers is the header of a tab."""


class Filled(NamedTuple):
    """One row of a tab: its number in the tab (from 1), its non-empty cells and the headers found, both by column."""

    tab: str
    number: int
    cells: Mapping[str, str]
    headers: Mapping[str, str]


class Sheets(NamedTuple):
    """The rows of the two tabs that an editor fills in, and the language of the headers."""

    language: str
    confirm: tuple[Filled, ...]
    new: tuple[Filled, ...]


def read_sheets(path: Path) -> Sheets:
    """The non-empty rows of a file. Raises InputProblems if it cannot be read, or has neither tab."""
    confirm: list[Filled] = []
    new: list[Filled] = []
    headers: list[str] = []
    for tab, rows in _tabs(path):
        for columns, listed in ((TO_CONFIRM, confirm), (OF_NEW, new)):
            header = _header(rows, columns)
            if header is not None:
                headers += rows[header]
                listed += _filled(tab, rows, header, known_headers(columns))
                break
    if not headers:
        message = N_("this is not a sheet made by `catalogue sheet`: its headers are missing")
        raise InputProblems([Problem(message, where=str(path))])
    return Sheets(_language(headers), tuple(confirm), tuple(new))


def _language(headers: list[str]) -> str:
    columns = {**TO_CONFIRM, **OF_NEW}.values()
    seen = {fold(cell) for cell in headers}
    return max(LANGUAGES, key=lambda each: sum(fold(Words(each).gettext(msgid)) in seen for msgid in columns))


def _tabs(path: Path) -> Iterator[tuple[str, list[list[str]]]]:
    with open_input(path) as stream:
        whole, is_workbook = unpacked(stream)
        data = whole.read()
    if not is_workbook:
        text = "".join(decode_blocks(io.BytesIO(data)))
        yield "", _csv_rows(text.removeprefix("\ufeff"))
        return
    # A workbook that has been opened yields one tab, so it is opened again for each.
    names = open_workbook(io.BytesIO(data)).sheets
    for name in names:
        book = open_workbook(io.BytesIO(data), name)
        lines = "".join(book.pieces).split("\n", 1)[1]  # the first line declares the delimiter
        yield name, list(csv.reader(io.StringIO(lines), delimiter=DELIMITER))


def _csv_rows(text: str) -> list[list[str]]:
    """The rows of a CSV file, read with the delimiter that makes known headers of one of its first rows."""
    # A Finnish Excel writes semicolons, others commas; text copied from a table has tabs.
    readings = [list(csv.reader(io.StringIO(text), delimiter=sign)) for sign in (";", "\t", ",")]
    return next(
        (rows for rows in readings if any(_header(rows, each) is not None for each in (TO_CONFIRM, OF_NEW))),
        readings[0],
    )


def _header(rows: list[list[str]], columns: Mapping[str, str]) -> int | None:
    known = known_headers(columns)
    for place, row in enumerate(rows[:_ABOVE]):
        if len({known[fold(cell)] for cell in row if fold(cell) in known}) >= _ENOUGH:
            # "Who said it" and "When" are on both tabs, so one column must be there that only this tab has.
            first = "key" if columns is TO_CONFIRM else "name"
            if any(known.get(fold(cell)) == first for cell in row):
                return place
    return None


def _filled(tab: str, rows: list[list[str]], header: int, known: Mapping[str, str]) -> Iterator[Filled]:
    names = [known.get(fold(cell), "") for cell in rows[header]]
    headers = {name: cell for name, cell in zip(names, rows[header], strict=True) if name}
    for number, row in enumerate(rows[header + 1 :], header + 2):
        cells = {name: cell.strip() for name, cell in zip(names, row, strict=False) if name and cell.strip()}
        if cells:
            yield Filled(tab, number, cells, headers)
