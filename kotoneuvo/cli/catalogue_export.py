"""`kotoneuvo catalogue export`: the catalogue in the forms that others read."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kotoneuvo.advice.problems import Problem
from kotoneuvo.cli.catalogues import CatalogueFiles, Filter, Session
from kotoneuvo.cli.environment import UsageProblems
from kotoneuvo.cli.exit_codes import guarded
from kotoneuvo.cli.named_files import Force
from kotoneuvo.cli.options import AsOf, Goal, Lang, Municipality

if TYPE_CHECKING:
    from kotoneuvo.advice.service import Catalogue, Service
    from kotoneuvo.words import Words


class Form(StrEnum):
    """What to export to."""

    HSDS = "hsds"
    CPSV_AP = "cpsv-ap"
    CSV = "csv"
    HTML = "html"


@guarded
def run(
    to: Annotated[
        Form, typer.Option(help="HSDS 3.0 JSON, CPSV-AP 3.2 JSON-LD, a table, or a page to browse and print")
    ],
    municipality: Municipality = None,
    goal: Goal = None,
    ended: Annotated[bool, typer.Option("--ended", help="also services that have ended")] = False,
    catalogue: CatalogueFiles = None,
    excel: Annotated[bool, typer.Option("--excel", help="for Excel: BOM and semicolons")] = False,
    output: Annotated[Path | None, typer.Option(help="write here instead of stdout")] = None,
    as_of: AsOf = None,
    force: Force = False,
    lang: Lang = None,
) -> None:
    """Export the catalogue: for other systems, for a spreadsheet, for a web site."""
    from kotoneuvo.advice.service import Operating

    if excel and to is not Form.CSV:
        raise UsageProblems([Problem("this needs --to csv", fieldname="--excel")])
    session = Session.begin(lang, as_of, catalogue, [("--output", output)], force=force)
    whole, day = session.catalogue, session.day
    chosen = [
        service
        for service in Filter(municipality, goal).pick(whole, day)
        if ended or service.operating(day) is not Operating.ENDED
    ]
    session.write(render(to, whole, chosen, day, session.words, excel=excel), output)


def render(
    form: Form, catalogue: Catalogue, services: list[Service], day: date, words: Words, *, excel: bool = False
) -> str:
    """The chosen services in one of the forms."""
    match form:
        case Form.HSDS:
            from kotoneuvo.render.hsds import render_hsds

            return render_hsds(catalogue, services, day, words)
        case Form.CPSV_AP:
            from kotoneuvo.render.cpsv import render_cpsv

            return render_cpsv(catalogue, services, day)
        case Form.CSV:
            from kotoneuvo.render.table_csv import render_csv

            return render_csv(catalogue, services, day, words, excel=excel)
        case Form.HTML:
            from kotoneuvo.render.directory import render_directory

            return render_directory(catalogue, services, day, words)
