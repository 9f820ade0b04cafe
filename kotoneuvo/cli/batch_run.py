"""The run of `batch`: blocks go through workers, results are held back until the whole file has passed the guard."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import BinaryIO, TextIO

from kotoneuvo.advice.problems import InputProblems, Problem
from kotoneuvo.batch.anonymity import anonymity
from kotoneuvo.batch.gaps import find_gaps
from kotoneuvo.batch.lines import label
from kotoneuvo.batch.rows import Task
from kotoneuvo.batch.summary import Summary
from kotoneuvo.batch.tally import Tally
from kotoneuvo.batch.workbook import ResultBook
from kotoneuvo.batch.workers import results as read_blocks
from kotoneuvo.cli.batch import BatchOptions
from kotoneuvo.cli.batch_screen import progress, say_summary
from kotoneuvo.cli.catalogues import Workspace
from kotoneuvo.cli.output import Results
from kotoneuvo.cli.signals import SIGNALS
from kotoneuvo.intake.cells import CellReader, Reading
from kotoneuvo.intake.column_memory import CellProblem
from kotoneuvo.intake.decoding import BLOCK
from kotoneuvo.intake.headers import HeaderNames
from kotoneuvo.intake.mapping import FormMapping
from kotoneuvo.intake.opening import Sheet, open_sheet
from kotoneuvo.intake.rows import RowReader
from kotoneuvo.words import Words

PROBLEM_HEADER = ("row", "label", "column", "fact", "problem", "allowed", "suggestion")
DOCUMENTS = BLOCK >> 5
"""Bytes read at a time for JSON lines, as a document is about a hundred times as long as its row."""
SHOWN = 5
"""How many problems stderr shows; --problems writes all of them."""


class StrictProblems(Exception):
    """Rows had problems, with --strict; they have been reported, and only the exit code is still to be set."""


@dataclass(frozen=True)
class Batch:
    """One intake with the options of the run; `size` is its length in bytes, 0 if unknown."""

    work: Workspace
    options: BatchOptions
    columns: tuple[str, ...]
    mapping: FormMapping
    stream: BinaryIO
    size: int

    def open(self) -> Sheet:
        """Read the intake up to and including its header. Raises InputProblems and IdentityFound."""
        names = HeaderNames.bundled(self.work.catalogue.facts)
        size = DOCUMENTS if self.options.jsonl else BLOCK
        return open_sheet(self.stream, names, self.cells(), self.mapping, size)

    def cells(self) -> CellReader:
        """Return a reader of cells as of the day of the run."""
        return CellReader(self.work.catalogue.facts, self.work.day)

    def rows(self, sheet: Sheet) -> RowReader:
        """Return a reader of the rows of the opened intake."""
        return RowReader(sheet.columns, sheet.dialect.delimiter, self.cells(), strict=self.options.strict)

    def people(self) -> Iterator[tuple[str, Mapping[str, Reading] | None]]:
        """Yield each client's label and answers, None if the row gets no advice.

        Raises InputProblems and IdentityFound.
        """
        sheet = self.open()
        rows = self.rows(sheet)
        for block in sheet.blocks:
            yield from rows.read(block).people()

    def task(self, sheet: Sheet) -> Task:
        """Return what workers need to know to advise on the opened intake."""
        options = self.options
        return Task(
            catalogue=self.work.catalogue,
            day=self.work.day,
            delimiter=sheet.dialect.delimiter,
            columns=sheet.columns,
            output=self.columns,
            separator=";" if options.excel else ",",
            strict=options.strict,
            reasons=options.report is not None or "unmet" in self.columns,
            language=self.work.words.language,
        )

    def write_mapping(self, results: Results, sheet: Sheet) -> None:
        """Write how the columns are read, if --save-mapping asks for it."""
        if self.options.save_mapping:
            results.open(self.options.save_mapping).write(self.mapping.with_columns(sheet.columns).text())


def run(batch: Batch) -> None:
    """Read the intake, advise on each row, write the results. Files get their names only if everything succeeds.

    Raises BrokenPipeError, after printing the summary, if the reader of stdout has closed it.
    """
    work, options, sheet = batch.work, batch.options, batch.open()
    words = work.words
    task, tally = batch.task(sheet), Tally()
    shown: list[CellProblem] = []
    summary: Summary | None = None
    closed: BrokenPipeError | None = None
    results = Results(work.environment.stdout)
    with SIGNALS.on_stop(lambda: _interrupted(tally, results, words)):
        try:
            with results:
                # Held back until the whole file has passed the guard, as its last row may identify a person.
                out = results.open(options.output, held=True)
                table = results.open(options.problems, held=True) if options.problems else None
                page = results.open(options.report, held=True) if options.report else None
                lines = ResultBook(out.buffer, task.output, task.separator) if options.as_workbook else out.buffer
                _write_heads(out, table, task, options)
                # From here on bytes are written past the text layer, which must be empty by then.
                out.flush()
                with progress(work, batch.size) as advance:
                    # With a language, rows become JSON documents.
                    language = words.language if options.jsonl else ""
                    for block, result in read_blocks(sheet.blocks, task, options.jobs or _cores(), tally, language):
                        lines.write(result.data)
                        shown += result.problems[: SHOWN - len(shown)]
                        if table:
                            table.writelines(_problem_lines(result.problems, words, task.separator))
                        advance(block, tally.rows)
                summary = _summary(tally, sheet, task, options.min_group, shown)
                if isinstance(lines, ResultBook):
                    lines.finish()
                batch.write_mapping(results, sheet)
                if page:
                    from kotoneuvo.batch.report_page import ReportPage

                    page.write(ReportPage(summary, work.catalogue, words).render())
        except BrokenPipeError as error:  # the files have been written, so the summary still applies
            closed = error
    if summary:
        with suppress(OSError):  # a closed stderr loses the summary, but the results are written
            say_summary(summary, work)
    if closed:
        raise closed
    if options.strict and tally.problems:
        raise StrictProblems


def _write_heads(out: TextIO, table: TextIO | None, task: Task, options: BatchOptions) -> None:
    bom = "\ufeff" if options.excel else ""
    if not options.jsonl and not options.as_workbook:
        out.write(bom + task.separator.join(task.output) + "\n")
    if table:
        table.write(bom + task.separator.join(PROBLEM_HEADER) + "\n")


def _problem_lines(problems: list[CellProblem], words: Words, separator: str) -> Iterator[str]:
    for each in problems:
        message, allowed = words.gettext(each.message), words.allowed(each.allowed)
        cells = (str(each.row), each.label, each.column, each.fact, message, allowed, each.suggestion)
        yield separator.join(label(text, separator) for text in cells) + "\n"


def _summary(tally: Tally, sheet: Sheet, task: Task, least: int, shown: list[CellProblem]) -> Summary:
    if not tally.rows:
        raise InputProblems([Problem("there are no clients below the header")])
    catalogue = task.catalogue
    return Summary(
        columns=sheet.columns,
        above=len(sheet.dialect.above),
        tally=tally,
        anonymity=anonymity(tally, catalogue.facts, task.names, least),
        gaps=find_gaps(tally, catalogue, task.names, least),
        problems=tuple(shown),
        as_of=task.day,
        reasons=task.reasons,
        extra=tuple(sheet.extra.found),
        workbook=sheet.workbook,
    )


def _cores() -> int:
    # The cores that this process may use, which in a container are fewer than the machine has.
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _interrupted(tally: Tally, results: Results, words: Words) -> str:
    """Return what to print when a signal ends the run; nothing if the results are already written."""
    if results.written:
        return ""
    rows = words.counted("Interrupted after {count} row.", "Interrupted after {count} rows.", tally.rows)
    return rows + " " + words.gettext("Nothing was written.") + "\n"
