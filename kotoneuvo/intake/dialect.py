"""What sort of CSV a file is: delimiter, and where its header row lies."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kotoneuvo.advice.problems import InputProblems, Problem
from kotoneuvo.intake.records import Row

DELIMITERS = (";", "\t", ",", "|")
TITLE_ROWS = 5
"""A header may lie below this many title rows."""
_SEP = re.compile(r'^"?sep=(.)"?$', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Dialect:
    """The delimiter, the header cells, and the text before the first data row (`titles` rows above the header)."""

    delimiter: str
    header: tuple[str, ...]
    start: int
    titles: int = 0


Known = Callable[[Sequence[str]], int]
"""How many of these cells are names of columns."""


def find_dialect(text: str, known: Known) -> Dialect:
    """Read the dialect off the first piece of a file. Raises InputProblems for an empty one."""
    line, _, _ = text.partition("\n")
    said = _SEP.match(line.strip("; ,\t") if not line.startswith('"') else line.rstrip("; ,\t"))
    offset = len(line) + 1 if said else 0
    body = text[offset:]
    if not body.strip():
        raise InputProblems([Problem("the file is empty")])
    found = [_header(body, delimiter, known) for delimiter in ((said[1],) if said else DELIMITERS)]
    best = max(found, key=lambda each: each[:2])
    _, _, delimiter, header, start, titles = best
    while len(header) > 1 and not header[-1].strip():
        header.pop()
    return Dialect(delimiter, tuple(header), offset + start, titles)


def _header(body: str, delimiter: str, known: Known) -> tuple[int, int, str, Row, int, int]:
    """Names recognised, cells, delimiter, header row, where the data starts, rows above."""
    best: tuple[int, int, str, Row, int, int] | None = None
    lines = body.split("\n")[: TITLE_ROWS * 4]
    reader = csv.reader((f"{line}\n" for line in lines), delimiter=delimiter)
    try:
        for number, row in enumerate(reader):
            if number > TITLE_ROWS:
                break
            start = sum(map(len, lines[: reader.line_num])) + reader.line_num
            filled = sum(1 for cell in row if cell.strip())
            candidate = (known(row), filled, delimiter, row, min(start, len(body)), number)
            # Without a name that is known, the first row that holds anything is the header.
            if filled and (best is None or candidate[0] > best[0]):
                best = candidate
    except csv.Error:
        pass
    return best or (0, 0, delimiter, [""], len(body), 0)
