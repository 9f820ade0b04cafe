"""`kotoneuvo catalogue report` and `stale`: states, contacts and ages, and what must be confirmed again."""

from __future__ import annotations

from dataclasses import asdict
from enum import StrEnum
from typing import Annotated

import typer

from kotoneuvo.catalogue.coverage import Coverage, measure_coverage
from kotoneuvo.catalogue.outdated import find_due
from kotoneuvo.cli.catalogues import CatalogueFiles, Workspace
from kotoneuvo.cli.commands import command
from kotoneuvo.cli.named_files import Force, check_endings
from kotoneuvo.cli.options import AsOf, Form, Format, Lang, Output
from kotoneuvo.cli.output import json_text
from kotoneuvo.render.coverage import coverage_page, render_coverage
from kotoneuvo.render.terminal import to_text


class ReportFormat(StrEnum):
    """How to write the report."""

    TEXT = "text"
    HTML = "html"
    JSON = "json"


@command
def report(
    form: Annotated[
        ReportFormat, typer.Option("--format", help="text, a page, or json for scripts")
    ] = ReportFormat.TEXT,
    catalogue: CatalogueFiles = None,
    output: Output = None,
    as_of: AsOf = None,
    force: Force = False,
    lang: Lang = None,
) -> None:
    "How good the catalogue is: states, contacts and ages by kind and municipality, with the measures."
    check_endings([("--output", output, form)])
    work = Workspace(lang, as_of, catalogue, [("--output", output)], force=force)
    coverage = measure_coverage(work.catalogue, work.day)
    if form is ReportFormat.HTML:
        work.write(coverage_page(coverage, work.catalogue, work.words), output)
    elif form is ReportFormat.JSON:
        work.write(json_text("kotoneuvo/coverage/1", **_data(coverage)), output)
    elif output:
        work.write(to_text(render_coverage(coverage, work.catalogue, work.words)), output)
    else:
        work.show(render_coverage(coverage, work.catalogue, work.words))


def _data(coverage: Coverage) -> dict[str, object]:
    return {
        "as_of": coverage.day.isoformat(),
        "states": {state.value: count for state, count in coverage.states.items()},
        "measures": [asdict(each) for each in coverage.measures],
        "kinds": {kind: asdict(row) for kind, row in coverage.kinds.items()},
        "municipalities": {code: asdict(row) for code, row in coverage.towns.items()},
        "without_contact": dict(coverage.without),
    }


@command
def stale(
    within: Annotated[int, typer.Option(help="how many months to look ahead", min=0, max=120)] = 3,
    catalogue: CatalogueFiles = None,
    form: Form = Format.TEXT,
    as_of: AsOf = None,
    lang: Lang = None,
) -> None:
    "What is overdue for review or soon will be, oldest first, with the page to check."
    work = Workspace(lang, as_of, catalogue)
    day, _ = work.day, work.words.gettext
    due = find_due(work.catalogue, day, within)
    if form is Format.JSON:
        services = [
            {
                "service": each.name,
                "assured": each.assured,
                "review": each.due,
                "past": each.due <= day,
                "pages": each.pages,
            }
            for each in due
        ]
        work.write(json_text("kotoneuvo/stale/1", as_of=day, services=services))
        return
    # A page stands on a line of its own, whole, so that it can be clicked or copied.
    for each in due:
        print(f"{each.due}  {each.name}", *(f"            {page}" for page in each.pages[:1]), sep="\n")
    past = sum(each.due <= day for each in due)
    said = _("{past} overdue for review, {soon} more within {months} months")
    print(said.format(past=past, soon=len(due) - past, months=within))
