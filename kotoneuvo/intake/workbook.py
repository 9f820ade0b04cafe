"""Converting a sheet of a workbook (.xlsx, .xlsm, .xlsb, .xls, .ods) to CSV, so that all other code reads only CSV."""

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
"""The largest workbook file; it is kept in memory while it is read."""
MOST_UNPACKED = 1 << 30
"""The most that a workbook may unpack to; more would be a zip bomb."""
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
"""A cell with an error, or with a formula without a stored result; both are read as empty."""
_MARKS = (_HIDDEN, _HIDDEN_COLUMNS, _VALUELESS)
_CHUNK = 1 << 16
_LONGEST_TAG = 1 << 12


@dataclass
class Workbook:
    """A sheet to read, with the names of all sheets; `pieces` yields it as CSV.

    `hidden_rows`, `hidden_columns` and `valueless` (cells with an error, or a formula without a result) are about the
    whole file; `merged` (cells across several rows) is about this sheet.
    """

    sheet: str
    sheets: tuple[str, ...]
    hidden_rows: bool
    hidden_columns: bool
    valueless: bool
    merged: bool
    pieces: Iterator[str]


def open_workbook(stream: BinaryIO, wanted: str = "") -> Workbook:
    """Open the sheet with the name or number (from 1) `wanted`; by default the first visible one that is not empty.

    Raises InputProblems if the file is not a workbook, is too large, or has no such sheet.
    """
    try:
        from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum
    except ModuleNotFoundError:
        details = {"package": "python-calamine", "install": "python-calamine"}
        raise InputProblems([Problem("this needs {package}: pip install {install}", details)]) from None

    data = read_bytes(stream, MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise InputProblems([Problem("this workbook is too large; save the sheet as CSV")])
    rows, columns, valueless = _marks(data)  # calamine does not say what is hidden
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
    """Repeat the value of cells that are merged across rows (first, last, column) in each of these rows."""
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
    """Yield the rows as CSV in large pieces, without empty rows at the end."""
    # With this line, `find_dialect` need not guess the delimiter from the cells.
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
    """Write a cell as people would type it: whole numbers without decimals, dates as 2024-05-31, true and false."""
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
    """Whether a zipped workbook has hidden rows, hidden columns and cells without a value. Raises InputProblems."""
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
        pass  # calamine will report that the workbook is damaged
    return found


def _scan(part: IO[bytes], found: list[bool]) -> list[bool]:
    rest = b""
    while chunk := part.read(_CHUNK):
        data = rest + chunk
        found = [known or bool(mark.search(data)) for known, mark in zip(found, _MARKS, strict=True)]
        rest = data[-_LONGEST_TAG:]  # a tag may be split between two chunks
    return found
