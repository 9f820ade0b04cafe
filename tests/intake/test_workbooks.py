"""Workbooks in and out: a sheet is read as the CSV of it would be, with the same guard; results keep their labels."""

from __future__ import annotations

import gzip
import io
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from days import TODAY
from python_calamine import CalamineWorkbook

from kotoneuvo.advice.problems import InputProblems
from kotoneuvo.catalogue.load import load_catalogue
from kotoneuvo.intake.cells import CellReader
from kotoneuvo.intake.guard import IdentityFound
from kotoneuvo.intake.headers import HeaderNames
from kotoneuvo.intake.mapping import FormMapping
from kotoneuvo.intake.opening import Sheet, open_sheet
from kotoneuvo.intake.records import split_rows

FACTS = load_catalogue().facts
NAMES = HeaderNames.bundled(FACTS)
READER = CellReader(FACTS, TODAY)
ROWS: list[list[Any]] = [
    ["rivi", "kunta", "ikä", "suomi", "ensimmäinen lupa", "työnteko-oikeus", "lapset", "tavoitteet"],
    ["00001", "Helsinki", 34, "A2.1", date(2024, 5, 1), True, "2, 5", "työ"],
    ["00002", "Vantaa", 25.0, "B1", datetime(2023, 12, 31, 10, 0), False, 3, "kieli, työ"],
    ["00003", "Åbo", "18-29", 0, "5/2024", "kyllä", "", "työ\nkieli"],
]
CSV = """rivi;kunta;ikä;suomi;ensimmäinen lupa;työnteko-oikeus;lapset;tavoitteet
00001;Helsinki;34;A2.1;2024-05-01;true;2, 5;työ
00002;Vantaa;25;B1;2023-12-31 10:00:00;false;3;kieli, työ
00003;Åbo;18-29;0;5/2024;kyllä;;"työ\nkieli"
"""


def workbook(fill: Callable[[Any], None] | None = None, rows: list[list[Any]] | None = None, first: int = 0) -> bytes:
    """An .xlsx with the rows on its first sheet, from row `first` on, and whatever `fill` does to it."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    sheet = book.add_worksheet("intake")
    day = book.add_format({"num_format": "d.m.yyyy"})
    for place, row in enumerate(rows or ROWS, first):
        for column, cell in enumerate(row):
            if isinstance(cell, date):
                sheet.write_datetime(place, column, cell, day)
            elif isinstance(cell, str):
                sheet.write_string(place, column, cell)
            else:
                sheet.write(place, column, cell)
    if fill:
        fill(book)
    book.close()
    return file.getvalue()


def ods(rows: list[list[str]]) -> bytes:
    """An .ods with the rows on its only sheet."""
    body = "".join(
        "<table:table-row>"
        + "".join(f'<table:table-cell office:value-type="string"><text:p>{c}</text:p></table:table-cell>' for c in row)
        + "</table:table-row>"
        for row in rows
    )
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0"?><office:document-content {spaces}><office:body><office:spreadsheet>'
        f'<table:table table:name="intake">{body}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("content.xml", content)
        packed.writestr("META-INF/manifest.xml", "<manifest/>")
    return file.getvalue()


def opened(data: bytes, sheet: str = "", row: int = 0) -> Sheet:
    return open_sheet(io.BytesIO(data), NAMES, READER, FormMapping(header_row=row, sheet=sheet))


def rows_of(sheet: Sheet) -> list[list[str]]:
    return [row for block in sheet.blocks for row in split_rows(block, sheet.dialect.delimiter)]


def test_a_workbook_is_read_as_the_csv_of_it() -> None:
    book, text = opened(workbook()), opened(CSV.encode())
    assert book.columns == text.columns
    assert rows_of(book) == rows_of(text)


@pytest.mark.parametrize("pack", [gzip.compress, bytes])
def test_workbooks_and_texts_may_be_packed(pack: Callable[[bytes], bytes]) -> None:
    assert rows_of(opened(pack(workbook()))) == rows_of(opened(pack(CSV.encode())))


def test_ods_is_read_too() -> None:
    assert rows_of(opened(ods([["kunta", "ikä"], ["Oulu", "34"]]))) == [["Oulu", "34"]]


def test_rows_above_and_columns_left_of_the_table_count() -> None:
    """--header-row is the row that the spreadsheet shows."""
    data = workbook(rows=[["", "kunta", "ikä"], ["", "Oulu", 34]], first=4)
    assert rows_of(opened(data, row=5)) == [["", "Oulu", "34"]]
    assert rows_of(opened(data)) == [["", "Oulu", "34"]]


def other_sheets(book: Any) -> None:
    book.worksheets()[0].hide()
    second = book.add_worksheet("kevät")
    second.activate()
    second.set_first_sheet()
    second.write_row(0, 0, ["kunta", "ikä"])
    second.write_row(1, 0, ["Oulu", 7])


@pytest.mark.parametrize(("name", "count"), [("", 1), ("kevät", 1), ("2", 1), ("intake", 3), ("1", 3)])
def test_a_sheet_can_be_chosen(name: str, count: int) -> None:
    """Without a name it is the first that is not hidden."""
    assert len(rows_of(opened(workbook(other_sheets), name))) == count


def test_a_first_sheet_without_clients_points_to_the_others() -> None:
    """Their names are not told: they may be clients'."""

    def note_first(book: Any) -> None:
        book.worksheets()[0].hide()
        note = book.add_worksheet("ohje")
        note.activate()
        note.set_first_sheet()
        note.write_row(0, 0, ["Täytä joka viikko", "Kysy neuvojalta"])

    with pytest.raises(InputProblems) as caught:
        opened(workbook(note_first))
    assert caught.value.problems[0].details == {"sheet": "ohje", "count": 2}
    assert "intake" not in str(caught.value)


def test_a_sheet_that_is_not_there_is_said() -> None:
    with pytest.raises(InputProblems) as caught:
        opened(workbook(other_sheets), "kevat")
    assert caught.value.problems[0].allowed == ("intake", "kevät")
    with pytest.raises(InputProblems, match="only a workbook"):
        opened(CSV.encode(), "1")


def test_hidden_rows_and_columns_are_read_and_said() -> None:
    def hide(book: Any) -> None:
        book.worksheets()[0].set_row(2, None, None, {"hidden": True})
        book.worksheets()[0].set_column(3, 3, None, None, {"hidden": True})

    sheet = opened(workbook(hide))
    assert sheet.workbook
    assert (sheet.workbook.hidden_rows, sheet.workbook.hidden_columns) == (True, True)
    assert len(rows_of(sheet)) == 3
    plain = opened(workbook())
    assert plain.workbook
    assert (plain.workbook.hidden_rows, plain.workbook.hidden_columns) == (False, False)


@pytest.mark.parametrize("first", [0, 2])
def test_cells_merged_over_rows_are_read_in_each_of_them(first: int) -> None:
    """A town beside three clients is the town of all three; that is said."""
    rows: list[list[Any]] = [["rivi", "kunta", "ikä"], *([str(number), "Turku", 30 + number] for number in range(1, 6))]

    def merge(book: Any) -> None:
        sheet = book.worksheets()[0]
        sheet.merge_range(first + 1, 1, first + 3, 1, "Vantaa")
        sheet.merge_range(first + 4, 1, first + 4, 2, "Oulu")

    sheet = opened(workbook(merge, rows, first))
    assert sheet.workbook
    assert sheet.workbook.merged
    towns = [cells[1] for cells in rows_of(sheet)]
    assert towns == ["Vantaa", "Vantaa", "Vantaa", "Oulu", "Turku"]
    plain = opened(workbook())
    assert plain.workbook
    assert not plain.workbook.merged


def test_the_first_sheet_with_anything_on_it_is_read() -> None:
    """A new sheet in front of the table is often left empty."""

    def empty_first(book: Any) -> None:
        front = book.add_worksheet("etusivu")
        book.worksheets_objs.insert(0, book.worksheets_objs.pop())
        front.activate()

    sheet = opened(workbook(empty_first))
    assert sheet.workbook
    assert sheet.workbook.sheet == "intake"


def test_the_guard_looks_into_workbooks() -> None:
    with pytest.raises(IdentityFound):
        opened(workbook(rows=[["kunta", "nimi"], ["Oulu", "x"]]))


@pytest.mark.parametrize("data", [b"PK\x03\x04xxxx", workbook()[:2000], b"\xd0\xcf\x11\xe0" + b"\0" * 600])
def test_damaged_workbooks_are_said(data: bytes) -> None:
    with pytest.raises(InputProblems, match="workbook"):
        rows_of(opened(data))


def test_damaged_gzip_is_said() -> None:
    with pytest.raises(InputProblems, match="gzip"):
        rows_of(opened(gzip.compress(CSV.encode() * 50)[:-20]))


def run(intake: Path, *options: object) -> subprocess.CompletedProcess[str]:
    command = [
        sys.executable,
        "-m",
        "kotoneuvo",
        "batch",
        str(intake),
        "--lang",
        "en",
        "--jobs",
        "1",
        *map(str, options),
    ]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False)


def test_results_are_the_same_bytes_and_a_workbook_keeps_labels(tmp_path: Path) -> None:
    book, text, out = tmp_path / "a.xlsx", tmp_path / "a.csv", tmp_path / "r.xlsx"
    book.write_bytes(workbook())
    text.write_text(CSV, encoding="utf-8")
    results = [run(path) for path in (book, text)]
    assert [each.returncode for each in results] == [0, 0], results
    assert results[0].stdout == results[1].stdout != ""
    assert run(text, "--output", out, "--counts").returncode == 0
    rows = CalamineWorkbook.from_path(out).get_sheet_by_index(0).to_python()
    expected = [line.split(",") for line in run(text, "--counts").stdout.splitlines()]
    assert [[f"{cell:.0f}" if isinstance(cell, float) else str(cell) for cell in row] for row in rows] == expected
    assert [row[0] for row in rows[1:]] == ["00001", "00002", "00003"]
    with zipfile.ZipFile(out) as packed:
        sheet = packed.read("xl/worksheets/sheet1.xml").decode()
    assert 'state="frozen"' in sheet
    assert "<autoFilter" in sheet


@pytest.mark.parametrize(
    ("formula", "value", "valueless"), [("=1+1", "2", False), ("=A1", "", True), ("=NA()", "#N/A", True)]
)
def test_cells_without_a_value_are_said(formula: str, value: str, valueless: bool) -> None:
    """Errors, and formulas that no program has computed, come out of a workbook as empty cells."""
    data = workbook(lambda book: book.get_worksheet_by_name("intake").write_formula(1, 2, formula, None, value))
    sheet = open_sheet(io.BytesIO(data), NAMES, READER)
    assert sheet.workbook
    assert sheet.workbook.valueless is valueless
