"""`kotoneuvo catalogue report` and `stale`: states, contacts and ages, and what must be confirmed again."""

from __future__ import annotations

from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kotoneuvo.cli.catalogues import CatalogueFiles, Session
from kotoneuvo.cli.exit_codes import guarded
from kotoneuvo.cli.named_files import Force
from kotoneuvo.cli.options import AsOf, Form, Format, Lang

if TYPE_CHECKING:
    from kotoneuvo.catalogue.coverage import Coverage


class ReportFormat(StrEnum):
    """How to write the report."""

    TEXT = "text"
    HTML = "html"
    JSON = "json"


@guarded
def report(
    form: Annotated[
        ReportFormat, typer.Option("--format", help="text, a page, or json for scripts")
    ] = ReportFormat.TEXT,
    catalogue: CatalogueFiles = None,
    output: Annotated[Path | None, typer.Option(help="write here instead of stdout")] = None,
    as_of: AsOf = None,
    force: Force = False,
    lang: Lang = None,
) -> None:
    "How good the catalogue is: states, contacts and ages by kind and municipality, with the measures."
    from kotoneuvo.catalogue.coverage import measure_coverage
    from kotoneuvo.cli.output import json_text
    from kotoneuvo.render.coverage import coverage_page, render_coverage
    from kotoneuvo.render.terminal import to_text

    session = Session.begin(lang, as_of, catalogue, [("--output", output)], force=force)
    coverage = measure_coverage(session.catalogue, session.day)
    if form is ReportFormat.HTML:
        session.write(coverage_page(coverage, session.catalogue, session.words), output)
    elif form is ReportFormat.JSON:
        session.write(json_text("kotoneuvo/coverage/1", **_data(coverage)), output)
    elif output:
        session.write(to_text(render_coverage(coverage, session.catalogue, session.words)), output)
    else:
        session.show(render_coverage(coverage, session.catalogue, session.words))


def _data(coverage: Coverage) -> dict[str, object]:
    return {
        "as_of": coverage.day.isoformat(),
        "states": {state.value: count for state, count in coverage.states.items()},
        "measures": [asdict(each) for each in coverage.measures],
        "kinds": {kind: asdict(row) for kind, row in coverage.kinds.items()},
        "municipalities": {code: asdict(row) for code, row in coverage.towns.items()},
        "without_contact": dict(coverage.without),
    }


@guarded
def stale(
    within: Annotated[int, typer.Option(help="how many months to look ahead", min=0, max=120)] = 3,
    catalogue: CatalogueFiles = None,
    form: Form = Format.TEXT,
    as_of: AsOf = None,
    lang: Lang = None,
) -> None:
    "What is overdue for review or soon will be, oldest first, with the page to check."
    from kotoneuvo.catalogue.outdated import find_due
    from kotoneuvo.cli.output import json_text

    session = Session.begin(lang, as_of, catalogue)
    day, _ = session.day, session.words.gettext
    due = find_due(session.catalogue, day, within)
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
        session.environment.stdout.write(json_text("kotoneuvo/stale/1", as_of=day, services=services))
        return
    # A page stands on a line of its own, whole, so that it can be clicked or copied.
    for each in due:
        print(f"{each.due}  {each.name}", *(f"            {page}" for page in each.pages[:1]), sep="\n")
    past = sum(each.due <= day for each in due)
    said = _("{past} overdue for review, {soon} more within {months} months")
    print(said.format(past=past, soon=len(due) - past, months=within))
