"""What `batch` prints for the person at the terminal: progress, why a file was refused, and the summary."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING

from kotoneuvo.advice.service import Catalogue
from kotoneuvo.batch.summary import (
    Summary,
    column_notes,
    number,
    say_anonymity,
    say_cell,
    say_extra,
    say_workbook,
    spread,
    worst_gaps,
)
from kotoneuvo.cli.catalogues import Workspace
from kotoneuvo.cli.signals import SIGNALS
from kotoneuvo.intake.guard import IdentityFound
from kotoneuvo.intake.records import Block
from kotoneuvo.words import Words

if TYPE_CHECKING:
    from rich.console import RenderableType

MOST_EXTRA = 20
"""How many rows that are not clients are listed one by one."""
CLEAN = "\r\x1b[2K\x1b[?25h"
"""The codes that clear the line of the progress bar and show the cursor again."""
SECONDS = 0.1
"""The least time between two drawings of the bar."""
SMALL = 1 << 21
"""Files of up to this many bytes get no bar, as they are read before it would help."""


@contextmanager
def progress(work: Workspace, size: int) -> Iterator[Callable[[Block, int], None]]:
    """Show on a terminal how much of a file is done, and the rows a second; in a pipe show nothing.

    `size` is in bytes, 0 for a stream of unknown length. Yields a function to be called for every finished block, with
    the block and the number of rows so far.
    """
    stderr, _ = work.environment.stderr, work.words.gettext
    if not stderr.isatty() or 0 < size <= SMALL:
        yield lambda _block, _rows: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    bar = Progress(
        TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[rate]}"), TimeElapsedColumn(),
        TimeRemainingColumn(), console=Console(file=stderr), transient=True, auto_refresh=False,
    )  # fmt: skip
    # Drawing takes longer than a block of rows, so it is done only now and then.
    drawn = 0.0

    def advance(block: Block, rows: int) -> None:
        nonlocal drawn
        task = bar.tasks[0]
        rate = _("{count} rows a second").format(count=number(round(rows / (task.elapsed or 1))))
        done = _("{count} rows").format(count=number(rows))
        bar.update(task.id, advance=len(block.text.encode()), description=done, rate=rate)
        # Drawn here and not by rich's own thread: workers are forked, and forking a process with threads can deadlock.
        if time.monotonic() - drawn > SECONDS:
            drawn = time.monotonic()
            bar.refresh()

    with SIGNALS.on_stop(lambda: CLEAN), bar:
        bar.add_task("", total=size or None, rate="")
        yield advance


def say_identity(error: IdentityFound, work: Workspace) -> None:
    """Say where the file identifies people, without repeating what it says there, and how to continue."""
    _ = work.words.gettext
    work.say(_("This file identifies people and was not read. Nothing was written."))
    for finding in error.findings:
        if finding.row and finding.column:
            place = _("row {row}, column “{column}”: {kind}")
        elif finding.row:
            place = _("row {row}, beyond the last column: {kind}")
        else:
            place = _("column “{column}”: {kind}") if finding.column else _("above the header: {kind}")
        work.say("  " + place.format(row=finding.row, column=finding.column, kind=_(finding.kind)))
    headers = dict.fromkeys(finding.column for finding in error.findings if finding.column)
    if headers:
        options = " ".join(f'--drop-column "{header}"' for header in headers)
        work.say(_("Remove these columns, or continue without reading them: {options}").format(options=options))


def say_summary(summary: Summary, work: Workspace) -> None:
    """Print the summary to stderr, in colour where the terminal and NO_COLOR allow it."""
    from kotoneuvo.render.terminal import console_for

    console = console_for(work.environment.stderr, work.environment.variables)
    for part in _parts(summary, work.catalogue, work.words):
        console.print(part)


def _parts(summary: Summary, catalogue: Catalogue, words: Words) -> Iterable[RenderableType]:
    from rich.text import Text

    _, tally = words.gettext, summary.tally
    yield _numbers(summary, words)
    lines = [
        *say_workbook(summary.workbook, words),
        *islice(say_extra(summary.extra, words), MOST_EXTRA),
        *(f"{column}: {why}" for column, why in column_notes(summary, words)),
        *(say_cell(problem, words) for problem in summary.problems),
    ]
    left = tally.problems - len(summary.problems)
    if left > 0:
        lines.append(_("… and {count} more problems: --problems FILE lists them all").format(count=left))
    # As Text, so that rich does not take "[red]" in a file for markup.
    yield from map(Text, (*lines, *say_anonymity(summary.anonymity, catalogue.facts, words)))
    worst = worst_gaps(summary, catalogue, words)
    if worst:
        yield _worst_table(worst, words)


def _numbers(summary: Summary, words: Words) -> RenderableType:
    from rich.table import Table

    _, tally = words.gettext, summary.tally
    without = _("Clients without a suitable service, to the nearest {least}").format(least=summary.anonymity.least)
    always = (_("Rows read"), _("Rows with a problem"), _("Suitable services per client (median)"), without)
    table = Table.grid(padding=(0, 2))
    table.add_column()
    table.add_column(justify="right")
    for title, count in (
        (_("Rows above the header, skipped"), summary.above),
        (_("Rows read"), tally.rows),
        (_("Rows that are not clients, skipped"), len(summary.extra)),
        (_("Blank rows skipped"), summary.blank),
        (_("Rows with a problem"), tally.with_problems),
        (_("Rows without advice"), tally.withheld),
        (_("Suitable services per client (median)"), summary.median_fitting),
        (without, spread(summary)[0][1]),
    ):
        if count or title in always:
            table.add_row(title, number(count))
    return table


def _worst_table(worst: list[tuple[str, str, str, str]], words: Words) -> RenderableType:
    from rich.table import Table

    _ = words.gettext
    table = Table(title=_("Largest gaps"), title_justify="left", box=None, padding=(0, 2, 0, 0))
    table.add_column(_("Municipality"))
    table.add_column(_("Goal"))
    table.add_column(_("Clients"), justify="right")
    table.add_column(_("No suitable service nearby"), justify="right")
    for row in worst:
        table.add_row(*row)
    return table
