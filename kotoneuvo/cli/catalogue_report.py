"""`kotoneuvo catalogue report`: states, contacts and ages, and what the catalogue is held to."""

from __future__ import annotations

from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kotoneuvo.cli.catalogues import CatalogueFiles, Session
from kotoneuvo.cli.exit_codes import guarded
from kotoneuvo.cli.named_files import Force
from kotoneuvo.cli.options import AsOf, Lang

if TYPE_CHECKING:
    from kotoneuvo.catalogue.coverage import Coverage


class Form(StrEnum):
    """How to write the report."""

    TEXT = "text"
    HTML = "html"
    JSON = "json"


@guarded
def run(
    form: Annotated[Form, typer.Option("--format", help="text, a page, or json for scripts")] = Form.TEXT,
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
    if form is Form.HTML:
        session.write(coverage_page(coverage, session.catalogue, session.words), output)
    elif form is Form.JSON:
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
