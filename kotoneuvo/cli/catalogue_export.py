"""`kotoneuvo catalogue export`: the catalogue in formats for other systems and for print."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from kotoneuvo.advice.service import Operating
from kotoneuvo.cli.catalogues import CatalogueFiles, Filter, Workspace
from kotoneuvo.cli.commands import command
from kotoneuvo.cli.environment import refused
from kotoneuvo.cli.named_files import Force, check_endings
from kotoneuvo.cli.options import AsOf, Goal, Lang, Municipality, Output
from kotoneuvo.render.cpsv import render_cpsv
from kotoneuvo.render.directory import render_directory
from kotoneuvo.render.hsds import render_hsds
from kotoneuvo.render.table_csv import render_csv


class ExportFormat(StrEnum):
    """The formats of the export."""

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
    check_endings([("--output", output, to if to in (ExportFormat.CSV, ExportFormat.HTML) else "json")])
    work = Workspace(lang, as_of, catalogue, [("--output", output)], force=force)
    chosen = [
        service
        for service in Filter(municipality, goal).pick(work.catalogue, work.day)
        if ended or service.operating(work.day) is not Operating.ENDED
    ]
    whole, day, words = work.catalogue, work.day, work.words
    match to:
        case ExportFormat.HSDS:
            text = render_hsds(whole, chosen, day, words)
        case ExportFormat.CPSV_AP:
            text = render_cpsv(whole, chosen, day)
        case ExportFormat.CSV:
            text = render_csv(whole, chosen, day, words, excel=excel)
        case ExportFormat.HTML:
            text = render_directory(whole, chosen, day, words)
    work.write(text, output)
