"""The `kotoneuvo` command: without a subcommand it starts the interview."""

# Annotations are not postponed: typer would compile each of them at every start.
import os
import sys
from io import TextIOWrapper
from typing import Annotated, Any

import typer

import kotoneuvo
from kotoneuvo.cli.catalogues import CatalogueFiles
from kotoneuvo.cli.commands import CommandEntry, CommandGroup
from kotoneuvo.cli.options import Lang, hand_down

NAME = "kotoneuvo"
"""The name in help and messages, whatever file the program was started from."""
_VERSION = f"kotoneuvo {kotoneuvo.__version__}"
_SERVICES = {
    "list": CommandEntry("services:list_services"),
    "search": CommandEntry("services:search"),
    "show": CommandEntry("services:show"),
}
_CATALOGUE = {
    "check": CommandEntry("catalogue_check:check"),
    "schema": CommandEntry("catalogue_check:schema"),
    "where": CommandEntry("catalogue_check:where"),
    "stale": CommandEntry("catalogue_report:stale"),
    "translations": CommandEntry("catalogue_report:translations"),
    "report": CommandEntry("catalogue_report:report"),
    "confirm": CommandEntry("catalogue_confirm:run"),
    "new": CommandEntry("catalogue_new:run"),
    "sheet": CommandEntry("catalogue_sheet:sheet"),
    "take": CommandEntry("catalogue_sheet:take"),
    "links": CommandEntry("catalogue_links:run"),
    "export": CommandEntry("catalogue_export:run"),
    "import-ptv": CommandEntry("catalogue_register:import_entries"),
    "refresh": CommandEntry("catalogue_register:refresh_entries"),
    "match": CommandEntry("catalogue_match:run"),
    "diff": CommandEntry("catalogue_diff:run"),
}
COMMANDS = {
    "advise": CommandEntry("advise:run", "Advise for one situation given as options or in a file."),
    "batch": CommandEntry("batch:run", "Advise for every row of an anonymised intake file."),
    "doctor": CommandEntry("doctor:run", "Check this computer: what is missing, and what to do about it."),
    "card": CommandEntry(
        "card:run", "Make a card to point at: the questions of the interview in the client's language."
    ),
    "services": CommandEntry(about="Look up services: list, search, show.", below=_SERVICES),
    "catalogue": CommandEntry(
        about="For those who look after the catalogue: check, confirm, export, compare.", below=_CATALOGUE
    ),
}
"""The commands. Their descriptions are here so that the program's help need not import their modules."""


class Program(CommandGroup):
    """The program. Words that are not a command may be the answers of one client."""

    entries = COMMANDS

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return the command, or the interview that begins with these answers. Raises WrongCommandLine."""
        if args[0] not in COMMANDS and not args[0].startswith("-") and not ctx.resilient_parsing:
            from kotoneuvo.cli import interview

            if interview.is_line(args, tuple(COMMANDS)):
                return args[0], interview.line, args
        return super().resolve_command(ctx, args)


def _print_version(wanted: bool) -> None:
    if wanted:
        print(_VERSION)
        raise typer.Exit


def start(
    context: typer.Context,
    lang: Lang = None,
    as_of: Annotated[str | None, typer.Option(help="advise for this day, YYYY-MM-DD")] = None,
    plain: Annotated[bool, typer.Option("--plain", help="ask line by line, without cursor movement")] = False,
    catalogue_files: CatalogueFiles = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="show the version")
    ] = False,
) -> None:
    """Which integration and employment services fit a person who has moved to Finland.

    Without a command: the interview, on a terminal. It can begin with answers: place, age, permit, level, goal.
    """
    if context.invoked_subcommand is None:
        from kotoneuvo.cli import interview

        interview.run(lang=lang, as_of=as_of, plain=plain, catalogue=catalogue_files)
    else:
        hand_down(context, lang=lang, as_of=as_of, catalogue=catalogue_files or ())


def build(completion: bool = True) -> typer.Typer:
    """Build the program. `completion` adds the options that install shell completion; they slow every start."""
    app = typer.Typer(
        name="kotoneuvo",
        cls=Program,
        add_completion=completion,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback(invoke_without_command=True)(start)
    return app


def _use_utf8() -> None:
    """Write UTF-8 to pipes and files, unless PYTHONIOENCODING is set; elsewhere write a missing character's name.

    Windows gives a pipe an old code page. A "✓" must neither crash the program nor become "?", which means "may fit".
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper) and stream.encoding.casefold() != "utf-8":
            replace = not stream.isatty() and "PYTHONIOENCODING" not in os.environ
            stream.reconfigure(encoding="utf-8" if replace else None, errors="namereplace")


def main() -> None:
    """Run the program."""
    _use_utf8()
    # Scripts often ask for the version, and building the command line takes most of that run.
    if sys.argv[1:] == ["--version"]:
        print(_VERSION)
        return
    # Only a shell asking for completions, or a line without a command, can use the completion options.
    completion = "_KOTONEUVO_COMPLETE" in os.environ or (len(sys.argv) > 1 and COMMANDS.keys().isdisjoint(sys.argv[1:]))
    build(completion=completion)(prog_name=NAME)
