"""What sort of CSV a file is: delimiter, and where its header row lies."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from kotoneuvo.advice.problems import InputProblems, Problem
from kotoneuvo.intake.records import Row

DELIMITERS = (";", "\t", ",", "|")
TITLE_ROWS = 5
"""A header may lie below this many title rows."""
_SEP = re.compile(r'"?sep=(.)"?[;,\t]*', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Dialect:
    """The delimiter, the header cells, the length of the text before the first data row, and the rows `above` the
    header."""

    delimiter: str
    header: Row
    start: int
    above: tuple[Row, ...] = ()


Known = Callable[[Sequence[str]], int]
"""How many of these cells are names of columns."""


def find_dialect(text: str, known: Known) -> Dialect:
    """Read the dialect off the first piece of a file. Raises InputProblems for an empty one."""
    line, _, _ = text.partition("\n")
    said = _SEP.fullmatch(line)
    offset = len(line) + 1 if said else 0
    body = text[offset:]
    if not body.strip():
        raise InputProblems([Problem("the file is empty")])
    found = [_header(body, delimiter, known) for delimiter in ((said[1],) if said else DELIMITERS)]
    _, _, best = max(found, key=lambda each: each[:2])
    header = list(best.header)
    while len(header) > 1 and not header[-1].strip():
        header.pop()
    return replace(best, header=header, start=offset + best.start)


def _header(body: str, delimiter: str, known: Known) -> tuple[int, int, Dialect]:
    """Names recognised, cells filled, and where the header is."""
    best = (0, 0, Dialect(delimiter, [""], len(body)))
    above: list[Row] = []
    lines = body.split("\n")[: TITLE_ROWS * 4]
    reader = csv.reader((f"{line}\n" for line in lines), delimiter=delimiter)
    try:
        for row in reader:
            if len(above) > TITLE_ROWS:
                break
            start = sum(map(len, lines[: reader.line_num])) + reader.line_num
            names, filled = known(row), sum(1 for cell in row if cell.strip())
            if filled and _is_above(*best[:2], names, filled):
                best = (names, filled, Dialect(delimiter, row, min(start, len(body)), tuple(above)))
            above.append(row)
    except csv.Error:
        pass
    return best


def _is_above(names: int, filled: int, names_below: int, filled_below: int) -> bool:
    """Whether a row is but a title of the one below, by their cells that are names of columns or filled at all.

    Clients' goals and languages are also names of columns ("kieli"): once a row has one, only a much fuller row below
    is the header. Without a name that is known, the first row that holds anything is it.
    """
    if not names:
        return not filled or names_below > 0
    return names_below > names and filled_below >= 2 * filled
