"""What a person at the terminal sees of a batch: the refusal of a file that names people, and the summary."""

from __future__ import annotations

from collections.abc import Iterable
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
from kotoneuvo.intake.guard import IdentityFound
from kotoneuvo.words import Words

if TYPE_CHECKING:
    from rich.console import RenderableType

MOST_EXTRA = 20
"""Rows that are no clients are named one by one up to so many."""


def say_identity(error: IdentityFound, work: Workspace) -> None:
    """Where the file names people, without what it says there; and the way on."""
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
    """The summary on stderr, in colour where that is wanted."""
    from kotoneuvo.render.terminal import console_for

    console = console_for(work.environment.stderr, work.environment.variables)
    for part in _parts(summary, work.catalogue, work.words):
        console.print(part)


def _parts(summary: Summary, catalogue: Catalogue, words: Words) -> Iterable[RenderableType]:
    from rich.text import Text

    _, tally = words.gettext, summary.tally
    yield _numbers(summary, words)
    for line in say_workbook(summary.workbook, words):
        yield Text(line)
    for line in islice(say_extra(summary.extra, words), MOST_EXTRA):
        yield Text(line)
    for column, why in column_notes(summary, words):
        yield Text(f"{column}: {why}")
    for problem in summary.problems:
        yield Text(say_cell(problem, words))
    if tally.problems > len(summary.problems):
        left = tally.problems - len(summary.problems)
        yield Text(_("… and {count} more problems: --problems FILE lists them all").format(count=left))
    for line in say_anonymity(summary.anonymity, catalogue.facts, words):
        yield Text(line)
    worst = worst_gaps(summary, catalogue, words)
    if worst:
        yield _worst_table(worst, words)


def _numbers(summary: Summary, words: Words) -> RenderableType:
    from rich.table import Table

    _, tally = words.gettext, summary.tally
    table = Table.grid(padding=(0, 2))
    table.add_column()
    table.add_column(justify="right")
    if summary.above:
        table.add_row(_("Rows above the header, skipped"), number(summary.above))
    table.add_row(_("Rows read"), number(tally.rows))
    if summary.extra:
        table.add_row(_("Rows that are not clients, skipped"), number(len(summary.extra)))
    if summary.blank:
        table.add_row(_("Blank rows skipped"), number(summary.blank))
    table.add_row(_("Rows with a problem"), number(tally.with_problems))
    if tally.withheld:
        table.add_row(_("Rows without advice"), number(tally.withheld))
    table.add_row(_("Suitable services per client (median)"), number(summary.median_fitting))
    table.add_row(
        _("Clients without a suitable service, to the nearest {least}").format(least=summary.anonymity.least),
        number(spread(summary)[0][1]),
    )
    return table


def _worst_table(worst: list[tuple[str, str, str, str]], words: Words) -> RenderableType:
    from rich.table import Table

    _ = words.gettext
    table = Table(title=_("Largest gaps"), title_justify="left", box=None, padding=(0, 2, 0, 0))
    table.add_column(_("Municipality"))
    table.add_column(_("Goal"))
    table.add_column(_("Clients"), justify="right")
    table.add_column(_("No suitable service nearby"), justify="right")
    for place, goal, clients, share in worst:
        table.add_row(place, goal, clients, share)
    return table
