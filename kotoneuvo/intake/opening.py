"""A file opened: its text decoded, its dialect found, its columns settled, its header past the identity guard."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import BinaryIO

from kotoneuvo.advice.problems import InputProblems, Problem
from kotoneuvo.intake.cells import CellReader
from kotoneuvo.intake.decoding import BLOCK, decode_blocks
from kotoneuvo.intake.dialect import Dialect, find_dialect
from kotoneuvo.intake.guard import Finding, IdentityFound, identity_in
from kotoneuvo.intake.headers import Column, HeaderNames, Role, read_columns, settle
from kotoneuvo.intake.records import Block, Row, cut_blocks, split_rows

SAMPLE = 200
"""Rows looked at to settle what a column with an ambiguous header is."""


@dataclass(frozen=True)
class Sheet:
    """An opened file: what it looks like, what its columns are, and its records still to be read."""

    dialect: Dialect
    columns: tuple[Column, ...]
    blocks: Iterator[Block]


def open_sheet(
    stream: BinaryIO,
    names: HeaderNames,
    reader: CellReader,
    mapped: Mapping[str, str],
    dropped: Iterable[str],
    size: int = BLOCK,
) -> Sheet:
    """Open a file as far as its header; its blocks are of about `size` bytes.

    Raises InputProblems, and IdentityFound for columns that name a person.
    """
    pieces = decode_blocks(stream, size)
    first = next(pieces, "")
    dialect = find_dialect(first, names.recognised)
    body = first[dialect.start :]
    columns = read_columns(dialect.header, names, mapped, dropped)
    _guard_header(columns, dialect.above)
    sample = split_rows(Block("\n".join(body.split("\n")[:SAMPLE]), 1), dialect.delimiter) if body else []
    columns = settle(columns, sample, reader, mapped)
    if not any(column.role is Role.FACT for column in columns):
        raise InputProblems([_nothing_known(columns)])
    return Sheet(dialect, columns, cut_blocks(chain([body], pieces), dialect.delimiter))


def _guard_header(columns: Iterable[Column], above: Iterable[Row]) -> None:
    """Refuse columns that are headed as something that names people, and headers that are such a thing themselves.

    So are rows above the header, but for a title of one cell: they may be clients' after all.
    """
    findings = []
    for row in above:
        kinds = [kind for cell in row if len(list(filter(None, row))) > 1 and (kind := identity_in(cell))]
        findings += [Finding(kind, "", 0) for kind in kinds[:1]]
    for column in columns:
        if column.role is Role.DROPPED:
            continue
        kind = identity_in(column.header)
        if kind:
            findings.append(Finding(kind, column.number, 0))
        elif column.role is Role.IDENTITY:
            findings.append(Finding(column.name, column.header, 0))
    if findings:
        raise IdentityFound(findings)


def _nothing_known(columns: Iterable[Column]) -> Problem:
    near = [column.suggestion for column in columns if column.suggestion]
    message = "no column of this file is known; name columns with --map column=fact, or start from --template"
    return Problem(message, {}, suggestion=near[0] if near else "")
