"""`kotoneuvo batch`: an intake spreadsheet in, one row of results per row out, and no identity through."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from kotoneuvo.advice.problems import N_, InputProblems, Problem
from kotoneuvo.cli.catalogues import CatalogueFiles, Session, need, open_catalogue
from kotoneuvo.cli.environment import Environment, UsageProblems
from kotoneuvo.cli.exit_codes import IDENTITY, WRONG_INPUT, guarded
from kotoneuvo.cli.named_files import Force, check_endings, check_files
from kotoneuvo.cli.options import Lang

if TYPE_CHECKING:
    from kotoneuvo.cli.batch_run import Options
    from kotoneuvo.intake.mapping import FormMapping

LEAST = 5
"""Groups smaller than this are said to be small, and are not shown in summaries."""


class LetterForm(StrEnum):
    """How letters are written."""

    HTML = "html"
    PDF = "pdf"


class Form(StrEnum):
    """How results are written."""

    CSV = "csv"
    JSONL = "jsonl"


Intake = Annotated[Path | None, typer.Argument(help="CSV file or workbook, or - for stdin", show_default=False)]
Output = Annotated[
    Path | None, typer.Option(help="write the results here (mode 0600) instead of stdout; .xlsx is a workbook")
]
Problems = Annotated[Path | None, typer.Option(help="write the table of problems here (CSV)")]
ReportFile = Annotated[Path | None, typer.Option(help="write the summary with the gaps here (HTML)")]
Letters = Annotated[
    Path | None, typer.Option(help="print each row's handout into this new folder, under its label (a plain number)")
]
LetterForms = Annotated[LetterForm, typer.Option("--letters-format", help="html, or pdf (needs the extra)")]
WhatIfFile = Annotated[
    Path | None,
    typer.Option(
        "--what-if", help="rank municipalities by clients who would gain a first step from this imagined service"
    ),
]
FormOption = Annotated[
    Form, typer.Option("--format", help="csv, or jsonl: the JSON of `advise`, one line for each row")
]
Columns = Annotated[str | None, typer.Option(help="columns of the results: row,fitting,possible,unmet,…")]
Counts = Annotated[bool, typer.Option("--counts", help="only how many services fit, not which")]
Excel = Annotated[bool, typer.Option("--excel", help="for Excel: BOM and semicolons")]
Mapped = Annotated[
    list[str] | None, typer.Option("--map", help="column=fact, for a column that is not understood (repeatable)")
]
MapValues = Annotated[
    list[str] | None,
    typer.Option("--map-value", help="column.cell=value, for a coded answer: sex.1=woman (repeatable)"),
]
MappingFile = Annotated[
    Path | None, typer.Option("--mapping", help="read the columns as described in this file (TOML)")
]
SaveMapping = Annotated[Path | None, typer.Option(help="write here how the columns are read, for the next file (TOML)")]
Drop = Annotated[list[str] | None, typer.Option("--drop-column", help="do not read this column (repeatable)")]
HeaderRow = Annotated[int | None, typer.Option(help="row number of the header (default: found automatically)", min=1)]
SheetName = Annotated[str, typer.Option("--sheet", help="sheet of a workbook, by name or number (default: the first)")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="show how every column and value is read, and stop")]
Template = Annotated[bool, typer.Option("--template", help="write an empty file with a code book, and stop")]
Strict = Annotated[bool, typer.Option("--strict", help="no advice for rows with a problem; exit code 1 if any")]
MinGroup = Annotated[int, typer.Option(help="groups smaller than this count as too small", min=1)]
Jobs = Annotated[int | None, typer.Option(help="worker processes (default: one for each core)", min=1)]
AsOf = Annotated[str | None, typer.Option(help="advise for this day, YYYY-MM-DD")]


@guarded
def run(
    intake: Intake = None,
    output: Output = None,
    problems: Problems = None,
    report: ReportFile = None,
    letters: Letters = None,
    letters_format: LetterForms = LetterForm.HTML,
    what_if: WhatIfFile = None,
    form: FormOption = Form.CSV,
    columns: Columns = None,
    counts: Counts = False,
    excel: Excel = False,
    mapped: Mapped = None,
    map_value: MapValues = None,
    mapping: MappingFile = None,
    save_mapping: SaveMapping = None,
    drop: Drop = None,
    header_row: HeaderRow = None,
    sheet: SheetName = "",
    dry_run: DryRun = False,
    template: Template = False,
    strict: Strict = False,
    min_group: MinGroup = LEAST,
    jobs: Jobs = None,
    force: Force = False,
    catalogue: CatalogueFiles = None,
    as_of: AsOf = None,
    lang: Lang = None,
) -> None:
    """Advise for every row of an anonymised intake file.

    Files that identify people are refused (exit code 3).
    """
    need("numpy", "numpy")  # made for each system, so not in the one-file program
    from kotoneuvo.cli.batch_run import Options

    environment = Environment.current()
    words, today = environment.words(lang), environment.day(as_of)
    options = Options(
        output=output, problems=problems, report=report, jsonl=form is Form.JSONL, excel=excel, strict=strict,
        columns=_columns(columns, counts), least=min_group, jobs=jobs or _cores(), save_mapping=save_mapping,
        letters=letters, letters_format=letters_format.value,
        imagined=open_catalogue(environment, [*(catalogue or ()), what_if]) if what_if else None,
        mapping=_mapping(mapping, _pairs(mapped or []), _values(map_value or []), drop or [], sheet, header_row or 0),
    )  # fmt: skip
    read = [("", intake), ("--mapping", mapping), ("--what-if", what_if)]
    check_files(environment, words, options.outputs, read, catalogue or (), force=force)
    session = Session(environment, words, today, open_catalogue(environment, catalogue))
    _work(intake, session, options, dry_run=dry_run, template=template)


def _readable(intake: Path | None, options: Options, dry_run: bool) -> Path:
    """The intake, if what is asked for goes together. Raises UsageProblems."""
    if intake is None:
        raise UsageProblems([Problem("name an intake file (or - for stdin)")])
    if dry_run and (options.output or options.problems or options.report or options.letters):
        message = N_("--dry-run writes no files: leave out --output, --problems, --report and --letters")
        raise UsageProblems([Problem(message)])
    if options.imagined and (options.problems or options.report or options.letters or options.jsonl):
        message = N_("--what-if writes one table: leave out --problems, --report, --letters and --format jsonl")
        raise UsageProblems([Problem(message)])
    if options.letters and str(intake) == "-":
        message = N_("letters need the intake as a file, which is read twice")
        raise UsageProblems([Problem(message, fieldname="--letters")])
    return intake


def _work(asked: Path | None, session: Session, options: Options, *, dry_run: bool, template: bool) -> None:
    """Open the intake and run, or show how it would be read; every end has its exit code."""
    from kotoneuvo.cli import batch_dry_run, batch_people, batch_run
    from kotoneuvo.cli.batch_summary import say_identity
    from kotoneuvo.intake.guard import IdentityFound

    check_endings(options.written(template=template))
    if template:
        batch_dry_run.write_template(session, options.output)
        return
    intake = _readable(asked, options, dry_run)
    try:
        with _opened(intake, session.environment) as (stream, size):
            batch = batch_run.Batch(session, options, stream, size)
            if dry_run:
                batch_dry_run.show_reading(batch)
            elif options.imagined:
                batch_people.rank_gains(batch)
            else:
                with batch_people.letters(batch):
                    batch_run.run(batch)
    except IdentityFound as error:
        say_identity(error, session.words, session.environment)
        raise typer.Exit(IDENTITY) from None
    except batch_run.StrictProblems:
        raise typer.Exit(WRONG_INPUT) from None
    except InputProblems as error:
        raise type(error)(each._replace(where=each.where or str(intake)) for each in error.problems) from None


def _columns(asked: str | None, counts: bool) -> tuple[str, ...]:
    from kotoneuvo.advice.situation import unknown_name
    from kotoneuvo.batch.lines import COUNTS, DEFAULT, OUTPUT

    if asked is None:
        return COUNTS if counts else DEFAULT
    names = tuple(name.strip() for name in asked.split(",") if name.strip())
    wrong = [
        unknown_name("column", name, tuple(OUTPUT))._replace(fieldname="--columns")
        for name in names
        if name not in OUTPUT
    ]
    if wrong or not names:
        raise UsageProblems(wrong or [Problem("--columns is empty", fieldname="--columns", allowed=tuple(OUTPUT))])
    return names


def _pairs(mapped: list[str]) -> dict[str, str]:
    pairs = {}
    for text in mapped:
        header, sign, fact = text.rpartition("=")
        if not sign or not header:
            raise UsageProblems([Problem('"{found}" is not column=fact', {"found": text}, fieldname="--map")])
        pairs[header.strip()] = fact.strip()
    return pairs


def _values(asked: list[str]) -> dict[str, dict[str, str]]:
    """What cells stand for, by header."""
    values: dict[str, dict[str, str]] = {}
    for text in asked:
        place, _sign, value = text.partition("=")
        header, _dot, cell = place.rpartition(".")
        if not header or not cell or not value:
            raise UsageProblems(
                [Problem('"{found}" is not column.cell=value', {"found": text}, fieldname="--map-value")]
            )
        values.setdefault(header.strip(), {})[cell.strip()] = value.strip()
    return values


def _mapping(
    file: Path | None, columns: dict[str, str], values: dict[str, dict[str, str]], drop: list[str], sheet: str, row: int
) -> FormMapping:
    """What a mapping file says, and what the command line says on top."""
    from kotoneuvo.catalogue.files import read_toml
    from kotoneuvo.intake.mapping import FormMapping, read_mapping

    said = FormMapping(columns, values, tuple(drop), sheet, row)
    if file is None:
        return said
    try:
        return read_mapping(read_toml(file)).with_others(said)
    except InputProblems as error:
        raise InputProblems(each._replace(where=each.where or str(file)) for each in error.problems) from None


def _cores() -> int:
    import os

    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def _opened(intake: Path, environment: Environment) -> Iterator[tuple[BinaryIO, int]]:
    """The bytes of the intake and how many there are (0: not known)."""
    from kotoneuvo.catalogue.files import file_problem, open_input

    if str(intake) == "-":
        yield environment.stdin.buffer, 0
        return
    try:
        stream = open_input(intake)
    except OSError as error:
        raise InputProblems([file_problem(intake, error)]) from None
    with stream:
        try:
            yield stream, intake.stat().st_size
        except IsADirectoryError as error:
            raise InputProblems([file_problem(intake, error)]) from None
