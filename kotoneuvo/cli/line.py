"""`kotoneuvo turku 34 perheside a1.3 työ`: the interview, begun with what a line says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

import typer

from kotoneuvo.cli.catalogues import CatalogueFiles
from kotoneuvo.cli.options import AsOf, Lang
from kotoneuvo.cli.spoken import SpokenCommand

Plain = Annotated[bool, typer.Option("--plain", help="ask line by line, without cursor movement")]


def is_line(arguments: Sequence[str], commands: Sequence[str]) -> bool:
    """Whether the arguments are answers and not a misspelt command: something in them is an answer, or nearly one."""
    from datetime import date

    from kotoneuvo.advice.problems import closest
    from kotoneuvo.catalogue.bundle import data_folder
    from kotoneuvo.catalogue.read_facts import read_facts
    from kotoneuvo.intake.line import LineReader
    from kotoneuvo.words import language_codes

    reader = LineReader(read_facts(data_folder()), date.today(), language_codes)
    first = reader.read(arguments[0])
    if closest(arguments[0], commands) and not any(word.meanings for word in first):
        return False
    words = reader.read(" ".join(each for each in arguments if not each.startswith("-")))
    return any(word.meanings or word.near for word in words)


def command() -> Any:
    """The command that takes a line; its words and options stand in any order."""
    app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    app.command(cls=SpokenCommand)(run)
    return typer.main.get_command(app)


def run(
    context: typer.Context,
    answers: list[str],
    lang: Lang = None,
    as_of: AsOf = None,
    plain: Plain = False,
    catalogue: CatalogueFiles = None,
) -> None:
    """The interview, begun with these answers: place, age, permit, level, goal, in any order."""
    from kotoneuvo.cli import interview

    before = context.parent.params if context.parent else {}
    interview.run(
        lang=lang or before.get("lang"),
        as_of=as_of or before.get("as_of"),
        plain=plain or bool(before.get("plain")),
        catalogue=[*(before.get("catalogue_files") or ()), *(catalogue or ())],
        line=" ".join(answers),
    )
