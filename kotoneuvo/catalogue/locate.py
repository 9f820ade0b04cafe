"""The line of a field in a catalogue file; looked for only when there is something to say about it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from kotoneuvo.advice.problems import InputProblems
from kotoneuvo.catalogue.files import read_text

_HEADER = re.compile(r"^\s*\[(\[)?\s*([^\]]+?)\s*\]")
_PART = re.compile(r"([^.\[\]]+)(?:\[(\d{1,9})\])?")


def line_of(path: Path, table: str, number: int, fieldname: str) -> int:
    """The line (from 1) of a field of the `number`-th `[[table]]`, else that of the nearest thing above it.

    0 if the file has no such table or cannot be read any more.
    """
    try:
        lines = lines_of(path)
    except InputProblems:
        return 0
    starts = table_starts(path, table)
    if number >= len(starts):
        return 0
    end = starts[number + 1] - 1 if number + 1 < len(starts) else len(lines)
    return _within(lines, starts[number], end, table, fieldname)


def line_in_file(path: Path, fieldname: str) -> int:
    """The line (from 1) of a field outside all entries, 0 if it is not found; of "catalogue" that of its header."""
    try:
        lines = lines_of(path)
    except InputProblems:
        return 0
    return _within(lines, 0, len(lines), "", fieldname)


def _within(lines: tuple[str, ...], start: int, end: int, table: str, fieldname: str) -> int:
    """`start` and `end` are the entry's first and last line."""
    parts = [(match[1], int(match[2] or 0)) for match in _PART.finditer(fieldname)]
    best, prefix = start, table
    first = start
    for depth, (name, place) in enumerate(parts):
        whole = f"{prefix}.{name}" if prefix else name
        headers = [number for number in range(start + 1, end + 1) if _is_header(lines[number - 1], whole)]
        if headers:
            best = first = headers[min(place, len(headers) - 1)]
            prefix = whole
            continue
        key = ".".join(part for part, _ in parts[depth:])
        return _key(lines, first, end, (key, name, f'"{name}"')) or best
    return best


def _is_header(line: str, name: str) -> bool:
    header = _HEADER.match(line)
    return header is not None and header[2] == name


def _key(lines: tuple[str, ...], first: int, end: int, names: Iterable[str]) -> int:
    """The line of `name = …` or `name.… = …` between a header and the next one; 0 if it is not there."""
    for name in names:
        for number in range(first + 1, end + 1):
            if _HEADER.match(lines[number - 1]):
                break
            if re.match(rf"\s*{re.escape(name)}\s*[=.]", lines[number - 1]):
                return number
    return 0


@lru_cache(maxsize=8)
def lines_of(path: Path) -> tuple[str, ...]:
    """The lines of a file, read once: every problem in a file asks for its line."""
    return tuple(read_text(path).splitlines())


@lru_cache(maxsize=8)
def table_starts(path: Path, table: str) -> tuple[int, ...]:
    """The line numbers, from 1, on which a `[[table]]` begins."""
    pattern = re.compile(rf"\s*\[\[\s*{re.escape(table)}\s*\]\]")
    return tuple(number for number, line in enumerate(lines_of(path), 1) if pattern.match(line))
