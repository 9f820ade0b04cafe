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
    catalogue_match,
    catalogue_new,
    catalogue_refresh,
    catalogue_report,
    catalogue_schema,
    catalogue_sheet,
    catalogue_stale,
    catalogue_translations,
    catalogue_where,
)
from kotoneuvo.cli.spoken import SpokenCommand, SpokenGroup

app = typer.Typer(
    help="For those who look after the catalogue: check, confirm, export, compare.",
    cls=SpokenGroup,
    rich_markup_mode=None,
    no_args_is_help=True,
)
app.command("check", cls=SpokenCommand)(catalogue_check.run)
app.command("schema", cls=SpokenCommand)(catalogue_schema.run)
app.command("where", cls=SpokenCommand)(catalogue_where.run)
app.command("stale", cls=SpokenCommand)(catalogue_stale.run)
app.command("translations", cls=SpokenCommand)(catalogue_translations.run)
app.command("report", cls=SpokenCommand)(catalogue_report.run)
app.command("confirm", cls=SpokenCommand)(catalogue_confirm.run)
app.command("new", cls=SpokenCommand)(catalogue_new.run)
app.command("sheet", cls=SpokenCommand)(catalogue_sheet.sheet)
app.command("take", cls=SpokenCommand)(catalogue_sheet.take)
app.command("links", cls=SpokenCommand)(catalogue_links.run)
app.command("export", cls=SpokenCommand)(catalogue_export.run)
app.command("import-ptv", cls=SpokenCommand)(catalogue_import_ptv.run)
app.command("refresh", cls=SpokenCommand)(catalogue_refresh.run)
app.command("match", cls=SpokenCommand)(catalogue_match.run)
app.command("diff", cls=SpokenCommand)(catalogue_diff.run)
