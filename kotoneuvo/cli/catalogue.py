"""`kotoneuvo catalogue`: the commands for those who keep the catalogue."""

from __future__ import annotations

import typer

from kotoneuvo.cli import (
    catalogue_check,
    catalogue_confirm,
    catalogue_diff,
    catalogue_export,
    catalogue_import_ptv,
    catalogue_links,
    catalogue_schema,
    catalogue_stale,
    catalogue_where,
)

app = typer.Typer(
    help="For those who keep the catalogue: check, confirm, export, compare.",
    rich_markup_mode=None,
    no_args_is_help=True,
)
app.command("check")(catalogue_check.run)
app.command("schema")(catalogue_schema.run)
app.command("where")(catalogue_where.run)
app.command("stale")(catalogue_stale.run)
app.command("confirm")(catalogue_confirm.run)
app.command("links")(catalogue_links.run)
app.command("export")(catalogue_export.run)
app.command("import-ptv")(catalogue_import_ptv.run)
app.command("diff")(catalogue_diff.run)
