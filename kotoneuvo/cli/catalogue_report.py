"""`kotoneuvo catalogue report`: states, contacts and ages, and what the catalogue is held to."""

from __future__ import annotations

import json
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kotoneuvo.cli.catalogues import CatalogueFiles, open_catalogue
from kotoneuvo.cli.environment import Environment
from kotoneuvo.cli.guard import guarded
from kotoneuvo.cli.named_files import Force, check_files
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
    from kotoneuvo.cli.output import write_result
    from kotoneuvo.render import terminal
    from kotoneuvo.render.coverage import coverage_page, render_coverage
    from kotoneuvo.words import still

    environment = Environment.current()
    words, day = environment.words(lang), environment.day(as_of)
    check_files(environment, words, [("--output", output)], overlays=catalogue or (), force=force)
    whole = open_catalogue(environment, catalogue)
    coverage = measure_coverage(whole, day)
    if form is Form.TEXT and output is None:
        terminal.show(render_coverage(coverage, whole, words), environment.stdout, environment.variables)
    elif form is Form.TEXT:
        write_result(terminal.to_text(render_coverage(coverage, whole, words)), output, environment.stdout)
    elif form is Form.HTML:
        write_result(coverage_page(coverage, whole, words), output, environment.stdout)
    else:
        text = still(json.dumps(_data(coverage), ensure_ascii=False, indent=2)) + "\n"
        write_result(text, output, environment.stdout)


def _data(coverage: Coverage) -> dict[str, object]:
    return {
        "schema": "kotoneuvo/coverage/1",
        "as_of": coverage.day.isoformat(),
        "states": {state.value: count for state, count in coverage.states.items()},
        "measures": [asdict(each) for each in coverage.measures],
        "kinds": {kind: asdict(row) for kind, row in coverage.kinds.items()},
        "municipalities": {code: asdict(row) for code, row in coverage.towns.items()},
        "without_contact": dict(coverage.without),
    }
