"""`kotoneuvo catalogue export`: the catalogue in the forms that others read."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

import typer

from kotoneuvo.advice.service import Catalogue, Operating, Service
from kotoneuvo.cli.catalogues import CatalogueFiles, Filter, Workspace
from kotoneuvo.cli.commands import command
from kotoneuvo.cli.environment import refused
from kotoneuvo.cli.named_files import Force
from kotoneuvo.cli.options import AsOf, Goal, Lang, Municipality, Output
from kotoneuvo.words import Words


class ExportFormat(StrEnum):
    """What to export to."""

    HSDS = "hsds"
    CPSV_AP = "cpsv-ap"
    CSV = "csv"
    HTML = "html"


@command
def run(
    to: Annotated[
        ExportFormat, typer.Option(help="HSDS 3.0 JSON, CPSV-AP 3.2 JSON-LD, a table, or a page to browse and print")
    ],
    municipality: Municipality = None,
    goal: Goal = None,
    ended: Annotated[bool, typer.Option("--ended", help="also services that have ended")] = False,
    catalogue: CatalogueFiles = None,
    excel: Annotated[bool, typer.Option("--excel", help="for Excel: BOM and semicolons")] = False,
    output: Output = None,
    as_of: AsOf = None,
    force: Force = False,
    lang: Lang = None,
) -> None:
    """Export the catalogue: for other systems, for a spreadsheet, for a web site."""
    if excel and to is not ExportFormat.CSV:
        raise refused("this needs --to csv", "--excel")
    work = Workspace(lang, as_of, catalogue, [("--output", output)], force=force)
    chosen = [
        service
        for service in Filter(municipality, goal).pick(work.catalogue, work.day)
        if ended or service.operating(work.day) is not Operating.ENDED
    ]
    work.write(render(to, work.catalogue, chosen, work.day, work.words, excel=excel), output)


def render(
    form: ExportFormat, catalogue: Catalogue, services: list[Service], day: date, words: Words, *, excel: bool = False
) -> str:
    """The chosen services in one of the forms."""
    match form:
        case ExportFormat.HSDS:
            from kotoneuvo.render.hsds import render_hsds

            return render_hsds(catalogue, services, day, words)
        case ExportFormat.CPSV_AP:
            from kotoneuvo.render.cpsv import render_cpsv

            return render_cpsv(catalogue, services, day)
        case ExportFormat.CSV:
            from kotoneuvo.render.table_csv import render_csv

            return render_csv(catalogue, services, day, words, excel=excel)
        case ExportFormat.HTML:
            from kotoneuvo.render.directory import render_directory

            return render_directory(catalogue, services, day, words)
