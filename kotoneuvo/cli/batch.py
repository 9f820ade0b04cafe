"""`kotoneuvo batch`: reads an anonymised intake spreadsheet, and writes a row of results for each of its rows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from kotoneuvo.advice.problems import InputProblems, Problem
from kotoneuvo.advice.situation import unknown_name
from kotoneuvo.catalogue.files import file_problem, open_input, read_toml
from kotoneuvo.cli.catalogues import CatalogueFiles, Workspace, need
from kotoneuvo.cli.commands import command_with
from kotoneuvo.cli.environment import Environment, UsageProblems, located, refuse_beside, refused
from kotoneuvo.cli.exit_codes import IDENTITY, WRONG_INPUT
from kotoneuvo.cli.named_files import Force, Named, check_endings
from kotoneuvo.cli.options import Lang

if TYPE_CHECKING:
    from kotoneuvo.cli.batch_run import Batch
    from kotoneuvo.intake.mapping import FormMapping

LEAST = 5
"""The default of --min-group: smaller groups are reported as too small, and left out of summaries."""


class LetterFormat(StrEnum):
    """The formats of letters."""

    HTML = "html"
    PDF = "pdf"


class BatchFormat(StrEnum):
    """The formats of results."""

    CSV = "csv"
    JSONL = "jsonl"


@dataclass(frozen=True)
class BatchOptions:
    """The options of `batch`, one for each field."""

    intake: Annotated[Path | None, typer.Argument(help="CSV file or workbook, or - for stdin", show_default=False)] = (
        None
    )
    output: Annotated[
        Path | None, typer.Option(help="write the results here (mode 0600) instead of stdout; .xlsx is a workbook")
    ] = None
    problems: Annotated[Path | None, typer.Option(help="write the table of problems here (CSV)")] = None
    report: Annotated[Path | None, typer.Option(help="write the summary with the gaps here (HTML)")] = None
    letters: Annotated[
        Path | None,
        typer.Option(help="print each row's handout into this new folder, under its label (a plain number)"),
    ] = None
    letters_format: Annotated[LetterFormat, typer.Option("--letters-format", help="html, or pdf (needs the extra)")] = (
        LetterFormat.HTML
    )
    what_if: Annotated[
        Path | None,
        typer.Option(
            "--what-if", help="rank municipalities by clients who would gain a first step from this imagined service"
        ),
    ] = None
    form: Annotated[
        BatchFormat, typer.Option("--format", help="csv, or jsonl: the JSON of `advise`, one line for each row")
    ] = BatchFormat.CSV
    columns: Annotated[str | None, typer.Option(help="columns of the results: row,fitting,possible,unmet,…")] = None
    counts: Annotated[bool, typer.Option("--counts", help="only how many services fit, not which")] = False
    excel: Annotated[bool, typer.Option("--excel", help="for Excel: BOM and semicolons")] = False
    mapped: Annotated[
        list[str] | None, typer.Option("--map", help="column=fact, for a column that is not understood (repeatable)")
    ] = None
    map_value: Annotated[
        list[str] | None,
        typer.Option("--map-value", help="column.cell=value, for a coded answer: sex.1=woman (repeatable)"),
    ] = None
    mapping: Annotated[
        Path | None, typer.Option("--mapping", help="read the columns as described in this file (TOML)")
    ] = None
    save_mapping: Annotated[
        Path | None, typer.Option(help="write here how the columns are read, for the next file (TOML)")
    ] = None
    drop: Annotated[list[str] | None, typer.Option("--drop-column", help="do not read this column (repeatable)")] = None
    header_row: Annotated[
        int | None, typer.Option(help="row number of the header (default: found automatically)", min=1)
    ] = None
    sheet: Annotated[
        str, typer.Option("--sheet", help="sheet of a workbook, by name or number (default: the first)")
    ] = ""
    dry_run: Annotated[bool, typer.Option("--dry-run", help="show how every column and value is read, and stop")] = (
        False
    )
    template: Annotated[bool, typer.Option("--template", help="write an empty file with a code book, and stop")] = False
    strict: Annotated[bool, typer.Option("--strict", help="no advice for rows with a problem; exit code 1 if any")] = (
        False
    )
    min_group: Annotated[int, typer.Option(help="groups smaller than this count as too small", min=1)] = LEAST
    jobs: Annotated[int | None, typer.Option(help="worker processes (default: one for each core)", min=1)] = None
    force: Force = False
    catalogue: CatalogueFiles = None
    as_of: Annotated[str | None, typer.Option(help="advise for this day, YYYY-MM-DD")] = None
    lang: Lang = None

    @property
    def jsonl(self) -> bool:
        """Whether the results are JSON documents, one on each line."""
        return self.form is BatchFormat.JSONL

    @property
    def as_workbook(self) -> bool:
        """Whether the results are written as an .xlsx workbook."""
        results = not self.jsonl and not self.what_if
        return results and self.output is not None and self.output.suffix.lower() == ".xlsx"

    @property
    def outputs(self) -> list[Named]:
        """The files to write, each with its option."""
        named = {"--problems": self.problems, "--report": self.report, "--save-mapping": self.save_mapping}
        return [("--output", self.output or Path("-")), *named.items()]

    def check(self) -> Path:
        """Return the intake file. Raises UsageProblems for options that do not go together."""
        results = "json" if self.jsonl else "xlsx" if self.as_workbook else "csv"
        check_endings(
            [
                # A template is always CSV, whatever the format of results.
                ("--output", self.output, "csv" if self.template else results),
                ("--problems", self.problems, "csv"),
                ("--report", self.report, "html"),
            ]
        )
        if self.template:
            if self.problems or self.report or self.letters or self.save_mapping:
                raise refused(
                    "--template writes one table: leave out --problems, --report, --letters and --save-mapping"
                )
            return Path("-")
        table = {"--columns": self.columns, "--counts": self.counts, "--excel": self.excel}
        refuse_beside("--format jsonl", table if self.jsonl else {})
        if self.intake is None:
            raise refused("name an intake file (or - for stdin)")
        if self.dry_run and (self.output or self.problems or self.report or self.letters):
            raise refused("--dry-run writes no files: leave out --output, --problems, --report and --letters")
        if self.what_if and (self.problems or self.report or self.letters or self.save_mapping or self.jsonl):
            raise refused(
                "--what-if writes one table: leave out --problems, --report, --letters, --save-mapping and "
                "--format jsonl"
            )
        if self.letters and str(self.intake) == "-":
            raise refused("letters need the intake as a file, which is read twice", "--letters")
        return self.intake

    def result_columns(self) -> tuple[str, ...]:
        """Return the columns of the results. Raises UsageProblems for unknown names."""
        from kotoneuvo.batch.lines import COUNTS, DEFAULT, OUTPUT

        if self.columns is None:
            return COUNTS if self.counts else DEFAULT
        names = tuple(name.strip() for name in self.columns.split(",") if name.strip())
        known = tuple(OUTPUT)
        wrong = [unknown_name("column", name, known) for name in names if name not in OUTPUT]
        wrong += [] if names else [Problem("--columns is empty", allowed=known)]
        if len(set(names)) < len(names):
            wrong.append(Problem("this is given twice; keep only one"))
        if wrong:
            raise UsageProblems(each._replace(fieldname="--columns") for each in wrong)
        return names

    def form_mapping(self) -> FormMapping:
        """Return how the columns are read: by the mapping file, overridden by the options. Raises InputProblems."""
        from kotoneuvo.intake.mapping import FormMapping, read_mapping

        columns: dict[str, str] = {}
        for text in self.mapped or ():
            # From the right, as a header may contain the sign and a fact's name cannot.
            header, _sign, fact = text.rpartition("=")
            if not header:
                raise refused('"{found}" is not column=fact', "--map", found=text)
            columns[header.strip()] = fact.strip()
        values: dict[str, dict[str, str]] = {}
        for text in self.map_value or ():
            place, _sign, value = text.partition("=")
            header, _dot, cell = place.rpartition(".")
            if not header or not cell or not value:
                raise refused('"{found}" is not column.cell=value', "--map-value", found=text)
            values.setdefault(header.strip(), {})[cell.strip()] = value.strip()
        from_options = FormMapping(columns, values, tuple(self.drop or ()), self.sheet, self.header_row or 0)
        if self.mapping is None:
            return from_options
        with located(self.mapping):
            return read_mapping(read_toml(self.mapping)).with_others(from_options)


@command_with(BatchOptions)
def run(options: BatchOptions) -> None:
    """Advise for every row of an anonymised intake file.

    Files that identify people are refused (exit code 3).
    """
    need("numpy", "numpy")  # compiled for each system, so kotoneuvo.pyz cannot contain it
    from kotoneuvo.cli.batch_run import Batch, StrictProblems
    from kotoneuvo.cli.batch_screen import say_identity
    from kotoneuvo.intake.guard import IdentityFound

    # Checked before the Workspace, which may ask whether a file is to be replaced.
    intake, columns, mapping = options.check(), options.result_columns(), options.form_mapping()
    inputs = [("", options.intake), ("--mapping", options.mapping), ("--what-if", options.what_if)]
    work = Workspace(options.lang, options.as_of, options.catalogue, options.outputs, inputs, force=options.force)
    if options.template:
        from kotoneuvo.cli.batch_dry_run import write_template

        write_template(work, options.output)
        return
    try:
        with located(intake), _opened(intake, work.environment) as (stream, size):
            _make(Batch(work, options, columns, mapping, stream, size))
    except IdentityFound as error:
        say_identity(error, work)
        raise typer.Exit(IDENTITY) from None
    except StrictProblems:
        raise typer.Exit(WRONG_INPUT) from None


def _make(batch: Batch) -> None:
    """Run what the options ask for: a dry run, a what-if table, letters with results, or results only."""
    from kotoneuvo.cli import batch_run

    if batch.options.dry_run:
        from kotoneuvo.cli.batch_dry_run import show_reading

        show_reading(batch)
    elif batch.options.what_if:
        from kotoneuvo.cli.batch_people import rank_gains

        rank_gains(batch)
    elif batch.options.letters:
        from kotoneuvo.cli.batch_people import letters

        with letters(batch, batch.options.letters):
            batch_run.run(batch)
    else:
        batch_run.run(batch)


@contextmanager
def _opened(intake: Path, environment: Environment) -> Iterator[tuple[BinaryIO, int]]:
    """Yield the intake as a stream of bytes, and its size in bytes (0 if unknown)."""
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
