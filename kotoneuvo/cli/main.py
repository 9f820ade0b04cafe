"""The `kotoneuvo` command: without a subcommand it starts the interview."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from importlib import import_module
from io import TextIOWrapper
from typing import Annotated, Any

import typer

import kotoneuvo
from kotoneuvo.cli.catalogues import CatalogueFiles
from kotoneuvo.cli.localized_help import LocalizedCommand, LocalizedGroup
from kotoneuvo.cli.options import Lang, hand_down

NAME = "kotoneuvo"
"""How the program calls itself, however it was started."""
COMMANDS = {
    "advise": "Advise for one situation given as options or in a file.",
    "batch": "Advise for every row of an anonymised intake file.",
    "doctor": "Check this computer: what is missing, and what to do about it.",
    "card": "Make a card to point at: the questions of the interview in the client's language.",
    "services": "Look up services: list, search, show.",
    "catalogue": "For those who look after the catalogue: check, confirm, export, compare.",
}
"""The commands, with what the program's own help says of each: it is shown without building them."""
_GROUPS = ("services", "catalogue")


class Program(LocalizedGroup):
    """The program: what is no command may be a client in one line."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """A command, else the interview with these answers. Raises UnknownCommand."""
        if args[0] not in COMMANDS and not args[0].startswith("-") and not ctx.resilient_parsing:
            from kotoneuvo.cli import interview

            if interview.is_line(args, tuple(COMMANDS)):
                return args[0], interview.line_command(), args
        return super().resolve_command(ctx, args)


def _print_version(wanted: bool) -> None:
    if wanted:
        print(f"kotoneuvo {kotoneuvo.__version__}")
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


def build(names: Iterable[str] = tuple(COMMANDS), completion: bool = True) -> typer.Typer:
    """The program with the named commands. A run needs one of them at most, and each costs its share of the start.

    Without names all are there by name only, for the help and for names that are none. `completion` adds the options
    that give a shell its completion.
    """
    app = typer.Typer(
        name="kotoneuvo",
        cls=Program,
        add_completion=completion,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback(invoke_without_command=True)(start)
    chosen = tuple(names)
    for name in chosen:
        _add(app, name)
    for name, about in () if chosen else COMMANDS.items():
        app.command(name, help=about)(_not_built)
    return app


def _not_built() -> None:
    raise AssertionError("a command that is named is built")


def _add(app: typer.Typer, name: str) -> None:
    module = import_module(f"kotoneuvo.cli.{name}")
    if name in _GROUPS:
        app.add_typer(module.app, name=name)
    else:
        app.command(name, cls=module.AdviseCommand if name == "advise" else LocalizedCommand)(module.run)


def _write_anything() -> None:
    """Make every sign writable: UTF-8 into pipes and files, unless PYTHONIOENCODING says otherwise; else by its name.

    Windows gives a pipe an old code page. A "✓" must neither end the program nor become the "?" of "may fit".
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper) and stream.encoding.casefold() != "utf-8":
            ours = not stream.isatty() and "PYTHONIOENCODING" not in os.environ
            stream.reconfigure(encoding="utf-8" if ours else None, errors="namereplace")


def main() -> None:
    """Run the program."""
    _write_anything()
    if sys.argv[1:] == ["--version"]:
        print(f"kotoneuvo {kotoneuvo.__version__}")  # without building what is not asked for
        return
    if "_KOTONEUVO_COMPLETE" in os.environ:
        build()(prog_name=NAME)  # answers a shell that asks for completions, or prints its script
    named = [name for name in COMMANDS if name in sys.argv[1:]]
    build(named, completion=not named and len(sys.argv) > 1)(prog_name=NAME)
