"""The `kotoneuvo` command: without a subcommand it starts the interview."""

from __future__ import annotations

from typing import Annotated, Any

import typer

import kotoneuvo
from kotoneuvo.cli import advise, batch, catalogue, interview, services
from kotoneuvo.cli.catalogues import CatalogueFiles

app = typer.Typer(
    name="kotoneuvo",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _inherited(command: Any, given: dict[str, Any]) -> dict[str, Any]:
    """Options given before a subcommand as the defaults of every command below it."""
    below = getattr(command, "commands", {})
    return given | {name: _inherited(each, given) for name, each in below.items()}


def _print_version(wanted: bool) -> None:
    if wanted:
        print(f"kotoneuvo {kotoneuvo.__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    lang: Annotated[str | None, typer.Option(help="fi, sv or en")] = None,
    as_of: Annotated[str | None, typer.Option(help="advise for this day, YYYY-MM-DD")] = None,
    plain: Annotated[bool, typer.Option("--plain", help="ask line by line, without cursor movement")] = False,
    catalogue_files: CatalogueFiles = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="show the version")
    ] = False,
) -> None:
    """Which integration and employment services fit a person who has moved to Finland.

    Without a command: the interview, on a terminal.
    """
    if context.invoked_subcommand is None:
        interview.run(lang=lang, as_of=as_of, plain=plain, catalogue=catalogue_files)
    else:
        context.default_map = _inherited(
            context.command, {"lang": lang, "as_of": as_of, "catalogue": catalogue_files or ()}
        )


app.command("advise")(advise.with_options(advise.run))
app.command("batch")(batch.run)
app.add_typer(services.app, name="services")
app.add_typer(catalogue.app, name="catalogue")


def main() -> None:
    """Run the program."""
    app()
