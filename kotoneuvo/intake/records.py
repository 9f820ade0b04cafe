"""Cutting a text into blocks of whole CSV records, and blocks into rows."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass

from kotoneuvo.advice.problems import InputProblems, Problem

Row = list[str]
LONGEST = 1 << 20
"""Characters. A longer cell or row is damaged: probably a quotation mark that is never closed."""


@dataclass(frozen=True, slots=True)
class Block:
    """Whole records as text; `first` is the number of the first record (data rows count from 1)."""

    text: str
    first: int


def cut_blocks(pieces: Iterable[str], delimiter: str) -> Iterator[Block]:
    """Rejoin pieces into blocks without splitting a record, even at a quoted line break. Raises InputProblems."""
    rest, first = "", 1
    for piece in pieces:
        data = rest + piece
        end, count = _whole(data, delimiter)
        rest = data[end:]
        if len(rest) > LONGEST:
            raise InputProblems([_endless(first + count)])
        if end:
            yield Block(data[:end], first)
            first += count
    if rest:
        if '"' in rest and _open(rest.split("\n"), delimiter):
            raise InputProblems([_endless(first)])
        yield Block(rest, first)


def _whole(data: str, delimiter: str) -> tuple[int, int]:
    """Where the last complete record of `data` ends, and the number of complete records."""
    if '"' not in data:
        end = data.rfind("\n") + 1
        return end, data.count("\n", 0, end)
    lines = data.split("\n")
    count = consumed = done = 0
    reader = csv.reader((f"{line}\n" for line in lines[:-1]), delimiter=delimiter)
    _allow_long_cells()
    try:
        for count, _ in enumerate(reader, 1):  # noqa: B007
            done, consumed = consumed, reader.line_num
    except csv.Error:
        return _upto(lines, consumed), count
    # An open quotation mark at the end means that the last record continues in the next piece.
    if count and _open(lines[done:consumed], delimiter):
        return _upto(lines, done), count - 1
    return _upto(lines, consumed), count


def _open(lines: list[str], delimiter: str) -> bool:
    try:
        for _ in csv.reader((f"{line}\n" for line in lines), delimiter=delimiter, strict=True):
            pass
    except csv.Error as error:
        return "unexpected end" in str(error)
    return False


def _upto(lines: list[str], number: int) -> int:
    return sum(map(len, lines[:number])) + number


def parts_of(block: Block, size: int) -> Iterator[Block]:
    """Yield a block in parts of about `size` characters, or as one part if it may contain quoted line breaks."""
    text, first, start = block.text, block.first, 0
    if '"' in text:
        size = len(text)
    while start < len(text) or not start:
        end = text.find("\n", start + size) + 1 or len(text)
        part = text[start:end]
        yield Block(part, first)
        first += part.count("\n")
        if end == len(text):
            return
        start = end


def split_rows(block: Block, delimiter: str) -> list[Row]:
    """Split a block into rows. Raises InputProblems for a record that cannot be split."""
    if '"' not in block.text:
        lines = block.text.split("\n")
        if not lines[-1]:
            lines.pop()
        return [line.split(delimiter) for line in lines]
    _allow_long_cells()
    rows: list[Row] = []
    try:
        rows.extend(csv.reader(_lines(block.text), delimiter=delimiter))
    except csv.Error:
        raise InputProblems([_endless(block.first + len(rows))]) from None
    return [row or [""] for row in rows]


def _lines(text: str) -> Iterator[str]:
    lines = text.split("\n")
    last = lines.pop()
    yield from (f"{line}\n" for line in lines)
    if last:
        yield last


def ends_of_rows(text: str, delimiter: str) -> Iterator[tuple[Row, int]]:
    """Yield rows, each with the position after it, up to one that cannot be split (`split_rows` reports that)."""
    lines = text.split("\n")
    if not lines[-1]:
        lines.pop()
    reader = csv.reader((f"{line}\n" for line in lines), delimiter=delimiter)
    _allow_long_cells()
    done = end = 0
    with suppress(csv.Error):
        for row in reader:
            end += sum(map(len, lines[done : reader.line_num])) + reader.line_num - done
            done = reader.line_num
            yield row, min(end, len(text))


def _allow_long_cells() -> None:
    """Raise the csv module's limit on the length of a cell above LONGEST, so that our own check applies."""
    if csv.field_size_limit() < 2 * LONGEST:
        csv.field_size_limit(2 * LONGEST)


def _endless(row: int) -> Problem:
    return Problem("row {row} does not end: a quotation mark is not closed, or a cell is far too long", {"row": row})
