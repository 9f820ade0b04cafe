"""`kotoneuvo catalogue`: the commands for those who keep the catalogue."""

from __future__ import annotations

import typer

from kotoneuvo.cli import catalogue_check, catalogue_schema

app = typer.Typer(
    help="For those who keep the catalogue: check, confirm, export, compare.",
    rich_markup_mode=None,
    no_args_is_help=True,
)
app.command("check")(catalogue_check.run)
app.command("schema")(catalogue_schema.run)
