"""`kotoneuvo catalogue sheet` and `take`: writes contacts to a sheet for a person to check, and reads it back."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from kotoneuvo.advice.problems import InputProblems
from kotoneuvo.advice.service import RUNNING, Catalogue
from kotoneuvo.advice.situation import read_answers
from kotoneuvo.catalogue.files import file_problem
from kotoneuvo.catalogue.new_service import appended, entry_of
from kotoneuvo.cli.catalogues import CatalogueFiles, Filter, Workspace
from kotoneuvo.cli.commands import command
from kotoneuvo.cli.environment import refused
from kotoneuvo.cli.exit_codes import WRONG_INPUT
from kotoneuvo.cli.named_files import Force
from kotoneuvo.cli.options import AsOf, Goal, Lang, Municipality
from kotoneuvo.cli.overlay_file import OverlayFile
from kotoneuvo.dates import months_after
from kotoneuvo.sheet.cells import FilledSheet
from kotoneuvo.sheet.read import read_sheets
from kotoneuvo.sheet.rows import rows_of
from kotoneuvo.sheet.take import take_confirmed, take_new
from kotoneuvo.sheet.write import as_csv, as_workbook
from kotoneuvo.words import Words


@command
def sheet(
    municipality: Municipality = None,
    goal: Goal = None,
    stale: Annotated[bool, typer.Option("--stale", help="only what is overdue for review or soon will be")] = False,
    within: Annotated[int, typer.Option(help="with --stale: how many months to look ahead", min=0, max=120)] = 3,
    catalogue: CatalogueFiles = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="vantaa.xlsx, or vantaa.csv")] = None,
    as_of: AsOf = None,
    force: Force = False,
    lang: Lang = None,
) -> None:
    """A sheet to fill in: what is still right, what is new, who said so; and a tab for new services."""
    if output is None or output.suffix.casefold() not in (".xlsx", ".csv"):
        raise refused("name a file to write, such as sheet.xlsx or sheet.csv", "--output")
    work = Workspace(lang, as_of, catalogue, [("--output", output)], force=force)
    words, whole, until = work.words, work.catalogue, months_after(work.day, within)
    chosen = _chosen(whole, municipality, goal, work.day)
    rows = [
        row
        for row in rows_of(whole, work.files(), words, *chosen)
        if not stale or (row.due is not None and row.due <= until)
    ]
    work.write(
        as_csv(rows, words) if output.suffix.casefold() == ".csv" else as_workbook(rows, whole.facts, words), output
    )
    done = words.counted(
        "{count} row to confirm, written to {file}",
        "{count} rows to confirm, written to {file}",
        len(rows),
        file=output,
    )
    print(done)


@command
def take(
    filled: Annotated[Path, typer.Argument(help="the sheet, filled in: .xlsx, .ods or .csv")],
    file: Annotated[Path, typer.Option(help="your own catalogue file to write to; created if it does not exist")],
    catalogue: CatalogueFiles = None,
    lang: Lang = None,
) -> None:
    "Read a filled sheet into a catalogue file. If any cell is refused, nothing is written."
    work = Workspace(lang, files=catalogue)
    target = OverlayFile(file, work)
    taken = _taken(filled, target)
    work.say(*map(work.words.problem, (*taken.notes, *taken.problems)))
    if taken.problems:
        refusal = work.words.counted(
            "{count} cell was refused; nothing was written.",
            "{count} cells were refused; nothing was written.",
            len(taken.problems),
        )
        work.say(refusal)
        raise typer.Exit(WRONG_INPUT)
    text, known = target.changed(taken.changes), set(target.catalogue.services)
    for new in taken.new:
        entry = entry_of(new, target.catalogue, known)
        known.add(entry["id"])
        text = appended(text, entry)
    if taken.changes or taken.new:
        target.write(text)
    _print_result(taken, file, work.words)


def _taken(filled: Path, target: OverlayFile) -> FilledSheet:
    """Read a filled sheet against the catalogue that the target file and those below it make."""
    try:
        sheets = read_sheets(filled)
    except OSError as error:
        raise InputProblems([file_problem(filled, error)]) from None
    whole, written_in = target.catalogue, Words(sheets.language)
    rows = {row.key: row for row in rows_of(whole, target.stack, written_in, list(whole.services), list(whole.offices))}
    taken = FilledSheet(filled, whole.facts, written_in, target.work.environment.today)
    take_confirmed(taken, sheets.confirm, rows)
    take_new(taken, sheets.new)
    return taken


def _print_result(taken: FilledSheet, file: Path, words: Words) -> None:
    counts = []
    if taken.changes:
        counts.append(words.counted("{count} confirmed or changed", "{count} confirmed or changed", len(taken.changes)))
    if taken.new:
        counts.append(words.counted("{count} new service", "{count} new services", len(taken.new)))
    if not counts:
        print(words.gettext("Nothing to read: no row is filled in."))
        return
    print(words.gettext("{what}; written to {file}").format(what=", ".join(counts), file=file))
    print(words.gettext("Check it: kotoneuvo catalogue check {file}").format(file=file))


def _chosen(catalogue: Catalogue, municipality: str | None, goal: str | None, day: date) -> tuple[list[str], list[str]]:
    """Return the ids of the running services that pass the filter, and the keys of the municipality's offices."""
    services = [each.id for each in Filter(municipality, goal).pick(catalogue, day) if each.operating(day) in RUNNING]
    if goal or municipality is None:
        return services, [] if goal else list(catalogue.offices)
    known = read_answers(catalogue.facts, {"municipality": municipality}).known["municipality"]
    kinds = ("employment_area", "wellbeing_county", "municipality")
    offices = [catalogue.office(kind, str(code)) for code in known for kind in kinds]
    return services, [office.place for office in offices if office]
