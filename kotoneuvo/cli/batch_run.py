"""The run itself: blocks through the workers, results held back until the whole file has passed the guard."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO, TextIO

from kotoneuvo.advice.problems import InputProblems, Problem
from kotoneuvo.advice.service import Catalogue
from kotoneuvo.batch.anonymity import anonymity
from kotoneuvo.batch.gaps import find_gaps
from kotoneuvo.batch.sheet import Task
from kotoneuvo.batch.summary import Summary
from kotoneuvo.batch.tally import CellProblem, Tally
from kotoneuvo.batch.workbook import ResultBook
from kotoneuvo.batch.workers import results as read_blocks
from kotoneuvo.cli.environment import Environment
from kotoneuvo.cli.output import Results
from kotoneuvo.cli.progress import Progress
from kotoneuvo.cli.signals import SIGNALS
from kotoneuvo.intake.cells import CellReader
from kotoneuvo.intake.decoding import BLOCK
from kotoneuvo.intake.headers import HeaderNames
from kotoneuvo.intake.mapping import FormMapping
from kotoneuvo.intake.opening import Sheet, open_sheet
from kotoneuvo.words import Words, language_codes

PROBLEM_HEADER = ("row", "label", "column", "fact", "problem", "allowed", "suggestion")
DOCUMENTS = BLOCK >> 4
"""Bytes read at once where every row becomes a document, which is a hundred times as long."""
SHOWN = 5
"""Problems shown on stderr; the table has them all."""


@dataclass(frozen=True)
class Wishes:
    """What was asked for on the command line."""

    output: Path | None
    problems: Path | None
    report: Path | None
    jsonl: bool
    excel: bool
    strict: bool
    columns: tuple[str, ...]
    mapping: FormMapping
    least: int
    jobs: int
    save_mapping: Path | None = None
    language: str = "fi"
    letters: Path | None = None
    letters_format: str = "html"
    supposed: Catalogue | None = None

    @property
    def outputs(self) -> list[tuple[str, Path | None]]:
        """The files that are to be written, each after its option."""
        named = {"--problems": self.problems, "--report": self.report, "--save-mapping": self.save_mapping}
        return [("--output", self.output or Path("-")), *named.items()]

    @property
    def as_workbook(self) -> bool:
        """Whether the results become a workbook."""
        return self.output is not None and self.output.suffix.lower() == ".xlsx" and not self.jsonl


class StrictProblems(Exception):
    """With --strict: there were rows with problems, and they are written down."""


def open_intake(stream: BinaryIO, catalogue: Catalogue, today: date, wishes: Wishes) -> Sheet:
    """The intake as far as its header. Raises InputProblems and IdentityFound."""
    names = HeaderNames.bundled(catalogue.facts)
    reader = CellReader(catalogue.facts, today, language_codes)
    size = DOCUMENTS if wishes.jsonl else BLOCK
    said = wishes.mapping
    return open_sheet(
        stream,
        names,
        reader,
        said.columns,
        said.drop,
        size,
        header_row=said.header_row,
        sheet=said.sheet,
        values=said.values,
    )


def run(
    stream: BinaryIO,
    size: int,
    catalogue: Catalogue,
    today: date,
    wishes: Wishes,
    words: Words,
    environment: Environment,
) -> None:
    """Read, judge, write. Files take their names only when everything has gone well.

    Raises BrokenPipeError, once the summary is said, if whoever reads the results has had enough.
    """
    from kotoneuvo.cli.batch_summary import say_summary

    sheet = open_intake(stream, catalogue, today, wishes)
    task = task_for(sheet, catalogue, today, wishes)
    tally = Tally()
    shown: list[CellProblem] = []
    summary: Summary | None = None
    results = Results(environment.stdout)
    with SIGNALS.on_stop(lambda: _farewell(tally, results, words)), _put_off() as closed, results:
        out = results.open(wishes.output, held=True)
        table = results.open(wishes.problems, held=True) if wishes.problems else None
        page = results.open(wishes.report, held=True) if wishes.report else None
        lines = ResultBook(out.buffer, task.output, task.separator) if wishes.as_workbook else out.buffer
        _write_heads(out, table, task, wishes)
        out.flush()
        with Progress(environment, words, size) as progress:
            language = words.language if wishes.jsonl else ""
            for block, result in read_blocks(sheet.blocks, task, wishes.jobs, tally, language):
                lines.write(result.data)
                shown += result.problems[: SHOWN - len(shown)]
                if table:
                    table.writelines(_problem_lines(result.problems, words, task.separator))
                progress.advance(block, tally.rows)
        summary = _summary(tally, sheet, task, wishes, shown)
        if isinstance(lines, ResultBook):
            lines.finish()
        write_mapping(results, sheet, wishes)
        if page:
            _write_page(page, summary, catalogue, words)
    if summary:
        with suppress(OSError):  # a stderr that takes nothing loses the words, not the run
            say_summary(summary, catalogue, words, environment)
    if closed:
        raise closed[0]
    if wishes.strict and tally.problems:
        raise StrictProblems


def write_mapping(results: Results, sheet: Sheet, wishes: Wishes) -> None:
    """How the columns are read, if that was to be saved."""
    if wishes.save_mapping:
        results.open(wishes.save_mapping).write(wishes.mapping.of(sheet.columns).text())


def task_for(sheet: Sheet, catalogue: Catalogue, today: date, wishes: Wishes) -> Task:
    """How an opened file is to be read."""
    return Task(
        catalogue=catalogue,
        day=today,
        delimiter=sheet.dialect.delimiter,
        columns=sheet.columns,
        output=wishes.columns,
        separator=";" if wishes.excel else ",",
        strict=wishes.strict,
        reasons=wishes.report is not None or "unmet" in wishes.columns,
        language=wishes.language,
    )


def _write_heads(out: TextIO, table: TextIO | None, task: Task, wishes: Wishes) -> None:
    bom = "\ufeff" if wishes.excel else ""
    if not wishes.jsonl and not wishes.as_workbook:
        out.write(bom + task.separator.join(task.output) + "\n")
    if table:
        table.write(bom + task.separator.join(PROBLEM_HEADER) + "\n")


@contextmanager
def _put_off() -> Iterator[list[BrokenPipeError]]:
    """Gathers what a closed pipe raises, for later."""
    found: list[BrokenPipeError] = []
    try:
        yield found
    except BrokenPipeError as error:
        found.append(error)


def _problem_lines(problems: list[CellProblem], words: Words, separator: str) -> Iterator[str]:
    from kotoneuvo.batch.lines import label

    for each in problems:
        told = (
            str(each.row),
            each.label,
            each.column,
            each.fact,
            words.gettext(each.message),
            words.allowed(each.allowed),
            each.suggestion,
        )
        yield separator.join(label(text, separator) for text in told) + "\n"


def _summary(tally: Tally, sheet: Sheet, task: Task, wishes: Wishes, shown: list[CellProblem]) -> Summary:
    if not tally.rows:
        raise InputProblems([Problem("there are no clients below the header")])
    catalogue = task.catalogue
    return Summary(
        columns=sheet.columns,
        above=len(sheet.dialect.above),
        tally=tally,
        anonymity=anonymity(tally, catalogue.facts, task.names, wishes.least),
        gaps=find_gaps(tally, catalogue, task.names, wishes.least),
        problems=tuple(shown),
        as_of=task.day,
        reasons=task.reasons,
        extra=tuple(sheet.extra.found),
        workbook=sheet.workbook,
    )


def _write_page(page: TextIO, summary: Summary, catalogue: Catalogue, words: Words) -> None:
    from kotoneuvo.batch.report_page import ReportPage

    page.write(ReportPage(summary, catalogue, words).render())


def _farewell(tally: Tally, results: Results, words: Words) -> str:
    """Said when the run is told to stop: how many rows had been read."""
    if results.written:
        return ""
    said = words.ngettext("Interrupted after {count} row.", "Interrupted after {count} rows.", tally.rows)
    nothing = words.gettext("Nothing was written.")
    return f"{said.format(count=tally.rows)} {nothing}\n"
