"""`kotoneuvo catalogue schema`: the catalogue's format as a JSON Schema, for editors."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from kotoneuvo.cli.environment import Environment
from kotoneuvo.cli.exit_codes import guarded
from kotoneuvo.cli.named_files import Force, check_files


@guarded
def run(
    overlay: Annotated[
        bool, typer.Option("--overlay", help="for an overlay: known ids do not need all fields")
    ] = False,
    output: Annotated[Path | None, typer.Option(help="write here instead of stdout")] = None,
    force: Force = False,
) -> None:
    """The catalogue's format as a JSON Schema, with which an editor completes and checks the TOML.

    Write it beside your file, and make `#:schema ./catalogue.schema.json` the first line of your file.
    """
    from kotoneuvo.catalogue.load import load_catalogue
    from kotoneuvo.catalogue.schema import catalogue_schema
    from kotoneuvo.cli.output import write_result

    environment = Environment.current()
    check_files(environment, environment.words(None), [("--output", output)], force=force)
    catalogue = load_catalogue()
    schema = catalogue_schema(catalogue.facts, catalogue.services if overlay else ())
    write_result(json.dumps(schema, ensure_ascii=False, indent=1) + "\n", output, environment.stdout)
