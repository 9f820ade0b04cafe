"""Write the sheet as a workbook with drop-downs, or its first tab as CSV for a Finnish Excel."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from kotoneuvo.advice.facts import FactBook
from kotoneuvo.catalogue.files import without_control_characters
from kotoneuvo.dates import date_in_numbers, partial_date_in_numbers
from kotoneuvo.sheet.columns import CODES, CONFIRM, NEEDED, NEW, OF_NEW, TO_CONFIRM, choices, explained, header
from kotoneuvo.sheet.rows import Row
from kotoneuvo.words import Words

_WIDTHS = {
    "service": 28, "what": 26, "value": 40, "page": 30, "confirmed": 14, "right": 12, "new": 34, "said": 34, "day": 12,
    "key": 16, "name": 28, "summary": 50, "conditions": 34, "kind": 34, "goal": 28, "goal2": 28, "how": 30,
}  # fmt: skip
_USUAL_WIDTH = 20
_EMPTY_ROWS = 200
"""How many empty rows for new services have drop-downs."""
_FILLED = ("right", "new", "said", "day")
"""The columns that the editor fills in."""


def as_csv(rows: Iterable[Row], words: Words) -> str:
    """The rows to confirm as CSV with semicolons and a byte order mark, which a Finnish Excel opens and keeps."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(header(TO_CONFIRM, words))
    writer.writerows([_without_formula(cell) for cell in _cells(row)] for row in rows)
    # Without the byte order mark Excel reads UTF-8 as Windows-1252, and ä becomes two characters.
    return "\ufeff" + out.getvalue()


def as_workbook(rows: Sequence[Row], facts: FactBook, words: Words) -> bytes:
    """The workbook with three tabs: rows to confirm, new services, and the choices of the drop-downs explained."""
    import xlsxwriter

    made = io.BytesIO()
    # A text in a catalogue must not run as a formula on the editor's computer.
    book = xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    # Number format "@" (text): otherwise a spreadsheet turns a phone number into a number and drops its + or 0.
    looks = {
        "head": book.add_format({"bold": True, "text_wrap": True, "bg_color": "#DDE7F0", "border": 1}),
        "known": book.add_format({"text_wrap": True, "valign": "top", "num_format": "@", "font_color": "#333333"}),
        "free": book.add_format(
            {"text_wrap": True, "valign": "top", "num_format": "@", "bg_color": "#FFFBE6", "border": 1}
        ),
        "quiet": book.add_format({"font_color": "#999999", "num_format": "@", "valign": "top"}),
    }
    confirm, new, lists = (book.add_worksheet(words.gettext(title)) for title in (CONFIRM, NEW, CODES))
    ranges = _write_codes(lists, facts, words, looks)
    _write_tab(confirm, TO_CONFIRM, [_cells(row) for row in rows], _FILLED, words, looks, ranges)
    confirm.autofilter(0, 0, max(len(rows), 1), len(TO_CONFIRM) - 1)
    _write_tab(new, OF_NEW, [[None] * len(OF_NEW)] * _EMPTY_ROWS, NEEDED, words, looks, ranges)
    book.close()
    return made.getvalue()


def _write_tab(
    tab: Any,
    columns: Mapping[str, str],
    rows: Sequence[Sequence[str | None]],
    free: Collection[str],
    words: Words,
    looks: Mapping[str, Any],
    ranges: Mapping[str, str],
) -> None:
    """Write a tab; `free` columns look like input cells, and those in `ranges` have drop-downs."""
    for place, (name, title) in enumerate(zip(columns, header(columns, words), strict=True)):
        tab.write_string(0, place, title, looks["head"])
        tab.set_column(place, place, _WIDTHS.get(name, _USUAL_WIDTH))
        look = looks["free" if name in free else "quiet" if name == "key" else "known"]
        for number, row in enumerate(rows, 1):
            # A blank cell keeps its format, so empty rows look like rows to fill in.
            write = tab.write_blank if row[place] is None else tab.write_string
            write(number, place, row[place], look)
        if name in ranges and rows:
            # "warning", not "stop": a page or other words may be typed too.
            choice = {"validate": "list", "source": ranges[name], "error_type": "warning"}
            tab.data_validation(1, place, len(rows), place, choice)
    tab.freeze_panes(1, 1)


def _write_codes(tab: Any, facts: FactBook, words: Words, looks: Mapping[str, Any]) -> dict[str, str]:
    """Write the tab of choices and, in hidden columns, the lists for the drop-downs; return the ranges of these."""
    from xlsxwriter.utility import xl_range_abs

    for number, row in enumerate(explained(facts, words)):
        for place, cell in enumerate(row):
            tab.write_string(number, place, cell, looks["head" if number == 0 else "known"])
    tab.set_column(0, 2, 36)
    # From cells, because Excel takes at most 255 characters of choices written into a drop-down itself.
    ranges = {}
    names = [name for name in (*TO_CONFIRM, *OF_NEW) if choices(name, facts, words)]
    for column, name in enumerate(dict.fromkeys(names), 4):
        listed = choices(name, facts, words)
        for number, cell in enumerate(listed, 1):
            tab.write_string(number, column, cell, looks["quiet"])
        title = words.gettext(CODES).replace("'", "''")
        ranges[name] = f"='{title}'!{xl_range_abs(1, column, len(listed), column)}"
    tab.set_column(4, 4 + len(names), 12, None, {"hidden": True})
    return ranges


def _cells(row: Row) -> list[str]:
    confirmed = date_in_numbers(row.confirmed) if row.confirmed else ""
    if row.dated:
        confirmed = partial_date_in_numbers(row.dated)
    known = (row.service, row.what, row.value, row.page, confirmed)
    return [without_control_characters(each) for each in known] + ["", "", "", "", row.key]


def _without_formula(cell: str) -> str:
    """A CSV cell that a spreadsheet does not run as a formula; a phone number keeps its +."""
    return f"'{cell}" if cell[:1] in ("=", "-", "@") or (cell[:1] == "+" and not cell[1:2].isdigit()) else cell
