"""Results as a workbook, with a fixed header, a filter, and labels kept as text."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import BinaryIO

from kotoneuvo.advice.problems import N_, InputProblems, Problem

MOST_ROWS = 1_048_575
"""The most rows below the header of a sheet in Excel."""
MOST_CHARACTERS = 32_767
"""The most characters in a cell in Excel; xlsxwriter truncates longer ones silently."""
_NUMBERS = ("fitting_count", "possible_count")
_WIDTHS = {"row": 12, "fitting_count": 14, "possible_count": 16}
_USUAL_WIDTH = 40


class ResultBook:
    """A workbook with one sheet, filled from lines of CSV; kept in memory until `finish`."""

    def __init__(self, file: BinaryIO, columns: Sequence[str], separator: str) -> None:
        import xlsxwriter

        self._file = file
        self._bytes = io.BytesIO()
        self._separator = separator
        self._numbers = {place for place, name in enumerate(columns) if name in _NUMBERS}
        self._rows = 0
        # In memory, because temporary files would contain what clients need.
        self._book = xlsxwriter.Workbook(self._bytes, {"in_memory": True, "strings_to_formulas": False})
        self._sheet = self._book.add_worksheet("kotoneuvo")
        bold = self._book.add_format({"bold": True})
        for place, name in enumerate(columns):
            self._sheet.write_string(0, place, name, bold)
            self._sheet.set_column(place, place, _WIDTHS.get(name, _USUAL_WIDTH))
        self._sheet.freeze_panes(1, 0)
        self._last_column = len(columns) - 1

    def write(self, lines: bytes) -> None:
        """Add lines of results. Raises InputProblems if there are too many rows or a cell is too long."""
        for row in csv.reader(io.StringIO(lines.decode()), delimiter=self._separator):
            self._rows += 1
            if self._rows > MOST_ROWS:
                message = N_("a workbook can hold {most} rows; write the results as CSV")
                raise InputProblems([Problem(message, {"most": MOST_ROWS}, fieldname="--output")])
            for place, cell in enumerate(row):
                if place in self._numbers and cell.isdigit():
                    self._sheet.write_number(self._rows, place, int(cell))
                elif len(cell) > MOST_CHARACTERS:
                    message = N_("a cell of a workbook can hold {most} characters; write the results as CSV")
                    raise InputProblems([Problem(message, {"most": MOST_CHARACTERS}, fieldname="--output")])
                elif cell:
                    self._sheet.write_string(self._rows, place, cell)

    def finish(self) -> None:
        """Write the workbook to its file."""
        self._sheet.autofilter(0, 0, self._rows, self._last_column)
        self._book.close()
        self._file.write(self._bytes.getvalue())
