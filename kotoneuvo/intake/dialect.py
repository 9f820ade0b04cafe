"""What sort of CSV a file is: delimiter, and where its header row lies.

A row is taken for the header if it was named (`--header-row`, or by the headers of `--map`), if it stands first, or if
at least two of its cells are names of columns and no answers as well: a client who answers "kieli" and "No" is none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

from kotoneuvo.advice.problems import InputProblems, Problem
from kotoneuvo.intake.mapping import NOTHING_SAID, FormMapping
from kotoneuvo.intake.records import Row, ends_of_rows

DELIMITERS = (";", "\t", ",", "|")
TITLE_ROWS = 20
"""A header may lie below this many title rows."""
LEAST_NAMES = 2
"""A row below the first is a header if so many of its cells are names of columns."""
_LOOKED_AT = 200
"""Lines of the beginning that tell the delimiter."""
_STEADY = 0.5
_BY_NUMBER = re.compile(r"#\d+")
_SEP = re.compile(r'"?sep=(.)"?[;,\t]*', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Dialect:
    """The delimiter, the header cells, the length of the text before the first data row, and the rows `above` the
    header; `named`: it was said which row is the header."""

    delimiter: str
    header: Row
    start: int
    above: tuple[Row, ...] = ()
    named: bool = False


Known = Callable[[Sequence[str]], int]
"""How many of these cells are names of columns and nothing else."""
_Rows = list[tuple[Row, int]]
"""Rows with the length of the text up to their end."""


def find_dialect(text: str, known: Known, said: FormMapping = NOTHING_SAID) -> Dialect:
    """Read the dialect off the first piece of a file. Raises InputProblems for an empty one, or without that row."""
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
        place, named = _header_place(rows, known, said)
        if place < len(rows):
            found.append((_likeliness(rows, place, known, named), _dialect(delimiter, rows, place, named)))
    if not found:
        raise InputProblems([Problem("there is no row {row} at the beginning of this file", {"row": said.header_row})])
    # Where two delimiters are as likely, the first of the list is the one that Finnish spreadsheets write.
    _, best = max(found, key=lambda each: each[0])
    return replace(best, start=min(offset + best.start, len(text)))


def filled(row: Sequence[str]) -> int:
    """How many cells of a row hold anything."""
    return sum(1 for cell in row if cell.strip())


def _header_place(rows: _Rows, known: Known, said: FormMapping) -> tuple[int, bool]:
    """The place of the header among the rows, and whether it was named."""
    if said.header_row:
        return said.header_row - 1, True
    wanted = {_compared(header) for header in said.columns if not _BY_NUMBER.fullmatch(header)}
    if wanted:
        for place, (row, _end) in enumerate(rows[: TITLE_ROWS + 1]):
            if wanted <= set(map(_compared, row)):
                return place, True
    return _likely_header(rows[: TITLE_ROWS + 1], known), False


def _likely_header(rows: _Rows, known: Known) -> int:
    """The first row, unless it is a title; or a row below with names of columns, and fuller than one with fewer."""
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


def _likeliness(rows: _Rows, place: int, known: Known, named: bool) -> tuple[bool, bool, int, float, int]:
    """What speaks for a delimiter: a header that was named, rows as wide as it, names of columns, filled cells."""
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


def passed_over(dialect: Dialect) -> int:
    """The number of a row above the header that is as full as it and so perhaps a client's; 0 if there is none."""
    if dialect.named:
        return 0
    full: Collection[int] = [
        number for number, row in enumerate(dialect.above, 1) if filled(row) >= max(2, filled(dialect.header))
    ]
    return min(full, default=0)
