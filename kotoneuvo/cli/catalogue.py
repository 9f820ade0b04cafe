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
    catalogue_sheet,
    catalogue_translations,
)
from kotoneuvo.cli.localized_help import LocalizedCommand, LocalizedGroup
from kotoneuvo.cli.options import group_options
from kotoneuvo.cli.register_source import RegisterCommand

app = typer.Typer(
    help="For those who look after the catalogue: check, confirm, export, compare.",
    cls=LocalizedGroup,
    rich_markup_mode=None,
    no_args_is_help=True,
)
app.callback()(group_options)
app.command("check", cls=LocalizedCommand)(catalogue_check.check)
app.command("schema", cls=LocalizedCommand)(catalogue_check.schema)
app.command("where", cls=LocalizedCommand)(catalogue_check.where)
app.command("stale", cls=LocalizedCommand)(catalogue_report.stale)
app.command("translations", cls=LocalizedCommand)(catalogue_translations.run)
app.command("report", cls=LocalizedCommand)(catalogue_report.report)
app.command("confirm", cls=LocalizedCommand)(catalogue_confirm.run)
app.command("new", cls=LocalizedCommand)(catalogue_new.run)
app.command("sheet", cls=LocalizedCommand)(catalogue_sheet.sheet)
app.command("take", cls=LocalizedCommand)(catalogue_sheet.take)
app.command("links", cls=LocalizedCommand)(catalogue_links.run)
app.command("export", cls=LocalizedCommand)(catalogue_export.run)
app.command("import-ptv", cls=RegisterCommand)(catalogue_import_ptv.run)
app.command("refresh", cls=catalogue_refresh.RefreshCommand)(catalogue_refresh.run)
app.command("match", cls=catalogue_match.MatchCommand)(catalogue_match.run)
app.command("diff", cls=LocalizedCommand)(catalogue_diff.run)
