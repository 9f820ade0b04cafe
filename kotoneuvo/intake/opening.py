"""Opening a client file: decode it, find its dialect and columns, and pass its header through the identity guard."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import BinaryIO

from kotoneuvo.advice.problems import N_, InputProblems, Problem
from kotoneuvo.intake.cells import CellReader
from kotoneuvo.intake.columns import read_columns, settle
from kotoneuvo.intake.decoding import BLOCK, decode_blocks, unpacked
from kotoneuvo.intake.dialect import TITLE_ROWS, Dialect, filled, find_dialect, full_row_above
from kotoneuvo.intake.extra_rows import ExtraRows, with_options
from kotoneuvo.intake.guard import Finding, IdentityFound, identity_among, identity_in
from kotoneuvo.intake.headers import Column, HeaderNames, Role
from kotoneuvo.intake.mapping import NO_MAPPING, FormMapping
from kotoneuvo.intake.records import Block, Row, cut_blocks, split_rows
from kotoneuvo.intake.workbook import Workbook, open_workbook

SAMPLE = 200
"""Rows used to decide what a column with an ambiguous header is."""


@dataclass(frozen=True)
class Sheet:
    """An opened file: its dialect, its columns, and the blocks of rows still to be read.

    `extra` has the rows that are not clients, as far as the file has been read.
    """

    dialect: Dialect
    columns: tuple[Column, ...]
    blocks: Iterator[Block]
    extra: ExtraRows
    workbook: Workbook | None = None


def open_sheet(
    stream: BinaryIO, names: HeaderNames, reader: CellReader, mapping: FormMapping = NO_MAPPING, size: int = BLOCK
) -> Sheet:
    """Open a file and read its header; the blocks have about `size` bytes.

    Raises InputProblems, and IdentityFound for columns that identify a person.
    """
    stream, packed = unpacked(stream)
    workbook = open_workbook(stream, mapping.sheet) if packed else None
    if mapping.sheet and not workbook:
        raise InputProblems([Problem("only a workbook has sheets", fieldname="--sheet")])
    pieces = workbook.pieces if workbook else decode_blocks(stream, size)
    first = _first(pieces)
    dialect = find_dialect(first, names.recognised, mapping)
    body = first[dialect.start :]
    dialect = replace(dialect, header=with_options(dialect.header, body, dialect.delimiter, names))
    columns = read_columns(dialect.header, names, mapping)
    # Must come before all other checks of the header: a message must not repeat a name.
    _guard_header(columns, dialect.above)
    sample = split_rows(Block("\n".join(body.split("\n")[:SAMPLE]), 1), dialect.delimiter) if body else []
    _check_header(dialect, names, sample)
    columns = settle(columns, sample, reader, names)
    if not any(column.role is Role.FACT for column in columns):
        raise InputProblems([_nothing_known(columns, workbook)])
    extra = ExtraRows(columns, names, reader, dialect.delimiter)
    body = body[extra.below_header(body) :]
    blocks = extra.cleaned(cut_blocks(chain([body], pieces), dialect.delimiter))
    return Sheet(dialect, columns, blocks, extra, workbook)


def _first(pieces: Iterator[str]) -> str:
    """The beginning of a text; more than one piece if needed, because a workbook may begin with empty rows."""
    first = ""
    for piece in pieces:
        first += piece
        if len(first) >= BLOCK or first.count("\n") > SAMPLE:
            break
    return first


def _check_header(dialect: Dialect, names: HeaderNames, sample: Sequence[Row]) -> None:
    """Refuse a file if the header may be a client, a row above it may be one, or clients are in columns."""
    header, number = dialect.header, len(dialect.above) + 1
    above = full_row_above(dialect)
    if above:
        details = {"row": number, "above": above}
        message = N_(
            "row {row} looks like the header, but row {above} above it is just as full and would be skipped; "
            "give the header row with --header-row"
        )
        raise InputProblems([Problem(message, details)])
    questions = names.recognised([row[0] for row in [header, *sample[:TITLE_ROWS]] if row])
    if questions > 2 and questions > 2 * names.recognised(header):
        message = N_("the questions are in rows and the clients in columns; transpose the table")
        raise InputProblems([Problem(message)])
    if not dialect.named and not names.recognised(header) and 2 * names.answered(header) >= filled(header):
        message = N_(
            "row {row} looks like a client, not like a header; add a header above it, or give the header row "
            "with --header-row"
        )
        raise InputProblems([Problem(message, {"row": number})])


def _guard_header(columns: Iterable[Column], above: Iterable[Row]) -> None:
    """Refuse headers that stand for something that identifies people, or that identify somebody themselves.

    Rows above the header are examined too, because they may be clients. A title in a single cell may name the author of
    the list and their contact details, but must not contain an identity code.
    """
    kinds = [(identity_among(row), len(list(filter(None, row))) > 1) for row in above]
    findings = [Finding(kind, "", 0) for kind, several in kinds if kind and (several or kind == "identity code")]
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


def _nothing_known(columns: Iterable[Column], workbook: Workbook | None) -> Problem:
    near = next((column.suggestion for column in columns if column.suggestion), "")
    if workbook and len(workbook.sheets) > 1:
        # The names of the other sheets are not shown: they may be clients' names.
        message = N_(
            "no column of the sheet “{sheet}” is known; this workbook has {count} sheets: choose one with --sheet, "
            "or name columns with --map column=fact"
        )
        return Problem(message, {"sheet": workbook.sheet, "count": len(workbook.sheets)}, suggestion=near)
    message = N_("no column of this file is known; name columns with --map column=fact, or start from --template")
    return Problem(message, {}, suggestion=near)
