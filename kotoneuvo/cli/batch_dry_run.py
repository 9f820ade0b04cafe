"""`batch --dry-run` and `--template`: how each column and value of a file is read, and an empty file to start from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kotoneuvo.advice.facts import FactBook
from kotoneuvo.advice.problems import InputProblems, Problem
from kotoneuvo.advice.situation import GOALS, SERVICE_LANGUAGE
from kotoneuvo.advice.values import allowed
from kotoneuvo.batch.lines import label
from kotoneuvo.batch.summary import (
    CAUTIONS,
    column_name,
    not_understood,
    number,
    say_cell,
    say_extra,
    say_workbook,
)
from kotoneuvo.cli.batch_run import Batch
from kotoneuvo.cli.catalogues import Workspace
from kotoneuvo.cli.named_files import check_unnamed, may_be_file
from kotoneuvo.cli.output import Results
from kotoneuvo.intake.cells import CellReader, Reading
from kotoneuvo.intake.column_memory import CellProblem
from kotoneuvo.intake.columns import recoder
from kotoneuvo.intake.headers import Column, Role
from kotoneuvo.intake.opening import Sheet
from kotoneuvo.intake.records import Block, split_rows
from kotoneuvo.render.reasons import Reasons
from kotoneuvo.words import Words, printable, shortened

if TYPE_CHECKING:
    from rich.table import Table

MOST = 100_000
"""How many different cells of a column are counted."""
SHOWN = 25
"""How many different cells of a column are shown. All that are not understood are shown, and come first."""
TEMPLATE = (
    "municipality", "age", "gender", SERVICE_LANGUAGE, "status", "years_since_first_permit", "finnish_level",
    "literacy", "schooling", "labour_status", "children_ages", GOALS,
)  # fmt: skip
"""The columns of the template: the facts that most services look at, and nothing that identifies a person."""


def show_reading(batch: Batch) -> None:
    """Print how every column and cell is read. Raises IdentityFound and InputProblems as a run would."""
    from rich.text import Text

    from kotoneuvo.render.terminal import console_for

    environment, words = batch.work.environment, batch.work.words
    sheet = batch.open()
    reader = batch.rows(sheet)
    seen: list[Counter[str]] = [Counter() for _ in sheet.columns]
    counts, problems = Counter[str](), list[CellProblem]()
    for block in sheet.blocks:
        rows = reader.read(block)
        counts.update(rows=len(rows.numbers), blank=rows.blank, wrong=len(rows.wrong))
        problems += [problem for problem in rows.problems if not problem.fact]
        for column, cells_seen in zip(sheet.columns, seen, strict=True):
            cells = [row[column.place] if column.place < len(row) else "" for row in _clients(block, sheet)]
            # A column of ever new cells must not fill the memory; cells already seen are counted on.
            cells_seen.update(cells if len(cells_seen) < MOST else (cell for cell in cells if cell in cells_seen))
    if not counts["rows"]:
        raise InputProblems([Problem("there are no clients below the header")])
    console = console_for(environment.stdout, environment.variables)
    console.print(_table(sheet.columns, seen, batch.cells(), Reasons(batch.work.catalogue.facts, words)))
    for line in _row_lines(sheet, counts, problems, words):
        console.print(Text(line))
    with Results(environment.stdout) as results:
        batch.write_mapping(results, sheet)


def _clients(block: Block, sheet: Sheet) -> Iterator[list[str]]:
    return (row for row in split_rows(block, sheet.dialect.delimiter) if any(map(str.strip, row)))


def _row_lines(sheet: Sheet, counts: Counter[str], problems: list[CellProblem], words: Words) -> Iterator[str]:
    """Say how many rows were read, which were skipped, and what is wrong with whole rows."""
    _ = words.gettext
    yield words.ngettext("{count} row", "{count} rows", counts["rows"]).format(count=number(counts["rows"]))
    skipped = {
        _("Rows above the header, skipped"): len(sheet.dialect.above),
        _("Blank rows skipped"): counts["blank"] - sum(row > 0 for row, _kind in sheet.extra.found),
    }
    yield from (f"{what}: {number(count)}" for what, count in skipped.items() if count)
    yield from say_workbook(sheet.workbook, words)
    yield from say_extra(sheet.extra.found, words)
    yield from (say_cell(problem, words) for problem in problems)
    if counts["wrong"]:
        yield _("Rows with a problem") + f": {number(counts['wrong'])}"


def _table(columns: tuple[Column, ...], seen: list[Counter[str]], reader: CellReader, reasons: Reasons) -> Table:
    from rich.table import Table
    from rich.text import Text

    _ = reasons.words.gettext
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False)
    for title in (_("Column"), _("Read as"), _("Cell"), _("Means"), _("Rows")):
        table.add_column(title, overflow="fold")
    for column, counts in zip(columns, seen, strict=True):
        read = column.is_read
        lines = _cells(column, counts, reader, reasons) if read else []
        head = (Text(column.header or column.number, "bold"), Text(_role(column, reasons)))
        for index, (cell, means, count) in enumerate(lines or [("", "", "")]):
            table.add_row(*(head if not index else ("", "")), Text(shortened(printable(cell))), Text(means), count)
    return table


def _role(column: Column, reasons: Reasons) -> str:
    _ = reasons.words.gettext
    match column.role:
        case Role.FACT | Role.JOINED:
            name = f"{column_name(column.name, reasons.facts, reasons.words)} ({column.name})"
            return f"{name}. {_(CAUTIONS[column.caution])}" if column.caution in CAUTIONS else name
        case Role.LABEL:
            return _("the row's label")
        case Role.DROPPED:
            return _("dropped: not read")
        case _:
            caution = CAUTIONS.get(column.caution)
            return _(caution) if caution else not_understood(column, reasons.words)


def _cells(column: Column, counts: Counter[str], reader: CellReader, reasons: Reasons) -> list[tuple[str, str, str]]:
    """Return each cell with its meaning and count: those not understood first, then the most frequent."""
    _ = reasons.words.gettext
    good, bad = [], []
    recode = recoder(column) or str
    for cell, count in counts.most_common():
        try:
            good.append((cell, _means(column.name, reader.read(column.name, recode(cell)), reasons), number(count)))
        except InputProblems as error:
            near = error.problems[0].suggestion
            hint = f" ({_('Did you mean “{suggestion}”?').format(suggestion=near)})" if near else ""
            bad.append((cell, _("not understood") + hint, number(count)))
    lines = bad + good
    shown = max(SHOWN, len(bad))
    more = len(lines) - shown
    return [*lines[:shown], *([(f"… + {more}", "", "")] if more > 0 else [])]


def _means(name: str, reading: Reading, reasons: Reasons) -> str:
    if reading is None:
        return reasons.words.gettext("not known")
    if isinstance(reading, tuple):
        names = reasons.facts.goals if name == GOALS else {}
        return ", ".join(reasons.words.pick(names[each]) if each in names else each for each in reading)
    return reasons.values(reasons.facts[name], reading)


def write_template(work: Workspace, output: Path | None) -> None:
    """Write an empty intake file in the worker's language, with a code book: beside it as .txt, or on stderr.

    Raises InputProblems if a file cannot be written.
    """
    environment, words, facts = work.environment, work.words, work.catalogue.facts
    header = [words.gettext("row"), *(column_name(name, facts, words) for name in TEMPLATE)]
    # A byte order mark and semicolons, so that a Finnish Excel opens it by a double click.
    text = "\ufeff" + ";".join(label(name, ";") for name in header) + "\n"
    beside = None
    if output and may_be_file(output):
        beside = output.with_suffix(".txt")
        check_unnamed(beside, output)
    with Results(environment.stdout) as results:
        results.open(output).write(text)
        (results.open(beside) if beside else environment.stderr).write(code_book(facts, words))


def code_book(facts: FactBook, words: Words) -> str:
    """Return the code book: what each column of the template can contain."""
    _ = words.gettext
    reasons = Reasons(facts, words)
    lines = [_("Code book: what each column can contain. Leave a cell empty if the answer is not known."), ""]
    for name in TEMPLATE:
        lines.append(f"{column_name(name, facts, words)} ({name})")
        if name == GOALS:
            values = [f"{words.pick(text)} ({goal})" for goal, text in facts.goals.items()]
        elif name == SERVICE_LANGUAGE:
            values = [_("a language by name or code: ar, en, fa, ru, so, uk …")]
        elif facts[name].kind == "choice":
            values = [f"{reasons.value(facts[name], value)} ({value})" for value in facts[name].domain]
        else:
            values = [words.allowed(allowed(facts[name]))]
        lines += [f"  {value}" for value in values] + [""]
    lines.append(_("No names, identity codes, customer or case numbers, addresses, phone numbers or free text."))
    return "\n".join(lines) + "\n"
