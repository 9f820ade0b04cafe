"""The dialect of a CSV file: its delimiter, and which row is the header.

The header is the row given by `--header-row`, the row with the headers named by `--map`, or a row in which at least two
cells are column names and not answers too (a client's row may contain "kieli" and "No"), else the first row.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

from kotoneuvo.advice.problems import InputProblems, Problem
from kotoneuvo.intake.mapping import NO_MAPPING, FormMapping
from kotoneuvo.intake.records import Row, ends_of_rows

DELIMITERS = (";", "\t", ",", "|")
TITLE_ROWS = 20
"""The header may be below at most this many title rows."""
LEAST_NAMES = 2
"""A row below the first is the header if at least this many of its cells are column names."""
_LOOKED_AT = 200
"""The delimiter is found from this many lines at the beginning."""
_STEADY = 0.5
_BY_NUMBER = re.compile(r"#\d+")
_SEP = re.compile(r'"?sep=(.)"?[;,\t]*', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a file is written.

    `start` is the length of the text before the first data row. `above` holds the rows above the header. `named`: the
    user said which row is the header.
    """

    delimiter: str
    header: Row
    start: int
    above: tuple[Row, ...] = ()
    named: bool = False


CountNames = Callable[[Sequence[str]], int]
"""Counts the cells that are column names and cannot be answers."""
_Rows = list[tuple[Row, int]]
"""Rows, each with the length of the text up to its end."""


def find_dialect(text: str, known: CountNames, mapping: FormMapping = NO_MAPPING) -> Dialect:
    """Find the dialect from the beginning of a file. Raises InputProblems if it is empty or lacks the named row."""
    line, _, _ = text.partition("\n")
    separator = _SEP.fullmatch(line)
    offset = len(line) + 1 if separator else 0
    body = text[offset:]
    if not body.strip():
        raise InputProblems([Problem("the file is empty")])
    found = []
    beginning = "\n".join(body.split("\n", _LOOKED_AT)[:_LOOKED_AT]) + "\n"
    for delimiter in (separator[1],) if separator else DELIMITERS:
        rows = list(ends_of_rows(beginning, delimiter))
        place, named = _header_place(rows, known, mapping)
        if place < len(rows):
            found.append((_likeliness(rows, place, known, named), _dialect(delimiter, rows, place, named)))
    if not found:
        details = {"row": mapping.header_row}
        raise InputProblems([Problem("there is no row {row} at the beginning of this file", details)])
    # `max` takes the first of equals, and DELIMITERS begins with the one that Finnish spreadsheets write.
    _, best = max(found, key=lambda each: each[0])
    return replace(best, start=min(offset + best.start, len(text)))


def filled(row: Sequence[str]) -> int:
    """The number of cells in a row that are not blank."""
    return sum(1 for cell in row if cell.strip())


def _header_place(rows: _Rows, known: CountNames, mapping: FormMapping) -> tuple[int, bool]:
    """The index of the header row, and whether the user named it."""
    if mapping.header_row:
        return mapping.header_row - 1, True
    wanted = {_compared(header) for header in mapping.columns if not _BY_NUMBER.fullmatch(header)}
    if wanted:
        for place, (row, _end) in enumerate(rows[: TITLE_ROWS + 1]):
            if wanted <= set(map(_compared, row)):
                return place, True
    return _likely_header(rows[: TITLE_ROWS + 1], known), False


def _likely_header(rows: _Rows, known: CountNames) -> int:
    """The index of the likely header: the first row that is not a title, or a later one with more column names."""
    best, best_names, best_filled = -1, 0, 0
    for place, (row, _end) in enumerate(rows):
        names, cells = known(row), filled(row)
        if not cells:
            continue
        title = best_filled == 1 and not best_names and cells > 1
        better = names >= LEAST_NAMES and names > best_names and (best_names < LEAST_NAMES or cells > best_filled)
        if best < 0 or title or better:
            best, best_names, best_filled = place, names, cells
    return max(best, 0)


def _likeliness(rows: _Rows, place: int, known: CountNames, named: bool) -> tuple[bool, bool, int, float, int]:
    """Sort key of a delimiter: header named, rows as wide as the header, column names, filled header cells."""
    header = rows[place][0]
    below = [row for row, _end in rows[place + 1 :] if filled(row)]
    steady = sum(len(row) == len(header) for row in below) / len(below) if below else 1.0
    return (named, len(header) > 1 and steady >= _STEADY, known(header), steady, filled(header))


def _dialect(delimiter: str, rows: _Rows, place: int, named: bool) -> Dialect:
    header, start = rows[place]
    header = list(header) or [""]
    while len(header) > 1 and not header[-1].strip():
        header.pop()
    return Dialect(delimiter, header, start, tuple(row for row, _end in rows[:place]), named)


def _compared(text: str) -> str:
    return " ".join(text.casefold().split())


def full_row_above(dialect: Dialect) -> int:
    """The number of a row above the header that is as full as the header, so perhaps a client; 0 if there is none."""
    if dialect.named:
        return 0
    full: Collection[int] = [
        number for number, row in enumerate(dialect.above, 1) if filled(row) >= max(2, filled(dialect.header))
    ]
    return min(full, default=0)
