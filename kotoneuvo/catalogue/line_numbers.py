"""Find the line of a field in a catalogue file, for messages."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from kotoneuvo.advice.problems import InputProblems
from kotoneuvo.catalogue.files import read_text

# No parser gives us the lines: tomli knows only those of syntax errors, and TOML Kit takes 25 times as long.
_HEADER = re.compile(r"^\s*\[(\[)?\s*([^\]]+?)\s*\]")
_PART = re.compile(r"([^.\[\]]+)(?:\[(\d{1,9})\])?")


def line_of(path: Path, fieldname: str, table: str = "", number: int = 0) -> int:
    """The line (from 1) of a field in the `number`-th `[[table]]` (from 0), or of the nearest table around it.

    Without `table`, the field is at the top of the file. 0 if there is no such table, or the file cannot be read.
    """
    try:
        lines = lines_of(path)
    except InputProblems:
        return 0
    starts = (*(table_starts(path, table) if table else (0,)), len(lines) + 1)
    if number >= len(starts) - 1:
        return 0
    start, end = starts[number], starts[number + 1] - 1
    parts = [(match[1], int(match[2] or 0)) for match in _PART.finditer(fieldname)]
    best, prefix = start, table
    first = start
    for depth, (name, place) in enumerate(parts):
        whole = f"{prefix}.{name}" if prefix else name
        headers = [number for number in range(start + 1, end + 1) if _header(lines[number - 1]) == whole]
        if headers:
            best = first = headers[min(place, len(headers) - 1)]
            prefix = whole
            continue
        # The rest may be one dotted key, a bare name, or a name in quotes.
        key = ".".join(part for part, _ in parts[depth:])
        return _key(lines, first, end, (key, name, f'"{name}"')) or best
    return best


def _header(line: str) -> str:
    """The name in the header of a table; empty for any other line."""
    found = _HEADER.match(line)
    return found[2] if found else ""


def _key(lines: tuple[str, ...], first: int, end: int, names: Iterable[str]) -> int:
    """The line of `name = …` or `name.… = …` between a header and the next one; 0 if there is none."""
    for name in names:
        for number in range(first + 1, end + 1):
            if _HEADER.match(lines[number - 1]):
                break
            if re.match(rf"\s*{re.escape(name)}\s*[=.]", lines[number - 1]):
                return number
    return 0


@lru_cache(maxsize=8)
def lines_of(path: Path) -> tuple[str, ...]:
    """The lines of a file, cached because every problem in the file needs them."""
    return tuple(read_text(path).splitlines())


@lru_cache(maxsize=8)
def table_starts(path: Path, table: str) -> tuple[int, ...]:
    """The line numbers (from 1) of the headers `[[table]]`."""
    pattern = re.compile(rf"\s*\[\[\s*{re.escape(table)}\s*\]\]")
    return tuple(number for number, line in enumerate(lines_of(path), 1) if pattern.match(line))
