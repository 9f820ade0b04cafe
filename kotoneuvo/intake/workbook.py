"""Workbooks (.xlsx, .xlsm, .xlsb, .xls, .ods) as the text of one sheet, so that everything behind reads them as CSV."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import IO, BinaryIO

from kotoneuvo.advice.problems import InputProblems, Problem, closest
from kotoneuvo.intake.decoding import read_bytes

DELIMITER = ";"
MOST_BYTES = 1 << 28
"""A workbook larger than this, packed, is no intake file; it is held whole while it is read."""
MOST_UNPACKED = 1 << 30
"""So much may come out of it: what unpacks to more is made to fill the memory."""
_ROWS_AT_ONCE = 1000
_HIDDEN = re.compile(
    rb'<row\b[^>]*\bhidden="(?:1|true)"|<table:table-row\b[^>]*\btable:visibility="(?:collapse|filter)"'
)
_HIDDEN_COLUMNS = re.compile(
    rb'<col\b[^>]*\bhidden="(?:1|true)"|<table:table-column\b[^>]*\btable:visibility="(?:collapse|filter)"'
)
_VALUELESS = re.compile(
    rb'<c\b[^>]*\bt="e"|\bcalcext:value-type="error"'
    rb"|<c\b[^>]*>\s*<f\b(?:[^>]*/>|[^>]*>[^<]*</f>)\s*(?:</c>|<v\s*/>|<v>\s*</v>)"
)
"""A cell with an error, or a formula of which no result is stored: it is read as an empty one."""
_MARKS = (_HIDDEN, _HIDDEN_COLUMNS, _VALUELESS)
_CHUNK = 1 << 16
_LONGEST_TAG = 1 << 12


@dataclass
class Workbook:
    """A sheet to be read: its name and those of all sheets.

    Whether rows or columns of the file are hidden, whether cells of it hold no value but an error or a formula, and
    whether cells of the sheet are merged over several rows.
    """

    sheet: str
    sheets: tuple[str, ...]
    hidden_rows: bool
    hidden_columns: bool
    valueless: bool
    merged: bool
    pieces: Iterator[str]


def open_workbook(stream: BinaryIO, wanted: str = "") -> Workbook:
    """The sheet named `wanted`, or with that number (1 is the first); else the first shown one with anything on it.

    Raises InputProblems for what is no workbook, is far too large, or has no such sheet.
    """
    try:
        from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum
    except ModuleNotFoundError:
        details = {"package": "python-calamine", "install": "python-calamine"}
        raise InputProblems([Problem("this needs {package}: pip install {install}", details)]) from None

    data = read_bytes(stream, MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise InputProblems([Problem("this workbook is too large; save the sheet as CSV")])
    rows, columns, valueless = _marks(data)  # calamine reads what is hidden like all the rest, and does not tell
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        shown = [each.name for each in book.sheets_metadata if each.visible == SheetVisibleEnum.Visible]
        filled = (each for each in shown if wanted or book.get_sheet_by_name(each).height)
        name = _chosen(wanted, book.sheet_names, [*islice(filled, 1), *shown])
        sheet = book.get_sheet_by_name(name)
    except CalamineError:
        raise InputProblems(
            [Problem("this workbook cannot be read; is it damaged, or protected by a password?")]
        ) from None
    merged = [(top, bottom, left) for (top, left), (bottom, right) in sheet.merged_cell_ranges or () if left == right]
    pieces = _texts(_filled(sheet.iter_rows(), merged))
    return Workbook(name, tuple(book.sheet_names), rows, columns, valueless, bool(merged), pieces)


def _chosen(wanted: str, sheets: Sequence[str], shown: Sequence[str]) -> str:
    if not wanted:
        names = list(shown) or list(sheets)
        if not names:
            raise InputProblems([Problem("this workbook has no sheet")])
        return names[0]
    if wanted in sheets:
        return wanted
    if wanted.isdigit() and 0 < int(wanted) <= len(sheets):
        return sheets[int(wanted) - 1]
    details = {"kind": "sheet", "found": wanted}
    near = closest(wanted, sheets)
    raise InputProblems(
        [Problem('unknown {kind} "{found}"', details, fieldname="--sheet", allowed=tuple(sheets), suggestion=near)]
    )


def _filled(rows: Iterator[Sequence[object]], merged: Iterable[tuple[int, int, int]]) -> Iterator[Sequence[object]]:
    """The rows with what stands in cells that are merged over several of them (first, last, column) in each."""
    beginning = defaultdict(list)
    for first, last, column in merged:
        beginning[first].append((last, column))
    going: dict[int, tuple[int, object]] = {}
    for number, row in enumerate(rows):
        cells = list(row)
        for column, (last, cell) in list(going.items()):
            if number > last:
                del going[column]
            elif column < len(cells):
                cells[column] = cell
        going |= {column: (last, cells[column]) for last, column in beginning[number] if column < len(cells)}
        yield cells


def _texts(rows: Iterator[Sequence[object]]) -> Iterator[str]:
    """The rows as CSV, from the first one of the sheet on; empty ones at the end are left out."""
    yield f"sep={DELIMITER}\n"
    blank = 0
    out = io.StringIO()
    writer = csv.writer(out, delimiter=DELIMITER, lineterminator="\n")
    for number, row in enumerate(rows, 1):
        cells = list(map(_text, row))
        while cells and not cells[-1]:
            cells.pop()
        if not cells:
            blank += 1
            continue
        out.write("\n" * blank)
        blank = 0
        writer.writerow(cells)
        if number % _ROWS_AT_ONCE == 0:
            yield out.getvalue()
            out.seek(0)
            out.truncate()
    yield out.getvalue()


def _text(value: object) -> str:
    """A cell as people would type it: whole numbers without a point, days as 2024-05-31, true and false."""
    match value:
        case bool():
            return "true" if value else "false"
        case float():
            return str(int(value)) if value.is_integer() else f"{value:.15g}"
        case datetime():
            return str(value.date()) if value.time() == time() else str(value.replace(microsecond=0))
        case date() | time() | timedelta():
            return str(value)
        case _:
            return str(value).replace("\r\n", "\n").replace("\r", "\n")


def _marks(data: bytes) -> list[bool]:
    """Whether any row or column is hidden, or any cell without a value, in a packed workbook. Raises InputProblems."""
    found = [False] * len(_MARKS)
    if not data.startswith(b"PK"):
        return found
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(each.file_size for each in packed.infolist()) > MOST_UNPACKED:
                raise InputProblems([Problem("this workbook is too large; save the sheet as CSV")])
            for name in packed.namelist():
                if name == "content.xml" or re.fullmatch(r"xl/worksheets/[^/]+\.xml", name):
                    with packed.open(name) as part:
                        found = _scan(part, found)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError):
        pass  # said by the reader of the workbook
    return found


def _scan(part: IO[bytes], found: list[bool]) -> list[bool]:
    rest = b""
    while chunk := part.read(_CHUNK):
        data = rest + chunk
        found = [known or bool(mark.search(data)) for known, mark in zip(found, _MARKS, strict=True)]
        rest = data[-_LONGEST_TAG:]  # a tag may lie across two pieces
    return found
